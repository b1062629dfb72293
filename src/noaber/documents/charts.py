"""Charts of amounts in cents; each stands beside a table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.core.notation import amount, percent
from noaber.documents import svg
from noaber.documents.colours import GREY, INK, LINE, WHITE, mix, readable_on

_MILLION = 1_000_000_00
_TENTH = _MILLION // 10
_STEPS = (1, 2, 5)
_SMALLEST_STEP = 1_000_00
_NAME = 9.5


@dataclass(frozen=True)
class Bar:
    """A budget with what is awarded and reserved of it; the rest is free."""

    name: str
    colour: str
    allocated: int
    awarded: int
    reserved: int


@dataclass(frozen=True)
class Stack:
    """Amounts stacked in one column, from below; `subtitle` stands under its name."""

    name: str
    subtitle: str
    parts: tuple[tuple[str, int], ...]
    current: bool = False


def budget_bars(bars: Sequence[Bar], *, width: float = 500) -> str:
    """A bar per budget: awarded filled, reserved hatched, the rest empty."""
    names = [_shortened(bar.name, width * 0.36) for bar in bars]
    label = max(svg.text_width(name, _NAME) for name in names) + 10
    row = 28 if len(bars) <= 4 else 22
    thick = row * 0.55
    top = max(max(bar.allocated, bar.awarded + bar.reserved) for bar in bars) or _MILLION
    step = _step(top)
    end = -(-top // step) * step
    room = width - label - 18
    high = row * len(bars)
    shapes = []
    for tick in range(0, end + 1, step):
        x = label + room * tick / end
        shapes.append(svg.line((x, 0), (x, high), LINE))
        shapes.append(svg.words(_tick(tick, step, last=tick == end), (x, high + 12), 7.5, GREY))
    for index, (bar, name) in enumerate(zip(bars, names, strict=True)):
        y = row * index + (row - thick) / 2
        at = (0.0, y + thick * 0.67)
        shapes.append(svg.words(name, at, _NAME, bar.colour, weight=600, anchor="start"))
        shapes.extend(_bar(bar, (label, y), thick, room / end))
    return svg.drawing(width, high + 18, shapes)


def _bar(bar: Bar, at: svg.Point, thick: float, scale: float) -> list[str]:
    x, y = at
    awarded, reserved = bar.awarded * scale, bar.reserved * scale
    shapes = [
        svg.rectangle(at, bar.allocated * scale, thick, WHITE, stroke=bar.colour),
    ]
    if reserved:
        light = mix(bar.colour, 16)
        shapes.append(svg.rectangle((x + awarded, y), reserved, thick, light, stroke=bar.colour))
        shapes.extend(_hatch(x + awarded, y, reserved, thick, bar.colour))
    if awarded:
        shapes.append(svg.rectangle(at, awarded, thick, bar.colour, stroke=bar.colour))
    share = percent(bar.awarded, bar.allocated) if bar.allocated else ""
    if share and awarded > svg.text_width(share, 8.5) + 12:
        colour = readable_on(bar.colour)
        at = (x + 6, y + thick * 0.66)
        shapes.append(svg.words(share, at, 8.5, colour, weight=600, anchor="start"))
    return shapes


def _hatch(x: float, y: float, width: float, height: float, stroke: str) -> list[str]:
    """Slanting lines within a rectangle."""
    found = []
    offset = 5.0
    while offset < width + height:
        start = (x + min(offset, width), y + max(0.0, offset - width))
        end = (x + max(0.0, offset - height), y + min(offset, height))
        found.append(svg.line(start, end, stroke, 0.5))
        offset += 5.0
    return found


def stacked_columns(stacks: Sequence[Stack], *, width: float = 500) -> str:
    """A column per stack with its total above it."""
    high, left = 74.0, 34.0
    totals = [sum(part for _, part in stack.parts) for stack in stacks]
    top = max(totals) or _MILLION
    step = _step(top)
    end = -(-top // step) * step
    base = high + 16
    shapes = []
    for tick in range(0, end + 1, step):
        y = base - high * tick / end
        shapes.append(svg.line((left, y), (width, y), LINE))
        shapes.append(
            svg.words(
                _tick(tick, step, last=tick == end), (left - 6, y + 3), 7.5, GREY, anchor="end"
            )
        )
    slot = (width - left) / len(stacks)
    wide = min(46.0, slot * 0.6)
    for index, (stack, total) in enumerate(zip(stacks, totals, strict=True)):
        middle = left + slot * (index + 0.5)
        y = base
        for colour, part in stack.parts:
            tall = high * part / end
            if part:
                shapes.append(
                    svg.rectangle((middle - wide / 2, y - tall), wide, tall, colour, stroke=WHITE)
                )
            y -= tall
        weight = 700 if stack.current else 400
        above = _short(total) if step >= _TENTH else amount(total)
        plate = svg.text_width(above, 8.5) + 4
        shapes.append(svg.rectangle((middle - plate / 2, y - 13), plate, 11, WHITE))
        shapes.append(svg.words(above, (middle, y - 4), 8.5, INK, weight=weight))
        shapes.append(svg.words(stack.name, (middle, base + 13), 8.5, INK, weight=weight))
        shapes.append(svg.words(stack.subtitle, (middle, base + 24), 7.5, GREY))
    shapes.append(svg.line((left, base), (width, base), INK, 0.8))
    return svg.drawing(width, base + 30, shapes)


def in_millions(amounts: Sequence[int]) -> bool:
    """Whether a chart of these amounts counts in millions of euros, or in euros."""
    return _step(max(amounts, default=0) or _MILLION) >= _TENTH


def _short(cents: int) -> str:
    """An amount as short as it can be: in millions to a tenth, a small one in whole euros."""
    if cents < _TENTH // 2:
        return amount(cents // 100 * 100)
    tenths = (2 * cents + _TENTH) // (2 * _TENTH)
    return f"{tenths // 10},{tenths % 10}"


def _tick(cents: int, step: int, *, last: bool) -> str:
    if step < _TENTH or not cents:
        return amount(cents)
    tenths = cents // _TENTH
    text = str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"
    return f"{text}\u00a0mln" if last else text


def _shortened(name: str, width: float) -> str:
    """The name, cut off where it is too wide; the table beside a chart has it in full."""
    if svg.text_width(name, _NAME) <= width:
        return name
    while name and svg.text_width(f"{name}…", _NAME) > width:
        name = name[:-1].rstrip()
    return f"{name}…"


def _step(top: int) -> int:
    """A round step that divides the axis in three to six parts."""
    unit = _SMALLEST_STEP
    while True:
        for factor in _STEPS:
            if top <= 5 * factor * unit:
                return factor * unit
        unit *= 10
