"""Reading organisations."""

from collections.abc import Mapping
from dataclasses import dataclass

from noaber.access.rules import Audience
from noaber.organisations import models
from noaber.organisations.rules import Organisation, Outline
from noaber.record.reading import Rows, Shelf, read, values
from noaber.record.rules import Moment

SHELVES = (
    Shelf("organisation", models.OrganisationVersion, columns={"code": "organisation__code"}),
    Shelf("outline", models.OutlineVersion, columns={"organisation": "organisation__code"}),
)


@dataclass(frozen=True)
class OrganisationFacts:
    """Organisations by code, and the outlines of their areas by code."""

    organisations: Mapping[str, Organisation]
    outlines: Mapping[str, Outline]


def facts(moment: Moment, audience: Audience) -> OrganisationFacts:
    """All organisations, which deals share, and their outlines: one query."""
    return of_rows(read(SHELVES, "", moment, audience))


def of_rows(rows: Rows) -> OrganisationFacts:
    """The same from what was read together with other features."""
    found = values(Organisation, sorted(rows["organisation"], key=lambda r: str(r["code"])))
    outlines = (
        Outline(
            row["organisation"],
            tuple(tuple((float(x), float(y)) for x, y in ring) for ring in row["rings"]),
            row["evidence"],
        )
        for row in sorted(rows["outline"], key=lambda r: str(r["organisation"]))
    )
    return OrganisationFacts({o.code: o for o in found}, {o.organisation: o for o in outlines})
