"""Tables of indicators. Values are kept as the decimal text of the source: exact on any engine."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from noaber.deals.models import DealFact, Pillar, one_of
from noaber.indicators import rules
from noaber.organisations.models import Organisation
from noaber.projects.models import Project
from noaber.record.fields import PartialDateField
from noaber.record.models import AppendOnly, Version


class ExactDecimalField(models.CharField):  # type: ignore[type-arg]
    """A decimal as its text, with the digits the source gave; empty is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=40, blank=True, default="")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str, *_: object) -> Decimal | None:
        return self.to_python(value)

    def to_python(self, value: object) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(str(value)) if value else None

    def get_prep_value(self, value: object) -> str:
        return "" if value is None else str(value)


class Indicator(AppendOnly):
    """An indicator, known by its code; indicators are shared by all deals."""

    code = models.CharField(max_length=60, unique=True)


class IndicatorVersion(Version):
    """What is recorded of an indicator."""

    KEY = ("indicator",)

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    theme = models.CharField(max_length=100)
    unit = models.CharField(max_length=200)


class ObservationVersion(Version):
    """The value of an indicator in a region and year."""

    KEY = ("indicator", "region", "year")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    region = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    value = ExactDecimalField()

    class Meta(Version.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["indicator", "region", "year", "valid_from", "id"]),
        ]


class MeasurementVersion(DealFact):
    """A figure a project reports of its results; `result` is the code of the one it measures."""

    ADDED = frozenset({"result", "combines", "scope"})

    WITHHOLDABLE = "measurement"

    pillar = models.ForeignKey(Pillar, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=200)
    value = ExactDecimalField()
    sign = models.CharField(max_length=20)
    unit = models.CharField(max_length=60)
    as_of = PartialDateField()
    status = models.CharField(max_length=20)
    target = ExactDecimalField()
    result = models.CharField(max_length=60, default="")
    combines = models.CharField(max_length=20, default="latest")
    scope = models.CharField(max_length=20, default="own")

    class Meta(DealFact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Version.Meta.constraints,
            one_of("sign", rules.SIGNS, "measurement_sign_is_known"),
            one_of("status", rules.STATUSES, "measurement_status_is_known"),
            one_of("combines", rules.COMBINATIONS, "measurement_combination_is_known"),
            one_of("scope", rules.SCOPES, "measurement_scope_is_known"),
        ]
