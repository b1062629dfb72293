"""Reading projects."""

from dataclasses import dataclass

from noaber.access.rules import Audience
from noaber.core.numbering import number_key
from noaber.projects import models, rules
from noaber.record.reading import Rows, Shelf, read, values
from noaber.record.rules import Moment

OF_DEAL = "deal__code"
PROJECT = {"project": "project__code"}

PROJECTS = Shelf(
    "project",
    models.ProjectVersion,
    "project__deal__code",
    {
        "pillar": "pillar__code",
        "lead": "lead__code",
        "paid_from": "paid_from__code",
        "merged_into": "merged_into__code",
    },
)
SHELVES = (
    PROJECTS,
    Shelf(
        "partner", models.PartnerVersion, OF_DEAL, {**PROJECT, "organisation": "organisation__code"}
    ),
    Shelf("place", models.PlaceVersion, OF_DEAL, {**PROJECT, "municipality": "municipality__code"}),
    Shelf("cross_over", models.CrossOverVersion, OF_DEAL, {**PROJECT, "pillar": "pillar__code"}),
    Shelf("influence", models.InfluenceVersion, OF_DEAL, PROJECT),
    Shelf("text", models.ProjectTextVersion, OF_DEAL, PROJECT),
    Shelf(
        "turn",
        models.TurnVersion,
        OF_DEAL,
        {**PROJECT, "lead": "lead__code", "merged_into": "merged_into__code"},
    ),
)


@dataclass(frozen=True)
class ProjectFacts:
    """The projects of a deal by pillar and number as printed, and what is known of them by code;
    what changed them by day.
    """

    projects: tuple[rules.Project, ...]
    partners: tuple[rules.Partner, ...]
    places: tuple[rules.Place, ...]
    cross_overs: tuple[rules.CrossOver, ...]
    influences: tuple[rules.Influence, ...]
    texts: tuple[rules.ProjectText, ...]
    turns: tuple[rules.Turn, ...]

    @property
    def current(self) -> tuple[rules.Project, ...]:
        """The projects after what changed them, where `projects` are as they were recorded."""
        return tuple(rules.turned(p, self.turns) for p in self.projects)


def facts(deal: str, moment: Moment, audience: Audience) -> ProjectFacts:
    """The projects of a deal and all about them that `audience` may read: one query."""
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> ProjectFacts:
    """The same from what was read together with other features."""
    projects = values(rules.Project, rows.pop("project"))
    ordered = {kind: sorted(found, key=lambda r: str(r["code"])) for kind, found in rows.items()}
    return ProjectFacts(
        projects=tuple(sorted(projects, key=lambda p: (p.pillar, number_key(p.number)))),
        partners=values(rules.Partner, ordered["partner"]),
        places=values(rules.Place, ordered["place"]),
        cross_overs=values(rules.CrossOver, ordered["cross_over"]),
        influences=values(rules.Influence, ordered["influence"]),
        texts=values(rules.ProjectText, ordered["text"]),
        turns=values(rules.Turn, sorted(ordered["turn"], key=lambda r: r["effective"].counts_from)),
    )
