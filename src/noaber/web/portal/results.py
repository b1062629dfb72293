"""What the deal is to bring: goals and intended results, and what is known of them."""

from dataclasses import dataclass

from noaber.deals.rules import Goal, IntendedResult
from noaber.monitor.rules import Overview, PillarView, ProjectView
from noaber.monitor.views import DealView
from noaber.web.language import dutch, later, text
from noaber.web.notation import capital, count
from noaber.web.portal import wording
from noaber.web.portal.page import tone
from noaber.web.portal.project import Measured, cite, measured

_DIRECTIONS = {"rises": later("{what} moet stijgen"), "falls": later("{what} moet dalen")}


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
        heading=_heading(agreed),
        goals=tuple(g for g in seen.goals if not g.pillar),
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
        number, unit = count(result.target), dutch(result.unit)
        return text("{number} {things}", number=number, things=unit) if unit else number
    if result.kind == "direction" and result.direction in _DIRECTIONS:
        return text(_DIRECTIONS[result.direction], what=dutch(result.unit))
    if result.kind == "delivery":
        return text("moet er zijn")
    return ""
