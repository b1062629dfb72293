"""Maps of areas from their outlines: drawn, filled and labelled by their data."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from noaber.documents import svg
from noaber.documents.colours import readable_on
from noaber.documents.svg import Point

Ring = Sequence[Point]
_ROWS = 48


@dataclass(frozen=True)
class Area:
    """An area: its name, outline in degrees (WGS 84), fill, and a figure to write under its name."""

    name: str
    rings: tuple[tuple[Point, ...], ...]
    fill: str
    figure: str = ""


@dataclass(frozen=True)
class _Label:
    lines: tuple[str, ...]
    size: float
    at: Point
    fits: bool


def area_map(
    areas: Sequence[Area], *, width: float, height: float, size: float, stroke: str
) -> str:
    """A map of the areas within `width` by `height` points, labels at `size` or a little less.

    Areas without an outline are left out; without any outline the map is empty text.
    """
    drawn = [area for area in areas if any(len(ring) > 2 for ring in area.rings)]
    if not drawn:
        return ""
    points = [point for area in drawn for ring in area.rings for point in ring]
    to_page = _Projection.of(points, width, height)
    shapes, labels = [], []
    for area in drawn:
        rings = [[to_page(point) for point in ring] for ring in area.rings]
        shapes.append(svg.area(rings, area.fill, stroke, size / 5))
        labels.extend(_label(area, max(rings, key=_size), size, to_page.width))
    return svg.drawing(to_page.width, to_page.height, [*shapes, *labels])


@dataclass(frozen=True)
class _Projection:
    west: float
    north: float
    across: float
    scale: float
    width: float
    height: float

    @classmethod
    def of(cls, points: Sequence[Point], width: float, height: float) -> "_Projection":
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


def _label(area: Area, ring: Ring, size: float, width: float) -> list[str]:
    """Name and figure where the area is widest; on a plate of its colour when it does not fit."""
    label = _placed(area, ring, size)
    colour = readable_on(area.fill)
    step = label.size * 1.2
    x, y = label.at
    found = []
    if not label.fits:
        wide, high = _box(area, label.lines, label.size)
        x = min(max(x, wide / 2), width - wide / 2)
        found.append(svg.rectangle((x - wide / 2, y - high / 2), wide, high, area.fill, rounded=2))
    rows = [(text, label.size, 500) for text in label.lines]
    if area.figure:
        rows.append((area.figure, label.size * 1.35, 700))
    base = y - (len(rows) - 1) * step / 2 + label.size * 0.36
    for index, (text, points, weight) in enumerate(rows):
        # The figure is larger than the name and so stands a little lower.
        lower = label.size * 0.22 if area.figure and index == len(rows) - 1 else 0
        at = (x, base + index * step + lower)
        found.append(svg.words(text, at, points, colour, weight=weight))
    return found


def _placed(area: Area, ring: Ring, size: float) -> _Label:
    wrapped = _wrapped(area.name)
    ways = [
        ((area.name,), size),
        (wrapped, size),
        ((area.name,), size * 0.85),
        (wrapped, size * 0.85),
    ]
    for lines, points in ways:
        at, fits = _place(ring, *_box(area, lines, points))
        if fits:
            return _Label(lines, points, at, fits)
    lines, points = ways[-1]
    return _Label(lines, points, _place(ring, *_box(area, lines, points))[0], fits=False)


def _box(area: Area, lines: Sequence[str], size: float) -> tuple[float, float]:
    wide = max(svg.text_width(text, size) for text in lines) + size * 0.3
    rows = len(lines) + (1.35 if area.figure else 0)
    return wide, rows * size * 1.2 + size * 0.3


def _wrapped(name: str) -> tuple[str, ...]:
    """The name over two lines, broken at the space or hyphen nearest to its middle."""
    breaks = [i + 1 for i, sign in enumerate(name) if sign in " -"]
    if not breaks:
        return (name,)
    middle = min(breaks, key=lambda i: abs(i - len(name) / 2))
    return name[:middle].strip(), name[middle:]


def _place(ring: Ring, wide: float, high: float) -> tuple[Point, bool]:
    """The centre of a box within the ring, nearest to the ring's middle; and whether it fits.

    When it fits nowhere: the centre of where the ring has most room for it.
    """
    middle = _centre(ring)
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
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y0 > y) != (y1 > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _size(ring: Ring) -> float:
    return abs(_cross(ring)) / 2


def _cross(ring: Ring) -> float:
    return sum(
        x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


def _centre(ring: Ring) -> Point:
    total = _cross(ring)
    if not total:
        return ring[0]
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * part, y + (y0 + y1) * part
    return x / (3 * total), y / (3 * total)
