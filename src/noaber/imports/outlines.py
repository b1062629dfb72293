"""The outline of a municipality as text: ``lengte breedte, …`` with ``|`` between rings."""

import re
from decimal import Decimal

Ring = tuple[tuple[Decimal, Decimal], ...]
"""A closed ring of (longitude, latitude) in degrees, WGS 84; the last point is the first."""

FEWEST_POINTS = 4

_POINT = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)\s+(-?[0-9]{1,2}(?:\.[0-9]{1,9})?)")


class OutlineError(ValueError):
    """A text that is no outline; the message is the Dutch end of a sentence."""


def parse_outline(text: str) -> tuple[Ring, ...]:
    """Read an outline of one or more rings.

    :raises OutlineError: when a point is none, or a ring is not closed or encloses nothing.
    """
    return tuple(_ring(ring) for ring in text.split("|"))


def format_outline(rings: tuple[Ring, ...]) -> str:
    """Write an outline so that reading it gives the same rings."""
    return " | ".join(
        ", ".join(f"{longitude:f} {latitude:f}" for longitude, latitude in ring) for ring in rings
    )


def _ring(text: str) -> Ring:
    points = tuple(_point(point) for point in text.split(","))
    if len(points) < FEWEST_POINTS:
        raise OutlineError(f"een vlak heeft {len(points)} punten")
    if points[0] != points[-1]:
        raise OutlineError("het laatste punt is niet gelijk aan het eerste")
    if len(set(points)) < FEWEST_POINTS - 1:
        raise OutlineError("de punten vormen geen vlak")
    return points


def _point(text: str) -> tuple[Decimal, Decimal]:
    found = _POINT.fullmatch(text.strip())
    if found is None:
        raise OutlineError(f"“{text.strip()}” is geen punt")
    longitude, latitude = Decimal(found[1]), Decimal(found[2])
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise OutlineError(f"“{text.strip()}” ligt niet op aarde")
    return longitude, latitude
