"""Where the names of areas stand on a map: within their area, or else clear of all areas."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, pi, sin

from noaber.documents.drawing.outlines import Box, Ring, room_for, surface, within
from noaber.documents.drawing.svg import Point, text_width

_SMALLER = (1.0, 0.86, 0.74)
_OUTSIDE = 0.86
_DIRECTIONS = 32
FIGURE = 1.35
"""How much larger a figure is than the name above it."""


@dataclass(frozen=True)
class Label:
    """A name over one line or two, in a box; `foot` is where its line to the area ends, if any."""

    lines: tuple[str, ...]
    size: float
    box: Box
    foot: Point | None = None


@lru_cache(maxsize=256)
def placed(
    names: tuple[tuple[str, str], ...],
    rings: tuple[tuple[Ring, ...], ...],
    wide: float,
    high: float,
    size: float,
) -> tuple[Label, ...]:
    """A label for each area of a map `wide` by `high`, from its name and figure.

    Kept, for outlines seldom change and a page draws the same map every time.
    """
    return tuple(_Labels(rings, wide, high).placed(names, size))


@dataclass(frozen=True)
class _Labels:
    """The labels of one map: what they must keep clear of grows as they come."""

    rings: Sequence[Sequence[Ring]]
    wide: float
    high: float
    taken: list[Box] = field(default_factory=list)

    def placed(self, names: Sequence[tuple[str, str]], size: float) -> list[Label]:
        """A label for each area, from its name and figure: first those that fit within."""
        largest = [max(each, key=surface) for each in self.rings]
        pairs = list(zip(names, largest, strict=True))
        inside = [_inside(name, ring, size) for name, ring in pairs]
        self.taken.extend(label.box for label in inside if label)
        return [
            label or self._beside(name, ring, size * _OUTSIDE)
            for label, (name, ring) in zip(inside, pairs, strict=True)
        ]

    def _beside(self, name: tuple[str, str], ring: Ring, size: float) -> Label:
        """Clear of all areas and other labels, as near as can be and rather within the map."""
        foot, _ = room_for(ring, size, size)
        found = []
        for lines in _ways(name[0]):
            room = _measure(lines, name[1], size)
            for turn in range(_DIRECTIONS):
                cost, box = self._away(2 * pi * turn / _DIRECTIONS, foot, room, size / 2)
                found.append((cost, Label(lines, size, box, foot)))
        label = min(found, key=lambda pair: pair[0])[1]
        self.taken.append(label.box)
        return label

    def _away(
        self, angle: float, foot: Point, room: tuple[float, float], step: float
    ) -> tuple[float, Box]:
        """The nearest free place in a direction, with what it costs; far enough all is free."""
        distance = step
        while True:
            distance += step
            x, y = foot[0] + cos(angle) * distance, foot[1] + sin(angle) * distance
            box = Box(x, y, *room)
            if self._free(box):
                over = max(0.0, -box.left, -box.top, box.right - self.wide, box.bottom - self.high)
                crossed = sum(_crosses(foot, box, other) for other in self.taken)
                return distance + 2 * over + self.wide * crossed, box

    def _free(self, box: Box) -> bool:
        if any(box.meets(other) for other in self.taken):
            return False
        return not any(
            any(within(ring, point) for point in box.points()) or any(box.holds(p) for p in ring)
            for each in self.rings
            for ring in each
        )


def _inside(name: tuple[str, str], ring: Ring, size: float) -> Label | None:
    for smaller in _SMALLER:
        for lines in _ways(name[0]):
            room = _measure(lines, name[1], size * smaller)
            at, fits = room_for(ring, *room)
            if fits:
                return Label(lines, size * smaller, Box(*at, *room))
    return None


def _crosses(foot: Point, box: Box, other: Box) -> bool:
    """Whether the line to a label would run through another one."""
    parts = (n / 24 for n in range(25))
    return any(
        other.holds((foot[0] + (box.x - foot[0]) * p, foot[1] + (box.y - foot[1]) * p))
        for p in parts
    )


def _measure(lines: Sequence[str], figure: str, size: float) -> tuple[float, float]:
    wide = max(text_width(text, size) for text in lines)
    wide = max(wide, text_width(figure, size * FIGURE))
    rows = len(lines) + (FIGURE if figure else 0)
    return wide + size * 0.4, rows * size * 1.2


def _ways(name: str) -> list[tuple[str, ...]]:
    """The name on one line, and over two, broken at the space or hyphen nearest to its middle."""
    breaks = [i + 1 for i, sign in enumerate(name) if sign in " -"]
    if not breaks:
        return [(name,)]
    middle = min(breaks, key=lambda i: abs(i - len(name) / 2))
    return [(name,), (name[:middle].strip(), name[middle:])]
