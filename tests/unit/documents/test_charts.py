"""Charts show what the table beside them says, small and large amounts alike."""

import re

import pytest

from noaber.documents.charts import Bar, Stack, budget_bars, in_millions, stacked_columns

MILLION = 1_000_000_00


def texts(svg: str) -> list[str]:
    return re.findall(r">([^<]+)</text>", svg)


def test_a_bar_is_as_long_as_its_amount() -> None:
    svg = budget_bars([Bar("Wonen", "#a8480a", 20 * MILLION, 5 * MILLION, 0)])
    whole, part = (float(w) for w in re.findall(r'<rect [^>]*?width="([\d.]+)"', svg))
    assert part / whole == pytest.approx(0.25, abs=0.01)
    assert "25%" in texts(svg)


def test_a_reservation_is_hatched_beside_what_is_awarded() -> None:
    without = budget_bars([Bar("Wonen", "#a8480a", 20 * MILLION, 5 * MILLION, 0)])
    hatched = budget_bars([Bar("Wonen", "#a8480a", 20 * MILLION, 5 * MILLION, 3 * MILLION)])
    assert hatched.count("<line") > without.count("<line") + 3


def test_more_awarded_than_agreed_stays_within_the_drawing() -> None:
    svg = budget_bars([Bar("Wonen", "#a8480a", MILLION, 3 * MILLION, MILLION)], width=500)
    ends = [
        float(x) + float(w)
        for x, w in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    assert max(ends) <= 500


@pytest.mark.parametrize("cents", [0, 1, 25_000_00, 950_000_00, 7 * MILLION, 4_000 * MILLION])
def test_any_amount_has_an_axis(cents: int) -> None:
    stacks = [Stack("Tranche 1", "okt 2019", (("#a8480a", cents),))]
    assert "Tranche 1" in texts(stacked_columns(stacks))
    assert budget_bars([Bar("Wonen", "#a8480a", cents, 0, 0)])


def test_the_total_stands_above_a_column_in_millions() -> None:
    parts = (("#a8480a", 2_355_000_00), ("#1d5c8a", 702_170_00))
    assert "3,1" in texts(stacked_columns([Stack("Tranche 6", "dec 2021", parts)]))


def test_small_amounts_are_counted_in_euros() -> None:
    assert in_millions([19 * MILLION])
    assert not in_millions([100_000_00])
    assert "100.000" in texts(stacked_columns([Stack("1", "", (("#a8480a", 100_000_00),))]))


def test_a_name_that_is_too_long_is_cut_off() -> None:
    name = "Samen werken aan een toekomstbestendige leefomgeving voor jong en oud"
    shown = texts(budget_bars([Bar(name, "#a8480a", MILLION, 0, 0)]))
    assert any(text.endswith("…") and name.startswith(text[:-1]) for text in shown)
