"""Steps through time: how an amount went up, with the parts it consists of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from noaber.documents.drawing.colours import GREY, INK, Tone
from noaber.documents.drawing.lines import (
    NARROW,
    PRINT,
    WIDE,
    End,
    Size,
    chart,
    end_labels,
    label_room,
    scale_lines,
)
from noaber.documents.drawing.svg import (
    NOTHING,
    Svg,
    circle,
    path,
    shape,
    stroke,
    tag,
    text_width,
    words,
)


def in_both(drawn: Callable[[Size], Svg]) -> Svg:
    """The chart wide and narrow; the style sheet shows the one that fits."""
    return Svg(drawn(WIDE) + drawn(NARROW))


@dataclass(frozen=True)
class Point:
    """A value from a day on."""

    on: date
    value: int


@dataclass(frozen=True)
class Series:
    """A value that changes on certain days; `label` stands at its end, with a `mark` if it has one."""

    points: tuple[Point, ...]
    tone: Tone
    label: str
    mark: str = ""


def step_line(
    total: Series,
    parts: Sequence[Series] = (),
    *,
    ticks: Sequence[tuple[int, str]],
    until: date | None = None,
    limit: tuple[int, str] | None = None,
    says: str = "",
    size: Size = PRINT,
) -> Svg:
    """A total as steps from zero, and its parts as thinner ones; `ticks` are heights with words.

    `limit` is a height with a label, drawn as a broken line. Gives nothing for no points.
    """
    if not total.points:
        return NOTHING
    left = max([text_width(text, size.text) for _, text in ticks] + [20]) + 10
    right = size.width - max(
        label_room(s.label, size, marked=bool(s.mark)) for s in (total, *parts)
    )
    top, base = size.text * (2 if limit else 1.2), size.height - size.text * 2.2
    last = max(until or total.points[-1].on, total.points[-1].on)
    first = total.points[0].on
    days = max((last - first).days, 1)
    values = [p.value for p in total.points] + [h for h, _ in ticks]
    tallest = max([*values, limit[0] if limit else 1, 1])

    def x(on: date) -> float:
        return left + (on - first).days * (right - left) / days

    def y(height: int) -> float:
        return base - height * (base - top) / tallest

    def steps(points: Sequence[Point]) -> str:
        found = path("M", x(points[0].on), base)
        for point in points:
            found += path("H", x(point.on), "V", y(point.value))
        return found + path("H", right)

    shapes = scale_lines([(y(h), text) for h, text in ticks], left, right, size)
    shapes.append(
        shape(steps(total.points) + path("V", base, "H", left, "z"), total.tone.tint, "fill-tint")
    )
    if limit:
        shapes.append(
            stroke(path("M", left, y(limit[0]), "H", right), INK, 1.5, "ink-line", dashes="6 5")
        )
        above = (left, y(limit[0]) - size.text * 0.6)
        shapes.append(words(limit[1], above, size.text, INK, "strong-text", weight=600))
    for part in parts:
        line = stroke(steps(part.points), part.tone.colour, 1.8, "line-tone")
        shapes.append(tag("g", line, class_=part.tone.name))
    shapes.append(stroke(steps(total.points), total.tone.colour, 3, "line-tone"))
    shapes += [
        circle((x(p.on), y(p.value)), 4, total.tone.colour, "fill-tone") for p in total.points
    ]
    shapes.append(stroke(path("M", left, base, "H", right), INK, 1, "ink-line"))
    for day in _new_years(first, last, 4 if size is NARROW else 8):
        shapes.append(stroke(path("M", x(day), base, "v", 6), INK, 1, "ink-line"))
        below = (x(day), base + size.text * 1.7)
        shapes.append(words(str(day.year), below, size.text, GREY, "soft-text", anchor="middle"))
    ends = [End(y(total.points[-1].value), total.label, strong=True)]
    ends += [End(y(s.points[-1].value), s.label, mark=s.mark, tone=s.tone) for s in parts]
    shapes += end_labels(ends, right, size)
    return chart(shapes, total.tone, "line-chart", says, size)


def _new_years(first: date, last: date, most: int) -> list[date]:
    """The first days of years between two days; of many years not all."""
    years = range(first.year + 1, last.year + 1)
    return [date(year, 1, 1) for year in years[:: len(years) // most + 1]]
