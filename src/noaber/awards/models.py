"""Tables of tranches, awards and reservations."""

from typing import ClassVar

from django.db import models

from noaber.awards.rules import BASES, DATE_BASES
from noaber.deals.models import OfDeal, one_of
from noaber.projects.models import OfProject
from noaber.record.fields import CentsField, PartialDateField
from noaber.record.models import Version


class Tranche(OfDeal):
    """A tranche of a deal; its code is its printed number."""


class TrancheVersion(Version):
    """What is recorded of a tranche."""

    KEY = ("tranche",)

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="versions")
    position = models.PositiveIntegerField()
    decided = PartialDateField()
    date_basis = models.CharField(max_length=20)

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("date_basis", DATE_BASES, "tranche_date_basis_is_known"),
        ]


class AwardVersion(OfProject):
    """An award; its code is project/tranche."""

    ADDED = frozenset({"decision"})

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="+")
    amount = CentsField()
    basis = models.CharField(max_length=20)
    decision = models.CharField(max_length=60, default="")

    class Meta(OfProject.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="award_above_zero"),
            one_of("basis", BASES, "award_basis_is_known"),
        ]


class ReservationVersion(OfProject):
    """A reservation for a whole project, from a tranche on; its code is project/tranche.

    The first release of this program gave it the code of its project alone; such rows keep it.
    """

    ADDED = frozenset({"decision"})

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="+")
    amount = CentsField()
    decision = models.CharField(max_length=60, default="")

    class Meta(OfProject.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="reservation_above_zero"),
        ]


class ReleaseVersion(OfProject):
    """What flows back of an award (`tranche`), or of a reservation when no tranche is named."""

    tranche = models.ForeignKey(Tranche, models.PROTECT, null=True, related_name="+")
    amount = CentsField()
    on = PartialDateField()
    decision = models.CharField(max_length=60)

    class Meta(OfProject.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="release_above_zero"),
        ]
