"""Many processes and threads record at once: one order, no gap, no fork."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from noaber.access.rules import Actor
from noaber.deals.models import Deal
from noaber.record.actions import revision
from noaber.record.models import Revision
from noaber.record.queries import check_chain
from tests.databases import RealDatabase
from tests.integration.record.racing import race

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)


def check_whole_order(answers: list[list[list[object]]], wanted: int) -> None:
    outcomes = [outcome for answer in answers for outcome in answer]
    assert [reason for done, reason in outcomes if not done] == []
    assert sorted(number for _, number in outcomes) == list(range(1, wanted + 1))  # type: ignore[type-var]
    recorded = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert recorded == list(range(1, wanted + 1))
    assert Deal.objects.count() == wanted
    assert check_chain() == ()


def test_eight_processes_record_two_hundred_events_in_one_order(
    real_database: RealDatabase,
) -> None:
    connection.close()
    check_whole_order(race("note", [[f"process{n}", "25"] for n in range(8)]), 200)


def test_without_the_lock_the_same_processes_fail(real_database: RealDatabase) -> None:
    """The control."""
    connection.close()
    answers = race("note", [[f"process{n}", "5"] for n in range(8)], locked=False)
    with pytest.raises(AssertionError):
        check_whole_order(answers, 40)


def test_four_threads_record_a_hundred_events_in_one_order(real_database: RealDatabase) -> None:
    answers: list[list[list[object]]] = [[] for _ in range(4)]
    together = threading.Barrier(4)

    def work(name: int) -> None:
        together.wait()
        for count in range(25):
            with revision(by=Actor(f"thread{name}"), at=AT, action="note", subject="deal:x") as r:
                Deal.objects.create(code=f"{name}-{count}", revision_id=r.number)
            answers[name].append([True, r.number])
        connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check_whole_order(answers, 100)


def test_what_is_known_is_never_what_is_not_yet_committed(real_database: RealDatabase) -> None:
    """A reader sees no gap: while a revision is open its number is unknown to others."""
    from noaber.record.queries import latest

    seen: list[int] = []

    def look() -> None:
        seen.append(latest())
        connection.close()

    with revision(by=Actor("anna"), at=AT, action="note", subject="deal:x") as r:
        Deal.objects.create(code="x", revision_id=r.number)
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    assert (seen, latest()) == ([0], 1)
