"""Everything that happens is a revision: one order, one transaction, nothing outside."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from noaber.access.rules import Actor
from noaber.deals.models import Deal
from noaber.record import queries
from noaber.record.actions import revision
from noaber.record.models import PersonalReference, Revision
from noaber.record.rules import GENESIS, AlreadyRecorded

pytestmark = pytest.mark.django_db

ANNA = Actor("anna", "Anna van het programmabureau")
BAS = Actor("bas")
MORNING = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)


def record_a_deal(code: str, at: datetime = MORNING, key: str | None = None) -> int:
    with revision(by=BAS, at=at, action="note", subject=f"deal:{code}", idempotency_key=key) as r:
        Deal.objects.create(code=code, revision_id=r.number)
    return r.number


def fail(author: Actor = BAS, key: str | None = None) -> None:
    with revision(by=author, at=MORNING, action="n", subject="s", idempotency_key=key) as r:
        Deal.objects.create(code="x", revision_id=r.number)
        raise ZeroDivisionError


def deals() -> list[str]:
    return list(Deal.objects.order_by("code").values_list("code", flat=True))


def test_before_anything_is_recorded_nothing_is_known() -> None:
    assert queries.latest() == 0
    assert queries.revision_at(MORNING) == 0
    assert queries.recorded(1)[0] is None
    assert queries.head() == (0, GENESIS)
    assert queries.events() == ()
    assert queries.check_chain() == ()


def test_revisions_are_numbered_without_gaps() -> None:
    assert [record_a_deal(f"d{n}") for n in range(1, 6)] == [1, 2, 3, 4, 5]
    assert queries.latest() == 5


def test_a_revision_that_fails_writes_nothing_and_leaves_no_gap() -> None:
    record_a_deal("first")
    with pytest.raises(ZeroDivisionError):
        fail(author=ANNA)
    assert (deals(), queries.latest()) == (["first"], 1)
    assert not PersonalReference.objects.exists()
    assert record_a_deal("second") == 2
    assert queries.check_chain() == ()


def test_after_a_revision_that_failed_none_is_open() -> None:
    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(RuntimeError, match="outside a revision"):
        Deal.objects.create(code="x", revision_id=1)


def test_a_row_outside_a_revision_is_refused_and_not_stored() -> None:
    number = record_a_deal("inside")
    with pytest.raises(RuntimeError, match="outside a revision"):
        Deal.objects.create(code="outside", revision_id=number)
    with pytest.raises(RuntimeError, match="outside a revision"):
        Deal.objects.bulk_create([Deal(code="outside", revision_id=number)])
    assert deals() == ["inside"]


def test_rows_inserted_together_are_in_the_chain_as_well() -> None:
    with revision(by=BAS, at=MORNING, action="note", subject="deal:many") as r:
        Deal.objects.bulk_create([Deal(code=c, revision_id=r.number) for c in "abc"])
    assert deals() == ["a", "b", "c"]
    assert queries.check_chain() == ()


def test_saving_a_row_again_never_changes_it() -> None:
    record_a_deal("once")
    row = Deal.objects.get(code="once")
    row.code = "twice"
    with (
        pytest.raises(DatabaseError, match=r"unique|append-only"),
        revision(by=BAS, at=MORNING, action="note", subject="deal:once"),
    ):
        row.save()
    assert deals() == ["once"]


def test_an_event_within_an_event_is_part_of_it() -> None:
    with revision(by=ANNA, at=MORNING, action="load", subject="deal:both") as outer:
        assert record_a_deal("a", MORNING + timedelta(days=1), "inner key") == outer.number
        assert record_a_deal("b") == outer.number
    (event,) = queries.events()
    assert (event.action, event.subject, event.author) == ("load", "deal:both", "anna")
    assert deals() == ["a", "b"]
    assert queries.check_chain() == ()


def test_the_same_request_is_carried_out_once() -> None:
    number = record_a_deal("once", key="form 1")
    record_a_deal("other", key="form 2")
    with pytest.raises(AlreadyRecorded, match="revisie 1") as refused:
        record_a_deal("twice", key="form 1")
    assert refused.value.number == number
    assert (deals(), queries.latest()) == (["once", "other"], 2)


def test_a_request_that_failed_can_be_done_again_with_its_key() -> None:
    with pytest.raises(ZeroDivisionError):
        fail(key="form")
    assert record_a_deal("now", key="form") == 1


def test_a_clock_that_runs_behind_never_takes_the_record_back_in_time() -> None:
    record_a_deal("a", MORNING)
    record_a_deal("b", MORNING - timedelta(hours=2))
    record_a_deal("c", MORNING + timedelta(hours=1))
    times = list(Revision.objects.order_by("number").values_list("recorded_at", flat=True))
    assert times == [MORNING, MORNING, MORNING + timedelta(hours=1)]
    assert queries.recorded(2)[0] == MORNING


def test_what_was_known_at_a_time_is_up_to_the_last_revision_then() -> None:
    record_a_deal("a", MORNING)
    record_a_deal("b", MORNING)
    record_a_deal("c", MORNING + timedelta(hours=1))
    asked = {
        MORNING - timedelta(microseconds=1): 0,
        MORNING: 2,
        MORNING + timedelta(minutes=59): 2,
        MORNING + timedelta(hours=1): 3,
        MORNING + timedelta(days=400): 3,
    }
    assert {when: queries.revision_at(when) for when in asked} == asked


def test_the_audit_says_who_did_what_to_what_with_which_details() -> None:
    with revision(
        by=ANNA, at=MORNING, action="award", subject="project:werken-9", details={"b": 1, "a": "é"}
    ):
        pass
    record_a_deal("a")
    (event,) = queries.events("project:werken-9")
    assert (event.number, event.recorded_at, event.author) == (1, MORNING, "anna")
    assert (event.action, event.details) == ("award", '{"a":"é","b":1}')
    assert len(queries.events()) == 2


def test_numbers_below_one_are_refused_by_the_database() -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="revision_numbers_from_one"),
    ):
        cursor.execute(
            "INSERT INTO record_revision (number, recorded_at, author, action, subject, details, "
            "digest, previous_hash, hash) "
            "VALUES (0, '2022-01-12', 'a', 'a', 'a', '{}', 'x', 'y', 'z')"
        )
