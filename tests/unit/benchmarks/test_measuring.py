"""The table of measurements says what was measured, and admits a goal that was missed."""

import pytest

from benchmarks import measuring
from benchmarks.measuring import Result, cells, duration, percentile, quickest, seconds, table


def test_a_missed_goal_stands_out() -> None:
    missed = Result("werk", "3,00 s", "ander: 6,00 s", 2.0, "minstens 5 x", met=False)
    assert cells(missed)[3:] == ("2,0 x", "minstens 5 x", "NEE")


def test_a_figure_without_a_goal_is_neither_met_nor_missed() -> None:
    assert cells(Result("werk", "3,00 s"))[-1] == ""


def test_the_table_is_markdown_with_columns_in_line() -> None:
    lines = table([Result("een lange naam", "1 s"), Result("kort", "20,0 ms")]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].strip("|-") == ""


@pytest.mark.parametrize(
    ("taken", "read"),
    [(0.00512, "5,1 ms"), (0.9996, "999,6 ms"), (1, "1,00 s"), (12.345, "12,35 s")],
)
def test_a_time_is_read_in_the_unit_that_fits(taken: float, read: str) -> None:
    assert duration(taken) == read


def test_95_in_100_do_not_pass_the_95th_percentile() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert percentile(values, 0.95) == 95
    assert percentile(values, 0.5) == 50
    assert percentile([7.0], 0.95) == 7


def test_the_outcome_of_measured_work_is_kept() -> None:
    runs: list[int] = []

    def work() -> int:
        runs.append(1)
        return len(runs)

    taken, outcome = seconds(work, times=3)
    assert taken >= 0
    assert outcome == 3


def test_the_quickest_run_counts_where_the_goal_is_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 5.0, 10.0, 12.0, 20.0, 29.0])
    monkeypatch.setattr(measuring, "perf_counter", lambda: next(clock))
    assert quickest(lambda: "done", times=3) == (2.0, "done")


def test_work_is_measured_at_least_once() -> None:
    with pytest.raises(ValueError, match="at least once"):
        seconds(lambda: 1, times=0)
