"""An indicator through the years, beside the mean of others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from noaber.documents.drawing.colours import GREY, INK, Tone
from noaber.documents.drawing.lines import (
    SMALL,
    End,
    chart,
    end_labels,
    label_room,
    scale_lines,
)
from noaber.documents.drawing.svg import NOTHING, Svg, circle, path, stroke, text_width, words

_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_TICKS = 5


@dataclass(frozen=True)
class Pair:
    """A year with its value and the one beside it; None where there is none."""

    year: int
    value: Decimal | None
    beside: Decimal | None


def two_lines(
    pairs: Sequence[Pair],
    *,
    tone: Tone,
    names: tuple[str, str],
    written: Callable[[Decimal], str],
    start: tuple[int, str] | None = None,
    says: str = "",
) -> Svg:
    """The values as a full line, those beside them as a broken one; the scale fits the values.

    `names` are of the two lines; `start` is a year with a label, marked. Gives nothing for fewer
    than two years with a value.
    """
    mine = [(p.year, p.value) for p in pairs if p.value is not None]
    theirs = [(p.year, p.beside) for p in pairs if p.beside is not None]
    if len(mine) < 2:
        return NOTHING
    size = SMALL
    ticks = _ticks([value for _, value in (*mine, *theirs)])
    low, high = ticks[0], ticks[-1]
    first, last = pairs[0].year, pairs[-1].year
    left = max(text_width(written(t), size.text) for t in ticks) + 10
    right = size.width - max(label_room(name, size) for name in names)
    top, base = size.text * 1.2, size.height - size.text * 2.2

    def x(year: int) -> float:
        return left + (year - first) * (right - left) / (last - first)

    def y(value: Decimal) -> float:
        return float(base - float((value - low) / (high - low)) * (base - top))

    def line(points: Sequence[tuple[int, Decimal]]) -> str:
        """A line through neighbouring years; where a year is missing it starts anew."""
        drawn, before = "", None
        for year, value in points:
            drawn += path("L" if before == year - 1 else "M", x(year), y(value))
            before = year
        return drawn

    shapes = scale_lines([(y(t), written(t)) for t in ticks], left, right, size)
    if start and first < start[0] <= last:
        at = (x(start[0]) + 6, base - 8)
        shapes.append(
            stroke(path("M", at[0] - 6, top - 8, "V", base), INK, 1, "ink-line", dashes="2 4")
        )
        shapes.append(words(start[1], at, size.text, GREY, "soft-text"))
    shapes.append(stroke(line(theirs), GREY, 2, "line-ink-soft", dashes="7 5"))
    shapes.append(stroke(line(mine), tone.colour, 3, "line-tone"))
    shapes += [circle((x(year), y(value)), 3.5, tone.colour, "fill-tone") for year, value in mine]
    for year in range(first, last + 1, max(1, (last - first) // 3)):
        at = (x(year), base + size.text * 1.7)
        shapes.append(words(str(year), at, size.text, GREY, "soft-text", anchor="middle"))
    ends = [End(y(mine[-1][1]), names[0], strong=True)]
    ends += [End(y(theirs[-1][1]), names[1])] if theirs else []
    shapes += end_labels(ends, right, size)
    return chart(shapes, tone, "two-lines", says, size)


def _ticks(values: Sequence[Decimal]) -> list[Decimal]:
    """Round heights just outside the values."""
    lowest, highest = min(values), max(values)
    span = max(highest - lowest, Decimal("0.1"))
    step = Decimal(1).scaleb(span.adjusted() - 1)
    tried = (factor * step * tens for tens in (1, 10, 100) for factor in _STEPS)
    chosen = next(size for size in tried if span / size <= _TICKS - 1)
    from_ = lowest // chosen * chosen
    ticks: list[Decimal] = []
    if from_ > lowest:  # Decimal divides towards zero.
        from_ -= chosen
    while not ticks or ticks[-1] < highest:
        ticks.append(from_ + len(ticks) * chosen)
    return ticks if len(ticks) > 1 else [*ticks, ticks[0] + chosen]
