"""Accounts, transfers and their guards; amounts in whole euro cents.

The accounts form the pipe that money goes through:

    pledge of a party → deal → pillar (or overhead) → project reserved → awarded → committed
    → paid → settled

A transfer moves an amount above zero from one account to another, so books balance by
construction. A correction is a transfer the other way that names the transfer it reverses and
keeps its date of effect.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from noaber.core.notation import day, euro
from noaber.record.rules import Evidence


class Stage(StrEnum):
    """Kinds of account, in the order of the pipe."""

    PLEDGE = "pledge"
    DEAL = "deal"
    PILLAR = "pillar"
    OVERHEAD = "overhead"
    RESERVED = "reserved"
    AWARDED = "awarded"
    COMMITTED = "committed"
    PAID = "paid"
    SETTLED = "settled"


GUARDED = frozenset({Stage.OVERHEAD, Stage.RESERVED, Stage.AWARDED, Stage.COMMITTED, Stage.PAID})
"""Accounts that are never below zero on any date; a pillar may pass its share (article 5.4)."""


class Kind(StrEnum):
    """Kinds of transfer."""

    PLEDGE = "pledge"
    ALLOCATION = "allocation"
    RESERVATION = "reservation"
    AWARD = "award"
    RELEASE = "release"
    REALLOCATION = "reallocation"
    COMMITMENT = "commitment"
    PAYMENT = "payment"
    RECOVERY = "recovery"
    SETTLEMENT = "settlement"


NEEDED: dict[Stage, str] = {
    Stage.OVERHEAD: "verdeeld voor wat al verplicht is: verlaag eerst de verplichting",
    Stage.RESERVED: "gereserveerd voor wat al is toegekend: verlaag eerst de toekenning",
    Stage.AWARDED: "toegekend voor wat al verplicht of vrijgevallen is: verlaag eerst dat",
    Stage.COMMITTED: "verplicht voor wat al betaald is: verlaag eerst de betaling",
    Stage.PAID: "betaald voor wat al vastgesteld of teruggevorderd is: verlaag eerst dat",
}
"""What lacks when a guarded account would be below zero, and which step comes first."""


ROUTES: dict[Kind, frozenset[tuple[Stage, Stage]]] = {
    Kind.PLEDGE: frozenset({(Stage.PLEDGE, Stage.DEAL), (Stage.DEAL, Stage.PLEDGE)}),
    Kind.ALLOCATION: frozenset(
        {
            (Stage.DEAL, Stage.PILLAR),
            (Stage.DEAL, Stage.OVERHEAD),
            (Stage.PILLAR, Stage.DEAL),
            (Stage.OVERHEAD, Stage.DEAL),
        }
    ),
    Kind.RESERVATION: frozenset({(Stage.PILLAR, Stage.RESERVED)}),
    Kind.AWARD: frozenset({(Stage.PILLAR, Stage.AWARDED), (Stage.RESERVED, Stage.AWARDED)}),
    Kind.RELEASE: frozenset(
        {
            (Stage.RESERVED, Stage.PILLAR),
            (Stage.AWARDED, Stage.PILLAR),
            (Stage.AWARDED, Stage.RESERVED),
        }
    ),
    Kind.REALLOCATION: frozenset(
        {
            (Stage.PILLAR, Stage.PILLAR),
            (Stage.RESERVED, Stage.RESERVED),
            (Stage.AWARDED, Stage.AWARDED),
        }
    ),
    Kind.COMMITMENT: frozenset(
        {
            (Stage.AWARDED, Stage.COMMITTED),
            (Stage.OVERHEAD, Stage.COMMITTED),
            # What is left of a commitment after its settlement; it was awarded before.
            (Stage.COMMITTED, Stage.AWARDED),
            (Stage.COMMITTED, Stage.OVERHEAD),
        }
    ),
    Kind.PAYMENT: frozenset({(Stage.COMMITTED, Stage.PAID)}),
    Kind.RECOVERY: frozenset({(Stage.PAID, Stage.COMMITTED)}),
    Kind.SETTLEMENT: frozenset({(Stage.PAID, Stage.SETTLED)}),
}
"""Between which accounts a transfer of each kind may go."""


@dataclass(frozen=True, order=True)
class Account:
    """An account of a deal: its stage, whose it is (a code) and the pillar it belongs to, if any."""

    stage: Stage
    holder: str
    pillar: str = ""


@dataclass(frozen=True)
class Posting:
    """A transfer to be made. `occasion` is the code of the tranche it is part of, if any;
    `cause` names the decision or fact it follows from, as ``award:werken-9/5``.

    :raises AmountNotPositive: for an amount of zero or less.
    :raises RouteRefused: when its kind does not go between these accounts.
    """

    kind: Kind
    giver: Account
    taker: Account
    amount: int
    effective_on: date
    cause: str
    occasion: str = ""
    memo: str = ""

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise AmountNotPositive(self.amount)
        if (self.giver.stage, self.taker.stage) not in ROUTES[self.kind]:
            raise RouteRefused(self.kind, self.giver, self.taker)


@dataclass(frozen=True)
class Transfer:
    """A posted transfer; `reverses` is the number of the transfer it takes back, if any."""

    number: int
    posting: Posting
    revision: int
    reverses: int | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Flow:
    """Net amount that transfers of one kind and occasion brought into an account."""

    account: Account
    kind: Kind
    occasion: str
    amount: int


class Total(NamedTuple):
    """Net amount of a stage and pillar of a deal, by kind and occasion of the transfers."""

    stage: Stage
    pillar: str
    kind: Kind
    occasion: str
    amount: int


def totals(flows: Iterable[Flow]) -> tuple[Total, ...]:
    """Flows added up over whose account they are; what comes to nothing is left out."""
    sums: dict[tuple[Stage, str, Kind, str], int] = {}
    for flow in flows:
        line = (flow.account.stage, flow.account.pillar, flow.kind, flow.occasion)
        sums[line] = sums.get(line, 0) + flow.amount
    return tuple(Total(*line, amount) for line, amount in sorted(sums.items()) if amount)


class AmountNotPositive(ValueError):
    """A transfer moves more than nothing."""

    def __init__(self, amount: int) -> None:
        super().__init__(f"Een boeking is meer dan nul, niet {euro(amount)}.")


class RouteRefused(ValueError):
    """Transfers of this kind do not go between these accounts."""

    def __init__(self, kind: Kind, giver: Account, taker: Account) -> None:
        super().__init__(f"{kind} gaat niet van {giver.stage} naar {taker.stage}.")


class Overdrawn(Exception):
    """An account would be below zero on a date: `short` cents too little."""

    def __init__(self, account: Account, on: date, short: int) -> None:
        super().__init__(
            f"Voor {account.holder} is op {day(on)} {euro(short)} te weinig "
            f"{NEEDED[account.stage]}."
        )
        self.account, self.on, self.short = account, on, short


class AlreadyReversed(Exception):
    """The transfer was taken back before."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Boeking {number} is al teruggedraaid.")
        self.number = number


