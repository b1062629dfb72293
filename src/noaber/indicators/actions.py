"""Recording indicators, observations and measurements."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.deals.models import Deal, Pillar
from noaber.indicators import models, rules
from noaber.organisations.models import Organisation
from noaber.projects.models import Project
from noaber.record.actions import put, retract, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence, columns_of


def record_indicator(
    indicator: rules.Indicator, *, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record an indicator; returns whether anything changed."""
    values = columns_of(indicator)
    code = values.pop("code")
    with revision(by=by, at=at, action="record_indicator", subject=f"indicator:{code}") as r:
        anchor = ensure(models.Indicator, r, code=code)
        return put(
            models.IndicatorVersion,
            key={"indicator": anchor},
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


def record_observations(
    observations: Iterable[rules.Observation], *, by: Actor, at: datetime
) -> int:
    """Record observations in bulk; each counts from the last day of its year.

    Returns how many were new or changed. Indicators and regions must be known.
    """
    indicators = dict(models.Indicator.objects.values_list("code", "id"))
    regions = dict(Organisation.objects.values_list("code", "id"))
    with revision(by=by, at=at, action="record_observations", subject="observations:all") as r:
        # Under the lock: what was read before it may have changed since.
        latest: dict[tuple[int, int, int], Any] = {
            (row.indicator_id, row.region_id, row.year): row
            for row in models.ObservationVersion.objects.order_by("id")
        }
        rows = []
        for o in observations:
            key = (indicators[o.indicator], regions[o.region], o.year)
            known = latest.get(key)
            same = (o.value, o.evidence.source, o.evidence.locator)
            if known and not known.retracted and (known.value, known.source, known.locator) == same:
                continue
            rows.append(
                models.ObservationVersion(
                    indicator_id=key[0],
                    region_id=key[1],
                    year=o.year,
                    value=str(o.value),
                    valid_from=date(o.year, 12, 31),
                    source=o.evidence.source,
                    locator=o.evidence.locator,
                    origin=o.evidence.origin,
                    revision_id=r.number,
                )
            )
        models.ObservationVersion.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def record_measurement(
    measurement: rules.Measurement,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a figure a project reports of its results; returns whether anything changed."""
    owner = find(Deal, code=deal)
    values: dict[str, Any] = columns_of(measurement)
    code = values.pop("code")
    project = measurement.project
    values["pillar"] = find(Pillar, deal=owner, code=measurement.pillar)
    values["project"] = find(Project, deal=owner, code=project) if project else None
    with revision(by=by, at=at, action="record_measurement", subject=f"deal:{deal}") as r:
        return put(
            models.MeasurementVersion,
            key={"deal": owner, "code": code},
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


def retract_measurement(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a figure back that a project reported; returns whether there was one."""
    key = {"deal": find(Deal, code=deal), "code": code}
    with revision(by=by, at=at, action="retract_measurement", subject=f"deal:{deal}") as r:
        return retract(models.MeasurementVersion, key=key, stamp=r)
