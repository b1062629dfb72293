"""What the deal is to bring: goals and intended results, and what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.deals.rules import Goal
from noaber.documents.drawing.bars import Bar, budget_bar
from noaber.documents.drawing.colours import Tone
from noaber.documents.drawing.svg import NOTHING, Svg
from noaber.monitor.rules import (
    Comparison,
    Figure,
    Overview,
    PillarView,
    ProjectView,
    ResultView,
    Standing,
)
from noaber.monitor.views import DealView
from noaber.web.language import dutch, later, text
from noaber.web.notation import capital, count, listed
from noaber.web.portal import wording
from noaber.web.portal.page import tone
from noaber.web.portal.project import Measured, cite, measured, signed_number
from noaber.web.register_words import told

_DIRECTIONS = {"rises": later("{what} moet stijgen"), "falls": later("{what} moet dalen")}
_STANDINGS = {
    Standing.REACHED: later("bereikt"),
    Standing.SHORT: later("nog niet bereikt"),
}
_DELIVERIES = {Standing.REACHED: later("opgeleverd"), Standing.SHORT: later("nog niet opgeleverd")}


@dataclass(frozen=True)
class Row:
    """An intended result: what has to be reached, what is, and who reports it.

    `delivered` says of a delivery how it stands, in place of a number; `otherwise` what other
    sources state of its date. The bar is there only when both numbers are.
    """

    view: ResultView
    target: str
    source: str
    standing: str
    delivered: str
    reports: tuple[Measured, ...]
    bar: Svg
    otherwise: str


@dataclass(frozen=True)
class Aim:
    """A goal, and what other sources state of its date."""

    goal: Goal
    otherwise: str


@dataclass(frozen=True)
class Reported:
    """A figure of a project in the pillar; no project for one of the whole pillar."""

    measured: Measured
    project: ProjectView | None


@dataclass(frozen=True)
class PillarResults:
    """Goals, intended results and reported figures of a pillar."""

    view: PillarView
    goals: tuple[Aim, ...]
    results: tuple[Row, ...]
    reported: tuple[Reported, ...]


@dataclass(frozen=True)
class ResultsPage:
    """What the page of the results shows."""

    overview: Overview
    heading: str
    targeted: Figure
    reached: Figure
    unknown: Figure
    goals: tuple[Aim, ...]
    pillars: tuple[PillarResults, ...]


def present(seen: DealView) -> ResultsPage:
    """The results from a deal at a moment."""
    shown = tuple(_pillar(seen, view) for view in seen.overview.pillars)
    return ResultsPage(
        overview=seen.overview,
        heading=_heading(len(seen.results)),
        targeted=seen.figure("results_targeted"),
        reached=seen.figure("results_reached"),
        unknown=seen.figure("results_unknown"),
        goals=_goals(seen, ""),
        pillars=tuple(p for p in shown if p.goals or p.results or p.reported),
    )


def _heading(agreed: int) -> str:
    if not agreed:
        return text("Er zijn nog geen resultaten afgesproken")
    return capital(
        wording.things(agreed, "resultaat is afgesproken", "resultaten zijn afgesproken")
    )


def _pillar(seen: DealView, view: PillarView) -> PillarResults:
    projects = {p.project.code: p for p in seen.projects}
    code, drawn = view.pillar.code, tone(view.pillar)
    reports = [m for m in seen.measurements if m.pillar == code]
    return PillarResults(
        view,
        _goals(seen, code),
        rows_of(seen, view),
        tuple(
            Reported(made, projects.get(made.measurement.project))
            for made in measured(seen, reports, drawn)
        ),
    )


def rows_of(seen: DealView, view: PillarView) -> tuple[Row, ...]:
    """The intended results of a pillar, with what is reached of each."""
    drawn = tone(view.pillar)
    return tuple(
        _row(seen, v, drawn) for v in seen.result_views if v.result.pillar == view.pillar.code
    )


def _goals(seen: DealView, pillar: str) -> tuple[Aim, ...]:
    return tuple(
        Aim(goal, _otherwise(seen, goal.evidence.source, seen.differing_until(goal.code)))
        for goal in seen.goals
        if goal.pillar == pillar
    )


def _row(seen: DealView, view: ResultView, drawn: Tone) -> Row:
    standing = _STANDINGS.get(view.standing)
    delivery = view.result.kind == "delivery" and view.standing in _DELIVERIES
    return Row(
        view,
        _target(view),
        cite(seen, view.result.evidence),
        text(standing) if standing and not delivery else "",
        text(_DELIVERIES[view.standing]) if delivery else "",
        measured(seen, view.counted, drawn),
        _bar(view, drawn),
        _otherwise(seen, view.result.evidence.source, view.differing),
    )


def _target(view: ResultView) -> str:
    result = view.result
    if result.kind == "direction" and result.direction in _DIRECTIONS:
        return text(_DIRECTIONS[result.direction], what=dutch(result.unit))
    if result.kind == "delivery":
        return text("moet er zijn")
    if view.target is None:
        return ""
    number, unit = count(view.target), dutch(result.unit)
    return text("{number} {things}", number=number, things=unit) if unit else number


def _bar(view: ResultView, drawn: Tone) -> Svg:
    """What is reached against the target; of a delivery there is nothing to compare."""
    value, target = view.reached.value, view.target
    if value is None or not target or view.result.kind == "delivery":
        return NOTHING
    says = text(
        "{number}, het doel was {target}",
        number=signed_number(view.sign, count(value)),
        target=count(target),
    )
    return budget_bar(Bar(view.result.text, drawn, target, value), max(value, target), says)


def _otherwise(seen: DealView, own: str, differing: Sequence[Comparison]) -> str:
    """What other sources state of a date; of the own source with the place in it."""
    by_date: dict[str, dict[str, None]] = {}
    for c in differing:
        where = c.source == seen.sources.cite(own) and c.locator
        name = f"{c.source} ({c.locator})" if where else c.source
        by_date.setdefault(c.stated, {})[name] = None
    said = [
        text("{day} volgens {sources}", day=told(day), sources=listed([dutch(n) for n in names]))
        for day, names in by_date.items()
    ]
    return text("Een bron zegt iets anders: {said}.", said=listed(said)) if said else ""
