"""The book of the treasurer: what is due, what came in, what goes out, and the cash on each day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from noaber.deals.rules import Contribution, Instalment
from noaber.monitor import spending
from noaber.monitor.rules import Figure, Steps
from noaber.monitor.snapshot import Snapshot
from noaber.monitor.views import DealView
from noaber.projects.rules import Project
from noaber.treasury.rules import BudgetLine, Life, Position, Receipt, Recovery, position


@dataclass(frozen=True)
class Due:
    """An instalment that did not come in whole: cents that came in and that lack.

    `lacking` is None when its amount is still to be agreed; `late` when its last day has passed.
    """

    contribution: Contribution
    instalment: Instalment
    received: int
    lacking: int | None
    late: bool


@dataclass(frozen=True)
class Owed:
    """A commitment on which something is to be paid, to be settled, or to come back; `steps` are
    its figures.
    """

    life: Life
    stands: Position
    steps: Steps
    receiver: str
    project: Project | None
    accounts_late: bool


@dataclass(frozen=True)
class Day:
    """A day on which money came in or went out: cents, and the cash at the end of it.

    `cash` is a figure of that day, not of the moment of the book.
    """

    on: date
    came: int
    went: int
    cash: Figure


@dataclass(frozen=True)
class Line:
    """A line of the budget of overhead, with what was committed and paid of it in cents."""

    line: BudgetLine
    budgeted: Figure
    committed: int
    paid: int

    @property
    def left(self) -> int:
        """What of the budget is not committed."""
        return self.line.amount - self.committed


@dataclass(frozen=True)
class Cashbook:
    """What the treasurer has to know on a day."""

    cash: Figure
    to_pay: Figure
    dues: tuple[Due, ...]
    receipts: tuple[tuple[Receipt, str], ...]
    owed: tuple[Owed, ...]
    days: tuple[Day, ...]
    lines: tuple[Line, ...]

    @property
    def to_come(self) -> int:
        """What lacks of instalments together, as far as their amounts are agreed."""
        return sum(due.lacking or 0 for due in self.dues)


def cashbook(view: DealView, today: date) -> Cashbook:
    """The book of the treasurer at the moment of the view, seen on a day."""
    snapshot = view.snapshot
    names = {c.code: c.name for c in snapshot.contributions}
    return Cashbook(
        cash=view.figure("cash"),
        to_pay=view.figure("payable"),
        dues=tuple(_dues(snapshot, today)),
        receipts=tuple((r, names.get(r.contribution, "")) for r in snapshot.money.receipts),
        owed=tuple(_owed(view, today)),
        days=tuple(_days(view)),
        lines=tuple(_lines(view)),
    )


def _dues(snapshot: Snapshot, today: date) -> Iterator[Due]:
    by_code = {c.code: c for c in snapshot.contributions}
    for instalment in snapshot.instalments:
        contribution = by_code.get(instalment.contribution)
        if contribution is None:
            continue
        named = f"{instalment.contribution}-{instalment.number}"
        received = sum(r.amount for r in snapshot.money.receipts if r.instalment == named)
        lacking = None if instalment.amount is None else instalment.amount - received
        if lacking is None or lacking > 0:
            late = bool(instalment.due and instalment.due.last_day < today and lacking)
            yield Due(contribution, instalment, received, lacking, late)


def _owed(view: DealView, today: date) -> Iterator[Owed]:
    snapshot = view.snapshot
    for life in snapshot.money.lives:
        made, stands = life.commitment, position(life, snapshot.moment.as_of)
        if life.settlement and not stands.open and not stands.claim:
            continue
        late = bool(
            made.accounts_due and made.accounts_due.last_day < today and not life.settlement
        )
        receiver = snapshot.organisations[made.receiver].name
        project = snapshot.project_by_code.get(made.project)
        steps = spending.steps(view.figure, commitment=made.code)
        yield Owed(life, stands, steps, receiver, project, late)


def _days(view: DealView) -> Iterator[Day]:
    money, address = view.snapshot.money, view.figure("cash").address
    came: dict[date, int] = {}
    went: dict[date, int] = {}
    back: tuple[Receipt | Recovery, ...] = (*money.receipts, *money.recoveries)
    for taken in back:
        on = taken.effective.counts_from
        came[on] = came.get(on, 0) + taken.amount
    for payment in money.payments:
        on = payment.effective.counts_from
        went[on] = went.get(on, 0) + payment.amount
    cash = 0
    for on in sorted(came.keys() | went.keys()):
        cash += came.get(on, 0) - went.get(on, 0)
        yield Day(on, came.get(on, 0), went.get(on, 0), Figure(address, cash))


def _lines(view: DealView) -> Iterator[Line]:
    snapshot = view.snapshot
    for line in snapshot.money.budget:
        lives = [x for x in snapshot.money.lives if x.commitment.line == line.code]
        stands = [position(x, snapshot.moment.as_of) for x in lives]
        committed = sum(x.commitment.amount - s.freed for x, s in zip(lives, stands, strict=True))
        budgeted = view.figure("overhead_budget", line=line.code)
        yield Line(line, budgeted, committed, sum(s.paid for s in stands))
