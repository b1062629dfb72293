"""Measuring work, and showing it beside its goal."""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Result:
    """One row of the table: what was measured, the other way to do it, and whether it will do.

    `met` is None for a figure without a goal.
    """

    work: str
    measured: str
    alternative: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None


HEADS = ("werk", "gemeten", "alternatief", "verhouding", "doel", "gehaald")


def seconds(work: Callable[[], T], *, times: int = 1) -> tuple[float, T]:
    """The median time of some runs in seconds, and what the last one gave."""
    if times < 1:
        raise ValueError("measure at least once")
    taken = [_once(work)[0] for _ in range(times - 1)]
    last, outcome = _once(work)
    return statistics.median([*taken, last]), outcome


def quickest(work: Callable[[], T], *, times: int) -> tuple[float, T]:
    """The least time of some runs in seconds, and what the last one gave: for an absolute goal,
    since whatever else the machine does only adds.
    """
    runs = [_once(work) for _ in range(times)]
    return min(taken for taken, _ in runs), runs[-1][1]


def _once(work: Callable[[], T]) -> tuple[float, T]:
    start = perf_counter()
    outcome = work()
    return perf_counter() - start, outcome


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not pass."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def duration(value: float) -> str:
    """A time as people read it."""
    if value < 1:
        return f"{value * 1000:.1f} ms".replace(".", ",")
    return f"{value:.2f} s".replace(".", ",")


def cells(result: Result) -> tuple[str, ...]:
    """A result as the table shows it."""
    ratio = "" if result.ratio is None else f"{result.ratio:.1f} x".replace(".", ",")
    met = {True: "ja", False: "NEE", None: ""}[result.met]
    return (result.work, result.measured, result.alternative, ratio, result.goal, met)


def table(results: Sequence[Result]) -> str:
    """Results as a table in Markdown, with columns in line."""
    rows = [HEADS, *map(cells, results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (w + 2) for w in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
