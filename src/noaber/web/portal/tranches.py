"""The tranches, and the decisions of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.awards.rules import Award
from noaber.deals.rules import Pillar
from noaber.editions.adoption import AdoptedEdition
from noaber.editions.rules import UnknownTranche
from noaber.monitor.rules import AwardView, Comparison, Figure, Overview, ProjectView, TrancheView
from noaber.monitor.views import DealView
from noaber.web.language import later, text
from noaber.web.notation import euro, million
from noaber.web.portal import wording
from noaber.web.portal.documents import Document, programme_of
from noaber.web.portal.links import Links

_DATED = {
    "printed": later("Deze datum staat gedrukt in de bron."),
    "news": later("Deze datum komt uit een bericht."),
    "estimated": later("Geen bron noemt deze datum. Hij is geschat."),
    "decided": later("Dit is de dag van de vergadering die erover besloot."),
}


@dataclass(frozen=True)
class TrancheRow:
    """A tranche in the list, newest first."""

    view: TrancheView
    line: str
    estimated: bool
    link: str
    programme: str


@dataclass(frozen=True)
class TranchesPage:
    """All tranches of a deal."""

    overview: Overview
    heading: str
    rows: tuple[TrancheRow, ...]


@dataclass(frozen=True)
class Decision:
    """An award with its project, and the source that says so."""

    project: ProjectView
    award: AwardView
    source: str
    locator: str
    origin: str
    link: str


@dataclass(frozen=True)
class PillarDecisions:
    """What a tranche awards in a pillar."""

    pillar: Pillar
    awarded: Figure
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class TranchePage:
    """The decisions of a tranche."""

    overview: Overview
    view: TrancheView
    heading: str
    line: str
    estimated: bool
    dated: str
    source: str
    pillars: tuple[PillarDecisions, ...]
    inferred: bool
    comparison_heading: str
    comparisons: tuple[Comparison, ...]
    document: Document
    earlier: TrancheView | None
    earlier_link: str
    later: TrancheView | None
    later_link: str


def present_all(seen: DealView, links: Links) -> TranchesPage:
    """The list of tranches from a deal at a moment."""
    overview = seen.overview
    number = len(overview.tranches)
    heading = text("Nog geen tranches")
    if number:
        rounds = wording.things(number, "ronde", "rondes")
        given = million(overview.awarded.value or 0)
        heading = text("In {rounds} is {given} toegekend", rounds=rounds, given=given)
    rows = tuple(
        TrancheRow(
            view,
            wording.tranche_line(view),
            view.tranche.date_basis == "estimated",
            links.tranche(view.tranche.number),
            links.programme(view.tranche.number),
        )
        for view in reversed(overview.tranches)
    )
    return TranchesPage(overview, heading, rows)


def present(
    seen: DealView, links: Links, number: str, editions: Sequence[AdoptedEdition] = ()
) -> TranchePage:
    """The page of a tranche from a deal at a moment, with the editions that were adopted.

    :raises UnknownTranche: when the deal has no such tranche at this moment.
    """
    overview = seen.overview
    numbers = [view.tranche.number for view in overview.tranches]
    if number not in numbers:
        raise UnknownTranche(overview.deal.code, number, numbers)
    place = numbers.index(number)
    view = overview.tranches[place]
    earlier = overview.tranches[place - 1] if place else None
    later = overview.tranches[place + 1] if place + 1 < len(numbers) else None
    comparisons = tuple(c for c in seen.comparisons if c.address.get("tranche") == number)
    pillars = _pillars(seen, links, view)
    return TranchePage(
        overview=overview,
        view=view,
        heading=_heading(view),
        line=wording.tranche_line(view),
        estimated=view.tranche.date_basis == "estimated",
        dated=text(_DATED[view.tranche.date_basis]),
        source=seen.sources.cite(view.tranche.evidence.source),
        pillars=pillars,
        inferred=any(d.award.basis == "inferred" for p in pillars for d in p.decisions),
        comparison_heading=wording.comparison_heading(comparisons),
        comparisons=comparisons,
        document=programme_of(view, seen, links, editions),
        earlier=earlier,
        earlier_link=links.tranche(earlier.tranche.number) if earlier else "",
        later=later,
        later_link=links.tranche(later.tranche.number) if later else "",
    )


def _heading(view: TrancheView) -> str:
    given, number = view.awarded.value or 0, view.projects.value or 0
    if not number:
        return f"Tranche {view.tranche.number}"
    written = million(given) if given >= 0 else euro(given)
    return text(
        "Tranche {number}: {given} voor {things}",
        number=view.tranche.number,
        given=written,
        things=wording.things(number, "project", "projecten"),
    )


def _pillars(seen: DealView, links: Links, view: TrancheView) -> tuple[PillarDecisions, ...]:
    number = view.tranche.number
    given = {a.project: a for a in seen.snapshot.awards if a.tranche == number}
    found = []
    for shown in seen.overview.pillars:
        decisions = tuple(
            _decision(seen, links, project, award, given[project.project.code])
            for project in seen.projects
            if project.pillar.code == shown.pillar.code
            for award in project.awards
            if award.tranche.number == number
        )
        if decisions:
            awarded = seen.figure("awarded", pillar=shown.pillar.code, tranche=number)
            found.append(PillarDecisions(shown.pillar, awarded, decisions))
    return tuple(found)


def _decision(
    seen: DealView, links: Links, project: ProjectView, shown: AwardView, award: Award
) -> Decision:
    proof = award.evidence
    source = seen.sources.cite(proof.source)
    link = links.project(project.project.code)
    return Decision(project, shown, source, proof.locator, proof.origin, link)
