"""`noaber erase` and the files that people added: their names are cleaned, the rest is told."""

from pathlib import Path
from typing import Any

from noaber.core.ref import Ref
from noaber.decisions import papers
from noaber.files import actions
from noaber.files.queries import all_stored
from noaber.record.queries import personal_values
from tests.databases import RealDatabase
from tests.factories.people import TODAY
from tests.integration.operation.conftest import Command
from tests.integration.operation.person import BAS, NAME, on_disk
from tests.integration.operation.test_backups import elsewhere
from tests.unit.files.test_inspecting import photo
from tests.unit.files.test_searching import docx

DEAL = "zuid-en-oost-drenthe"
TYPED = NAME.replace(" ", "_")


def add(name: str, content: bytes) -> str:
    return actions.add(
        deal=DEAL, parent=Ref("project", "werken-9"), organisation="GM0109", name=name,
        content=content, readers="public", since=TODAY.date(), by=BAS, at=TODAY,
    )  # fmt: skip


def add_all() -> None:
    add(f"brief van {TYPED}.txt", b"Hout.")
    add("verslag.docx", docx("Beste Dina", f"Groet, {NAME}"))
    add("kaart.jpg", photo())
    add("niets.txt", b"Hout.")
    actions.remove(deal=DEAL, code=add(f"{NAME}.txt", b"Weg."), by=BAS, at=TODAY)


def test_the_name_of_a_paper_of_a_meeting_is_erased_and_its_point_is_told(
    register: RealDatabase, command: Command
) -> None:
    actions.add(
        deal=DEAL, parent=Ref("agenda_item", "stuurgroep-2022-1-3"), organisation="",
        name=f"verslag {TYPED}.txt", content=f"Groet, {NAME}".encode(), readers=papers.READERS,
        since=TODAY.date(), by=BAS, at=TODAY,
    )  # fmt: skip
    said = command("erase", NAME, "--yes").output
    assert f"Heet naar de persoon: verslag {TYPED}.txt" in said
    assert "bij agendapunt stuurgroep-2022-1-3, zuid-en-oost-drenthe" in said
    assert names() == ["verslag gewist.txt"]
    assert TYPED.encode() not in on_disk(register)


def names() -> list[str]:
    return sorted(file.name for file, _ in all_stored())


def test_names_of_files_are_erased_and_what_a_human_must_do_is_told(
    register: RealDatabase, command: Command
) -> None:
    add_all()
    for said in (
        command("erase", NAME, "--dry-run").output,
        command("erase", NAME, "--yes").output,
    ):
        assert f"Heet naar de persoon: brief van {TYPED}.txt" in said
        assert "Blijft staan: verslag.docx" in said
        assert "project werken-9, zuid-en-oost-drenthe, alinea 2." in said
        assert "Niet te doorzoeken: kaart.jpg" in said
        assert "niets.txt" not in said
    assert "2 bestandsnamen" in said
    assert "Nog te doen: 2 bestanden" in said
    assert names() == ["brief van gewist.txt", "kaart.jpg", "niets.txt", "verslag.docx"]
    assert "fileversion" not in command("erase", "bas", "--dry-run").output
    kept = on_disk(register)
    assert NAME.encode() not in kept
    assert TYPED.encode() not in kept
    command("check")


def test_a_person_who_is_only_in_the_name_of_a_file_is_erased(
    register: RealDatabase, command: Command
) -> None:
    add("offerte Piet Proefstra.txt", b"Hout.")
    command("erase", "Piet Proefstra", "--yes")
    assert names() == ["offerte gewist.txt"]
    assert b"Proefstra" not in on_disk(register)


def test_names_of_files_stay_erased_after_a_backup_is_put_back(
    register: RealDatabase, command: Command, tmp_path: Path, settings: Any
) -> None:
    add_all()
    add("offerte Piet Proefstra.txt", b"Hout.")
    file = tmp_path / "noaber.backup"
    command("backup", file)
    command("erase", NAME, "--yes")
    command("erase", "Piet Proefstra", "--yes")
    listed = settings.VAR / "erasures.jsonl"
    with elsewhere(tmp_path, settings) as database:
        said = command("restore", file, "--erasures", listed).stdout
        assert "Blijft staan: verslag.docx" in said
        assert personal_values(NAME) == ()
        assert "brief van gewist.txt" in names()
        assert "gewist.txt" in names()
        kept = on_disk(database)
        for word in (NAME, TYPED, "Proefstra"):
            assert word.encode() not in kept
        assert "in orde" in command("check").stdout