def reversal(posting: Posting) -> tuple[Account, Account]:
    """Giver and taker of the transfer that takes `posting` back."""
    return posting.taker, posting.giver


def check_never_below_zero(account: Account, entries: Iterable[tuple[date, int]]) -> None:
    """Check signed `entries` (date of effect, cents) of a guarded account, in any order.

    :raises Overdrawn: on the first date its balance at the end of the day is below zero.
    """
    per_day: dict[date, int] = {}
    for on, amount in entries:
        per_day[on] = per_day.get(on, 0) + amount
    balance = 0
    for on in sorted(per_day):
        balance += per_day[on]
        if balance < 0:
            raise Overdrawn(account, on, -balance)


def changes(
    live: Sequence[Transfer], wanted: Sequence[Posting]
) -> tuple[tuple[Transfer, ...], tuple[Posting, ...]]:
    """What to take back and what to post so that the live transfers become the wanted ones."""
    missing = list(wanted)
    surplus = []
    for transfer in live:
        if transfer.posting in missing:
            missing.remove(transfer.posting)
        else:
            surplus.append(transfer)
    return tuple(surplus), tuple(missing)


@dataclass(frozen=True)
class Short:
    """A day on which there is too little, and by how many cents."""

    on: date
    amount: int


def falls_short(before: Mapping[date, int], after: Mapping[date, int]) -> Short | None:
    """The first day on which a sum is below zero, and lower than it was; None when there is none.

    Both say what is added to the sum per day, in cents. A sum that was below zero already on a day
    may stay so, and rise.
    """
    was = now = 0
    for on in sorted(before.keys() | after.keys()):
        was, now = was + before.get(on, 0), now + after.get(on, 0)
        if now < min(0, was):
            return Short(on, -now)
    return None
