"""Bars and columns of amounts in cents; each stands beside a table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.core.notation import amount, percent
from noaber.documents.drawing import scale
from noaber.documents.drawing.colours import GREY, INK, LINE, WHITE, Tone, readable_on
from noaber.documents.drawing.svg import (
    NOTHING,
    Point,
    Svg,
    drawing,
    path,
    rectangle,
    shortened,
    stroke,
    tag,
    text_width,
    words,
)

_WIDTH = 1000
_NAME = 9.5
_STRIPE = 8.0


@dataclass(frozen=True)
class Bar:
    """A budget with what is awarded and reserved of it; the rest is free."""

    name: str
    tone: Tone
    allocated: int
    awarded: int
    reserved: int = 0

    @property
    def extent(self) -> int:
        """How far it reaches: past its allocation when more was awarded."""
        return max(self.allocated, self.awarded + self.reserved)


@dataclass(frozen=True)
class Stack:
    """Amounts stacked in one column, from below; `subtitle` stands under its name."""

    name: str
    subtitle: str
    parts: tuple[tuple[Tone, int], ...]
    current: bool = False


def budget_bar(bar: Bar, largest: int, says: str) -> Svg:
    """One bar as wide as there is room; `largest` is what the whole width stands for."""
    shapes = _bar(bar, (0, 0), 24, _WIDTH / largest if largest else 0)
    return drawing(
        _WIDTH, 24, *shapes, classes=f"bar {bar.tone.name}", role="img",
        says=f"{bar.name}: {says}", stretched=True,
    )  # fmt: skip


def budget_bars(bars: Sequence[Bar], *, width: float = 500) -> Svg:
    """All bars under each other on one axis, with their names."""
    names = [shortened(bar.name, width * 0.36, _NAME) for bar in bars]
    label = max(text_width(name, _NAME) for name in names) + 10
    row = 28 if len(bars) <= 4 else 22
    thick = row * 0.55
    top = max(bar.extent for bar in bars) or scale.MILLION
    step = scale.step(top)
    end = -(-top // step) * step
    room, high = width - label - 18, row * len(bars)
    shapes = []
    for height in range(0, end + 1, step):
        x = label + room * height / end
        said = scale.tick(height, step, unit=height == end)
        shapes.append(stroke(path("M", x, 0, "V", high), LINE, 0.6, "grid-line"))
        shapes.append(words(said, (x, high + 12), 7.5, GREY, "soft-text", anchor="middle"))
    for index, (bar, name) in enumerate(zip(bars, names, strict=True)):
        y = row * index + (row - thick) / 2
        drawn = _bar(bar, (label, y), thick, room / end, stripe=_STRIPE / 2)
        called = words(name, (0, y + thick * 0.67), _NAME, bar.tone.colour, "text-tone", weight=600)
        shapes.append(tag("g", called, *drawn, *_share(bar, (label, y), thick, room / end),
                          class_=bar.tone.name))  # fmt: skip
    return drawing(width, high + 18, *shapes, classes="chart")


def _bar(bar: Bar, at: Point, thick: float, unit: float, *, stripe: float = _STRIPE) -> list[Svg]:
    """Awarded full, reserved striped, what is left as a tint; past its end a line at the allocation.

    Stripes stand upright, so that a bar that is stretched keeps them.
    """
    x, y = at
    tone, full = bar.tone, bar.awarded * unit
    whole = max(bar.allocated, 0) * unit
    shapes = [rectangle(at, whole, thick, tone.tint, "fill-tint")]
    count = int((bar.reserved * unit - stripe * 0.6) // stripe) + 1
    if bar.reserved > 0 and count > 0:
        steps = [path("M", x + full + stripe * (n + 0.6), y, "v", thick) for n in range(count)]
        shapes.append(stroke(" ".join(steps), tone.colour, stripe / 2, "line-tone"))
    shapes.append(rectangle(at, full, thick, tone.colour, "fill-tone"))
    if bar.awarded + bar.reserved > bar.allocated:
        shapes.append(stroke(path("M", x + whole, y, "v", thick), INK, stripe / 3, "ink-line"))
    return shapes


def _share(bar: Bar, at: Point, thick: float, unit: float) -> list[Svg]:
    """How much of it is awarded, within the bar when there is room."""
    share = percent(bar.awarded, bar.allocated) if bar.allocated else ""
    if not share or bar.awarded * unit < text_width(share, 8.5) + 12:
        return []
    place = (at[0] + 6, at[1] + thick * 0.7)
    return [words(share, place, 8.5, readable_on(bar.tone.colour), "on-tone", weight=600)]


def cell_bar(value: int, largest: int, tone: Tone) -> Svg:
    """A small bar under a number of a matrix, from the right; all of one scale."""
    width = max(value, 0) * 100 / largest if largest else 0
    bar = rectangle((100 - width, 0), width, 4, tone.colour, "fill-tone")
    return drawing(100, 4, bar, classes=f"cell-bar {tone.name}", role="none", stretched=True)


def parts_bar(values: Sequence[int], tone: Tone) -> Svg:
    """The parts of a sum beside each other, each next one lighter."""
    total = sum(values)
    blocks, left = [], 0.0
    for index, part in enumerate(values):
        width = part * _WIDTH / total
        blocks.append(_part(left, max(width - 3, 1), 40, _fullness(index, len(values)), tone))
        left += width
    return drawing(
        _WIDTH, 40, *blocks, classes=f"parts-bar {tone.name}", role="none", stretched=True
    )


def key(index: int, count: int, tone: Tone) -> Svg:
    """The small square that says which part of a bar a row is."""
    block = _part(0, 14, 14, _fullness(index, count), tone)
    return drawing(14, 14, block, classes=f"key {tone.name}", role="none")


def _part(left: float, width: float, high: float, full: float, tone: Tone) -> Svg:
    return tag(
        "rect", class_="fill-tone", x=left, width=width, height=high, fill=tone.colour,
        fill_opacity=f"{full:.2f}",
    )  # fmt: skip


def _fullness(index: int, count: int) -> float:
    """How full the colour of a part is: the first entirely, the last still visible."""
    return 1 - 0.6 * index / max(count - 1, 1)


def stacked_columns(stacks: Sequence[Stack], *, width: float = 500) -> Svg:
    """A column per stack with its total above it."""
    high, left = 74.0, 34.0
    base = high + 16
    totals = [sum(part for _, part in stack.parts) for stack in stacks]
    top = max(totals) or scale.MILLION
    step = scale.step(top)
    end = -(-top // step) * step
    shapes = []
    for height in range(0, end + 1, step):
        y = base - high * height / end
        said = scale.tick(height, step, unit=height == end)
        shapes.append(stroke(path("M", left, y, "H", width), LINE, 0.6, "grid-line"))
        shapes.append(words(said, (left - 6, y + 3), 7.5, GREY, "soft-text", anchor="end"))
    slot = (width - left) / len(stacks)
    for index, (stack, total) in enumerate(zip(stacks, totals, strict=True)):
        said = scale.short(total) if scale.in_millions(totals) else amount(total)
        at = (left + slot * (index + 0.5), base)
        shapes += _column(stack, said, at, min(46.0, slot * 0.6), high / end)
    shapes.append(stroke(path("M", left, base, "H", width), INK, 0.8, "ink-line"))
    return drawing(width, base + 30, *shapes, classes="chart")


def _column(stack: Stack, total: str, at: Point, wide: float, unit: float) -> list[Svg]:
    middle, base = at
    weight = 700 if stack.current else 400
    shapes, y = [], base
    for tone, part in stack.parts:
        y -= part * unit
        if part:
            block = rectangle((middle - wide / 2, y), wide, part * unit, tone.colour, "fill-tone")
            gap = stroke(path("M", middle - wide / 2, y, "h", wide), WHITE, 0.8)
            shapes.append(tag("g", block, gap, class_=tone.name))
    plate = text_width(total, 8.5) + 4
    above = (middle, y - 4)
    shapes.append(rectangle((middle - plate / 2, y - 13), plate, 11, WHITE, "fill-paper"))
    shapes.append(words(total, above, 8.5, INK, weight=weight, anchor="middle"))
    shapes.append(words(stack.name, (middle, base + 13), 8.5, INK, weight=weight, anchor="middle"))
    under = words(stack.subtitle, (middle, base + 24), 7.5, GREY, "soft-text", anchor="middle")
    return [*shapes, under if stack.subtitle else NOTHING]
