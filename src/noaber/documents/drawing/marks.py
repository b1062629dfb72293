"""Marks of pillars, and dots for tranches: small drawings beside the words they go with."""

from collections.abc import Sequence
from math import sqrt

from noaber.documents.drawing.colours import STRONG_LINE, WHITE, Tone
from noaber.documents.drawing.svg import Point, Svg, circle, drawing, shape, tag

_SHAPES = {
    "square": "M1 1h14v14H1z",
    "house": "M8 .5 15.5 7H14v8H2V7H.5z",
    "circle": "M.5 8a7.5 7.5 0 0 1 15 0 7.5 7.5 0 0 1-15 0z",
    "triangle": "M8 1 16 15H0z",
    "diamond": "M8 0 16 8 8 16 0 8z",
    "hexagon": "M4 1h8l4 7-4 7H4L0 8z",
    "star": "m8 0 2.2 5.4 5.8.4-4.4 3.8 1.4 5.7L8 12.2 3 15.3l1.4-5.7L0 5.8l5.8-.4z",
    "cross": "M5 0h6v5h5v6h-5v5H5v-5H0V5h5z",
    "line": "M0 6h16v4H0z",
}
_APART = 16
_LARGEST, _SMALLEST = 26.0, 5.0


def mark_drawing(name: str, fill: str = "currentColor") -> Svg:
    """A mark in the colour of the words around it; an unknown one is a square."""
    return drawing(16, 16, shape(_path(name), fill), classes="mark", role="none", scale=13 / 16)


def mark_at(name: str, at: Point, size: float, tone: Tone) -> Svg:
    """A mark within another drawing, with its upper left corner at a point."""
    place = f"translate({at[0]:.1f} {at[1]:.1f}) scale({size / 16:.3f})"
    inside = shape(_path(name), tone.colour, "fill-tone")
    return tag("g", inside, class_=tone.name, transform=place)


def dots(given: Sequence[bool], tone: Tone) -> Svg:
    """A row of dots, large where something was given."""
    width = _APART * len(given)
    shapes = [
        circle((place * _APART + _APART / 2, 6), 4.5, tone.colour, "fill-tone")
        if there
        else circle((place * _APART + _APART / 2, 6), 1.3, STRONG_LINE, "fill-line-strong")
        for place, there in enumerate(given)
    ]
    return drawing(width, 12, *shapes, classes=f"dots {tone.name}", role="none")


def amount_dot(value: int, most: int, tone: Tone) -> Svg:
    """A dot whose surface is the amount, beside the largest one; without an amount a small open one."""
    if value <= 0 or most <= 0:
        inside = tag(
            "circle", class_="stop-none", cx=28, cy=28, r=4, fill=WHITE, stroke=STRONG_LINE,
            stroke_width=2,
        )  # fmt: skip
    else:
        radius = max(_LARGEST * sqrt(value / most), _SMALLEST)
        inside = circle((28, 28), radius, tone.colour, "fill-tone")
    return drawing(56, 56, inside, classes=f"stop-dot {tone.name}", role="none")


def _path(name: str) -> str:
    return _SHAPES.get(name, _SHAPES["square"])
