"""`noaber erase`: a person is gone for good, and everything else stays provable."""

from pathlib import Path

import pytest
from django.db import connection

from noaber.access.queries import people
from noaber.imports.models import FileContent
from noaber.imports.queries import all_kept, check_files
from noaber.operation import erasures
from noaber.operation.checks import findings
from noaber.operation.rules import ListBroken, parse
from noaber.record.queries import events, head, personal_values, similar_values
from tests.databases import RealDatabase
from tests.integration.operation.conftest import Command
from tests.integration.operation.person import EMAIL, NAME, on_disk


def texts() -> str:
    return "".join(content.decode("utf-8", "replace") for _, _, content in all_kept())


def test_a_dry_run_shows_where_the_person_is_and_changes_nothing(
    register: RealDatabase, command: Command
) -> None:
    before = head()
    said = command("erase", NAME.lower(), "--dry-run").output
    assert EMAIL in said
    assert f"author:anne: {NAME}" in said
    assert "zetels.csv" in said
    assert "niets gewist" in said
    assert head() == before


def test_who_does_not_confirm_erases_nothing(register: RealDatabase, command: Command) -> None:
    before = head()
    command("erase", NAME, typed="ja\n", fails=True)
    assert head() == before


def test_an_erased_person_is_nowhere_any_more_and_the_register_is_whole(
    register: RealDatabase, command: Command, var: Path
) -> None:
    with connection.cursor() as cursor:
        if register.vendor == "postgresql":
            cursor.execute("ANALYZE")
    published = head()
    assert NAME.encode() in on_disk(register)
    command("erase", NAME, typed="WIS\n")
    assert personal_values(NAME) == ()
    assert similar_values("bas")
    assert [p for p in people() if p.name == NAME or p.email == EMAIL] == []
    assert NAME not in texts()
    assert "stuurgroep-1,[gewist]\nstuurgroep-2,Dina" in texts()
    kept = on_disk(register)
    assert NAME.encode() not in kept
    assert EMAIL.encode() not in kept
    assert findings(published) == ()
    (erased,) = [event for event in events() if event.action == "erase"]
    assert NAME not in str(erased)
    listed = (var / erasures.NAME).read_text("utf-8")
    assert "value:" in listed
    assert NAME not in listed
    assert (var / erasures.NAME).stat().st_mode & 0o077 == 0
    command("check")


def test_a_person_can_be_erased_by_code_and_a_part_of_a_name_gives_a_hint(
    register: RealDatabase, command: Command
) -> None:
    said = command("erase", "annechien", "--yes", fails=True).output
    assert f"Bedoelt u: {NAME}" in said
    command("erase", "anne", "--yes")
    assert personal_values(NAME) == ()
    assert NAME not in texts()


def test_a_name_that_was_typed_as_text_is_told_and_stays(
    register: RealDatabase, command: Command
) -> None:
    said = command("erase", "Regio Deal Zuid- en Oost-Drenthe", "--dry-run").output
    assert "Blijft staan" in said
    assert "deals_dealversion.name" in said


def test_a_kept_file_that_was_changed_without_erasure_is_found(register: RealDatabase) -> None:
    first = FileContent.objects.order_by("pk")[0]
    FileContent.objects.filter(pk=first.pk).update(content=b"anders")
    assert [finding.rule for finding in check_files()] == ["K-08"]
    FileContent.objects.filter(pk=first.pk).delete()
    assert [finding.rule for finding in check_files()] == ["K-08"]


def test_a_list_of_erasures_that_was_changed_or_cut_is_noticed(
    register: RealDatabase, command: Command, var: Path
) -> None:
    command("erase", "anne", "--yes")
    command("erase", "bas", "--yes")
    path = var / erasures.NAME
    text = path.read_text("utf-8")
    with pytest.raises(ListBroken):
        parse(text.replace("value:", "walue:", 1))
    with pytest.raises(ListBroken):
        parse(text.partition("\n")[2])
    path.write_text(text.partition("\n")[0] + "\n", "utf-8")
    assert [finding.rule for finding in erasures.check(path)] == ["K-09"]
    command("setup")
    assert erasures.check(path) == ()
