"""Tables of organisations."""

from typing import ClassVar

from django.db import models
from django.db.models import Value

from noaber.organisations.rules import KINDS
from noaber.record.models import AppendOnly, Version


class Organisation(AppendOnly):
    """An organisation, known by its code."""

    code = models.CharField(max_length=60, unique=True)


class OrganisationVersion(Version):
    """What is recorded of an organisation."""

    KEY = ("organisation",)
    WITHHOLDABLE = "organisation"
    IDENTITY = ("organisation__code", Value(""))
    FOLLOWS = True

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    country = models.CharField(max_length=2)

    class Meta(Version.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="organisation_kind_is_known"
            ),
        ]


class OutlineVersion(Version):
    """Outline of an organisation's area: rings of (longitude, latitude) as JSON."""

    KEY = ("organisation",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="outlines")
    rings = models.JSONField()
