"""Recording organisations."""

from datetime import date, datetime

from noaber.access.rules import Actor
from noaber.organisations import models, rules
from noaber.record.actions import put, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence, columns_of


def record_organisation(
    organisation: rules.Organisation, *, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record an organisation or a change of it; returns whether anything changed."""
    values = columns_of(organisation)
    code = values.pop("code")
    with revision(by=by, at=at, action="record_organisation", subject=f"organisation:{code}") as r:
        key = {"organisation": ensure(models.Organisation, r, code=code)}
        return put(
            models.OrganisationVersion,
            key=key,
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


def record_outline(
    outline: rules.Outline, *, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record the outline of an organisation's area; returns whether anything changed.

    :raises Organisation.DoesNotExist: when the organisation is not known.
    """
    rings = [[[x, y] for x, y in ring] for ring in outline.rings]
    subject = f"organisation:{outline.organisation}"
    with revision(by=by, at=at, action="record_outline", subject=subject) as r:
        key = {"organisation": find(models.Organisation, code=outline.organisation)}
        return put(
            models.OutlineVersion,
            key=key,
            values={"rings": rings},
            since=since,
            evidence=evidence,
            stamp=r,
        )
