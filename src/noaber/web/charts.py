"""Charts as SVG: colours as presentation attributes, so that a drawing stands by itself, and as
classes, so that a style sheet can change them. The table with the figures is always near.

Sizes are in units of the drawing's view box; amounts in cents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK = "#1f2328"
SOFT = "#565a61"
LINE = "#d9d3c7"
WIDTH = 1000

_MARKS = {
    "square": SafeString('<rect x="1" y="1" width="14" height="14"/>'),
    "house": SafeString('<path d="M8 0.5 15.5 7v8.5h-15V7z"/>'),
    "circle": SafeString('<circle cx="8" cy="8" r="7.5"/>'),
    "triangle": SafeString('<path d="M8 1 16 15H0z"/>'),
    "diamond": SafeString('<path d="M8 0 16 8 8 16 0 8z"/>'),
    "hexagon": SafeString('<path d="M4 1h8l4 7-4 7H4L0 8z"/>'),
    "star": SafeString(
        '<path d="m8 0 2.2 5.4 5.8.4-4.4 3.8 1.4 5.7L8 12.2 3 15.3l1.4-5.7L0 5.8l5.8-.4z"/>'
    ),
    "cross": SafeString('<path d="M5 0h6v5h5v6h-5v5H5v-5H0V5h5z"/>'),
}


@dataclass(frozen=True)
class Tone:
    """How a pillar is coloured: its class, and its colour and tint where no style sheet is."""

    name: str
    colour: str
    tint: str


def mark(shape: str) -> SafeString:
    """A pillar's mark; an unknown shape is a square."""
    return format_html(
        '<svg class="mark" viewBox="0 0 16 16" width="13" height="13" aria-hidden="true" '
        'focusable="false" fill="currentColor">{}</svg>',
        _MARKS.get(shape, _MARKS["square"]),
    )


def budget_bar(
    *, awarded: int, reserved: int, allocated: int, largest: int, tone: Tone, name: str, says: str
) -> SafeString:
    """One pillar: awarded full, reserved hatched, what is left as a tint; with a line at the
    allocation when more was awarded. `largest` is what the whole width stands for.
    """
    scale = WIDTH / largest if largest else 0
    full, held = awarded * scale, reserved * scale
    strokes = " ".join(f"M{full + x:.1f} 0v24" for x in range(5, int(held), 8))
    limit = format_html(
        '<path class="ink-line" stroke="{}" stroke-width="3" d="M{} 0v24"/>',
        INK,
        f"{allocated * scale:.1f}",
    )
    return format_html(
        '<svg class="bar {}" viewBox="0 0 {} 24" preserveAspectRatio="none" role="img" '
        'aria-label="{}: {}">'
        '<rect class="fill-tint" fill="{}" width="{}" height="24"/>'
        '<path class="line-tone" stroke="{}" stroke-width="4" d="{}"/>'
        '<rect class="fill-tone" fill="{}" width="{}" height="24"/>{}</svg>',
        tone.name,
        WIDTH,
        name,
        says,
        tone.tint,
        f"{max(allocated, 0) * scale:.1f}",
        tone.colour,
        strokes,
        tone.colour,
        f"{full:.1f}",
        limit if awarded + reserved > allocated else "",
    )


def cell_bar(value: int, largest: int, tone: Tone) -> SafeString:
    """A small bar under a number of a matrix, from the right; all of one scale."""
    width = max(value, 0) * 100 / largest if largest else 0
    return format_html(
        '<svg class="cell-bar {}" viewBox="0 0 100 4" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false"><rect class="fill-tone" fill="{}" x="{}" '
        'width="{}" height="4"/></svg>',
        tone.name,
        tone.colour,
        f"{100 - width:.2f}",
        f"{width:.2f}",
    )


def parts_bar(values: Sequence[int], tone: Tone) -> SafeString:
    """The parts of a sum beside each other, each next one lighter."""
    total = sum(values)
    blocks, left = [], 0.0
    for index, part in enumerate(values):
        width = part * WIDTH / total
        blocks.append(
            (f"{left:.1f}", f"{max(width - 3, 1):.1f}", tone.colour, shade(index, len(values)))
        )
        left += width
    return format_html(
        '<svg class="parts-bar {}" viewBox="0 0 {} 40" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">{}</svg>',
        tone.name,
        WIDTH,
        format_html_join(
            "",
            '<rect class="fill-tone" x="{}" width="{}" height="40" fill="{}" fill-opacity="{}"/>',
            blocks,
        ),
    )


