"""Many processes move the same euros at once: never too much, none lost, each reversal once."""

from typing import Any

import pytest
from django.db import connection

from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.ledger import queries
from noaber.ledger.actions import post
from noaber.ledger.rules import Kind
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from tests.databases import RealDatabase
from tests.integration.ledger.small_deal import ANNA, AT, DEAL, NO_EVIDENCE, commitment, found
from tests.integration.record.racing import race

PROCESSES = 8


def prepare(euros: int) -> None:
    """A project with its last euros awarded and not yet committed."""
    found()
    award(Award("werken-9", "1", euros * 100, "printed"), deal=DEAL, by=ANNA, at=AT)
    connection.close()


def race_for(euros: int, *, locked: bool = True) -> list[list[list[Any]]]:
    """Eight processes commit a euro at a time, together a few more often than there is money."""
    each = str(euros // PROCESSES + 5)
    return race("commit", [[f"p{n}", each] for n in range(PROCESSES)], locked=locked)


def committed() -> dict[int, int]:
    """Number and amount of every commitment in the ledger."""
    kinds = [Kind.COMMITMENT]
    rows = queries.transfers(DEAL, Moment.ever(latest()), kinds=kinds)
    return {row.number: row.posting.amount for row in rows if row.reverses is None}


def check_exactly_all_was_moved(answers: list[list[list[Any]]], euros: int) -> None:
    outcomes = [outcome for answer in answers for outcome in answer]
    acknowledged = {number for done, number in outcomes if done}
    refused = {reason for done, reason in outcomes if not done}
    in_ledger = committed()
    assert acknowledged == set(in_ledger)
    assert sum(in_ledger.values()) == euros * 100
    assert refused == {"Overdrawn"}
    assert queries.check_ledger() == ()
    assert check_chain() == ()


def check_each_was_taken_back_once(answers: list[list[list[Any]]], numbers: list[int]) -> None:
    for place, _ in enumerate(numbers):
        outcomes = sorted(str(answer[place][1]) for answer in answers if not answer[place][0])
        assert outcomes == ["AlreadyReversed"] * (len(answers) - 1)
    live = queries.transfers(DEAL, Moment.ever(latest()), kinds=[Kind.COMMITMENT])
    assert sorted(t.reverses for t in live if t.reverses is not None) == numbers
    assert queries.check_ledger() == ()
    assert check_chain() == ()


def test_the_last_thousand_euro_are_spent_exactly_once(real_database: RealDatabase) -> None:
    prepare(1_000)
    check_exactly_all_was_moved(race_for(1_000), 1_000)


def test_without_the_lock_the_same_posting_fails(real_database: RealDatabase) -> None:
    """The control, with less money since every collision costs time."""
    prepare(40)
    answers = race_for(40, locked=False)
    with pytest.raises(AssertionError):
        check_exactly_all_was_moved(answers, 40)


def commitments(count: int) -> list[int]:
    postings = [commitment(str(n), 1_00) for n in range(count)]
    return list(post(postings, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT))


def test_each_reversal_tried_twice_at_once_succeeds_once(real_database: RealDatabase) -> None:
    prepare(60)
    numbers = commitments(60)
    connection.close()
    answers = race("reverse", [[str(n) for n in numbers]] * 2)
    check_each_was_taken_back_once(answers, numbers)


def test_without_the_lock_the_same_reversals_fail(real_database: RealDatabase) -> None:
    """The control."""
    prepare(20)
    numbers = commitments(20)
    connection.close()
    answers = race("reverse", [[str(n) for n in numbers]] * 3, locked=False)
    with pytest.raises(AssertionError):
        check_each_was_taken_back_once(answers, numbers)
