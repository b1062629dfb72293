"""Outlines of areas in the plane: where they are widest, and what lies within them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from noaber.documents.drawing.svg import Point

Ring = tuple[Point, ...]
_ROWS = 48


@dataclass(frozen=True)
class Box:
    """An upright rectangle around its middle."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def left(self) -> float:
        return self.x - self.wide / 2

    @property
    def right(self) -> float:
        return self.x + self.wide / 2

    @property
    def top(self) -> float:
        return self.y - self.high / 2

    @property
    def bottom(self) -> float:
        return self.y + self.high / 2

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        across = abs(self.x - other.x) * 2 < self.wide + other.wide
        return across and abs(self.y - other.y) * 2 < self.high + other.high

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def points(self) -> Iterator[Point]:
        """Points all over it, close enough to notice what lies under it."""
        for i in range(7):
            for j in range(4):
                yield self.left + self.wide * i / 6, self.top + self.high * j / 3


@dataclass(frozen=True)
class Projection:
    """From degrees to a drawing of some width and height, the same scale both ways."""

    west: float
    north: float
    across: float
    scale: float
    width: float
    height: float

    @classmethod
    def of(cls, points: Sequence[Point], width: float, height: float) -> "Projection":
        """The one that makes these points as large as fits."""
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        # A degree of longitude is shorter than one of latitude away from the equator.
        across = cos(radians((south + north) / 2))
        wide, high = max((east - west) * across, 1e-6), max(north - south, 1e-6)
        scale = min((width - 4) / wide, (height - 4) / high)
        return cls(west, north, across, scale, wide * scale + 4, high * scale + 4)

    def __call__(self, point: Point) -> Point:
        x, y = point
        return (x - self.west) * self.across * self.scale + 2, (self.north - y) * self.scale + 2


def room_for(ring: Ring, wide: float, high: float) -> tuple[Point, bool]:
    """The centre of a box within the ring, nearest to the ring's middle; and whether it fits.

    When it fits nowhere: the centre of where the ring has most room for it.
    """
    middle = centre(ring)
    top, bottom = min(y for _, y in ring), max(y for _, y in ring)
    best = (-1.0, 0.0, middle)
    for step in range(_ROWS + 1):
        y = top + (bottom - top) * step / _ROWS
        for left, right in _inside(ring, y, high):
            within = min(1.0, (right - left) / wide)
            half = min(wide, right - left) / 2
            x = min(max(middle[0], left + half), right - half)
            away = (x - middle[0]) ** 2 + (y - middle[1]) ** 2
            if (within, -away) > best[:2]:
                best = (within, -away, (x, y))
    return best[2], best[0] >= 1


def within(ring: Ring, point: Point) -> bool:
    """Whether a point lies in the ring."""
    return any(left <= point[0] <= right for left, right in _spans(ring, point[1]))


def surface(ring: Ring) -> float:
    """How large it is."""
    return abs(_cross(ring)) / 2


def centre(ring: Ring) -> Point:
    """Its centre of gravity; of a ring without surface its first point."""
    total = _cross(ring)
    if not total:
        return ring[0]
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        part = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * part, y + (y0 + y1) * part
    return x / (3 * total), y / (3 * total)


def _inside(ring: Ring, y: float, high: float) -> list[tuple[float, float]]:
    """Where a box of this height around `y` lies within the ring, from left to right."""
    found = _spans(ring, y)
    for part in (-0.5, -0.25, 0.25, 0.5):
        other = _spans(ring, y + part * high)
        found = [
            (max(left, start), min(right, end))
            for left, right in found
            for start, end in other
            if max(left, start) < min(right, end)
        ]
    return found


def _spans(ring: Ring, y: float) -> list[tuple[float, float]]:
    """The parts of a horizontal line that lie within the ring."""
    crossings = sorted(
        x0 + (y - y0) * (x1 - x0) / (y1 - y0)
        for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True)
        if (y0 > y) != (y1 > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _cross(ring: Ring) -> float:
    return sum(
        x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True)
    )
