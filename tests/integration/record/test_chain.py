"""The chain shows every change that somebody with power over the database makes to the past."""

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from noaber.access.rules import Actor
from noaber.deals.models import Deal
from noaber.record import queries
from noaber.record.actions import erase, remember, revision
from noaber.record.queries import append_only_models, check_chain, head
from tests.databases import RealDatabase

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ANNA = Actor("anna", "Anna van het programmabureau")


@pytest.fixture
def tampered(real_database: RealDatabase) -> Callable[..., list[str]]:
    """Four revisions, each with a deal; then the owner's statements; gives the rules broken."""
    for number in range(1, 5):
        with revision(by=ANNA, at=AT, action="note", subject=f"deal:{number}") as r:
            Deal.objects.create(code=f"deal-{number}", revision_id=r.number)
    assert check_chain() == ()

    def after(*statements: str, published: tuple[int, str] | None = None) -> list[str]:
        with connection.cursor() as cursor:
            _switch_guards_off(cursor)
            for statement in statements:
                cursor.execute(statement)
        return [finding.rule for finding in check_chain(published)]

    return after


def _switch_guards_off(cursor: object) -> None:
    run = cursor.execute  # type: ignore[attr-defined]
    if connection.vendor == "postgresql":
        run("SET session_replication_role = replica")
        return
    run("PRAGMA foreign_keys = OFF")
    for model in append_only_models():
        for event in ("update", "delete", "replace"):
            run(f'DROP TRIGGER "{model._meta.db_table}_no_{event}"')


Tampered = Callable[..., list[str]]


def test_a_chain_that_nobody_touched_is_whole(tampered: Tampered) -> None:
    assert tampered(published=head()) == []


def test_a_changed_row_is_found(tampered: Tampered) -> None:
    assert tampered("UPDATE deals_deal SET code = 'other' WHERE code = 'deal-2'") == ["K-02"]


def test_an_added_row_is_found(tampered: Tampered) -> None:
    assert tampered("INSERT INTO deals_deal (code, revision_id) VALUES ('more', 3)") == ["K-02"]


def test_a_removed_row_is_found(tampered: Tampered) -> None:
    assert tampered("DELETE FROM deals_deal WHERE code = 'deal-3'") == ["K-02"]


def test_a_row_that_moved_to_another_revision_is_found_in_both(tampered: Tampered) -> None:
    moved = "UPDATE deals_deal SET revision_id = 3 WHERE code = 'deal-2'"
    assert tampered(moved) == ["K-02", "K-02"]


def test_a_row_of_a_revision_that_does_not_exist_is_found(tampered: Tampered) -> None:
    assert tampered("INSERT INTO deals_deal (code, revision_id) VALUES ('more', 9)") == ["K-06"]


@pytest.mark.parametrize(
    "column", ["author", "action", "subject", "details", "idempotency_key", "digest", "hash"]
)
def test_a_changed_entry_is_found(tampered: Tampered, column: str) -> None:
    assert "K-03" in tampered(f"UPDATE record_revision SET {column} = 'x' WHERE number = 2")


def test_a_changed_time_is_found(tampered: Tampered) -> None:
    later = "UPDATE record_revision SET recorded_at = '2022-01-12 09:30:01+00' WHERE number = 2"
    if connection.vendor == "sqlite":
        later = later.replace("+00'", "'")
    assert tampered(later) == ["K-03"]


def test_a_removed_name_of_an_author_is_found(tampered: Tampered) -> None:
    changed = "UPDATE record_revision SET author_name_id = NULL WHERE number = 2"
    assert tampered(changed) == ["K-03"]


def test_a_removed_revision_is_found(tampered: Tampered) -> None:
    found = tampered(
        "DELETE FROM record_revision WHERE number = 2", "DELETE FROM deals_deal WHERE id = 2"
    )
    assert found == ["K-01", "K-03"]


def test_a_cut_off_tail_shows_only_against_a_published_head(tampered: Tampered) -> None:
    published = head()
    cut = (
        "DELETE FROM deals_deal WHERE revision_id >= 3",
        "DELETE FROM record_revision WHERE number >= 3",
    )
    assert tampered(*cut) == []
    assert [f.rule for f in check_chain(published)] == ["K-05"]


def test_a_rewritten_tail_shows_against_a_published_head(tampered: Tampered) -> None:
    published = head()
    tampered(
        "DELETE FROM deals_deal WHERE revision_id >= 4",
        "DELETE FROM record_revision WHERE number >= 4",
    )
    with revision(by=ANNA, at=AT, action="note", subject="deal:other") as r:
        Deal.objects.create(code="other", revision_id=r.number)
    assert check_chain() == ()
    assert [f.rule for f in check_chain(published)] == ["K-04"]


def test_a_changed_name_is_found_and_an_erased_one_is_no_fault(tampered: Tampered) -> None:
    with revision(by=Actor("bas"), at=AT, action="note", subject="person:dina") as r:
        remember(subject="person:dina", text="Dina", stamp=r)
    forged = tampered("UPDATE record_personalvalue SET text = 'Chris' WHERE text = 'Dina'")
    assert forged == ["K-07"]
    erase(subject="person:dina", by=Actor("bas"), at=AT)
    assert check_chain() == ()


def test_what_is_recorded_during_a_check_is_left_for_the_next_one(
    tampered: Tampered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "latest", lambda: 2)
    assert tampered() == []


def test_rows_of_several_revisions_that_do_not_exist_are_each_found(tampered: Tampered) -> None:
    loose = "INSERT INTO deals_deal (code, revision_id) VALUES ('more', 9), ('less', 7)"
    assert tampered(loose) == ["K-06", "K-06"]


def test_checking_four_times_as_many_revisions_takes_no_more_memory(
    real_database: RealDatabase,
) -> None:
    def peak_after(revisions: int) -> int:
        for number in range(revisions):
            with revision(by=ANNA, at=AT, action="note", subject="many") as r:
                Deal.objects.bulk_create(
                    Deal(code=f"deal-{r.number}-{number}-{n}", revision_id=r.number)
                    for n in range(40)
                )
        tracemalloc.start()
        assert check_chain() == ()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    few = peak_after(10)
    assert peak_after(30) < 1.5 * few


def test_a_column_of_a_later_release_is_chained_from_when_it_holds_something(
    real_database: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with revision(by=ANNA, at=AT, action="note", subject="deal:all") as r:
        Deal.objects.create(code="", revision_id=r.number)
        Deal.objects.create(code="deal", revision_id=r.number)
    monkeypatch.setattr(Deal, "ADDED", frozenset({"code"}), raising=False)
    rows = [columns for _, columns in queries.rows_of(r.number, [Deal])]
    assert [row.get("code") for row in rows] == [None, "deal"]
    assert ["code" in row for row in rows] == [False, True]
