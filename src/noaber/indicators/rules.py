"""Indicators, observations and measurements as values."""

from dataclasses import dataclass, field
from decimal import Decimal

from noaber.core.dates import PartialDate
from noaber.record.rules import Evidence

SIGNS = ("exactly", "at_least", "more_than", "a_little_over")
STATUSES = ("reported", "planned", "forecast")


@dataclass(frozen=True)
class Indicator:
    """An indicator of broad prosperity (brede welvaart), with its unit."""

    code: str
    name: str
    theme: str
    unit: str
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Observation:
    """The value of an indicator in a region and year; absent when not observed, never 0."""

    indicator: str
    region: str
    year: int
    value: Decimal
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Measurement:
    """A figure a project reports of its results; `value` None when there is no figure yet.

    `project` is empty for a figure of the whole pillar; `sign` says how the source puts it.
    """

    code: str
    pillar: str
    what: str
    unit: str
    status: str
    value: Decimal | None = None
    sign: str = "exactly"
    project: str = ""
    as_of: PartialDate | None = None
    target: Decimal | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)
