"""What is reached of intended results: figures, their parts, and what is not known."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from noaber.core.address import Address
from noaber.deals.rules import IntendedResult, StatedFact, Theme
from noaber.indicators.rules import Measurement
from noaber.monitor.queries import explained
from noaber.monitor.rules import Explanation, Standing, UnknownFigure
from noaber.monitor.views import DealView
from tests.factories.snapshots import a_pillar, a_project, a_snapshot

SCANS = IntendedResult("scans", "werken", 1, "Scans gedaan", "count", 10, "scans")
SCHOOL = IntendedResult("school", "werken", 2, "Opleiding er", "delivery")
CARE = IntendedResult("zorg", "welzijn", 3, "Minder zorg", "direction", direction="falls")
HOMES = IntendedResult("huizen", "welzijn", 4, "Huizen", "count", None, "huizen")
RESULTS = (SCANS, SCHOOL, CARE, HOMES)


def measured(code: str, result: str, value: str, **more: Any) -> Measurement:
    given = {"pillar": "werken", "what": code, "unit": "scans", "status": "reported", **more}
    return Measurement(code, value=Decimal(value), result=result, **given)


def a_view(*measurements: Measurement, **more: Any) -> DealView:
    pillars = (a_pillar("werken"), a_pillar("welzijn", 2))
    view = DealView(a_snapshot(pillars=pillars, results=RESULTS, measurements=measurements, **more))
    view.__dict__["transfers"] = ()  # No money here: nothing to read from a database.
    return view


def explain(view: DealView, address: str) -> Explanation:
    return explained(view, Address.parse(f"noordenveld/{address}"))


def values(view: DealView, *names: str, **filters: str) -> list[int | None]:
    return [view.figure(name, **filters).value for name in names]


def test_without_measurements_nothing_is_reached_and_that_is_not_nought() -> None:
    view = a_view()
    assert [v.standing for v in view.result_views] == [
        Standing.UNKNOWN, Standing.UNKNOWN, Standing.OPEN, Standing.OPEN,
    ]  # fmt: skip
    assert {v.reached.value for v in view.result_views} == {None}
    assert values(view, "results_targeted", "results_reached", "results_unknown") == [2, 0, 2]


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        ("9", Standing.SHORT),
        ("10", Standing.REACHED),
        ("11", Standing.REACHED),
        ("0", Standing.SHORT),
    ],
)
def test_a_count_is_reached_from_its_target_on(value: str, standing: Standing) -> None:
    view = a_view(measured("een", "scans", value))
    assert view.result_views[0].standing == standing
    assert view.result_views[0].reached.value == int(value)


@pytest.mark.parametrize(("value", "standing"), [("1", Standing.REACHED), ("0", Standing.SHORT)])
def test_a_delivery_is_there_or_not(value: str, standing: Standing) -> None:
    view = a_view(measured("een", "school", value))
    assert view.result_views[1].standing == standing


def test_a_direction_is_never_reached_by_one_figure() -> None:
    view = a_view(measured("een", "zorg", "3"))
    assert view.result_views[2].standing == Standing.OPEN
    assert view.result_views[2].reached.value is None
    assert [m.code for m in view.result_views[2].others] == ["een"]


def test_a_planned_figure_stands_beside_and_counts_for_nothing() -> None:
    view = a_view(measured("plan", "scans", "10", status="planned"))
    (shown, *_) = view.result_views
    assert (shown.standing, shown.counted) == (Standing.UNKNOWN, ())
    assert [m.code for m in shown.others] == ["plan"]


def test_the_parts_add_up_to_the_figure() -> None:
    sums = [
        measured(code, "scans", value, combines="sum", project=project, sign=sign)
        for code, value, project, sign in (
            ("a", "4", "werken-1", "exactly"),
            ("b", "7", "werken-2", "more_than"),
        )
    ]
    projects = (a_project("werken", "1"), a_project("werken", "2"))
    view = a_view(*sums, projects=projects)
    found = explain(view, "reached?result=scans")
    assert found.figure.value == sum(p.value for p in found.parts) == 11
    assert [(p.label, p.project, p.note) for p in found.parts] == [
        ("a", "werken-1", ""),
        ("b", "werken-2", "gemeld als meer dan 7"),
    ]
    assert found.title == "Bereikt, Scans gedaan"


def test_the_results_that_are_reached_are_named_with_where_that_comes_from() -> None:
    view = a_view(measured("een", "scans", "12", sign="a_little_over"))
    found = explain(view, "results_reached")
    assert found.figure.value == 1
    assert [(p.label, p.note) for p in found.parts] == [("Scans gedaan", "ruim 12 van 10 scans")]
    assert str(found.parts[0].address) == "noordenveld/reached?result=scans"
    assert values(view, "results_reached", "results_targeted", pillar="welzijn") == [0, 0]


def test_what_a_source_says_of_it_stands_beside_it() -> None:
    said = StatedFact("s", "results_reached", "count", "2")
    view = a_view(measured("een", "scans", "10"), stated=(said,))
    (comparison,) = explain(view, "results_reached").stated
    assert (comparison.stated, comparison.computed, comparison.agrees) == ("2", "1", False)


def test_what_sources_say_of_the_date_stands_with_the_result() -> None:
    said = StatedFact("s", "result_until?result=scans", "date", "2023")
    (shown, *_) = a_view(stated=(said,)).result_views
    assert [(c.stated, c.computed) for c in shown.differing] == [("2023", "niet vastgelegd")]


@pytest.mark.parametrize(
    "address", ["reached", "reached?result=niets", "results_reached?result=scans"]
)
def test_a_figure_of_nothing_is_refused(address: str) -> None:
    with pytest.raises(UnknownFigure):
        explain(a_view(), address)


def test_projects_are_counted_by_theme_and_the_reader_sees_whose_classification_it_is() -> None:
    theirs = a_project("werken", "1", themes=("leren", "regio"))
    ours = a_project(
        "werken", "2", themes=("leren",), themes_source="noaber", themes_locator="eigen indeling"
    )
    none = a_project("werken", "3")
    view = a_view(
        projects=(theirs, ours, none),
        themes=(Theme("leren", "Leren", 1, "werken"), Theme("regio", "Regio", 1)),
    )
    found = explain(view, "projects?theme=leren")
    assert [(p.project, p.note) for p in found.parts] == [
        ("werken-1", ""),
        ("werken-2", "noaber, eigen indeling"),
    ]
    assert found.title == "Projecten, Leren"
    assert values(view, "projects", theme="regio") == [1]
    assert [t.name for t in view.projects[0].themes] == ["Leren", "Regio"]


def test_the_evidence_of_a_classification_is_its_own_or_that_of_the_project() -> None:
    project = a_project("werken", "1")
    own = replace(project.evidence, source="up6", locator="Werken 1", origin="cel", revision=3)
    project = replace(project, evidence=own)
    assert project.themes_evidence == own
    classified = replace(project, themes_source="noaber", themes_locator="eigen")
    assert classified.themes_evidence == replace(own, source="noaber", locator="eigen")
