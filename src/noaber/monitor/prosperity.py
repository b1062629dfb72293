"""Indicators of broad prosperity (brede welvaart) of one region beside others."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from noaber.access.rules import Audience
from noaber.indicators import queries as indicator_queries
from noaber.indicators.rules import Indicator, Observation
from noaber.record.rules import Moment

_STEP = Decimal("0.1")


@dataclass(frozen=True)
class Year:
    """A year of a series: what was observed (None when nothing was), and the mean of the others.

    `mean` weighs every other region the same; `others` is of how many it is.
    """

    year: int
    value: Decimal | None
    mean: Decimal | None
    others: int


@dataclass(frozen=True)
class Series:
    """An indicator of a region through the years, oldest first; `source` is a code."""

    indicator: Indicator
    years: tuple[Year, ...]
    source: str


def series(
    region: str, others: Collection[str], moment: Moment, audience: Audience
) -> tuple[Series, ...]:
    """Every indicator observed in `region`, beside the unweighted mean of `others`.

    Two queries, however many indicators and regions. By code of the indicator.
    """
    regions = {region, *others}
    found = indicator_queries.observations(moment, audience, regions)
    observed: dict[str, list[Observation]] = {}
    for observation in found:
        observed.setdefault(observation.indicator, []).append(observation)
    return tuple(
        _series(indicator, region, observed[indicator.code])
        for indicator in indicator_queries.indicators(moment, audience)
        if any(o.region == region for o in observed.get(indicator.code, ()))
    )


def _series(indicator: Indicator, region: str, observations: list[Observation]) -> Series:
    own = {o.year: o.value for o in observations if o.region == region}
    beside: dict[int, list[Decimal]] = {}
    for observation in observations:
        if observation.region != region:
            beside.setdefault(observation.year, []).append(observation.value)
    years = tuple(
        Year(year, own.get(year), _mean(beside.get(year, [])), len(beside.get(year, [])))
        for year in sorted({*own, *beside})
    )
    return Series(indicator, years, next(o.evidence.source for o in observations))


def _mean(values: list[Decimal]) -> Decimal | None:
    """The mean to one decimal, half up; None of nothing."""
    if not values:
        return None
    return (sum(values, Decimal(0)) / len(values)).quantize(_STEP, ROUND_HALF_UP)
