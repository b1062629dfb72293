"""A line through the years: what is drawn, and what is left out."""

import re
from decimal import Decimal

from noaber.documents.drawing.colours import ACCENT
from noaber.documents.drawing.years import Pair, two_lines


def drawn(*years: tuple[int, str | None, str | None]) -> str:
    pairs = [
        Pair(year, Decimal(own) if own else None, Decimal(other) if other else None)
        for year, own, other in years
    ]
    return two_lines(pairs, tone=ACCENT, names=("Emmen", "gemiddelde"), written=str)


def test_one_year_is_no_line() -> None:
    assert drawn((2020, "1", "2"), (2021, None, "3")) == ""


def test_a_year_that_was_not_observed_breaks_the_line_and_is_not_zero() -> None:
    own = re.findall(r'class="line-tone"[^>]* d="([^"]+)"', drawn(
        (2018, "5", None), (2019, "6", None), (2020, None, None), (2021, "7", None)
    ))  # fmt: skip
    assert own[0].count("M") == 2
    assert own[0].count("L") == 1


def test_the_scale_holds_every_value_below_zero_too() -> None:
    ticks = re.findall(
        r'text-anchor="end"[^>]*>([^<]+)<', drawn((2020, "-7", "3"), (2021, "4", "-2"))
    )
    assert Decimal(ticks[0]) <= -7
    assert Decimal(ticks[-1]) >= 4
    assert len(ticks) <= 7


def test_values_that_never_change_still_have_a_scale() -> None:
    ticks = re.findall(
        r'text-anchor="end"[^>]*>([^<]+)<', drawn((2020, "7", "7"), (2021, "7", "7"))
    )
    assert len(ticks) >= 2


def test_without_others_only_the_own_name_stands_there() -> None:
    assert "gemiddelde" not in drawn((2020, "1", None), (2021, "2", None))
