"""Reading projects."""

from dataclasses import fields
from typing import Any

from noaber.access.rules import Audience
from noaber.core.numbering import number_key
from noaber.projects import models, rules
from noaber.record.rules import Moment


def projects(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Project, ...]:
    """Projects that belong to the deal, by pillar and number as printed."""
    rows = (
        models.ProjectVersion.objects.at(moment, audience)
        .filter(project__deal__code=deal)
        .select_related("pillar", "lead", "paid_from", "merged_into")
    )
    found = []
    for row in rows:
        values: dict[str, Any] = {f.name: getattr(row, f.name) for f in fields(rules.Project)}
        values |= {"pillar": row.pillar.code, "lead": row.lead.code}
        values["former_names"] = tuple(row.former_names)
        for name in ("paid_from", "merged_into"):
            values[name] = values[name].code if values[name] else ""
        found.append(rules.Project(**values))
    return tuple(sorted(found, key=lambda p: (p.pillar, number_key(p.number))))


def partners(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Partner, ...]:
    """Partners of all projects of the deal."""
    return tuple(
        rules.Partner(r.project.code, r.organisation.code, r.role, r.evidence)
        for r in _of(models.PartnerVersion, deal, moment, audience, "organisation")
    )


def places(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Place, ...]:
    """Places of all projects of the deal."""
    return tuple(
        rules.Place(r.project.code, r.municipality.code, r.name, r.evidence)
        for r in _of(models.PlaceVersion, deal, moment, audience, "municipality")
    )


def cross_overs(deal: str, moment: Moment, audience: Audience) -> tuple[rules.CrossOver, ...]:
    """Cross-overs of all projects of the deal."""
    return tuple(
        rules.CrossOver(r.project.code, r.pillar.code, r.note, r.evidence)
        for r in _of(models.CrossOverVersion, deal, moment, audience, "pillar")
    )


def texts(deal: str, moment: Moment, audience: Audience) -> tuple[rules.ProjectText, ...]:
    """Texts about the projects of the deal that `audience` may read."""
    return tuple(
        rules.ProjectText(r.project.code, r.kind, r.text, r.since, r.readers, r.evidence)
        for r in _of(models.ProjectTextVersion, deal, moment, audience)
    )


def _of(
    model: type[models.OfProject], deal: str, moment: Moment, audience: Audience, *related: str
) -> Any:
    return (
        model.objects.at(moment, audience)
        .filter(deal__code=deal)
        .select_related("project", *related)
        .order_by("code")
    )
