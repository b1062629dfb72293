"""Charts say in words what they draw, and draw no more than there is."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from noaber.web.charts import Point, Tone, budget_bar, mark, parts_bar, step_line
from noaber.web.drawings import Area, Stream, flow, region_map

TONE = Tone("tone-werken", "#1d5c8a", "#d5e2ec")
SQUARE = ((6.5, 52.9), (6.8, 52.9), (6.8, 52.7), (6.5, 52.7))


def stream(name: str, amount: int) -> Stream:
    return Stream(name, amount, f"€ {amount}", "/x", TONE)


def bar(awarded: int, reserved: int, allocated: int) -> str:
    return budget_bar(
        awarded=awarded, reserved=reserved, allocated=allocated,
        largest=max(allocated, awarded + reserved), tone=TONE, name="Werken", says="alles",
    )  # fmt: skip


@pytest.mark.parametrize("shape", ["square", "house", "star", "no such shape"])
def test_a_mark_is_a_drawing_that_is_not_read_aloud(shape: str) -> None:
    assert ET.fromstring(mark(shape)).get("aria-hidden") == "true"


def test_a_bar_is_as_long_as_what_was_awarded() -> None:
    drawn = ET.fromstring(bar(25, 0, 100))
    full = [r for r in drawn.iter("rect") if r.get("class") == "fill-tone"]
    assert [r.get("width") for r in full] == ["250.0"]
    assert drawn.get("aria-label") == "Werken: alles"


def test_past_its_share_a_bar_shows_where_the_share_ended() -> None:
    assert "ink-line" in bar(110, 0, 100)
    assert "ink-line" not in bar(100, 0, 100)


def test_a_bar_without_money_is_empty() -> None:
    assert ET.fromstring(bar(0, 0, 0)).get("role") == "img"


def test_the_blocks_of_a_sum_fill_the_width() -> None:
    widths = [
        float(w) for w in re.findall(r'width="([\d.]+)" height="40"', parts_bar([1, 3], TONE))
    ]
    assert widths == [247, 747]


def test_a_line_steps_up_on_the_day_and_stays() -> None:
    points = [Point(date(2020, 1, 1), 10, "10"), Point(date(2021, 1, 1), 30, "30")]
    drawn = step_line(points, tone=TONE, title="Toegekend", says="tot 30", ticks=[(20, "20")])
    path = re.findall(r'stroke-linejoin="round" d="([^"]+)"', drawn)[0]
    assert path.count("H") == 3
    assert path.count("V") == 2


def test_without_points_or_outlines_or_money_nothing_is_drawn() -> None:
    assert step_line([], tone=TONE, title="", says="", ticks=[]) == ""
    assert region_map([Area("Emmen", (), 1, "", "/x")], "kaart") == ""
    assert flow([], [], [stream("Werken", 1)], "De deal", "stroom") == ""


def test_a_municipality_with_more_is_darker() -> None:
    areas = [Area(str(n), (SQUARE,), n, f"{n} projecten", "/x") for n in (0, 5, 9)]
    tints = re.findall(r'class="area area-(\d)"', region_map(areas, "kaart"))
    assert tints == ["1", "2", "3"]


def test_names_cannot_break_out_of_a_drawing() -> None:
    drawn = region_map([Area('"><script>', (SQUARE,), 1, '"><script>', "/x")], "kaart")
    assert "<script" not in drawn
    ET.fromstring(drawn)


def test_a_flow_has_a_link_per_end_wide_and_narrow() -> None:
    drawn = flow([stream("Rijk", 10)], [stream("Rijk", 10)], [stream("Werken", 10)], "10", "stroom")
    assert drawn.count("<a href") == 4
