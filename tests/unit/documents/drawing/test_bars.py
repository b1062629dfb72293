"""Bars and columns show what the table beside them says, small and large amounts alike."""

import re
from xml.etree import ElementTree as ET

import pytest

from noaber.documents.drawing.bars import (
    Bar,
    Stack,
    budget_bar,
    budget_bars,
    cell_bar,
    parts_bar,
    stacked_columns,
)
from noaber.documents.drawing.colours import Tone
from noaber.documents.drawing.scale import MILLION, heights, in_millions

TONE = Tone("tone-wonen", "#a8480a", "#efdfd4")


def bar(allocated: int, awarded: int, reserved: int = 0) -> Bar:
    return Bar("Wonen", TONE, allocated, awarded, reserved)


def texts(svg: str) -> list[str]:
    return re.findall(r">([^<]+)</text>", svg)


def full(svg: str) -> list[float]:
    return [float(w) for w in re.findall(r'<rect class="fill-tone"[^>]*? width="([\d.]+)"', svg)]


def test_a_bar_is_as_long_as_what_was_awarded_on_page_and_paper() -> None:
    drawn = budget_bar(bar(100, 25), 100, "alles")
    assert full(drawn) == [250]
    assert 'aria-label="Wonen: alles"' in drawn
    chart = budget_bars([bar(20 * MILLION, 5 * MILLION)])
    whole = float(re.findall(r'class="fill-tint"[^>]*? width="([\d.]+)"', chart)[0])
    assert full(chart)[0] / whole == pytest.approx(0.25, abs=0.01)
    assert "25%" in texts(chart)


def test_a_reservation_is_striped_beside_what_is_awarded() -> None:
    assert "line-tone" not in budget_bar(bar(100, 25), 100, "")
    stripes = re.findall(r'class="line-tone" d="([^"]+)"', budget_bar(bar(100, 25, 50), 100, ""))
    places = [float(x) for x in re.findall(r"M ([\d.]+)", stripes[0])]
    assert 250 < places[0] < places[-1] < 750


def test_past_its_share_a_bar_shows_where_the_share_ended() -> None:
    assert "ink-line" in budget_bar(bar(100, 110), 110, "")
    assert "ink-line" not in budget_bar(bar(100, 100), 100, "")


def test_a_bar_without_money_is_empty() -> None:
    assert ET.fromstring(budget_bar(bar(0, 0), 0, "niets")).get("role") == "img"


def test_the_blocks_of_a_sum_fill_the_width() -> None:
    assert full(parts_bar([1, 3], TONE)) == [247, 747]


def test_a_small_bar_is_not_read_aloud() -> None:
    drawn = ET.fromstring(cell_bar(1, 4, TONE))
    assert drawn.get("aria-hidden") == "true"
    assert drawn[0].get("width") == "25"


@pytest.mark.parametrize("highest", [0, 1, 7, 12_345, 4_000_000_000])
def test_a_scale_has_few_round_heights_from_zero(highest: int) -> None:
    found = heights(highest)
    assert found[0] == 0
    assert len(found) <= 6
    assert all(height <= highest for height in found)


def test_more_awarded_than_agreed_stays_within_the_drawing() -> None:
    svg = budget_bars([bar(MILLION, 3 * MILLION, MILLION)], width=500)
    ends = [
        float(x) + float(w)
        for x, w in re.findall(r' x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    assert max(ends) <= 500


@pytest.mark.parametrize("cents", [0, 1, 25_000_00, 950_000_00, 7 * MILLION, 4_000 * MILLION])
def test_any_amount_has_an_axis(cents: int) -> None:
    stacks = [Stack("Tranche 1", "okt 2019", ((TONE, cents),))]
    assert "Tranche 1" in texts(stacked_columns(stacks))
    assert budget_bars([bar(cents, 0)])


def test_the_total_stands_above_a_column_in_millions() -> None:
    parts = ((TONE, 2_355_000_00), (TONE, 702_170_00))
    assert "3,1" in texts(stacked_columns([Stack("Tranche 6", "dec 2021", parts)]))


def test_small_amounts_are_counted_in_euros() -> None:
    assert in_millions([19 * MILLION])
    assert not in_millions([100_000_00])
    assert "100.000" in texts(stacked_columns([Stack("1", "", ((TONE, 100_000_00),))]))


def test_a_name_that_is_too_long_is_cut_off() -> None:
    name = "Samen werken aan een toekomstbestendige leefomgeving voor jong en oud"
    shown = texts(budget_bars([Bar(name, TONE, MILLION, 0)]))
    assert any(text.endswith("…") and name.startswith(text[:-1]) for text in shown)
