"""Reading indicators, observations and measurements."""

from collections.abc import Collection

from noaber.access.rules import Audience
from noaber.indicators import models, rules
from noaber.record.reading import Rows, Shelf, read, values
from noaber.record.rules import Moment

SHELVES = (
    Shelf(
        "measurement",
        models.MeasurementVersion,
        "deal__code",
        {"pillar": "pillar__code", "project": "project__code"},
    ),
)


def indicators(moment: Moment, audience: Audience) -> tuple[rules.Indicator, ...]:
    """Indicators by code."""
    rows = models.IndicatorVersion.objects.at(moment, audience).select_related("indicator")
    return tuple(
        rules.Indicator(r.indicator.code, r.name, r.theme, r.unit, r.evidence)
        for r in rows.order_by("indicator__code")
    )


def observations(
    moment: Moment, audience: Audience, regions: Collection[str]
) -> tuple[rules.Observation, ...]:
    """Observations of the regions, by indicator, region and year."""
    rows = (
        models.ObservationVersion.objects.at(moment, audience)
        .filter(region__code__in=regions)
        .select_related("indicator", "region")
        .order_by("indicator__code", "region__code", "year")
    )
    return tuple(
        rules.Observation(r.indicator.code, r.region.code, r.year, r.value, r.evidence)
        for r in rows
    )


def measurements(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Measurement, ...]:
    """Figures the projects of the deal report, by code."""
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> tuple[rules.Measurement, ...]:
    """The same from what was read together with other features."""
    return values(rules.Measurement, sorted(rows["measurement"], key=lambda r: str(r["code"])))
