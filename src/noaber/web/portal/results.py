"""What the deal is to bring: goals and intended results, and what is known of them."""

from dataclasses import dataclass

from noaber.core.notation import count
from noaber.deals.rules import Goal, IntendedResult
from noaber.monitor.rules import Overview, PillarView, ProjectView
from noaber.monitor.views import DealView
from noaber.web.portal import wording
from noaber.web.portal.page import tone
from noaber.web.portal.project import Measured, cite, measured

_DIRECTIONS = {"rises": "moet stijgen", "falls": "moet dalen"}


@dataclass(frozen=True)
class Row:
    """An intended result, and in words what has to be reached."""

    result: IntendedResult
    target: str
    source: str


@dataclass(frozen=True)
class Reported:
    """A figure of a project in the pillar; no project for one of the whole pillar."""

    measured: Measured
    project: ProjectView | None


@dataclass(frozen=True)
class PillarResults:
    """Goals, intended results and reported figures of a pillar."""

    view: PillarView
    goals: tuple[Goal, ...]
    results: tuple[Row, ...]
    reported: tuple[Reported, ...]


@dataclass(frozen=True)
class ResultsPage:
    """What the page of the results shows."""

    overview: Overview
    heading: str
    goals: tuple[Goal, ...]
    pillars: tuple[PillarResults, ...]


def present(seen: DealView) -> ResultsPage:
    """The results from a deal at a moment."""
    agreed = len(seen.results)
    shown = tuple(_pillar(seen, view) for view in seen.overview.pillars)
    return ResultsPage(
        overview=seen.overview,
        heading=wording.capital(
            wording.things(agreed, "resultaat is", "resultaten zijn") + " afgesproken"
        )
        if agreed
        else "Er zijn nog geen resultaten afgesproken",
        goals=tuple(g for g in seen.goals if not g.pillar),
        pillars=tuple(p for p in shown if p.goals or p.results or p.reported),
    )


def _pillar(seen: DealView, view: PillarView) -> PillarResults:
    projects = {p.project.code: p for p in seen.projects}
    reports = [m for m in seen.measurements if m.pillar == view.pillar.code]
    return PillarResults(
        view,
        tuple(g for g in seen.goals if g.pillar == view.pillar.code),
        tuple(
            Row(r, _target(r), cite(seen, r.evidence))
            for r in seen.results
            if r.pillar == view.pillar.code
        ),
        tuple(
            Reported(made, projects.get(made.measurement.project))
            for made in measured(seen, reports, tone(view.pillar))
        ),
    )


def _target(result: IntendedResult) -> str:
    if result.target is not None:
        return f"{count(result.target)} {result.unit}".strip()
    if result.kind == "direction":
        said = _DIRECTIONS.get(result.direction, result.direction)
        return f"{result.unit} {said}".strip()
    if result.kind == "delivery":
        return "moet er zijn"
    return ""
