"""A deal chooses its colours; what people must read stays readable in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.dates import PartialDate
from noaber.deals.rules import Deal, Pillar
from noaber.documents.drawing.colours import HEATH, PAPER, READABLE, STONE, WHITE, contrast
from noaber.web.colours import NIGHT, style_sheet

hex_colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
RULE = re.compile(r"\.tone-werken \{ --tone: (#[0-9a-f]{6})")


def sheet(accent: str, colour: str) -> str:
    day = PartialDate(2020)
    deal = Deal("d", "D", "R", "", day, day, "specific_grant", "x", "pijler", "pijlers", accent)
    return style_sheet(deal, [Pillar("werken", "Werken", 1, colour, "square")])


@pytest.mark.parametrize("colour", ["#1d5c8a", "#a8480a", "#2f6b3c", "#6b2c70"])
def test_the_colours_of_the_reference_deal_are_readable_as_they_are(colour: str) -> None:
    assert RULE.findall(sheet(colour, colour))[0] == colour


@given(hex_colours)
def test_any_colour_becomes_readable_by_day_and_by_night(text: str) -> None:
    light, dark = RULE.findall(sheet(text, text))
    assert all(contrast(light, ground) >= READABLE for ground in PAPER)
    assert all(contrast(dark, ground) >= READABLE for ground in NIGHT)


@given(hex_colours)
def test_labels_on_the_map_are_readable_in_any_accent(text: str) -> None:
    for tint in re.findall(r"--map-\d: (#[0-9a-f]{6})", sheet(text, text)):
        assert contrast(tint, WHITE) >= READABLE


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "", "#6b2c70;}body{}", "#6b2c70\n"])
def test_what_is_no_colour_never_reaches_a_style_sheet(text: str) -> None:
    assert sheet(text, text) == sheet(HEATH, STONE)
