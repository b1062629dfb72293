"""Figures, dates and lists read as Dutch is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core import notation
from noaber.core.dates import PartialDate


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (3_057_170_00, "3.057.170"),
        (0, "0"),
        (5, "0,05"),
        (50, "0,50"),
        (999_00, "999"),
        (1_000_00, "1.000"),
        (1_000_50, "1.000,50"),
        (-1, "\u22120,01"),
        (-1_086_00, "\u22121.086"),
    ],
)
def test_an_amount_shows_cents_only_when_there_are_any(cents: int, written: str) -> None:
    assert notation.amount(cents) == written
    assert notation.euro(cents) == f"€\u00a0{written}"


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (2_482_00, "+2.482"),
        (1, "+0,01"),
        (0, "0"),
        (-1, "\u22120,01"),
        (-1_086_00, "\u22121.086"),
    ],
)
def test_a_difference_shows_its_sign(cents: int, written: str) -> None:
    assert notation.signed(cents) == written


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (3_057_170_00, "€ 3,1 mln"),
        (3_050_000_00, "€ 3,1 mln"),
        (3_049_999_99, "€ 3,0 mln"),
        (40_000_000_00, "€ 40 mln"),
        (40_000_000_01, "€ 40,0 mln"),
        (39_960_000_00, "€ 40,0 mln"),
        (1_000_000_00, "€ 1 mln"),
        (950_000_00, "€ 1,0 mln"),
        (949_999_99, "€ 949.999,99"),
        (0, "€ 0"),
        (1_234_500_000_00, "€ 1.234,5 mln"),
        (2_000_000_000_00, "€ 2.000 mln"),
        (-3_050_000_00, "€ \u22123,1 mln"),
        (-40_000_000_00, "€ \u221240 mln"),
        (-949_999_00, "€ \u2212949.999"),
    ],
)
def test_millions_are_rounded_half_up_to_one_decimal(cents: int, written: str) -> None:
    assert notation.million(cents) == written.replace(" ", "\u00a0")


@given(st.integers(950_000_00, 10**14))
def test_millions_are_never_more_than_half_a_tenth_away(cents: int) -> None:
    figure = notation.million(cents).removeprefix("€\u00a0").removesuffix("\u00a0mln")
    whole, _, decimal = figure.replace(".", "").partition(",")
    shown = (int(whole) * 10 + int(decimal or "0")) * 100_000_00
    assert -50_000_00 < shown - cents <= 50_000_00


def test_a_count_is_grouped_by_thousands() -> None:
    assert notation.count(16_000) == "16.000"
    assert notation.count(999) == "999"
    assert notation.count(0) == "0"
    assert notation.count(-1_200) == "\u22121.200"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (47, 100, "47%"),
        (1, 200, "1%"),
        (1, 201, "0%"),
        (1, 3, "33%"),
        (2, 3, "67%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (30, 1, "3.000%"),
        (-1, 2, "\u221250%"),
        (1, -2, "\u221250%"),
        (-1, -2, "50%"),
        (0, -5, "0%"),
        (-1, 200, "\u22121%"),
        (1, 0, "geen cijfer"),
        (0, 0, "geen cijfer"),
    ],
)
def test_a_percentage_is_rounded_half_up(part: int, whole: int, written: str) -> None:
    assert notation.percent(part, whole) == written


def test_a_day_and_a_month_are_written_out() -> None:
    assert notation.day(date(2021, 12, 31)) == "31 december 2021"
    assert notation.day(date(2022, 1, 1)) == "1 januari 2022"
    assert notation.month(date(2021, 3, 9)) == "maart 2021"


@pytest.mark.parametrize(
    ("moment", "written", "short"),
    [
        (PartialDate(2021), "2021", "2021"),
        (PartialDate(2021, 12), "december 2021", "dec 2021"),
        (PartialDate(2021, 3), "maart 2021", "mrt 2021"),
        (PartialDate(2021, 1), "januari 2021", "jan 2021"),
        (PartialDate(2021, 3, 9), "9 maart 2021", "mrt 2021"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(
    moment: PartialDate, written: str, short: str
) -> None:
    assert notation.partial(moment) == written
    assert notation.short_month(moment) == short


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (1, "1 kB"),
        (1_000, "1 kB"),
        (1_001, "2 kB"),
        (999_000, "999 kB"),
        (999_001, "1,0 MB"),
        (1_250_000, "1,3 MB"),
        (20_000_000, "20,0 MB"),
    ],
)
def test_the_size_of_a_file_is_written_in_kilobytes_or_megabytes(size: int, written: str) -> None:
    assert notation.file_size(size) == written.replace(" ", "\u00a0")


def test_items_are_listed_with_commas_and_en() -> None:
    assert notation.listed([]) == ""
    assert notation.listed(["Werken"]) == "Werken"
    assert notation.listed(("Werken", "Wonen")) == "Werken en Wonen"
    assert notation.listed(["Werken", "Wonen", "Welzijn"]) == "Werken, Wonen en Welzijn"
    assert notation.listed(["Wonen, nu", "Werken"]) == "Wonen, nu en Werken"
    assert notation.listed(["Wonen, nu", "Werken", "Zorg"]) == "Wonen, nu; Werken; en Zorg"


def test_ranks_are_words_up_to_twenty() -> None:
    assert " ".join(notation.ordinal(number) for number in range(1, 22)) == (
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde "
        "dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende "
        "twintigste 21e"
    )
    assert notation.ordinal(1000) == "1.000e"


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_rank_below_one(number: int) -> None:
    with pytest.raises(ValueError, match=f"no rank {number}"):
        notation.ordinal(number)


def test_numbers_are_words_from_nul_to_twintig() -> None:
    assert " ".join(notation.number_word(number) for number in range(22)) == (
        "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien "
        "vijftien zestien zeventien achttien negentien twintig 21"
    )
    assert notation.number_word(-1) == "\u22121"
    assert notation.number_word(1_500) == "1.500"


def test_zero_and_missing_are_told_apart() -> None:
    assert notation.ZERO == "–"
    assert notation.MISSING == "geen cijfer"
