"""Reading tranches, awards and reservations."""

from typing import Any

from noaber.access.rules import Audience
from noaber.awards import models, rules
from noaber.record.rules import Moment


def tranches(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Tranche, ...]:
    """Tranches in their order."""
    rows = (
        models.TrancheVersion.objects.at(moment, audience)
        .filter(tranche__deal__code=deal)
        .select_related("tranche")
        .order_by("position", "tranche__code")
    )
    return tuple(
        rules.Tranche(r.tranche.code, r.position, r.decided, r.date_basis, r.evidence) for r in rows
    )


def awards(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Award, ...]:
    """Awards by tranche and project."""
    return tuple(as_award(r) for r in _of(models.AwardVersion, deal, moment, audience))


def reservations(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Reservation, ...]:
    """Reservations by project."""
    return tuple(as_reservation(r) for r in _of(models.ReservationVersion, deal, moment, audience))


def as_award(row: models.AwardVersion) -> rules.Award:
    """A row as a value; its project and tranche must be loaded."""
    return rules.Award(row.project.code, row.tranche.code, row.amount, row.basis, row.evidence)


def as_reservation(row: models.ReservationVersion) -> rules.Reservation:
    """A row as a value; its project and tranche must be loaded."""
    return rules.Reservation(row.project.code, row.amount, row.tranche.code, row.evidence)


def _of(model: Any, deal: str, moment: Moment, audience: Audience) -> Any:
    return (
        model.objects.at(moment, audience)
        .filter(deal__code=deal)
        .select_related("project", "tranche")
        .order_by("tranche_id", "code")
    )
