"""Tranches, awards and reservations: values and the transfers that follow from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from noaber.core.dates import PartialDate
from noaber.core.notation import day, euro, partial
from noaber.ledger.rules import Account, Kind, Posting, Stage
from noaber.record.rules import Evidence

DATE_BASES = ("printed", "news", "estimated", "decided")
BASES = ("printed", "news", "inferred", "decided")
"""How a date or an amount is known; "decided": it was recorded as the decision itself."""


@dataclass(frozen=True)
class Tranche:
    """A round of decisions; known to the month, it counts from the last day of that month."""

    number: str
    position: int
    decided: PartialDate
    date_basis: str
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def effective_on(self) -> date:
        """The day from which its decisions count."""
        return self.decided.counts_from


@dataclass(frozen=True)
class Award:
    """A decision of the steering group to give a project an amount, in cents, in a tranche.

    `decision` is the code of the decision it was recorded with, if any.
    """

    project: str
    tranche: str
    amount: int
    basis: str
    evidence: Evidence = field(default=Evidence(), compare=False)
    decision: str = ""

    @property
    def code(self) -> str:
        """Code of the award: project and tranche."""
        return f"{self.project}/{self.tranche}"


@dataclass(frozen=True)
class Reservation:
    """An amount set aside for a whole project, known from a tranche on, awarded in phases.

    `amount` is the total, awards before it included as far as no decision took them back. A later
    tranche can give the project another total; the earlier one holds until then.
    """

    project: str
    amount: int
    tranche: str
    evidence: Evidence = field(default=Evidence(), compare=False)
    decision: str = ""

    @property
    def code(self) -> str:
        """Code of the reservation: project and tranche."""
        return f"{self.project}/{self.tranche}"


@dataclass(frozen=True)
class Release:
    """What flows back to the pillar, in cents: of an award, or of what is still reserved.

    `of` is the number of the tranche the award was made in; "" for the reservation.
    """

    code: str
    project: str
    amount: int
    on: PartialDate
    of: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)
    decision: str = ""


@dataclass(frozen=True)
class Decided:
    """All that was decided on the money of one project, in any order."""

    awards: Sequence[Award] = ()
    reservations: Sequence[Reservation] = ()
    releases: Sequence[Release] = ()


class AwardAfterEnd(Exception):
    """After the end of a deal nothing is awarded."""

    def __init__(self, on: date, ends: date) -> None:
        super().__init__(
            f"De deal eindigt op {day(ends)}. Op {day(on)} kan niets meer worden toegekend."
        )


class ReservationExceeded(Exception):
    """An award asks more than what is left of the reservation for the project."""

    def __init__(self, project: str, asked: int, left: int) -> None:
        super().__init__(
            f"Voor {project} is nog {euro(left)} gereserveerd. Een toekenning van {euro(asked)} "
            "past daar niet in."
        )
        self.project, self.asked, self.left = project, asked, left


class ReservationTooLow(Exception):
    """A reservation sets a total for a project below what was awarded of it already."""

    def __init__(self, project: str, total: int, least: int) -> None:
        super().__init__(
            f"Voor {project} is al {euro(least)} toegekend. Een reservering is het totaal voor het "
            f"hele project; {euro(total)} is daarvoor te laag.",
        )
        self.project, self.total, self.least = project, total, least


class ReleaseExceeded(Exception):
    """A release takes more than there is, or from what was not there on its day."""

    def __init__(self, release: Release, left: int) -> None:
        of = f"de toekenning in tranche {release.of}" if release.of else "de reservering"
        super().__init__(
            f"Van {of} van {release.project} is nog {euro(left)} over op {partial(release.on)}. "
            f"{euro(release.amount)} kan niet vrijvallen."
        )
        self.release, self.left = release, left


def marks(awards: Sequence[Award], tranches: Sequence[Tranche]) -> dict[str, str]:
    """For each award code whether it is "new" (the first of its project) or a "follow_up"."""
    position = {t.number: t.position for t in tranches}
    first: dict[str, int] = {}
    for award in awards:
        at = position[award.tranche]
        first[award.project] = min(at, first.get(award.project, at))
    return {
        a.code: "new" if position[a.tranche] == first[a.project] else "follow_up" for a in awards
    }


def plan(
    project: str, pillar: str, decided: Decided, tranches: Sequence[Tranche]
) -> tuple[Posting, ...]:
    """The transfers that a project's awards, reservations and releases come to.

    What was awarded in tranches before the first reservation counts towards its total; from its
    tranche on, awards are paid from what is set aside. A later reservation sets the total anew.
    What a decision took back of an award before a reservation no longer counts; what fell free at
    a settlement was given, and does.

    :raises ReservationExceeded: when awards come to more than the reservation.
    :raises ReservationTooLow: when a reservation is less than what was awarded before it.
    :raises ReleaseExceeded: when a release takes more than there is of what it is of.
    """
    by_number = {t.number: t for t in tranches}
    accounts = _Accounts(project, pillar)
    start = min((by_number[r.tranche].position for r in decided.reservations), default=None)
    ordered = sorted(decided.awards, key=lambda a: by_number[a.tranche].position)
    early = [a for a in ordered if start is None or by_number[a.tranche].position < start]
    postings = [_award(a, by_number[a.tranche], accounts.share, accounts.awarded) for a in early]
    postings += _in_phases(accounts, decided, early, by_number)
    left = {a.tranche: a.amount for a in decided.awards}
    for release in sorted((r for r in decided.releases if r.of), key=_in_time):
        there = left.get(release.of, 0)
        if release.amount > there or release.on.counts_from < by_number[release.of].effective_on:
            raise ReleaseExceeded(release, there)
        left[release.of] -= release.amount
        postings.append(_release(release, accounts.awarded, accounts.share))
    return tuple(postings)


@dataclass(frozen=True)
class _Accounts:
    """The accounts of a project, and that of its pillar."""

    project: str
    pillar: str

    @property
    def share(self) -> Account:
        return Account(Stage.PILLAR, self.pillar, self.pillar)

    @property
    def reserved(self) -> Account:
        return Account(Stage.RESERVED, self.project, self.pillar)

    @property
    def awarded(self) -> Account:
        return Account(Stage.AWARDED, self.project, self.pillar)


def _in_phases(
    accounts: _Accounts, decided: Decided, early: Sequence[Award], by_number: Mapping[str, Tranche]
) -> Iterator[Posting]:
    """What sets money aside, awards it from there, and lets it go, in order of date.

    `early` are the awards before anything was set aside.
    """
    steps: list[tuple[date, int, Reservation | Award | Release]] = [
        *((by_number[r.tranche].effective_on, 0, r) for r in decided.reservations),
        *((by_number[a.tranche].effective_on, 1, a) for a in decided.awards if a not in early),
        *((r.on.counts_from, 2, r) for r in decided.releases if not r.of),
    ]
    taken_back = [r for r in decided.releases if r.of and r.decision]
    total, left = sum(a.amount for a in early), 0
    place = {number: tranche.position for number, tranche in by_number.items()}

    def in_order(step: tuple[date, int, Reservation | Award | Release]) -> tuple[object, ...]:
        on, kind, item = step
        return on, kind, place.get(getattr(item, "tranche", ""), 0), item.code

    for on, _, step in sorted(steps, key=in_order):
        if isinstance(step, Reservation):
            earlier = [r for r in taken_back if _precedes(r, step, on)]
            taken_back = [r for r in taken_back if r not in earlier]
            change = step.amount - total + sum(r.amount for r in earlier)
            if left + change < 0:
                raise ReservationTooLow(step.project, step.amount, step.amount - left - change)
            total, left = step.amount, left + change
            if change:
                yield _reserve(step, accounts, change, on)
        elif step.amount > left:
            if isinstance(step, Release):
                raise ReleaseExceeded(step, left)
            raise ReservationExceeded(step.project, step.amount, left)
        else:
            left -= step.amount
            if isinstance(step, Release):
                total -= step.amount
                yield _release(step, accounts.reserved, accounts.share)
            else:
                tranche = by_number[step.tranche]
                yield _award(step, tranche, accounts.reserved, accounts.awarded)


def _precedes(release: Release, reservation: Reservation, on: date) -> bool:
    """Whether a release was decided before a reservation that counts from a day.

    Decisions are taken in order of days; those of one meeting in order of their numbers.
    """
    if release.on.counts_from != on:
        return release.on.counts_from < on
    meeting, _, number = release.decision.rpartition("-")
    other, _, later = reservation.decision.rpartition("-")
    numbered = number.isdecimal() and later.isdecimal()
    return meeting == other and numbered and int(number) < int(later)


def _in_time(release: Release) -> tuple[date, str]:
    return release.on.counts_from, release.code


def _reserve(reservation: Reservation, accounts: _Accounts, change: int, on: date) -> Posting:
    kind, giver, taker = Kind.RESERVATION, accounts.share, accounts.reserved
    if change < 0:
        kind, giver, taker = Kind.RELEASE, taker, giver
    cause = f"reservation:{reservation.project}"
    return Posting(kind, giver, taker, abs(change), on, cause, reservation.tranche)


def _release(release: Release, giver: Account, taker: Account) -> Posting:
    return Posting(
        Kind.RELEASE,
        giver,
        taker,
        release.amount,
        release.on.counts_from,
        f"release:{release.code}",
        release.of,
    )


def _award(award: Award, tranche: Tranche, giver: Account, taker: Account) -> Posting:
    return Posting(
        Kind.AWARD,
        giver,
        taker,
        award.amount,
        tranche.effective_on,
        f"award:{award.code}",
        award.tranche,
    )
