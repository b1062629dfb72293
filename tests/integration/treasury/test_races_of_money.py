"""The treasurer and the steering group take the same cents at once: each is taken once."""

from typing import Any

import pytest
from django.db import connection

from noaber.access.rules import OFFICE
from noaber.awards import queries as awards
from noaber.ledger import queries as ledger
from noaber.ledger.rules import Stage
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from noaber.treasury import queries
from noaber.treasury.actions import record_steps
from tests.databases import RealDatabase
from tests.decisions_deal import found_with_boards
from tests.integration.record.racing import race
from tests.integration.treasury.lasting import DEAL, PROJECT, decide, of_treasurer, who

CENTS = 16
"""Awarded, of which everybody wants one at a time."""

SETTLED = ("3", "5")
COMMITTED = 8
CODES = ("B-1", "B-2")
TIMES = 6
Answers = list[list[list[Any]]]


def awarded() -> str:
    """The award, of which nothing is committed; gives the code of its decision."""
    found_with_boards()
    return decide(CENTS)


def race_to_commit(*, locked: bool = True) -> Answers:
    awarded()
    connection.close()
    return race("oblige", [[name, str(CENTS)] for name in ("B", "C")], locked=locked)


def race_to_settle(*, locked: bool = True) -> Answers:
    awarded()
    record_steps([of_treasurer(code, COMMITTED) for code in CODES], deal=DEAL, **who())
    connection.close()
    return race("settle", [[cents, *CODES * TIMES] for cents in SETTLED], locked=locked)


def race_of_treasurer_and_board(*, locked: bool = True) -> Answers:
    """Both take a cent of the award at a time, one by committing it, one by lowering the award."""
    first = awarded()
    connection.close()
    treasurer = ["oblige", "B", str(CENTS)]
    board = ["lower", first, str(CENTS), str(CENTS - 1)]
    return race("each", [treasurer, board], locked=locked)


def held(stage: Stage) -> int:
    """What is on the accounts of a stage of the project and its commitments."""
    flows = ledger.flows(DEAL, Moment.ever(latest()))
    return sum(flow.amount for flow in flows if flow.account.stage == stage)


def check_books() -> None:
    assert (check_chain(), ledger.check_ledger()) == ((), ())


def check_each_cent_is_committed_once(answers: Answers) -> None:
    outcomes = [outcome for answer in answers for outcome in answer]
    refused = [reason for done, reason in outcomes if not done]
    assert refused == ["NotAwarded"] * CENTS
    assert (held(Stage.AWARDED), held(Stage.COMMITTED)) == (0, CENTS)
    assert len(queries.facts(DEAL, Moment.ever(latest()), OFFICE).commitments) == CENTS
    check_books()


def check_the_last_settlement_holds(answers: Answers) -> None:
    """What one settled the other corrects: what falls free is what the last one leaves."""
    assert [reason for answer in answers for done, reason in answer if not done] == []
    moment = Moment.ever(latest())
    settled = {s.commitment: s.amount for s in queries.facts(DEAL, moment, OFFICE).settlements}
    assert set(settled) == set(CODES)
    free = len(CODES) * COMMITTED - sum(settled.values())
    assert sum(r.amount for r in awards.facts(DEAL, moment, OFFICE).releases) == free
    assert (held(Stage.AWARDED), held(Stage.COMMITTED)) == (0, sum(settled.values()))
    check_books()


def check_the_award_covers_what_is_committed(answers: Answers) -> None:
    """Each cent is either committed or released, and who comes too late is told so."""
    treasurer, board = answers
    committed = sum(done for done, _ in treasurer)
    lowered = [code for done, code in board if done and not code.startswith("B-")]
    late = {reason for done, reason in treasurer if not done}
    refused = {rule for _, rule in board} - set(lowered)
    assert late <= {"NotAwarded"}
    assert refused <= {"B-22", "B-26"}
    assert committed + len(lowered) == CENTS
    given = awards.facts(DEAL, Moment.ever(latest()), OFFICE)
    released = sum(r.amount for r in given.releases if r.project == PROJECT)
    assert released == len(lowered)
    assert (held(Stage.AWARDED), held(Stage.COMMITTED)) == (0, committed)
    check_books()


def test_the_last_cents_of_an_award_are_committed_once(real_database: RealDatabase) -> None:
    check_each_cent_is_committed_once(race_to_commit())


def test_without_the_lock_the_same_commitments_fail(real_database: RealDatabase) -> None:
    """The control."""
    answers = race_to_commit(locked=False)
    with pytest.raises(AssertionError):
        check_each_cent_is_committed_once(answers)


def test_what_is_settled_twice_at_once_falls_free_once(real_database: RealDatabase) -> None:
    check_the_last_settlement_holds(race_to_settle())


def test_without_the_lock_the_same_settlements_fail(real_database: RealDatabase) -> None:
    """The control."""
    answers = race_to_settle(locked=False)
    with pytest.raises(AssertionError):
        check_the_last_settlement_holds(answers)


def test_an_award_is_not_lowered_below_what_is_committed_meanwhile(
    real_database: RealDatabase,
) -> None:
    check_the_award_covers_what_is_committed(race_of_treasurer_and_board())


def test_without_the_lock_the_same_lowering_fails(real_database: RealDatabase) -> None:
    """The control."""
    answers = race_of_treasurer_and_board(locked=False)
    with pytest.raises(AssertionError):
        check_the_award_covers_what_is_committed(answers)
