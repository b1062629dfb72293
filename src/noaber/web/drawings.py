"""The map of a region and the flow of money, as SVG; see `charts` for how colours are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noaber.web.charts import INK, Tone

Ring = tuple[tuple[float, float], ...]

MAP_TINTS = ("#94629a", "#6b2c70", "#471a4c")
MAP_WIDTH = 480
_MAP_MARGIN = 6


@dataclass(frozen=True)
class Area:
    """A municipality on the map: its rings in degrees, a number, and where it leads to."""

    name: str
    rings: tuple[Ring, ...]
    number: int
    says: str
    link: str


@dataclass(frozen=True)
class Placed:
    """An area as drawn: its outline as a path, and its middle, in units of the view box."""

    area: Area
    outline: str
    x: float
    y: float


def laid_out(areas: Sequence[Area]) -> tuple[tuple[Placed, ...], float]:
    """The areas that have an outline, fitted to `MAP_WIDTH`, and how high they are together."""
    drawn = [area for area in areas if area.rings]
    if not drawn:
        return (), 0
    points = [point for area in drawn for ring in area.rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # A degree of longitude is shorter than one of latitude, the more so the further north.
    narrow = cos(radians((south + north) / 2))
    scale = (MAP_WIDTH - 2 * _MAP_MARGIN) / max((east - west) * narrow, 1e-9)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (
            _MAP_MARGIN + (point[0] - west) * narrow * scale,
            _MAP_MARGIN + (north - point[1]) * scale,
        )

    found = []
    for area in drawn:
        rings = [[place(point) for point in ring] for ring in area.rings]
        outline = "".join(
            "M" + " ".join(f"{px:.0f},{py:.0f}" for px, py in ring) + "z" for ring in rings
        )
        middle = _middle(max(rings, key=lambda ring: abs(_surface(ring))))
        found.append(Placed(area, outline, *middle))
    return tuple(found), (north - south) * scale + 2 * _MAP_MARGIN


def region_map(areas: Sequence[Area], title: str) -> SafeString:
    """The areas, darker for a higher number; a list to who cannot see it.

    Gives nothing when no area has an outline.
    """
    drawn, height = laid_out(areas)
    if not drawn:
        return SafeString("")
    most = max(placed.area.number for placed in drawn)
    shapes = []
    for placed in drawn:
        area, level = placed.area, _level(placed.area.number, most)
        shapes.append(
            (
                area.link,
                area.says,
                level + 1,
                MAP_TINTS[level],
                placed.outline,
                f"{placed.x:.0f}",
                f"{placed.y - 4:.0f}",
                area.name,
                f"{placed.x:.0f}",
                f"{placed.y + 18:.0f}",
                area.number,
            )
        )
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="list" aria-label="{}">{}</svg>',
        MAP_WIDTH,
        f"{height:.0f}",
        title,
        format_html_join(
            "",
            '<g role="listitem"><a href="{}" aria-label="{}"><path class="area area-{}" fill="{}" '
            'stroke="#f6f1e7" stroke-width="2.5" d="{}"/>'
            '<text class="area-name" x="{}" y="{}" fill="#ffffff" text-anchor="middle">{}</text> '
            '<text class="area-number" x="{}" y="{}" fill="#ffffff" text-anchor="middle">{}</text>'
            "</a></g>",
            shapes,
        ),
    )


def _level(number: int, most: int) -> int:
    """Which of the three tints: thirds of the highest number."""
    return min(2, number * 3 // (most + 1)) if most else 0


def _surface(ring: Sequence[tuple[float, float]]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Centre of gravity; of a ring without surface its first point."""
    surface = _surface(ring)
    if not surface:
        return ring[0]
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = ax * by - bx * ay
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    return x / (6 * surface), y / (6 * surface)


@dataclass(frozen=True)
class Stream:
    """One end of a flow: its name, amount in cents and in words, and where it leads to.

    `filled` is the part of it that is used already, in cents.
    """

    name: str
    amount: int
    written: str
    link: str
    tone: Tone
    note: str = ""
    filled: int = 0


@dataclass(frozen=True)
class _Band:
    """A stream as drawn: from `top`, `thick` high, and its place along the middle bar."""

    stream: Stream
    top: float
    thick: float
    joined: float


@dataclass(frozen=True)
class _Frame:
    """Sizes of a flow drawing: the wide one has names beside it, the narrow one above each band.

    `height` is what all money together is high; `label` is the room a name needs.
    """

    name: str
    width: int
    height: int
    start: int
    middle: int
    end: int
    gap: int
    label: int
    beside: bool


_WIDE = _Frame("wide-only", 1120, 300, 236, 548, 850, 12, 30, beside=True)
_NARROW = _Frame("narrow-only", 360, 320, 0, 172, 350, 48, 62, beside=False)


