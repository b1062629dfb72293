"""Marks and dots go with words, and so are not read aloud."""

from xml.etree import ElementTree as ET

import pytest

from noaber.documents.drawing.colours import ACCENT
from noaber.documents.drawing.marks import amount_dot, dots, mark_drawing


@pytest.mark.parametrize("shape", ["square", "house", "star", "no such shape"])
def test_a_mark_is_a_drawing_that_is_not_read_aloud(shape: str) -> None:
    assert ET.fromstring(mark_drawing(shape)).get("aria-hidden") == "true"


def test_a_dot_is_large_where_something_was_given() -> None:
    drawn = ET.fromstring(dots([True, False], ACCENT))
    first, second = (float(dot.get("r", "")) for dot in drawn)
    assert first > second


def test_the_surface_of_a_dot_is_its_amount() -> None:
    whole, quarter = (ET.fromstring(amount_dot(n, 400, ACCENT))[0].get("r") for n in (400, 100))
    assert float(whole or 0) == 2 * float(quarter or 0)
    assert ET.fromstring(amount_dot(0, 400, ACCENT))[0].get("class") == "stop-none"
