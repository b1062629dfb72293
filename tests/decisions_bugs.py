"""Bugs planted in deciding, paying and proposing, to see that the state machine finds each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from noaber.decisions import advising, checking, deciding, effects, standing
from noaber.ledger import actions as ledger_actions
from noaber.ledger import queries as ledger_queries
from noaber.ledger.rules import Account, Kind, Overdrawn, Posting, Stage, falls_short
from noaber.proposals import rules as proposals
from noaber.treasury import actions as treasury
from noaber.treasury import posting
from noaber.treasury import rules as money
from tests import decisions_machine

Plant = Callable[[pytest.MonkeyPatch], None]
ENOUGH = 2_000
"""Steps to look for one in an order."""

OTHER_ORDERS = 4
"""Orders to look in when it is not found in the first: some bugs take a rare turn of events."""


def _silenced(module: Any, name: str, *rules: str) -> Plant:
    """A check that leaves out some of what it finds; all of it without `rules`."""
    asked = getattr(module, name)

    def check(*given: Any) -> Iterator[Any]:
        return (f for f in asked(*given) if rules and f.rule not in rules)

    return lambda patch: patch.setattr(module, name, check)


def _release_not_posted(patch: pytest.MonkeyPatch) -> None:
    record = deciding._record
    patch.setattr(deciding, "_record", lambda made, t: record(replace(made, releases=()), t))


def _superseding_releases_twice(patch: pytest.MonkeyPatch) -> None:
    working = effects._WORKING["award"]

    def twice(order: effects.Order, context: effects.Context) -> effects.Effects:
        made = working(order, context)
        return replace(made, releases=effects._numbered(made.releases * 2, context))

    patch.setitem(effects._WORKING, "award", twice)


def _reservation_not_lowered(patch: pytest.MonkeyPatch) -> None:
    from noaber.awards import rules

    posted = rules._award

    def from_pillar(award: Any, tranche: Any, giver: Account, taker: Account) -> Posting:
        return posted(award, tranche, Account(Stage.PILLAR, taker.pillar, taker.pillar), taker)

    patch.setattr(rules, "_award", from_pillar)


def _settled_twice(patch: pytest.MonkeyPatch) -> None:
    plan = posting.plan

    def twice(life: money.Life, pillar: str) -> tuple[Posting, ...]:
        made = plan(life, pillar)
        return (*made, *(p for p in made if p.kind == Kind.SETTLEMENT))

    patch.setattr(posting, "plan", twice)


def _only_the_last_day(patch: pytest.MonkeyPatch) -> None:
    """Whether there is enough is asked over all days together."""
    short = falls_short

    def once(before: Mapping[date, int], after: Mapping[date, int]) -> Any:
        return short({date.max: sum(before.values())}, {date.max: sum(after.values())})

    patch.setattr(deciding, "falls_short", once)


def _award_names_no_decision(patch: pytest.MonkeyPatch) -> None:
    give = effects._give
    patch.setattr(
        effects, "_give", lambda *given: tuple(replace(a, decision="") for a in give(*given))
    )


def _sees_the_future(patch: pytest.MonkeyPatch) -> None:
    known = "AND revision_id <= %s"
    later = ledger_queries.SUMS_OF_DEAL.replace(known, "AND (revision_id <= %s OR 1 = 1)")
    patch.setattr(ledger_queries, "SUMS_OF_DEAL", later)


FOUND = (AssertionError, Overdrawn)
"""What the machine ends with when it finds a bug: the book says otherwise, or an account would be
below zero. Anything else is a fault in planting it.
"""

BUGS: dict[str, Plant] = {
    "a release is not posted": _release_not_posted,
    "a member with an interest decides": _silenced(checking, "_taking_part", "B-28"),
    "passing a guideline is not asked": lambda patch: patch.setattr(
        standing.Weighing, "passing", ()
    ),
    "superseding releases twice": _superseding_releases_twice,
    "an award leaves the reservation as it was": _reservation_not_lowered,
    "a settlement is posted twice": _settled_twice,
    "decisions need no order of days": _silenced(checking, "_order_in_time"),
    "a closed meeting decides": _silenced(checking, "_meeting", "B-05"),
    "looking at a decision takes it": lambda patch: patch.setattr(
        deciding, "_stop_looking", lambda: None
    ),
    "a decision is superseded twice": _silenced(checking, "_superseding", "B-30"),
    "all pillars together give more than there is": lambda patch: patch.setattr(
        deciding, "falls_short", lambda *_: None
    ),
    "money is awarded before it falls free": _only_the_last_day,
    "an award names no decision": _award_names_no_decision,
    "money is reserved after the end": _silenced(checking, "_meeting", "B-23"),
    "a proposal is nominated without advice": lambda patch: patch.setitem(
        proposals.STEPS, "nominate", dict.fromkeys(("in_development", "advised"), "nominated")
    ),
    "a version is advised on before it was there": _silenced(advising, "_phase", "B-45"),
    "a proposal that is awarded stays nominated": lambda patch: patch.delitem(
        deciding.OUTCOMES, "award"
    ),
    "what falls free stays with the project": lambda patch: patch.setattr(
        treasury, "_flows_back", lambda *_: treasury._FlowsBack()
    ),
    "more is committed than was awarded": lambda patch: patch.setattr(
        ledger_actions, "_check_guards", lambda _rows: None
    ),
    "an earlier revision knows what came later": _sees_the_future,
}
"""By what is wrong."""


def found_after(bug: str, steps: int = ENOUGH) -> int | None:
    """After about how many steps the machine finds a planted bug; None when it does not.

    Looks in the order that is the same every time, and then in other orders.
    """
    before = 0
    with pytest.MonkeyPatch.context() as patch:
        BUGS[bug](patch)
        for random in (False, *[True] * OTHER_ORDERS):
            try:
                before += decisions_machine.explore(steps, random=random)
            except FOUND:
                return before + decisions_machine.DecisionsMachine.taken
    return None
