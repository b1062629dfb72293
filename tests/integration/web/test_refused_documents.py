"""A document that some reader could not read is refused: the field by name, in Dutch, and no file.

In every form, on the command line and on the site.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from noaber.cli import main
from noaber.core.dates import PartialDate
from noaber.documents.blocks import Block, Chapter, Document, Picture, ProjectEntry, Sign
from noaber.documents.formats import WRITERS
from noaber.editions.programme import compose
from noaber.projects.actions import record_project
from noaber.projects.rules import Project
from tests.integration.web import registers

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="1" height="1"></svg>'
FAULTS: dict[str, tuple[tuple[Block, ...], str, str]] = {
    "no alternative text": (
        (Chapter("Bijlage", "bijlage"), Picture(SVG, " ", ("Kaart van de regio",))),
        "veld picture Kaart van de regio, alt",
        "heeft geen tekst voor wie haar niet kan zien",
    ),
    "a heading skipped": (
        (
            Chapter("Bijlage", "bijlage"),
            ProjectEntry("los", Sign("Wonen", "#a8480a", "house"), "9", "Los", None, (), (), ""),
        ),
        "veld projectentry 9 Los, heading",
        "Een kop van niveau 2 ontbreekt",
    ),
}
FAULTY = [(form, fault) for form in WRITERS for fault in FAULTS]
GLYPH = ("veld project Eerste 中, name", "“中” (U+4E2D")


@pytest.fixture(autouse=True)
def small() -> None:
    registers.small_deal()


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, str]]:
    """Puts a fault at the end of every programme; gives the field and the words to expect."""

    def planted(fault: str) -> tuple[str, str]:
        blocks, field, words = FAULTS[fault]

        def faulty(*given: Any, **named: Any) -> Document:
            document = compose(*given, **named)
            return replace(document, blocks=(*document.blocks, *blocks))

        monkeypatch.setattr("noaber.editions.queries.compose", faulty)
        return field, words

    return planted


def written(form: str, path: Path) -> tuple[int, str]:
    """What the command answers: its exit code, and what it says."""
    asked = ["document", "uitvoeringsprogramma", "--tranche", "2b", "--format", form]
    result = CliRunner().invoke(main, [*asked, "-o", str(path)])
    return result.exit_code, result.output


def name_with_a_strange_sign() -> None:
    project = Project("wonen", "1", "Eerste 中", "zuid", PartialDate(2019, 10))
    record_project(
        project,
        deal="kleine-deal",
        evidence=registers.PRINTED,
        by=registers.ANNA,
        at=registers.CORRECTED,
    )


@pytest.mark.parametrize(("form", "fault"), FAULTY)
def test_the_field_is_named_and_there_is_no_file(
    form: str,
    fault: str,
    plant: Callable[[str], tuple[str, str]],
    client: Client,
    tmp_path: Path,
) -> None:
    field, words = plant(fault)
    code, said = written(form, tmp_path / "map" / f"programma.{form}")
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert field in said
    assert words in said
    assert "1 bevinding" in said
    answer = client.get(f"/kleine-deal/documenten/uitvoeringsprogramma-2b.{form}")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in answer.headers
    assert field in page
    assert words in page


@pytest.mark.parametrize("form", WRITERS)
def test_a_file_that_was_there_stays_as_it_was(
    form: str, plant: Callable[[str], tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / f"programma.{form}"
    assert written(form, path)[0] == 0
    before = path.read_bytes()
    plant("no alternative text")
    assert written(form, path)[0] == 1
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_sign_that_cannot_be_printed_is_named_with_its_field(
    client: Client, tmp_path: Path
) -> None:
    name_with_a_strange_sign()
    field, sign = GLYPH
    code, said = written("pdf", tmp_path / "programma.pdf")
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert field in said
    assert sign in said
    answer = client.get("/kleine-deal/documenten/uitvoeringsprogramma-2b.pdf")
    assert answer.status_code == 404
    assert field in answer.content.decode()
    assert sign in answer.content.decode()


@pytest.mark.parametrize("form", [form for form in WRITERS if form != "pdf"])
def test_forms_without_letters_of_their_own_keep_any_sign(form: str, tmp_path: Path) -> None:
    name_with_a_strange_sign()
    code, said = written(form, tmp_path / f"programma.{form}")
    assert code == 0, said
