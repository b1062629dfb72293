"""Recording projects."""

from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.deals.models import Deal, Pillar
from noaber.organisations.models import Organisation
from noaber.projects import models, rules
from noaber.record.actions import put, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence, columns_of


def record_project(
    project: rules.Project, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a project, which belongs to the deal from `project.since`.

    Returns whether anything changed. The projects it names as payer or successor must be known.
    """
    owner = find(Deal, code=deal)
    values: dict[str, Any] = columns_of(project)
    values["pillar"] = find(Pillar, deal=owner, code=project.pillar)
    values["lead"] = find(Organisation, code=project.lead)
    values["former_names"] = list(project.former_names)
    for name in ("paid_from", "merged_into"):
        code = values[name]
        values[name] = find(models.Project, deal=owner, code=code) if code else None
    subject = f"project:{project.code}"
    with revision(by=by, at=at, action="record_project", subject=subject) as r:
        anchor = ensure(models.Project, r, deal=owner, code=project.code)
        return put(
            models.ProjectVersion,
            key={"project": anchor},
            values=values,
            since=project.since.counts_from,
            evidence=evidence,
            stamp=r,
        )


def record_partner(
    partner: rules.Partner, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a partner of a project; returns whether anything changed."""
    values = {
        "organisation": find(Organisation, code=partner.organisation),
        "role": partner.role,
    }
    return _record(
        models.PartnerVersion,
        deal=deal,
        project=partner.project,
        code=partner.organisation,
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_place(
    place: rules.Place, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record where a project happens; returns whether anything changed."""
    values = {
        "municipality": find(Organisation, code=place.municipality),
        "name": place.name,
    }
    return _record(
        models.PlaceVersion,
        deal=deal,
        project=place.project,
        code=rules.place_code(place).removeprefix(f"{place.project}/"),
        values=values,
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_cross_over(
    cross_over: rules.CrossOver,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a connection with another pillar; returns whether anything changed."""
    pillar = find(Pillar, deal=find(Deal, code=deal), code=cross_over.pillar)
    return _record(
        models.CrossOverVersion,
        deal=deal,
        project=cross_over.project,
        code=cross_over.pillar,
        values={"pillar": pillar, "note": cross_over.note},
        since=since,
        evidence=evidence,
        by=by,
        at=at,
    )


def record_project_text(
    text: rules.ProjectText, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a text about a project, for `text.readers`; returns whether anything changed."""
    return _record(
        models.ProjectTextVersion,
        deal=deal,
        project=text.project,
        code=text.kind,
        values={"kind": text.kind, "text": text.text, "since": text.since},
        since=since,
        evidence=evidence,
        by=by,
        at=at,
        readers=text.readers,
    )


def _record(
    model: type[models.OfProject],
    *,
    deal: str,
    project: str,
    code: str,
    values: dict[str, Any],
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
    readers: str = "public",
) -> bool:
    owner = find(Deal, code=deal)
    anchor = find(models.Project, deal=owner, code=project)
    action = f"record_{model.__name__.removesuffix('Version').lower()}"
    with revision(by=by, at=at, action=action, subject=f"project:{project}") as r:
        return put(
            model,
            key={"deal": owner, "code": f"{project}/{code}"},
            values={"project": anchor, **values},
            since=since,
            evidence=evidence,
            readers=readers,
            stamp=r,
        )
