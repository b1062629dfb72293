"""The life of a commitment: what it is made of, and how it stands on a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from noaber.core.dates import PartialDate
from noaber.core.notation import day, euro
from noaber.deals.rules import OVERHEAD
from noaber.record.rules import Evidence

FORMS = ("grant_decision", "agreement")
PAYMENT_KINDS = ("advance", "invoice", "final")


@dataclass(frozen=True)
class Commitment:
    """What the treasurer owes a receiver: a grant decision or an agreement, in cents.

    `code` is its number as printed. `project` is empty for what is paid from overhead; `line` is
    then the budget line. `tranche` and `decision` name what it follows from. `ends` is until when
    the receiver may spend, `accounts_due` until when it accounts for that.
    """

    code: str
    receiver: str
    amount: int
    effective: PartialDate
    form: str
    project: str = ""
    line: str = ""
    tranche: str = ""
    decision: str = ""
    ends: PartialDate | None = None
    accounts_due: PartialDate | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Condition:
    """A condition of a commitment, with the label of who may read it."""

    commitment: str
    number: int
    text: str
    readers: str = "office"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the condition: commitment and number."""
        return f"{self.commitment}/{self.number}"


@dataclass(frozen=True)
class Payment:
    """What was paid on a commitment: an advance, an invoice, or the rest after settlement."""

    code: str
    commitment: str
    amount: int
    effective: PartialDate
    kind: str
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Settlement:
    """What of a commitment was justified by the accounts, in cents, by a decision of a date."""

    commitment: str
    amount: int
    effective: PartialDate
    document: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the settlement: its commitment."""
        return self.commitment


@dataclass(frozen=True)
class Recovery:
    """Money of a commitment that came back to the treasurer, in cents."""

    code: str
    commitment: str
    amount: int
    effective: PartialDate
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Receipt:
    """Money of a contribution that came in at the treasurer, in cents.

    `party` says whose, in a contribution of several; `instalment` is the code of the instalment.
    """

    code: str
    contribution: str
    amount: int
    effective: PartialDate
    party: str = ""
    instalment: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class BudgetLine:
    """What is budgeted of overhead for something in a year, in cents."""

    code: str
    year: int
    name: str
    amount: int
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Forecast:
    """What a project expects to be paid in a year, in cents, as given on a day; kept as given."""

    project: str
    year: int
    given: PartialDate
    amount: int
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the forecast: project, year and day."""
        return f"{self.project}/{self.year}/{self.given}"


@dataclass(frozen=True)
class Life:
    """A commitment and all that became of it."""

    commitment: Commitment
    payments: tuple[Payment, ...] = ()
    settlement: Settlement | None = None
    recoveries: tuple[Recovery, ...] = ()


class CommittedAfterEnd(Exception):
    """After the end of a deal nothing is committed anew."""

    def __init__(self, on: date, ends: date) -> None:
        super().__init__(
            f"De deal eindigt op {day(ends)}. Op {day(on)} kan geen verplichting meer ingaan; "
            "betalen, vaststellen en terugvorderen kan nog wel."
        )


class CommittedAfterStop(Exception):
    """After a project stopped or went on in another, nothing is committed to it."""

    def __init__(self, project: str, on: date, ended: date) -> None:
        super().__init__(
            f"Project {project} is op {day(ended)} gestopt of opgegaan in een ander. Op {day(on)} kan "
            "er geen verplichting meer ingaan; betalen, vaststellen en terugvorderen kan nog wel."
        )


class NotAwarded(Exception):
    """A commitment is more than what is awarded and not yet committed."""

    def __init__(self, project: str, on: date, short: int) -> None:
        what = f"voor {project} toegekend" if project != OVERHEAD else "aan overhead begroot"
        super().__init__(
            f"Op {day(on)} is {euro(short)} te weinig {what} voor wat daarvan verplicht is. "
            "Eerst wordt toegekend, dan verplicht."
        )
        self.project, self.on, self.short = project, on, short


class GivenAway(Exception):
    """What fell free of a commitment, and no longer does, was given to something else already."""

    def __init__(self, short: int) -> None:
        super().__init__(
            "Wat hier eerder vrijviel is intussen opnieuw toegekend: voor alle pijlers samen is er "
            f"{euro(short)} te weinig. Laat de stuurgroep eerst ander geld laten vrijvallen."
        )
        self.short = short


@dataclass(frozen=True)
class Position:
    """How a commitment stands at the end of a day, in cents.

    `paid` is less what came back. `open` is what may still be paid, `claim` what was paid too
    much and did not come back yet, `freed` what the receiver no longer gets.
    """

    paid: int
    settled: int
    open: int
    claim: int
    freed: int


def position(life: Life, on: date) -> Position:
    """How the commitment stands at the end of `on`; zero everywhere before it was made."""
    committed = life.commitment.amount if life.commitment.effective.counts_from <= on else 0
    paid = _sum(life.payments, on) - _sum(life.recoveries, on)
    settlement = life.settlement
    if settlement is None or settlement.effective.counts_from > on:
        return Position(paid, 0, committed - paid, 0, 0)
    settled = settlement.amount
    then = paid_at_settlement(life, settlement)
    if then > settled:
        return Position(paid, settled, 0, paid - settled, committed - paid)
    return Position(paid, paid, settled - paid, 0, committed - settled)


def paid_at_settlement(life: Life, settlement: Settlement) -> int:
    """What was paid less what came back, in cents, at the end of the day of the settlement."""
    on = settlement.effective.counts_from
    return _sum(life.payments, on) - _sum(life.recoveries, on)


def _sum(steps: Sequence[Payment | Recovery], until: date) -> int:
    return sum(s.amount for s in steps if s.effective.counts_from <= until)


def lives(
    commitments: Sequence[Commitment],
    payments: Sequence[Payment],
    settlements: Sequence[Settlement],
    recoveries: Sequence[Recovery],
) -> tuple[Life, ...]:
    """Every commitment with what became of it, in the order of the commitments."""
    settled = {s.commitment: s for s in settlements}
    return tuple(
        Life(
            made,
            tuple(p for p in payments if p.commitment == made.code),
            settled.get(made.code),
            tuple(r for r in recoveries if r.commitment == made.code),
        )
        for made in commitments
    )
