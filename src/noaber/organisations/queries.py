"""Reading organisations."""

from collections.abc import Collection, Mapping

from noaber.access.rules import Audience
from noaber.organisations.models import OrganisationVersion, OutlineVersion
from noaber.organisations.rules import Organisation, Outline
from noaber.record.rules import Moment


def organisations(
    moment: Moment, audience: Audience, codes: Collection[str] | None = None
) -> Mapping[str, Organisation]:
    """Organisations by code, all or those in `codes`."""
    rows = OrganisationVersion.objects.at(moment, audience)
    if codes is not None:
        rows = rows.filter(organisation__code__in=codes)
    return {
        row.organisation.code: Organisation(
            row.organisation.code, row.name, row.short_name, row.kind, row.country, row.evidence
        )
        for row in rows.select_related("organisation")
    }


def outlines(moment: Moment, audience: Audience, codes: Collection[str]) -> tuple[Outline, ...]:
    """Outlines of the areas of organisations in `codes`, by code."""
    rows = (
        OutlineVersion.objects.at(moment, audience)
        .filter(organisation__code__in=codes)
        .select_related("organisation")
        .order_by("organisation__code")
    )
    return tuple(
        Outline(
            row.organisation.code,
            tuple(tuple((float(x), float(y)) for x, y in ring) for ring in row.rings),
            row.evidence,
        )
        for row in rows
    )
