"""Of several measurements of one result, which make up what is reached of it."""

from decimal import Decimal
from typing import Any

import pytest

from noaber.core.dates import PartialDate
from noaber.indicators.rules import Measurement, counting, sign_together


def a_measurement(code: str, value: int | None = 5, **more: Any) -> Measurement:
    exact = None if value is None else Decimal(value)
    given = {"pillar": "werken", "what": "scans", "unit": "scans", "status": "reported", **more}
    return Measurement(code, value=exact, **given)


def codes(*measurements: Measurement) -> list[str]:
    return [m.code for m in counting(measurements)]


def test_the_latest_counts_and_nothing_is_added_up() -> None:
    old = a_measurement("a", 9, as_of=PartialDate(2021, 12))
    new = a_measurement("b", 4, as_of=PartialDate(2022, 3))
    assert codes(old, new) == codes(new, old) == ["b"]


def test_one_with_a_date_goes_before_one_without() -> None:
    assert codes(a_measurement("z"), a_measurement("a", as_of=PartialDate(2020))) == ["a"]


@pytest.mark.parametrize(
    "left_out",
    [{"status": "planned"}, {"status": "forecast"}, {"scope": "wider"}, {"value": None}],
)
def test_what_is_planned_unknown_or_of_a_wider_area_does_not_count(
    left_out: dict[str, Any],
) -> None:
    later = a_measurement("later", **{"as_of": PartialDate(2023), **left_out})
    assert codes(later) == []
    assert codes(later, a_measurement("known")) == ["known"]


def test_what_is_established_counts_as_what_is_reported_does() -> None:
    assert codes(a_measurement("a", status="realised")) == ["a"]


def test_where_figures_add_up_the_latest_of_each_project_counts() -> None:
    sums = [
        a_measurement(code, project=project, combines="sum", as_of=PartialDate(year))
        for code, project, year in (("a", "w-1", 2021), ("b", "w-1", 2022), ("c", "w-2", 2020))
    ]
    assert sorted(codes(*sums)) == ["b", "c"]


def test_a_figure_for_the_whole_result_stands_for_its_parts() -> None:
    part = a_measurement("part", combines="sum", project="w-1", as_of=PartialDate(2022))
    assert codes(part, a_measurement("whole")) == ["whole"]


def test_a_sum_is_said_as_rough_as_its_roughest_part() -> None:
    exact, more = a_measurement("a"), a_measurement("b", sign="more_than")
    assert sign_together([more]) == "more_than"
    assert sign_together([exact, exact]) == "exactly"
    assert sign_together([exact, more]) == "at_least"
