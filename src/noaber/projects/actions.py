"""Recording projects."""

from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.deals.models import Deal, Pillar
from noaber.organisations.models import Organisation
from noaber.projects import models, rules
from noaber.record.actions import put, retract, revision
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
    values["themes"] = list(project.themes)
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


MODELS: dict[type, type[models.OfProject]] = {
    rules.Partner: models.PartnerVersion,
    rules.Place: models.PlaceVersion,
    rules.CrossOver: models.CrossOverVersion,
    rules.Influence: models.InfluenceVersion,
    rules.ProjectText: models.ProjectTextVersion,
    rules.Turn: models.TurnVersion,
}


def record_fact(
    fact: rules.Fact, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a fact about a project, or a change of it; returns whether anything changed.

    A text is for its own `readers`.
    """
    model = MODELS[type(fact)]
    owner = find(Deal, code=deal)
    values = columns_of(fact)
    readers = values.pop("readers", "public")
    values["project"] = find(models.Project, deal=owner, code=fact.project)
    for name in ("organisation", "municipality", "lead"):
        if name in values:
            values[name] = find(Organisation, code=values[name]) if values[name] else None
    if code := values.get("merged_into", None):
        values["merged_into"] = find(models.Project, deal=owner, code=code)
    elif "merged_into" in values:
        values["merged_into"] = None
    if "pillar" in values:
        values["pillar"] = find(Pillar, deal=owner, code=values["pillar"])
    action = f"record_{model.__name__.removesuffix('Version').lower()}"
    with revision(by=by, at=at, action=action, subject=f"project:{fact.project}") as r:
        key = {"deal": owner, "code": fact.code}
        return put(
            model, key=key, values=values, since=since, evidence=evidence, readers=readers, stamp=r
        )


def retract_project(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a project back as if it was never recorded; returns whether there was one."""
    anchor = find(models.Project, deal=find(Deal, code=deal), code=code)
    with revision(by=by, at=at, action="retract_project", subject=f"project:{code}") as r:
        return retract(models.ProjectVersion, key={"project": anchor}, stamp=r)


def retract_fact(
    fact: rules.Fact, *, deal: str, since: date | None = None, by: Actor, at: datetime
) -> bool:
    """Take a fact about a project back, or what it said from `since` on; returns whether it was
    there.
    """
    key = {"deal": find(Deal, code=deal), "code": fact.code}
    with revision(by=by, at=at, action="retract_fact", subject=f"project:{fact.project}") as r:
        return retract(MODELS[type(fact)], key=key, stamp=r, since=since)
