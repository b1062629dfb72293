"""Reading indicators, observations and measurements."""

from collections.abc import Collection

from noaber.access.rules import Audience
from noaber.indicators import models, rules
from noaber.record.rules import Moment


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
    rows = (
        models.MeasurementVersion.objects.at(moment, audience)
        .filter(deal__code=deal)
        .select_related("pillar", "project")
        .order_by("code")
    )
    return tuple(
        rules.Measurement(
            r.code,
            r.pillar.code,
            r.what,
            r.unit,
            r.status,
            r.value,
            r.sign,
            r.project.code if r.project else "",
            r.as_of,
            r.target,
            r.result,
            r.combines,
            r.scope,
            r.evidence,
        )
        for r in rows
    )
