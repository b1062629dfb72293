"""The flow has a band and a link for each amount, as thick as the amount."""

import re
from xml.etree import ElementTree as ET

from noaber.documents.drawing.colours import Tone
from noaber.documents.drawing.flow import AWARDED, FREE, GIVEN, RESERVED, Branch, Stream, flow

TONE = Tone("tone-werken", "#1d5c8a", "#d5e2ec")


def stream(name: str, amount: int, kind: str = GIVEN) -> Stream:
    return Stream(name, amount, f"€ {amount}", f"/{name}", f"{name}: {amount} euro", TONE, kind)


WORK = Branch(
    stream("Werken", 100),
    "square",
    (
        stream("IT-hub", 60, AWARDED),
        stream("gereserveerd", 30, RESERVED),
        stream("nog vrij", 10, FREE),
    ),
)


def drawn() -> str:
    whole = [stream("Rijk", 100)]
    return flow(whole, whole, [WORK], "De deal € 100", "Van partijen naar projecten")


def test_without_money_on_a_side_nothing_is_drawn() -> None:
    assert flow([], [], [WORK], "De deal", "stroom") == ""
    assert flow([stream("Rijk", 1)], [], [], "De deal", "stroom") == ""


def test_each_amount_is_a_link_with_a_name_wide_and_narrow() -> None:
    for name in ("Rijk: 100", "Werken: 100", "IT-hub: 60", "gereserveerd: 30", "nog vrij: 10"):
        assert len(re.findall(f'aria-label="[^"]*{name} euro"', drawn())) == 2


def test_the_name_of_a_link_begins_with_the_words_that_are_seen() -> None:
    for name, seen in re.findall(r'<a [^>]*aria-label="([^"]*)"[^>]*>(.*?)</a>', drawn()):
        words = " ".join(re.sub(r"<[^>]+>", " ", seen).split())
        assert words
        assert words in name


def test_a_link_without_a_name_is_for_the_mouse_only() -> None:
    for link in re.findall(r"<a [^>]*>", drawn()):
        assert "aria-label" in link or 'tabindex="-1" aria-hidden="true"' in link


def test_a_band_is_as_thick_as_its_amount() -> None:
    wide = drawn().partition("narrow-only")[0]
    thick = {
        name: float(re.findall(r" v ([\d.]+)", wide[wide.index(f'href="/{name}"') :])[0])
        for name in ("IT-hub", "gereserveerd", "nog vrij")
    }
    assert thick["IT-hub"] == 2 * thick["gereserveerd"] == 6 * thick["nog vrij"]


def test_names_cannot_break_out_of_a_drawing() -> None:
    bad = stream('"><script>', 1)
    svg = flow([bad], [bad], [Branch(bad, '"><script>', (bad,))], bad.name, bad.name)
    assert "<script" not in svg
    ET.fromstring(f"<a>{svg}</a>")
