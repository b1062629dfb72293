"""The home page of a deal."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.documents.drawing.svg import Svg
from noaber.indicators.rules import Measurement
from noaber.monitor.rules import (
    CENTS,
    Comparison,
    Figure,
    LeadView,
    MunicipalityView,
    Overview,
    ProjectView,
    TrancheView,
)
from noaber.monitor.views import DealView
from noaber.web.language import dutch, later, text
from noaber.web.notation import capital, count, decimal, listed, percent, sentence
from noaber.web.portal import budget, places, wording
from noaber.web.portal.links import Links

LATEST = 3
SHOWN_DIFFERENCES = 3
SHOWN_MEASUREMENTS = 3

_SIGNS = {
    "exactly": "",
    "at_least": later("minstens"),
    "more_than": later("meer dan"),
    "a_little_over": later("ruim"),
}


@dataclass(frozen=True)
class Decision:
    """A tranche as a decision: what it awarded, and whether its date is an estimate."""

    view: TrancheView
    line: str
    estimated: bool
    link: str
    programme: str


@dataclass(frozen=True)
class Report:
    """A figure that a project reports, with its pillar."""

    measurement: Measurement
    sign: str
    number: str
    target: str
    project: ProjectView


@dataclass(frozen=True)
class HomePage:
    """What the home page shows."""

    overview: Overview
    heading: str
    period: str
    pillars: str
    promise_known: bool
    promise_note: str
    award_note: str
    project_note: str
    targeted: Figure
    reached: Figure
    reached_known: bool
    result_note: str
    room_heading: str
    budget: tuple[budget.BudgetRow, ...]
    reserved: bool
    map: Svg
    map_note: str
    municipalities: tuple[MunicipalityView, ...]
    decisions: tuple[Decision, ...]
    all_tranches: str
    reports: tuple[Report, ...]
    comparison_heading: str
    differences: tuple[Comparison, ...]


def present(seen: DealView, links: Links) -> HomePage:
    """The home page from a deal at a moment."""
    overview, targeted = seen.overview, seen.figure("results_targeted")
    unknown = seen.figure("results_unknown").value or 0
    return HomePage(
        overview=overview,
        heading=wording.region_heading(overview, seen.municipalities),
        period=wording.period(overview.deal),
        pillars=wording.pillar_names(overview),
        promise_known=bool(seen.contributions),
        promise_note=_promise_note(seen),
        award_note=_award_note(overview),
        project_note=_project_note(overview),
        targeted=targeted,
        reached=seen.figure("results_reached"),
        reached_known=unknown < (targeted.value or 0),
        result_note=_result_note(len(seen.results), targeted.value or 0, unknown),
        room_heading=wording.room_heading(overview.deal, overview.pillars),
        budget=budget.rows(overview),
        reserved=budget.any_reserved(overview.pillars),
        map=places.led(seen, links),
        map_note=_map_note(seen.leads, seen.municipalities),
        municipalities=seen.municipalities,
        decisions=_decisions(overview.tranches, links),
        all_tranches=_all_tranches(len(overview.tranches)),
        reports=_reports(seen),
        comparison_heading=wording.comparison_heading(seen.comparisons),
        differences=_differences(seen.comparisons),
    )


def _promise_note(seen: DealView) -> str:
    whole = seen.overview.promised.value
    if not whole:
        return text("Welke partij wat toezegt, is nog niet vastgelegd.")
    return text("Door {who}.", who=wording.who(seen.overview, seen.municipalities))


def _award_note(overview: Overview) -> str:
    tranches = len(overview.tranches)
    if not tranches:
        return text("De stuurgroep heeft nog niets besloten.")
    rounds = wording.things(
        tranches, "tranche (ronde van besluiten)", "tranches (rondes van besluiten)"
    )
    whole = overview.promised.value or overview.allocated.value or 0
    if not whole:
        return text("In {rounds}.", rounds=rounds)
    share = percent(overview.awarded.value or 0, whole)
    return text("{share} van het geld, in {rounds}.", share=share, rounds=rounds)


def _project_note(overview: Overview) -> str:
    shares = [
        text(
            "{number} voor {pillar}",
            number=count(view.projects.value),
            pillar=dutch(view.pillar.name),
        )
        for view in overview.pillars
        if view.projects.value
    ]
    if not shares:
        return text("Er zijn nog geen projecten.")
    if len(shares) <= 4:
        return sentence(listed(shares))
    return text("Verdeeld over {pillars}.", pillars=wording.pillar_names(overview))


def _result_note(agreed: int, targeted: int, unknown: int) -> str:
    if not agreed:
        return text("Er zijn nog geen resultaten afgesproken.")
    said = capital(wording.things(agreed, "resultaat is", "resultaten zijn"))
    if not targeted:
        return text("{said} afgesproken, geen met een doel in een getal.", said=said)
    if unknown == targeted:
        return text("{said} afgesproken. Of ze zijn bereikt, meldt geen bron.", said=said)
    if not unknown:
        return text("Van de resultaten met een doel, volgens bronnen.")
    return text(
        "Van de resultaten met een doel. Van {number} is er geen cijfer; dat is iets anders dan "
        "niet bereikt.",
        number=count(unknown),
    )


def _map_note(leads: Sequence[LeadView], municipalities: Sequence[MunicipalityView]) -> str:
    ours = {m.organisation.code for m in municipalities}
    said = text(
        "Aantal projecten dat de gemeente trekt. Wie een project trekt, heet de penvoerder."
    )
    others = [
        text(
            "{name} {number}",
            name=dutch(lead.organisation.name),
            number=count(lead.count.value),
        )
        for lead in leads
        if lead.organisation.code not in ours and lead.count.value
    ]
    if not others:
        return said
    return text("{said} Verder trekt {others}.", said=said, others=listed(others[:4]))


def _decisions(tranches: Sequence[TrancheView], links: Links) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            view,
            wording.tranche_line(view),
            view.tranche.date_basis == "estimated",
            links.tranche(view.tranche.number),
            links.programme(view.tranche.number),
        )
        for view in reversed(tranches[-LATEST:])
    )


def _all_tranches(number: int) -> str:
    if number <= LATEST:
        return ""
    return text("Alle {things}", things=wording.things(number, "tranche", "tranches"))


def _differences(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """A few differences, those in euros first."""
    different = [c for c in comparisons if not c.agrees]
    different.sort(key=lambda c: (c.unit != CENTS, c.difference is None))
    return tuple(different[:SHOWN_DIFFERENCES])


def _reports(seen: DealView) -> tuple[Report, ...]:
    """Of each pillar a figure that its projects report: with a target if any has, the largest."""
    projects = {p.project.code: p for p in seen.projects}
    found: dict[str, Report] = {}
    measured = [
        m
        for m in seen.measurements
        if m.value is not None
        and m.status == "reported"
        and m.project in projects
        and m.value == int(m.value)
    ]
    ranked = sorted(measured, key=lambda m: (m.target is not None, m.value, m.sign), reverse=True)
    for m in ranked:
        found.setdefault(
            m.pillar,
            Report(
                m,
                _sign(m),
                count(int(m.value or 0)),
                "" if m.target is None else decimal(m.target),
                projects[m.project],
            ),
        )
    order = {view.pillar.code: place for place, view in enumerate(seen.overview.pillars)}
    return tuple(sorted(found.values(), key=lambda r: order.get(r.measurement.pillar, 99)))[
        :SHOWN_MEASUREMENTS
    ]


def _sign(measured: Measurement) -> str:
    sign = _SIGNS.get(measured.sign, "")
    return text(sign) if sign else ""
