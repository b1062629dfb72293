"""A state machine that plays the programme office on the ledger, beside an obvious model of it.

`explore(steps)` runs it in the default database, which must be migrated; every example is rolled
back. How many steps the tests take is set by NOABER_STEPS.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from noaber.awards import actions as awards
from noaber.awards.rules import (
    Award,
    AwardAfterEnd,
    Release,
    ReleaseExceeded,
    Reservation,
    ReservationExceeded,
    Tranche,
)
from noaber.core.dates import PartialDate
from noaber.ledger import queries
from noaber.ledger.actions import post, reverse
from noaber.ledger.rules import (
    GUARDED,
    Account,
    AlreadyReversed,
    Kind,
    Overdrawn,
    Posting,
    Stage,
    totals,
)
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.integration.ledger.small_deal import (
    ANNA,
    AT,
    DEAL,
    NO_EVIDENCE,
    PILLARS,
    PROJECTS,
    awarded,
    committed,
    found,
    reserved,
    share,
    share_of,
)

STEPS = int(os.environ.get("NOABER_STEPS", "200"))
STEPS_PER_EXAMPLE = 25
YEARS = (2020, 2021, 2022, 2023, 2024, 2026)
DAYS = tuple(date(year, 12, 31) for year in YEARS)
END = date(2024, 12, 31)
NUMBERS = ("1", "2", "3")

Refusal = type[Exception] | None
REFUSALS = (Overdrawn, ReservationExceeded, ReleaseExceeded, AwardAfterEnd)
amounts = st.integers(1, 12)
days = st.sampled_from(DAYS)
projects = st.sampled_from(PROJECTS)
tranches = st.sampled_from(NUMBERS)


@dataclass
class Book:
    """The decisions and direct transfers as a person would keep them on paper."""

    allocations: dict[str, dict[date, int]] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    awards: dict[tuple[str, str], int] = field(default_factory=dict)
    reservations: dict[tuple[str, str], int] = field(default_factory=dict)
    releases: dict[str, tuple[str, str, int, date]] = field(default_factory=dict)
    """By code: project, tranche ("" for the reservation), amount and day."""
    direct: dict[int, Posting] = field(default_factory=dict)
    """By number, what was posted directly and not taken back."""

    def copy(self) -> "Book":
        lines = {line: dict(starts) for line, starts in self.allocations.items()}
        return Book(
            lines,
            dict(self.dates),
            dict(self.awards),
            dict(self.reservations),
            dict(self.releases),
            dict(self.direct),
        )

    def balances(self, on: date) -> dict[Account, int]:
        """What is in every account at the end of a day."""
        found: dict[Account, int] = {}

        def move(giver: Account, taker: Account, amount: int) -> None:
            found[giver] = found.get(giver, 0) - amount
            found[taker] = found.get(taker, 0) + amount

        for line, starts in self.allocations.items():
            begun = [start for start in starts if start <= on]
            if begun:
                move(Account(Stage.DEAL, DEAL), share_of(line), starts[max(begun)])
        for project in PROJECTS:
            for day, giver, taker, amount in self._moves(project):
                if day <= on:
                    move(giver, taker, amount)
        for posting in self.direct.values():
            if posting.effective_on <= on:
                move(posting.giver, posting.taker, posting.amount)
        return {account: amount for account, amount in found.items() if amount}

    def refusal(self) -> Refusal:
        """Why this book cannot be, if it cannot."""
        if any(self.dates[tranche] > END for _, tranche in self.awards):
            return AwardAfterEnd
        for project in PROJECTS:
            if any(amount < 0 for *_, amount in self._moves(project)):
                return ReservationExceeded
        for project, tranche, _, day in self.releases.values():
            of_it = [a for p, t, a, _ in self.releases.values() if (p, t) == (project, tranche)]
            if tranche and sum(of_it) > self.awards.get((project, tranche), 0):
                return ReleaseExceeded
            if tranche and day < self.dates[tranche]:
                return ReleaseExceeded
        for day in DAYS:
            for account, amount in self.balances(day).items():
                if account.stage in GUARDED and amount < 0:
                    return Overdrawn
        return None

    def _moves(self, project: str) -> list[tuple[date, Account, Account, int]]:
        """What goes where for a project; one step below zero when more is taken than is left."""
        share_of_it, kept, given = share_of(_pillar(project)), reserved(project), awarded(project)
        reserved_in = [int(t) for of, t in self.reservations if of == project]
        mine = {t: a for (of, t), a in self.awards.items() if of == project}
        early = {t: a for t, a in mine.items() if not reserved_in or int(t) < min(reserved_in)}
        moves = [(self.dates[t], share_of_it, given, a) for t, a in early.items()]
        steps = [
            *(
                (self.dates[t], 0, t, a)
                for (of, t), a in self.reservations.items()
                if of == project
            ),
            *((self.dates[t], 1, t, a) for t, a in mine.items() if t not in early),
            *(
                (d, 2, c, a)
                for c, (of, t, a, d) in self.releases.items()
                if of == project and not t
            ),
        ]
        total, left = sum(early.values()), 0
        for day, what, _, amount in sorted(steps):
            change = amount - total if what == 0 else -amount
            left += change
            total = amount if what == 0 else total - amount if what == 2 else total
            if what == 1:
                moves.append((day, kept, given, amount))
            elif change > 0:
                moves.append((day, share_of_it, kept, change))
            elif change < 0:
                moves.append((day, kept, share_of_it, -change))
            if left < 0:
                moves.append((day, kept, kept, left))
        for of, tranche, amount, day in self.releases.values():
            if of == project and tranche:
                moves.append((day, given, share_of_it, amount))
        return moves


def _pillar(project: str) -> str:
    return project.split("-", maxsplit=1)[0]


class LedgerMachine(RuleBasedStateMachine):
    """Plays on a fresh deal; steps that the book refuses must be refused by the register too."""

    taken: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.book = Book()
        self.past: list[tuple[Moment, dict[Account, int]]] = []
        self.causes = count(1)
        self.gone: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(starts=st.permutations(DAYS[:3]))
    def begin(self, starts: list[date]) -> None:
        found(allocated=0)
        for number, day in zip(NUMBERS, sorted(starts), strict=True):
            self._open(number, day)
            self.book.dates[number] = day

    def _open(self, number: str, day: date) -> None:
        tranche = Tranche(number, int(number), PartialDate(day.year), "printed")
        awards.open_tranche(tranche, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)

    def _expect(self, wanted: Book, action: Callable[[], object]) -> None:
        """Do as the book says: the action succeeds, or is refused and changes nothing.

        Which of two reasons it is refused for is the register's choice.
        """
        type(self).taken += 1
        refusal = wanted.refusal()
        before = latest()
        if refusal is None:
            action()
            self.book = wanted
            return
        with pytest.raises(REFUSALS):
            action()
        assert latest() == before

    @rule(line=st.sampled_from(PILLARS), amount=st.integers(0, 30), start=days)
    def allocate(self, line: str, amount: int, start: date) -> None:
        wanted = self.book.copy()
        wanted.allocations.setdefault(line, {})[start] = amount
        self._expect(wanted, lambda: share(line, amount, since=PartialDate(start.year)))

    @rule(project=projects, tranche=tranches, amount=amounts)
    def award(self, project: str, tranche: str, amount: int) -> None:
        """A first award, or a correction of it."""
        wanted = self.book.copy()
        wanted.awards[project, tranche] = amount
        decision = Award(project, tranche, amount, "printed")
        self._expect(wanted, lambda: awards.award(decision, deal=DEAL, by=ANNA, at=AT))

    @rule(project=projects, tranche=tranches, amount=st.integers(4, 30))
    def reserve(self, project: str, tranche: str, amount: int) -> None:
        wanted = self.book.copy()
        wanted.reservations[project, tranche] = amount
        decision = Reservation(project, amount, tranche)
        self._expect(wanted, lambda: awards.reserve(decision, deal=DEAL, by=ANNA, at=AT))

    @rule(
        code=st.sampled_from(("r1", "r2", "r3")),
        project=projects,
        of=st.sampled_from(("", *NUMBERS)),
        amount=st.integers(1, 6),
        day=days,
    )
    def let_go(self, code: str, project: str, of: str, amount: int, day: date) -> None:
        """A release of an award or a reservation, or a correction of one."""
        wanted = self.book.copy()
        wanted.releases[code] = (project, of, amount, day)
        item = Release(code, project, amount, PartialDate(day.year, day.month, day.day), of)
        self._expect(wanted, lambda: awards.release([item], deal=DEAL, by=ANNA, at=AT))

    @precondition(lambda self: self.book.releases)
    @rule(data=st.data())
    def take_back_release(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(sorted(self.book.releases)))
        wanted = self.book.copy()
        del wanted.releases[code]
        self._expect(wanted, lambda: awards.take_back_release(code, deal=DEAL, by=ANNA, at=AT))

    @precondition(lambda self: self.book.reservations)
    @rule(data=st.data())
    def take_back_reservation(self, data: st.DataObject) -> None:
        project, tranche = data.draw(st.sampled_from(sorted(self.book.reservations)))
        wanted = self.book.copy()
        del wanted.reservations[project, tranche]
        self._expect(
            wanted,
            lambda: awards.take_back_reservation(
                deal=DEAL, project=project, tranche=tranche, by=ANNA, at=AT
            ),
        )

    @precondition(lambda self: self.book.awards)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        project, tranche = data.draw(st.sampled_from(sorted(self.book.awards)))
        wanted = self.book.copy()
        del wanted.awards[project, tranche]
        self._expect(
            wanted,
            lambda: awards.take_back_award(
                deal=DEAL, project=project, tranche=tranche, by=ANNA, at=AT
            ),
        )

    @rule(tranche=tranches, day=days)
    def move_tranche(self, tranche: str, day: date) -> None:
        wanted = self.book.copy()
        wanted.dates[tranche] = day
        self._expect(wanted, lambda: self._open(tranche, day))

    @rule(project=projects, amount=amounts, day=days)
    def commit(self, project: str, amount: int, day: date) -> None:
        self._post(Kind.COMMITMENT, awarded(project), committed(project), amount, day)

    @rule(project=projects, amount=amounts, day=days)
    def pay(self, project: str, amount: int, day: date) -> None:
        paid = Account(Stage.PAID, project, _pillar(project))
        self._post(Kind.PAYMENT, committed(project), paid, amount, day)

    @rule(project=projects, amount=amounts, day=days)
    def release(self, project: str, amount: int, day: date) -> None:
        self._post(Kind.RELEASE, awarded(project), share_of(_pillar(project)), amount, day)

    def _post(self, kind: Kind, giver: Account, taker: Account, amount: int, day: date) -> None:
        posting = Posting(kind, giver, taker, amount, day, f"{kind}:{next(self.causes)}")
        wanted = self.book.copy()
        wanted.direct[0] = posting

        def act() -> None:
            (number,) = post([posting], deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
            wanted.direct[number] = wanted.direct.pop(0)

        self._expect(wanted, act)

    @precondition(lambda self: self.book.direct)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.book.direct)))
        wanted = self.book.copy()
        del wanted.direct[number]
        self._expect(wanted, lambda: reverse(number, evidence=NO_EVIDENCE, by=ANNA, at=AT))
        if number not in self.book.direct:
            self.gone.add(number)

    @precondition(lambda self: self.gone)
    @rule(data=st.data())
    def reverse_again(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.gone)))
        try:
            reverse(number, evidence=NO_EVIDENCE, by=ANNA, at=AT)
        except AlreadyReversed:
            return
        raise AssertionError(f"transfer {number} was taken back twice")

    @invariant()
    def every_day_is_as_in_the_book(self) -> None:
        known = latest()
        for day in DAYS:
            moment = Moment(day, known)
            held = balances(moment)
            assert held == self.book.balances(day), day
            assert sum(held.values()) == 0
            assert all(v >= 0 for account, v in held.items() if account.stage in GUARDED)

    @invariant()
    def the_summary_is_the_sum(self) -> None:
        ever = queries.flows(DEAL, Moment.ever(latest()))
        assert tuple(sorted(queries.current_totals([DEAL])[DEAL])) == totals(ever)
        assert queries.check_ledger() == ()

    @invariant()
    def the_past_is_what_it_was(self) -> None:
        moment = Moment(DAYS[latest() % len(DAYS)], latest())
        self.past.append((moment, balances(moment)))
        for then, held in self.past[-1 :: -1 - len(self.past) // 4]:
            assert balances(then) == held


def balances(moment: Moment) -> dict[Account, int]:
    """What the ledger says is in every account."""
    held: dict[Account, int] = {}
    for flow in queries.flows(DEAL, moment):
        held[flow.account] = held.get(flow.account, 0) + flow.amount
    return {account: amount for account, amount in held.items() if amount}


def explore(steps: int = STEPS, *, random: bool = False) -> int:
    """Take at least about `steps` steps; returns how many. `random`: others every time."""
    LedgerMachine.taken = 0
    chosen = settings(
        max_examples=max(1, -(-steps // STEPS_PER_EXAMPLE)),
        stateful_step_count=STEPS_PER_EXAMPLE,
        deadline=None,
        database=None,
        derandomize=not random,
        # Steps are slow and few: a failing example is read as it is.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LedgerMachine, settings=chosen)
    return LedgerMachine.taken
