"""The `noaber document` command: the programme in every form."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from noaber.cli import main
from noaber.documents.formats import WRITERS

pytestmark = pytest.mark.usefixtures("reference_register")

BEGINS = {
    "pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "ods": b"PK", "html": b"<!DOCTYPE html>",
    "csv": "\ufeffadres,cijfer".encode(),
}  # fmt: skip


@pytest.mark.parametrize("form", WRITERS)
def test_the_programme_can_be_had_in_every_form(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"programma{WRITERS[form].suffix}"
    asked = ["document", "uitvoeringsprogramma", "--tranche", "6", "--format", form]
    result = CliRunner().invoke(main, [*asked, "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert path.read_bytes().startswith(BEGINS[form])


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    asked = ["document", "uitvoeringsprogramma", "--tranche", "6", "--format", "rtf"]
    result = CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "programma.rtf")])
    assert result.exit_code == 2
    assert "'pdf', 'docx', 'html', 'xlsx', 'ods', 'csv'" in result.output