def flow(
    giving: Sequence[Stream],
    grouped: Sequence[Stream],
    taking: Sequence[Stream],
    middle: str,
    title: str,
) -> SafeString:
    """From who gives, through the deal, to what it is for; as thick as the amounts.

    The narrow drawing shows the givers `grouped`. Gives nothing when one side has no money.
    """
    if not sum(s.amount for s in giving) or not sum(s.amount for s in taking):
        return SafeString("")
    return format_html(
        "{}{}",
        _drawing(_WIDE, giving, taking, middle, title),
        _drawing(_NARROW, grouped, taking, middle, title),
    )


def _drawing(
    frame: _Frame, giving: Sequence[Stream], taking: Sequence[Stream], middle: str, title: str
) -> SafeString:
    most = max(sum(s.amount for s in giving), sum(s.amount for s in taking))
    top = 40
    thickness = frame.height / most
    left = _bands(giving, thickness, frame, top)
    right = _bands(taking, thickness, frame, top)
    height = max(b.top + b.thick for b in (*left, *right)) + frame.gap
    body = [_side(band, frame, thickness, leaving=False) for band in left]
    body += [_side(band, frame, thickness, leaving=True) for band in right]
    # Names last, so that no band runs over them.
    body += [_label(band, frame, leaving=False) for band in left]
    body += [_label(band, frame, leaving=True) for band in right]
    bar = format_html(
        '<rect class="fill-accent" fill="#6b2c70" x="{}" y="{}" width="10" height="{}"/>'
        '<text class="strong-text" fill="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        frame.middle,
        top,
        f"{most * thickness:.1f}",
        INK,
        frame.middle + 5,
        top - 14,
        middle,
    )
    return format_html(
        '<svg class="chart flow {}" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>',
        frame.name,
        frame.width,
        f"{height:.0f}",
        title,
        format_html_join("", "{}", ((part,) for part in body)),
        bar,
    )


def _bands(streams: Sequence[Stream], thickness: float, frame: _Frame, top: float) -> list[_Band]:
    found, joined = [], top
    cursor: float = top if frame.beside else top + 40
    for stream in streams:
        thick = stream.amount * thickness
        found.append(_Band(stream, cursor, thick, joined))
        second_line = 14 if stream.note and frame.beside else 0
        cursor += max(thick + frame.gap, frame.label + second_line)
        joined += thick
    return found


def _side(band: _Band, frame: _Frame, thickness: float, *, leaving: bool) -> SafeString:
    """A band with its block, left (what comes in) or right (what goes out)."""
    stream = band.stream
    near, far = (frame.middle + 10, frame.end) if leaving else (frame.middle, frame.start + 10)
    bend = (near + far) / 2
    at, end = band.joined, band.top
    outline = (
        f"M{near} {at:.1f}C{bend:.0f} {at:.1f} {bend:.0f} {end:.1f} {far} {end:.1f}"
        f"v{band.thick:.1f}C{bend:.0f} {end + band.thick:.1f} {bend:.0f} {at + band.thick:.1f} "
        f"{near} {at + band.thick:.1f}z"
    )
    block = frame.end if leaving else frame.start
    filled = stream.filled * thickness if leaving else band.thick
    return format_html(
        '<g class="{}"><path class="fill-tint" fill="{}" d="{}"/>'
        '<rect class="fill-tint-strong" fill="{}" x="{}" y="{}" width="10" height="{}"/>'
        '<rect class="fill-tone" fill="{}" x="{}" y="{}" width="10" height="{}"/></g>',
        stream.tone.name,
        stream.tone.tint,
        outline,
        stream.tone.tint,
        block,
        f"{end:.1f}",
        f"{max(band.thick, 1.5):.1f}",
        stream.tone.colour,
        block,
        f"{end:.1f}",
        f"{max(filled, 1.5 if stream.filled else 0):.1f}",
    )


def _label(band: _Band, frame: _Frame, *, leaving: bool) -> SafeString:
    stream = band.stream
    if frame.beside:
        x = frame.end + 22 if leaving else frame.start - 12
        y = band.top + max(band.thick / 2, 4) + (0 if stream.note else 5)
        anchor = "start" if leaving else "end"
    else:
        x = frame.width if leaving else 0
        y = band.top - 24
        anchor = "end" if leaving else "start"
    below = stream.note or ("" if frame.beside else stream.written)
    note = SafeString("")
    if below:
        note = format_html(
            '<text class="soft-text" x="{}" y="{}" text-anchor="{}">{}</text>',
            x,
            f"{y + 17:.1f}",
            anchor,
            below,
        )
    return format_html(
        '<a href="{}"><text x="{}" y="{}" text-anchor="{}"><tspan class="strong-text">{}</tspan>'
        " <tspan>{}</tspan></text></a>{}",
        stream.link,
        x,
        f"{y:.1f}",
        anchor,
        stream.name,
        stream.written if frame.beside or stream.note else "",
        note,
    )
