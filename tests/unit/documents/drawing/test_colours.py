"""Whatever colours a deal chooses, what is written and drawn in them can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.documents.drawing.colours import (
    HEATH,
    INK,
    PAPER,
    READABLE,
    SAND,
    STONE,
    WHITE,
    accent,
    contrast,
    legible,
    mix,
    readable_on,
    tone,
    usable,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)


@given(colours, st.sampled_from([WHITE, SAND]))
def test_words_in_the_colour_of_a_pillar_can_be_read(colour: str, paper: str) -> None:
    assert contrast(legible(colour, paper), paper) >= 4.5


@given(colours)
def test_white_or_ink_can_be_read_on_any_colour(colour: str) -> None:
    assert contrast(readable_on(colour), colour) >= 3.9
    assert readable_on(colour) in (WHITE, INK)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert legible("#6b2c70") == "#6b2c70"
    assert legible("#ffd400") != "#ffd400"


def test_colours_mix_by_percent() -> None:
    assert mix("#000000", 0) == "#ffffff"
    assert mix("#000000", 100) == "#000000"
    assert mix("#ff0000", 50, "#0000ff") == "#800080"


@given(colours)
def test_the_tone_of_a_pillar_can_be_read_on_paper_and_sand(colour: str) -> None:
    for drawn in (tone("werken", colour), accent(colour)):
        assert all(contrast(drawn.colour, ground) >= READABLE for ground in PAPER)
        assert contrast(INK, drawn.tint) >= READABLE


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "", "#6b2c70;}body{}", "#6b2c70\n"])
def test_what_is_no_colour_never_reaches_a_drawing(text: str) -> None:
    assert usable(text, HEATH) == HEATH
    assert tone("x", text).colour == STONE


def test_the_class_of_a_tone_holds_nothing_that_ends_a_name() -> None:
    assert tone("Wérk en{}", "#1d5c8a").name == "tone-w-rk-en--"
