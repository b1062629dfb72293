"""Reading tranches, awards and reservations."""

from dataclasses import dataclass

from noaber.access.rules import Audience
from noaber.awards import models, rules
from noaber.record.reading import Rows, Shelf, read, values
from noaber.record.rules import Moment

OF_DEAL = "deal__code"
DECIDED = {"project": "project__code", "tranche": "tranche__code"}

TRANCHES = Shelf(
    "tranche", models.TrancheVersion, "tranche__deal__code", {"number": "tranche__code"}
)
SHELVES = (
    TRANCHES,
    Shelf("award", models.AwardVersion, OF_DEAL, DECIDED),
    Shelf("reservation", models.ReservationVersion, OF_DEAL, DECIDED),
    Shelf(
        "release",
        models.ReleaseVersion,
        OF_DEAL,
        {"project": "project__code", "of": "tranche__code"},
    ),
)


@dataclass(frozen=True)
class AwardFacts:
    """Tranches in their order, and the awards and reservations made in them, in that order;
    releases by date.
    """

    tranches: tuple[rules.Tranche, ...]
    awards: tuple[rules.Award, ...]
    reservations: tuple[rules.Reservation, ...]
    releases: tuple[rules.Release, ...] = ()

    @property
    def standing_reservations(self) -> tuple[rules.Reservation, ...]:
        """Of each project the latest reservation: it takes the place of those before it."""
        return tuple({r.project: r for r in self.reservations}.values())


def facts(deal: str, moment: Moment, audience: Audience) -> AwardFacts:
    """What was decided for a deal: one query. A decision without its tranche is left out."""
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> AwardFacts:
    """The same from what was read together with other features."""
    tranches = sorted(values(rules.Tranche, rows["tranche"]), key=_place)
    rank = {t.number: place for place, t in enumerate(tranches)}
    awards = [a for a in values(rules.Award, rows["award"]) if a.tranche in rank]
    reserved = [r for r in values(rules.Reservation, rows["reservation"]) if r.tranche in rank]
    return AwardFacts(
        tuple(tranches),
        tuple(sorted(awards, key=lambda a: (rank[a.tranche], a.code))),
        tuple(sorted(reserved, key=lambda r: (rank[r.tranche], r.code))),
        tuple(sorted(values(rules.Release, rows["release"]), key=lambda r: (r.on, r.code))),
    )


def tranches(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Tranche, ...]:
    """Tranches in their order."""
    rows = read([TRANCHES], deal, moment, audience)["tranche"]
    return tuple(sorted(values(rules.Tranche, rows), key=_place))


def as_award(row: models.AwardVersion) -> rules.Award:
    """A row as a value; its project and tranche must be loaded."""
    return rules.Award(
        row.project.code, row.tranche.code, row.amount, row.basis, row.evidence, row.decision
    )


def as_reservation(row: models.ReservationVersion) -> rules.Reservation:
    """A row as a value; its project and tranche must be loaded."""
    return rules.Reservation(
        row.project.code, row.amount, row.tranche.code, row.evidence, row.decision
    )


def as_release(row: models.ReleaseVersion) -> rules.Release:
    """A row as a value; its project and tranche must be loaded."""
    of = row.tranche.code if row.tranche else ""
    return rules.Release(
        row.code, row.project.code, row.amount, row.on, of, row.evidence, row.decision
    )


def _place(tranche: rules.Tranche) -> tuple[int, str]:
    return tranche.position, tranche.number
