"""Tables of boards, seats and forewords."""

from typing import ClassVar

from django.db import models

from noaber.awards.models import Tranche
from noaber.deals.models import OfDeal, Pillar, one_of
from noaber.decisions import rules
from noaber.organisations.models import Organisation
from noaber.record.fields import PartialDateField
from noaber.record.models import PersonalReference, Version


class Board(OfDeal):
    """A board of a deal."""


class BoardVersion(Version):
    """What is recorded of a board."""

    KEY = ("board",)

    board = models.ForeignKey(Board, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    task = models.TextField()
    pillar = models.ForeignKey(Pillar, models.PROTECT, null=True, related_name="+")

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("kind", rules.BOARD_KINDS, "board_kind_is_known"),
        ]


class Seat(OfDeal):
    """A seat in a board; its code is board-place."""


class SeatVersion(Version):
    """What is recorded of a seat; the name of who holds it is kept apart."""

    KEY = ("seat",)

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="versions")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    place = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=200)
    office = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(PersonalReference, models.PROTECT, null=True, related_name="+")
    since = PartialDateField()
    until = PartialDateField()
    replaces = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")


class ForewordVersion(Version):
    """What is recorded of the foreword of a tranche."""

    KEY = ("tranche",)

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    signed_by = models.ForeignKey(Board, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=200)
