"""Tables of boards, seats, meetings, decisions and forewords."""

from typing import ClassVar

from django.db import models
from django.db.models import Value

from noaber.awards.models import Tranche
from noaber.deals.models import OfDeal, Pillar, one_of
from noaber.decisions import rules
from noaber.organisations.models import Organisation
from noaber.proposals.rules import OPINIONS
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
    WITHHOLDABLE = "seat"
    IDENTITY = ("seat__deal__code", Value("/"), "seat__code")

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
    WITHHOLDABLE = "foreword"
    IDENTITY = ("tranche__deal__code", Value("/"), "tranche__code")

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    signed_by = models.ForeignKey(Board, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=200)


class Meeting(OfDeal):
    """A meeting of a board."""


class MeetingVersion(Version):
    """What is recorded of a meeting."""

    KEY = ("meeting",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="versions")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    on = PartialDateField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    tranche = models.CharField(max_length=20)
    state = models.CharField(max_length=20)

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("state", rules.MEETING_STATES, "meeting_state_is_known"),
        ]


class AgendaItem(OfDeal):
    """An item on the agenda of a meeting; its code is meeting-position."""


class AgendaItemVersion(Version):
    """What is recorded of an item; `proposal` and `project` are codes."""

    KEY = ("item",)

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="versions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    proposal = models.CharField(max_length=60)
    project = models.CharField(max_length=60)
    note = models.TextField()

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("kind", rules.AGENDA_KINDS, "agenda_kind_is_known"),
        ]


class InterestVersion(Version):
    """That a seat has an interest in an item."""

    KEY = ("item", "seat")

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    reason = models.TextField()


class Decision(OfDeal):
    """A decision; its code is meeting-number."""


class DecisionVersion(Version):
    """What is recorded of a decision: once, and never again."""

    KEY = ("decision",)
    ADDED = frozenset({"opinion"})

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    opinion = models.CharField(max_length=20, default="")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    proposal = models.CharField(max_length=60)
    project = models.CharField(max_length=60)
    conditions = models.TextField()
    reason = models.TextField()
    supersedes = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    taking_part = models.JSONField()
    absent = models.JSONField()

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("kind", rules.DECISION_KINDS, "decision_kind_is_known"),
            one_of("opinion", ("", *OPINIONS), "decision_opinion_is_known"),
        ]
