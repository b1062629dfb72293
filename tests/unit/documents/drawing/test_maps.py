"""A map names every area where its name fits, and draws the same twice."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from noaber.documents.drawing.labels import placed
from noaber.documents.drawing.maps import Area, area_map
from noaber.documents.drawing.svg import text_width

SQUARE = ((6.0, 52.0), (7.0, 52.0), (7.0, 53.0), (6.0, 53.0))
STRIP = ((7.0, 52.0), (7.05, 52.0), (7.05, 53.0), (7.0, 53.0))
CRESCENT = ((6.0, 52.0), (7.0, 52.0), (7.0, 53.0), (6.8, 53.0), (6.8, 52.2), (6.0, 52.2))


def drawn(*areas: Area) -> str:
    return area_map(areas, width=400, height=400, size=10, ground="#ffffff")


def position(svg: str, text: str) -> tuple[float, float]:
    found = re.search(rf'<text [^>]*?x="([\d.]+)" y="([\d.]+)"[^>]*>{text}</text>', svg)
    assert found is not None
    return float(found[1]), float(found[2])


def test_a_name_stands_in_the_middle_of_a_square() -> None:
    svg = drawn(Area("Emmen", (SQUARE,), "#6b2c70"))
    x, y = position(svg, "Emmen")
    width = float(re.search(r'width="([\d.]+)"', svg)[1])  # type: ignore[index]
    assert abs(x - width / 2) < 2
    assert 190 < y < 215


def test_a_name_stands_inside_an_area_whose_middle_is_outside_it() -> None:
    x, y = position(drawn(Area("Hoek", (CRESCENT,), "#6b2c70")), "Hoek")
    corner = 2 + 396 * 0.8  # the foot of the crescent is its lowest fifth
    assert y > corner or x > 0.8 * 240


def test_a_name_that_fits_nowhere_in_its_area_stands_beside_all_areas() -> None:
    svg = drawn(Area("Groot", (SQUARE,), "#6b2c70"), Area("Heellangenaam", (STRIP,), "#204060"))
    areas = max(float(x) for x in re.findall(r"([\d.]+),[\d.]+", svg))
    x, _ = position(svg, "Heellangenaam")
    assert x > areas
    assert svg.count('class="ink-line"') == 1
    assert 'class="area-name beside"' in svg


def test_what_stands_beside_the_areas_is_within_the_drawing() -> None:
    svg = drawn(Area("Groot", (SQUARE,), "#6b2c70"), Area("Heellangenaam", (STRIP,), "#204060"))
    left, _, width, _ = (float(n) for n in re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    x, _ = position(svg, "Heellangenaam")
    half = text_width("Heellangenaam", 8.6) / 2
    assert left <= x - half
    assert x + half <= left + width


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=9))
def test_no_two_names_overlap(widths: list[int]) -> None:
    west, rings = 0.0, []
    for width in widths:
        east = west + width * 2
        rings.append((((west, 0.0), (east, 0.0), (east, 30.0), (west, 30.0)),))
        west = east
    names = tuple((f"Gemeente {n}", str(n)) for n in range(len(widths)))
    found = placed(names, tuple(rings), 240, 30, 10)
    boxes = [label.box for label in found]
    pairs = [(one, other) for i, one in enumerate(boxes) for other in boxes[:i]]
    assert not any(one.meets(other) for one, other in pairs)


def test_words_are_dark_on_a_pale_area_and_white_on_a_dark_one() -> None:
    assert 'fill="#1f2328">Licht' in drawn(Area("Licht", (SQUARE,), "#ffd400"))
    assert 'fill="#ffffff">Donker' in drawn(Area("Donker", (SQUARE,), "#6b2c70"))


def test_names_are_written_safely() -> None:
    assert "Zand &amp; Veen &lt;3" in drawn(Area("Zand & Veen <3", (SQUARE,), "#6b2c70"))


def test_without_outlines_there_is_no_map() -> None:
    assert drawn(Area("Emmen", (), "#6b2c70")) == ""
    assert drawn() == ""


def test_areas_with_a_link_are_a_list_to_who_cannot_see_them() -> None:
    area = Area("Emmen", (SQUARE,), "#6b2c70", "12", "area-3", "/emmen", "Emmen 12 projecten")
    svg = area_map([area], width=400, height=400, size=10, ground="#ffffff", says="Projecten")
    assert 'role="list" aria-label="Projecten"' in svg
    assert svg.count('<g role="listitem"><a href="/emmen" aria-label="Emmen 12 projecten">') == 1
    ET.fromstring(svg)


def test_names_and_addresses_cannot_break_out_of_a_drawing() -> None:
    bad = '"><script>'
    area = Area(bad, (SQUARE,), "#6b2c70", bad, "area-1", bad, bad)
    svg = area_map([area], width=400, height=400, size=10, ground="#ffffff", says=bad)
    assert "<script" not in svg
    ET.fromstring(svg)
