"""A backup of a register in use brings all of it back elsewhere, and nobody who was erased."""

import io
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from noaber.access.queries import people
from noaber.imports.queries import all_kept
from noaber.operation import erasures
from noaber.operation.rules import parse_manifest
from noaber.record.actions import revision
from noaber.record.queries import head, latest, personal_values
from tests.databases import RealDatabase, empty
from tests.factories.people import TODAY
from tests.integration.operation.conftest import Command
from tests.integration.operation.person import BAS, NAME, on_disk


def figures(command: Command) -> list[str]:
    return [
        command("figures", "--json", "--as-of", day, "--known-on", "2").stdout
        for day in ("2019-12-31", "2021-01-01", "2022-01-10")
    ]


@contextmanager
def elsewhere(tmp_path: Path, settings: Any, name: str = "elsewhere") -> Iterator[RealDatabase]:
    """An empty database and an empty folder, as on another machine."""
    settings.VAR = tmp_path / name
    settings.MEDIA_ROOT = settings.VAR / "media"
    with empty(tmp_path) as database:
        yield database


@contextmanager
def writing_all_the_while() -> Iterator[list[int]]:
    """Somebody else records one event after another; gives the numbers that were acknowledged."""
    stop, written = threading.Event(), list[int]()

    def write() -> None:
        while not stop.is_set():
            with revision(by=BAS, at=TODAY, action="note", subject="deal:x") as r:
                pass
            written.append(r.number)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        stop.set()
        writer.join()


def test_a_backup_made_under_load_comes_back_whole_with_the_same_figures(
    register: RealDatabase, command: Command, tmp_path: Path, settings: Any
) -> None:
    (settings.VAR / "media" / "map").mkdir(parents=True)
    (settings.VAR / "media" / "map" / "brief.txt").write_text("een brief", "utf-8")
    before, file = figures(command), tmp_path / "noaber.backup"
    with writing_all_the_while() as written:
        while len(written) < 3:
            pass
        command("backup", file)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob(".noaber*")] == []
    number = int(command("check").stdout.partition("keten: ")[2].partition(":")[0])
    assert number == max(written)
    with elsewhere(tmp_path, settings):
        said = command("restore", file, "--without-erasures").stdout
        assert "Nagekeken: in orde" in said
        assert 3 <= latest() <= number
        assert figures(command) == before
        assert "in orde" in command("check").stdout
        letter = settings.VAR / "media" / "map" / "brief.txt"
        assert letter.read_text("utf-8") == "een brief"


def test_who_was_erased_after_the_backup_stays_erased(
    register: RealDatabase, command: Command, tmp_path: Path, settings: Any
) -> None:
    file = tmp_path / "noaber.backup"
    command("backup", file)
    command("erase", NAME, "--yes")
    kept = sorted(content for _, _, content in all_kept())
    listed = settings.VAR / erasures.NAME
    with elsewhere(tmp_path, settings) as database:
        assert "gewiste personen terugkeren" in command("restore", file, fails=True).output
        said = command("restore", file, "--erasures", listed).stdout
        assert "Opnieuw gewist: 0" not in said
        assert personal_values(NAME) == ()
        assert [person for person in people() if person.name == NAME] == []
        assert sorted(content for _, _, content in all_kept()) == kept
        assert NAME.encode() not in on_disk(database)
        assert "in orde" in command("check").stdout
        # The list goes on here.
        command("erase", "bas", "--yes")
        lines = (settings.VAR / erasures.NAME).read_text("utf-8")
        assert lines.startswith(listed.read_text("utf-8"))


def test_a_register_that_came_back_without_its_list_says_so_and_can_erase_again(
    register: RealDatabase, command: Command, tmp_path: Path, settings: Any
) -> None:
    file = tmp_path / "noaber.backup"
    command("backup", file)
    command("erase", NAME, "--yes")
    listed = settings.VAR / erasures.NAME
    with elsewhere(tmp_path, settings):
        command("restore", file, "--without-erasures")
        assert personal_values(NAME)
        (settings.VAR / erasures.NAME).write_bytes(listed.read_bytes())
        assert "K-09" in command("check", fails=True).output
        command("erase", "--list", listed)
        assert personal_values(NAME) == ()
        assert "in orde" in command("check").stdout


def test_a_list_older_than_the_backup_is_refused(
    register: RealDatabase, command: Command, tmp_path: Path, settings: Any
) -> None:
    command("erase", NAME, "--yes")
    old = tmp_path / "old.jsonl"
    old.write_bytes((settings.VAR / erasures.NAME).read_bytes())
    command("erase", "bas", "--yes")
    command("backup", tmp_path / "noaber.backup")
    with elsewhere(tmp_path, settings):
        refused = command("restore", tmp_path / "noaber.backup", "--erasures", old, fails=True)
        assert "ouder dan de back-up" in refused.output
        assert connection.introspection.table_names() == []


def test_a_place_that_is_not_empty_and_a_name_that_is_taken_are_refused(
    register: RealDatabase, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "noaber.backup"
    before = head()
    command("backup", file)
    assert "bestaat al" in command("backup", file, fails=True).output
    refused = command("restore", file, "--without-erasures", fails=True).output
    assert "niet leeg" in refused
    assert head() == before


def repacked(file: Path, to: Path, change: Any) -> Path:
    """A copy of a backup of which the parts went through `change(name, content)`."""
    with tarfile.open(file) as old, tarfile.open(to, "w:gz") as new:
        for entry in old:
            given = old.extractfile(entry)
            assert given is not None
            content = change(entry.name, given.read())
            if content is not None:
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
    return to


def changed_manifest(**values: Any) -> Any:
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        parse_manifest(content.decode())
        return json.dumps({**json.loads(content), **values}).encode()

    return change


def test_a_damaged_or_strange_backup_is_refused_in_plain_words_and_leaves_nothing(
    register: RealDatabase, command: Command, tmp_path: Path, settings: Any
) -> None:
    whole = tmp_path / "whole"
    command("backup", whole)
    half = tmp_path / "half"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (tmp_path / "text").write_text("geen back-up", "utf-8")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[register.vendor]

    def flipped(name: str, content: bytes) -> bytes:
        return content[:-9] + b"#" + content[-8:] if name == "database" else content

    files = {
        half: "beschadigd",
        tmp_path / "text": "geen back-up van Noaber",
        tmp_path / "gone": "geen back-up van Noaber",
        repacked(whole, tmp_path / "flipped", flipped): "veranderd of beschadigd",
        repacked(
            whole, tmp_path / "less", lambda n, c: None if n == "database" else c
        ): "ontbreekt",
        repacked(whole, tmp_path / "other", changed_manifest(engine=other)): "zelfde soort",
        repacked(
            whole, tmp_path / "newer", changed_manifest(migrations=["ledger.9999_gold"])
        ): "nieuwere versie",
        repacked(whole, tmp_path / "head", changed_manifest(head=[9, "0"])): "kop van de keten",
    }
    with elsewhere(tmp_path, settings):
        for file, said in files.items():
            refused = command("restore", file, "--without-erasures", fails=True)
            assert said in refused.output, file
            assert not any(settings.VAR.glob(".restore*")) if settings.VAR.exists() else True
        assert connection.introspection.table_names() == []
