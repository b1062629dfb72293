"""A map names every area where its name fits, and draws the same twice."""

import re

from noaber.documents.maps import Area, area_map

SQUARE = ((6.0, 52.0), (7.0, 52.0), (7.0, 53.0), (6.0, 53.0))
STRIP = ((7.0, 52.0), (7.05, 52.0), (7.05, 53.0), (7.0, 53.0))
CRESCENT = ((6.0, 52.0), (7.0, 52.0), (7.0, 53.0), (6.8, 53.0), (6.8, 52.2), (6.0, 52.2))


def drawn(*areas: Area) -> str:
    return area_map(areas, width=400, height=400, size=10, stroke="#ffffff")


def position(svg: str, text: str) -> tuple[float, float]:
    found = re.search(rf'<text x="([\d.]+)" y="([\d.]+)"[^>]*>{text}</text>', svg)
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


def test_a_name_that_does_not_fit_gets_a_plate_of_the_areas_colour() -> None:
    svg = drawn(Area("Groot", (SQUARE,), "#6b2c70"), Area("Heellangenaam", (STRIP,), "#204060"))
    assert svg.count("<rect") == 1
    assert 'fill="#204060"' in svg.partition("<rect")[2]


def test_words_are_dark_on_a_pale_area_and_white_on_a_dark_one() -> None:
    assert 'fill="#1f2328" text-anchor' in drawn(Area("Licht", (SQUARE,), "#ffd400"))
    assert 'fill="#ffffff" text-anchor' in drawn(Area("Donker", (SQUARE,), "#6b2c70"))


def test_names_are_written_safely() -> None:
    assert "Zand &amp; Veen &lt;3" in drawn(Area("Zand & Veen <3", (SQUARE,), "#6b2c70"))


def test_without_outlines_there_is_no_map() -> None:
    assert drawn(Area("Emmen", (), "#6b2c70")) == ""
    assert drawn() == ""
