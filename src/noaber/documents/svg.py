"""Small drawings as SVG: presentation attributes only, so that every reader shows them alike."""

from collections.abc import Iterable
from html import escape

FONT = "Noto Sans"

_NARROW = "iljtfr.,'’-I|!:;() "
_WIDE = "mwMWÆŒ—…%"
Point = tuple[float, float]


def drawing(width: float, height: float, shapes: Iterable[str]) -> str:
    """A drawing of these shapes."""
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(shapes)}</svg>'


def rectangle(
    at: Point, width: float, height: float, fill: str, *, stroke: str = "", rounded: float = 0
) -> str:
    """A rectangle; without fill give ``none``."""
    x, y = at
    line = f' stroke="{stroke}" stroke-width="0.8"' if stroke else ""
    corner = f' rx="{_n(rounded)}"' if rounded else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{corner} '
        f'fill="{fill}"{line}/>'
    )


def line(start: Point, end: Point, stroke: str, width: float = 0.6) -> str:
    """A straight line."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" '
        f'stroke-width="{_n(width)}"/>'
    )


def area(rings: Iterable[Iterable[Point]], fill: str, stroke: str, width: float) -> str:
    """An area bounded by rings; a ring within another is a hole."""
    path = " ".join("M" + " L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + " Z" for ring in rings)
    return (
        f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}" '
        f'stroke-width="{_n(width)}" stroke-linejoin="round"/>'
    )


def words(
    text: str, at: Point, size: float, fill: str, *, weight: int = 400, anchor: str = "middle"
) -> str:
    """A line of text with its baseline at a point."""
    x, y = at
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-family="{FONT}" font-size="{_n(size)}" '
        f'font-weight="{weight}" fill="{fill}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is, a little on the safe side."""
    ems = sum(_em(character) for character in text)
    return ems * size


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.92
    return 0.65 if character.isupper() else 0.57


def _n(number: float) -> str:
    """A coordinate to a tenth, so that the same data always gives the same bytes."""
    return f"{round(number, 1) + 0:g}"
