"""A line of what was awarded steps up on the day of each tranche, and its labels can be read."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from noaber.documents.drawing.colours import ACCENT, Tone
from noaber.documents.drawing.lines import NARROW, WIDE
from noaber.documents.drawing.steps import Point, Series, in_both, step_line

WORK = Tone("tone-werken", "#1d5c8a", "#d5e2ec")
DAYS = (date(2020, 1, 1), date(2021, 1, 1))


def series(label: str, *values: int, tone: Tone = ACCENT, mark: str = "") -> Series:
    return Series(tuple(Point(d, v) for d, v in zip(DAYS, values, strict=True)), tone, label, mark)


def test_a_line_steps_up_on_the_day_and_stays() -> None:
    drawn = step_line(series("30", 10, 30), ticks=[(20, "20")])
    path = re.findall(r'class="line-tone" d="([^"]+)"', drawn)[0]
    assert path.count("H") == 3
    assert path.count("V") == 2


def test_without_points_nothing_is_drawn() -> None:
    assert step_line(Series((), ACCENT, ""), ticks=[]) == ""


def test_each_part_has_its_own_line_mark_and_label() -> None:
    parts = [series("Werken 20", 5, 20, tone=WORK, mark="square"), series("Wonen 10", 5, 10)]
    drawn = step_line(series("30", 10, 30), parts, ticks=[(20, "20")], limit=(40, "afgesproken"))
    assert re.findall(r'class="line-tone"', drawn) == ['class="line-tone"'] * 3
    assert "tone-werken" in drawn
    assert "Werken 20" in drawn
    assert 'stroke-dasharray="6 5"' in drawn


@given(st.lists(st.integers(0, 10), min_size=1, max_size=5))
def test_labels_at_the_ends_never_overlap(values: list[int]) -> None:
    parts = [series(f"deel {n}", 0, value) for n, value in enumerate(values)]
    drawn = step_line(series("samen", 1, max(10, sum(values))), parts, ticks=[])
    heights = sorted(float(y) for y in re.findall(r'y="([\d.-]+)"[^>]*>(?:deel \d|samen)', drawn))
    apart = [below - above for above, below in pairwise(heights)]
    assert all(gap > 12.5 for gap in apart)


def test_a_phone_gets_the_same_chart_drawn_narrow() -> None:
    drawn = in_both(lambda size: step_line(series("30", 10, 30), ticks=[], says="x", size=size))
    assert drawn.count("<svg") == 2
    assert f'width="{WIDE.width}"' in drawn
    assert f'width="{NARROW.width}"' in drawn
    assert ET.fromstring(f"<a>{drawn}</a>")[0].get("role") == "img"
