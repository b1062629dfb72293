"""Tranches, awards and reservations: values and the transfers that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from noaber.core.dates import PartialDate
from noaber.core.notation import day, euro
from noaber.ledger.rules import Account, Kind, Posting, Stage
from noaber.record.rules import Evidence

DATE_BASES = ("printed", "news", "estimated")
BASES = ("printed", "news", "inferred")


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
    """A decision of the steering group to give a project an amount, in cents, in a tranche."""

    project: str
    tranche: str
    amount: int
    basis: str
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the award: project and tranche."""
        return f"{self.project}/{self.tranche}"


@dataclass(frozen=True)
class Reservation:
    """An amount set aside for a whole project, known from a tranche on, awarded in phases.

    `amount` is the total, awards before it included.
    """

    project: str
    amount: int
    tranche: str
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the reservation: its project."""
        return self.project


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
    project: str,
    pillar: str,
    awards: Sequence[Award],
    reservation: Reservation | None,
    tranches: Sequence[Tranche],
) -> tuple[Posting, ...]:
    """The transfers that a project's awards and reservation come to.

    What was awarded in tranches before the reservation counts towards its total; from its
    tranche on, awards are paid from what is set aside.

    :raises ReservationExceeded: when awards come to more than the reservation.
    """
    by_number = {t.number: t for t in tranches}
    share = Account(Stage.PILLAR, pillar, pillar)
    reserved = Account(Stage.RESERVED, project, pillar)
    awarded = Account(Stage.AWARDED, project, pillar)
    start = by_number[reservation.tranche].position if reservation else None
    ordered = sorted(awards, key=lambda a: by_number[a.tranche].position)
    early = [a for a in ordered if start is None or by_number[a.tranche].position < start]
    late = [a for a in ordered if a not in early]
    postings = [_award(a, by_number[a.tranche], share, awarded) for a in early]
    if reservation is None:
        return tuple(postings)
    left = reservation.amount - sum(a.amount for a in early)
    if left < 0:
        raise ReservationExceeded(project, early[-1].amount, left + early[-1].amount)
    if left:
        postings.append(
            Posting(
                Kind.RESERVATION,
                share,
                reserved,
                left,
                by_number[reservation.tranche].effective_on,
                f"reservation:{project}",
                reservation.tranche,
            )
        )
    for award in late:
        if award.amount > left:
            raise ReservationExceeded(project, award.amount, left)
        left -= award.amount
        postings.append(_award(award, by_number[award.tranche], reserved, awarded))
    return tuple(postings)


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
