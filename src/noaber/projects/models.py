"""Tables of projects."""

from typing import ClassVar

from django.db import models

from noaber.deals.models import DealFact, OfDeal, Pillar, one_of
from noaber.organisations.models import Organisation
from noaber.projects import rules
from noaber.record.fields import PartialDateField
from noaber.record.models import Version


class Project(OfDeal):
    """A project of a deal."""


class ProjectVersion(Version):
    """What is recorded of a project."""

    KEY = ("project",)
    ADDED = frozenset({"themes", "themes_source", "themes_locator"})

    project = models.ForeignKey(Project, models.PROTECT, related_name="versions")
    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    also_known_as = models.CharField(max_length=200)
    former_names = models.JSONField()
    kind = models.CharField(max_length=20)
    heading = models.CharField(max_length=200)
    themes = models.JSONField(default=list)
    themes_source = models.CharField(max_length=60, default="")
    themes_locator = models.CharField(max_length=200, default="")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    paid_from = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20)
    since = PartialDateField()
    starts = PartialDateField()
    ends = PartialDateField()
    continuation = models.TextField()

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("kind", rules.KINDS, "project_kind_is_known"),
            one_of("status", rules.STATUSES, "project_status_is_known"),
        ]


class OfProject(DealFact):
    """A fact about a project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")

    class Meta(DealFact.Meta):
        abstract = True


class PartnerVersion(OfProject):
    """A partner of a project; its code is project/organisation."""

    WITHHOLDABLE = "partner"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=200)


class PlaceVersion(OfProject):
    """A place of a project; its code is project/municipality/place."""

    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)


class CrossOverVersion(OfProject):
    """A cross-over of a project; its code is project/pillar."""

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    note = models.TextField()


class InfluenceVersion(OfProject):
    """A claimed influence of a project on an intended result; its code is project/result."""

    result = models.CharField(max_length=60)
    note = models.TextField()
    strength = models.CharField(max_length=20)
    decision = models.CharField(max_length=60)

    class Meta(OfProject.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("strength", rules.STRENGTHS, "influence_strength_is_known"),
        ]


class ProjectTextVersion(OfProject):
    """A text about a project; its code is project/kind."""

    PERIODS = True
    WITHHOLDABLE = "project_text"

    kind = models.CharField(max_length=20)
    text = models.TextField()
    since = PartialDateField()

    class Meta(OfProject.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("kind", rules.TEXT_KINDS, "project_text_kind_is_known"),
        ]


class TurnVersion(OfProject):
    """What changed a project from a day on; its code is project/kind/day."""

    kind = models.CharField(max_length=20)
    effective = PartialDateField()
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    ends = PartialDateField()
    merged_into = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=60)
    note = models.TextField()

    class Meta(OfProject.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("kind", rules.TURN_KINDS, "turn_kind_is_known"),
        ]
