"""Reading a deal and what belongs to it."""

from dataclasses import dataclass

from noaber.access.rules import Audience
from noaber.deals import models, rules
from noaber.record.reading import Row, Rows, Shelf, read, values
from noaber.record.rules import Moment

OF_DEAL = "deal__code"
PILLAR = {"pillar": "pillar__code"}
PARTY = {"party": "party__code"}

DEAL = Shelf("deal", models.DealVersion, OF_DEAL, {"code": OF_DEAL, "treasurer": "treasurer__code"})
PILLARS = Shelf("pillar", models.PillarVersion, "pillar__deal__code", {"code": "pillar__code"})
PARTIES = Shelf(
    "party",
    models.PartyVersion,
    "party__deal__code",
    {"code": "party__code", "organisation": "organisation__code"},
)
ALLOCATIONS = Shelf("allocation", models.AllocationVersion, OF_DEAL)
SHELVES = (
    DEAL,
    PILLARS,
    PARTIES,
    Shelf("source", models.SourceVersion, OF_DEAL),
    Shelf("article", models.ArticleVersion, OF_DEAL),
    Shelf("theme", models.ThemeVersion, OF_DEAL, PILLAR),
    Shelf("goal", models.GoalVersion, OF_DEAL, PILLAR),
    Shelf("result", models.IntendedResultVersion, OF_DEAL, PILLAR),
    ALLOCATIONS,
    Shelf("contribution", models.ContributionVersion, OF_DEAL, PARTY),
    Shelf("key", models.ContributionKeyVersion, OF_DEAL, PARTY),
    Shelf("instalment", models.InstalmentVersion, OF_DEAL),
    Shelf("mandate", models.MandateVersion, OF_DEAL, PARTY),
    Shelf("contact", models.ContactPointVersion, OF_DEAL),
    Shelf("stated", models.StatedFactVersion, OF_DEAL),
)


@dataclass(frozen=True)
class DealFacts:
    """A deal at a moment and what belongs to it; `deal` is None when it was not there."""

    deal: rules.Deal | None
    parties: tuple[rules.Party, ...]
    pillars: tuple[rules.Pillar, ...]
    sources: tuple[rules.Source, ...]
    articles: tuple[rules.Article, ...]
    themes: tuple[rules.Theme, ...]
    goals: tuple[rules.Goal, ...]
    results: tuple[rules.IntendedResult, ...]
    allocations: tuple[rules.Allocation, ...]
    contributions: tuple[rules.Contribution, ...]
    contribution_keys: tuple[rules.ContributionKey, ...]
    instalments: tuple[rules.Instalment, ...]
    mandates: tuple[rules.Mandate, ...]
    contacts: tuple[rules.ContactPoint, ...]
    stated: tuple[rules.StatedFact, ...]


def codes() -> tuple[str, ...]:
    """Codes of all deals in the register."""
    return tuple(models.Deal.objects.order_by("code").values_list("code", flat=True))


def facts(deal: str, moment: Moment, audience: Audience) -> DealFacts:
    """A deal and all that belongs to it, each in its own order: one query."""
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> DealFacts:
    """The same from what was read together with other features."""
    of_code = {kind: sorted(found, key=_by_code) for kind, found in rows.items()}
    return DealFacts(
        deal=next(iter(values(rules.Deal, rows["deal"])), None),
        parties=values(rules.Party, sorted(rows["party"], key=lambda r: r["number"])),
        pillars=pillars_of(rows["pillar"]),
        sources=values(rules.Source, of_code["source"]),
        articles=values(rules.Article, sorted(rows["article"], key=lambda r: r["number"])),
        themes=values(rules.Theme, sorted(of_code["theme"], key=lambda r: r["position"])),
        goals=values(rules.Goal, of_code["goal"]),
        results=values(rules.IntendedResult, sorted(of_code["result"], key=_by_position)),
        allocations=values(rules.Allocation, of_code["allocation"], line="code"),
        contributions=values(
            rules.Contribution, sorted(of_code["contribution"], key=lambda r: -r["amount"])
        ),
        contribution_keys=values(rules.ContributionKey, sorted(of_code["key"], key=_by_position)),
        instalments=values(
            rules.Instalment, sorted(of_code["instalment"], key=lambda r: r["number"])
        ),
        mandates=values(
            rules.Mandate,
            sorted(of_code["mandate"], key=lambda r: r["effective"].counts_from),
        ),
        contacts=values(rules.ContactPoint, sorted(of_code["contact"], key=_by_position)),
        stated=values(rules.StatedFact, of_code["stated"]),
    )


def deal(code: str, moment: Moment, audience: Audience) -> rules.Deal | None:
    """The deal as it was at the moment; None when it was not there yet."""
    return next(iter(values(rules.Deal, read([DEAL], code, moment, audience)["deal"])), None)


def allocations(deal: str, known: int, audience: Audience) -> tuple[rules.Allocation, ...]:
    """Every share of every line as known at a revision, also of before and of later: one query."""
    rows = read([ALLOCATIONS], deal, Moment.ever(known), audience)["allocation"]
    found = values(rules.Allocation, rows, line="code")
    return tuple(sorted(found, key=lambda a: (a.effective.counts_from, a.line)))


def pillars(deal: str, moment: Moment, audience: Audience) -> tuple[rules.Pillar, ...]:
    """Pillars in their order."""
    return pillars_of(read([PILLARS], deal, moment, audience)["pillar"])


def pillars_of(rows: list[Row]) -> tuple[rules.Pillar, ...]:
    """The same from rows that were read together with others."""
    return values(rules.Pillar, sorted(sorted(rows, key=_by_code), key=_by_position))


def _by_code(row: Row) -> str:
    return str(row["code"])


def _by_position(row: Row) -> int:
    return int(row["position"])
