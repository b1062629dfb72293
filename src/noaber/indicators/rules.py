"""Indicators, observations and measurements as values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from noaber.core.dates import PartialDate
from noaber.record.rules import Evidence

SIGNS = ("exactly", "at_least", "more_than", "a_little_over")
STATUSES = ("reported", "realised", "planned", "forecast")
COUNTED = frozenset({"reported", "realised"})
"""What has happened, by the project's own word or established; the others are still to come."""
COMBINATIONS = ("latest", "sum")
SCOPES = ("own", "wider")


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
    `result` is the code of the intended result it measures, if any. Of several figures of one
    result the latest counts (`combines` "latest"), unless the figures of projects add up ("sum").
    One of an area larger than the deal's (`scope` "wider") never counts for a result.
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
    result: str = ""
    combines: str = "latest"
    scope: str = "own"
    evidence: Evidence = field(default=Evidence(), compare=False)


def counting(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """Which of the measurements of one result make up what is reached of it.

    What is planned, has no value or is of a wider area never counts. The latest `as_of` counts,
    one without a date before any with one; of figures that add up, the latest of each project.
    Figures that add up do not count beside one that is for the whole result.
    """
    known = [
        m for m in measurements if m.status in COUNTED and m.scope == "own" and m.value is not None
    ]
    whole = [m for m in known if m.combines == "latest"]
    latest: dict[str, Measurement] = {}
    for m in sorted(whole or known, key=_when):
        latest["" if whole else m.project] = m
    return tuple(latest.values())


def sign_together(measurements: Iterable[Measurement]) -> str:
    """How the sum of measurements is to be said: as the only one, or at least when any is rough."""
    signs = [m.sign for m in measurements]
    if len(signs) == 1:
        return signs[0]
    return "exactly" if all(sign == "exactly" for sign in signs) else "at_least"


def _when(measurement: Measurement) -> tuple[date, str]:
    as_of = measurement.as_of
    return (as_of.counts_from if as_of else date.min, measurement.code)