def key(index: int, count: int, tone: Tone) -> SafeString:
    """The small square that says which part of a bar a row is."""
    return format_html(
        '<svg class="key {}" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" '
        'focusable="false"><rect class="fill-tone" width="14" height="14" fill="{}" '
        'fill-opacity="{}"/></svg>',
        tone.name,
        tone.colour,
        shade(index, count),
    )


def shade(index: int, count: int) -> str:
    """How full the colour of a part is: the first entirely, the last still visible."""
    return f"{1 - 0.6 * index / max(count - 1, 1):.2f}"


@dataclass(frozen=True)
class Point:
    """A value from a day on, as the chart labels it."""

    on: date
    value: int
    label: str


def step_line(
    points: Sequence[Point],
    *,
    tone: Tone,
    title: str,
    says: str,
    ticks: Sequence[tuple[int, str]],
    until: date | None = None,
    limit: tuple[int, str] | None = None,
) -> SafeString:
    """A value that changes on certain days, from zero; `ticks` are heights with their labels.

    `limit` is a height with a label, drawn as a broken line. Gives nothing for no points.
    """
    if not points:
        return SafeString("")
    wide, high, left, right, top, foot = 680, 340, 64, 104, 28, 36
    first, last = points[0].on, max(until or points[-1].on, points[-1].on)
    days = max((last - first).days, 1)
    tallest = max([p.value for p in points] + [h for h, _ in ticks] + ([limit[0]] if limit else []))
    tallest = max(tallest, 1)

    def x(on: date) -> float:
        return left + (on - first).days * (wide - left - right) / days

    def y(height: int) -> float:
        return high - foot - height * (high - top - foot) / tallest

    path = f"M{x(first):.1f} {y(0):.1f}"
    for point in points:
        path += f"H{x(point.on):.1f}V{y(point.value):.1f}"
    path += f"H{x(last):.1f}"
    end = points[-1]
    lines = format_html_join(
        "",
        '<path class="grid-line" stroke="{}" d="M{} {}H{}"/>'
        '<text class="soft-text" fill="{}" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LINE, left, f"{y(h):.1f}", wide - right, SOFT, left - 10, f"{y(h) + 5:.1f}", text)
            for h, text in ticks
        ),
    )
    years = format_html_join(
        "",
        '<path class="ink-line" stroke="{}" d="M{} {}v6"/>'
        '<text class="soft-text" fill="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (INK, f"{x(day):.1f}", high - foot, SOFT, f"{x(day):.1f}", high - 8, day.year)
            for day in _years(first, last)
        ),
    )
    dots = format_html_join(
        "",
        '<circle class="fill-tone" fill="{}" cx="{}" cy="{}" r="4"/>',
        ((tone.colour, f"{x(p.on):.1f}", f"{y(p.value):.1f}") for p in points),
    )
    ceiling = SafeString("")
    if limit:
        ceiling = format_html(
            '<path class="ink-line" stroke="{}" stroke-width="1.5" stroke-dasharray="6 5" '
            'd="M{} {}H{}"/><text class="strong-text" fill="{}" x="{}" y="{}">{}</text>',
            INK,
            left,
            f"{y(limit[0]):.1f}",
            wide - right,
            INK,
            left,
            f"{y(limit[0]) - 9:.1f}",
            limit[1],
        )
    return format_html(
        '<svg class="chart line-chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}: {}">'
        '{}<path class="fill-tint" fill="{}" d="{}V{}H{}z"/>{}'
        '<path class="line-tone" fill="none" stroke="{}" stroke-width="3" stroke-linejoin="round" '
        'd="{}"/>{}<path class="ink-line" stroke="{}" d="M{} {}H{}"/>{}'
        '<text class="strong-text" fill="{}" x="{}" y="{}">{}</text></svg>',
        tone.name,
        wide,
        high,
        title,
        says,
        lines,
        tone.tint,
        path,
        f"{y(0):.1f}",
        f"{x(first):.1f}",
        ceiling,
        tone.colour,
        path,
        dots,
        INK,
        left,
        f"{y(0):.1f}",
        wide - right,
        years,
        INK,
        f"{x(last) + 10:.1f}",
        f"{y(end.value) + 5:.1f}",
        end.label,
    )


def _years(first: date, last: date) -> list[date]:
    """The first days of years between two days; of many years not all."""
    years = range(first.year + 1, last.year + 1)
    step = max(1, len(years) // 8 + 1)
    return [date(year, 1, 1) for year in years[::step]]
