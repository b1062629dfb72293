"""A line through the years beside another, as SVG; see `charts` for how colours are given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from noaber.web.charts import INK, LINE, SOFT, Tone
from noaber.web.language import text

_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _FOOT = 540, 260, 62, 104, 16, 34
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
    title: str,
    says: str,
    written: Callable[[Decimal], str],
    since: int | None = None,
) -> SafeString:
    """The values as a full line, those beside them as a broken one; the scale fits the values.

    `names` are of the two lines; `since` is a year marked as the start of the deal. Gives nothing
    for fewer than two years with a value.
    """
    own = [p for p in pairs if p.value is not None]
    if len(own) < 2:
        return SafeString("")
    values = [v for p in pairs for v in (p.value, p.beside) if v is not None]
    ticks = _ticks(min(values), max(values))
    low, high = ticks[0], ticks[-1]
    first, last = pairs[0].year, pairs[-1].year

    def x(year: int) -> str:
        return f"{_LEFT + (year - first) * (_WIDE - _LEFT - _RIGHT) / (last - first):.1f}"

    def y(value: Decimal) -> float:
        return float(_HIGH - _FOOT - (value - low) * (_HIGH - _TOP - _FOOT) / (high - low))

    def path(points: Sequence[tuple[int, Decimal]]) -> str:
        """A line through neighbouring years; where a year is missing it starts anew."""
        drawn, before = "", None
        for year, value in points:
            drawn += f"{'L' if before == year - 1 else 'M'}{x(year)} {y(value):.1f}"
            before = year
        return drawn

    mine = [(p.year, p.value) for p in pairs if p.value is not None]
    theirs = [(p.year, p.beside) for p in pairs if p.beside is not None]
    ends = _ends(mine, theirs, names, y)
    scale = format_html_join(
        "",
        '<path class="grid-line" stroke="{}" d="M{} {}H{}"/>'
        '<text class="soft-text" fill="{}" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                LINE,
                _LEFT,
                f"{y(t):.1f}",
                _WIDE - _RIGHT,
                SOFT,
                _LEFT - 8,
                f"{y(t) + 5:.1f}",
                written(t),
            )
            for t in ticks
        ),
    )
    years = format_html_join(
        "",
        '<text class="soft-text" fill="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((SOFT, x(year), _HIGH - 8, year) for year in _years(first, last)),
    )
    start = SafeString("")
    if since is not None and first < since <= last:
        start = format_html(
            '<path class="ink-line" stroke="{}" stroke-dasharray="2 4" d="M{} {}V{}"/>'
            '<text class="soft-text" fill="{}" x="{}" y="{}">{}</text>',
            INK, x(since), _TOP - 8, _HIGH - _FOOT,
            SOFT, f"{float(x(since)) + 6:.1f}", _HIGH - _FOOT - 8, text("begin deal"),
        )  # fmt: skip
    dots = format_html_join(
        "",
        '<circle class="fill-tone" fill="{}" cx="{}" cy="{}" r="3.5"/>',
        ((tone.colour, x(year), f"{y(value):.1f}") for year, value in mine),
    )
    labels = format_html_join(
        "",
        '<text class="{}" fill="{}" x="{}" y="{}">{}</text>',
        (
            ("strong-text" if own_line else "soft-text", INK if own_line else SOFT,
             _WIDE - _RIGHT + 10, f"{at + 5:.1f}", name)
            for at, name, own_line in ends
        ),
    )  # fmt: skip
    return format_html(
        '<svg class="chart two-lines {}" viewBox="0 0 {} {}" role="img" aria-label="{}: {}">{}{}'
        '<path class="line-ink-soft" fill="none" stroke="{}" stroke-width="2" '
        'stroke-dasharray="7 5" d="{}"/><path class="line-tone" fill="none" stroke="{}" '
        'stroke-width="3" stroke-linejoin="round" d="{}"/>{}{}{}</svg>',
        tone.name, _WIDE, _HIGH, title, says, scale, start, SOFT, path(theirs), tone.colour,
        path(mine), dots, years, labels,
    )  # fmt: skip


def _ends(
    mine: Sequence[tuple[int, Decimal]],
    theirs: Sequence[tuple[int, Decimal]],
    names: tuple[str, str],
    y: Callable[[Decimal], float],
) -> list[tuple[float, str, bool]]:
    """Where the names stand: at the ends of the lines, apart enough to read both."""
    own = y(mine[-1][1])
    if not theirs:
        return [(own, names[0], True)]
    other = y(theirs[-1][1])
    if abs(own - other) < 18:
        middle = (own + other) / 2
        own, other = (middle - 9, middle + 9) if own <= other else (middle + 9, middle - 9)
    return [(own, names[0], True), (other, names[1], False)]


def _ticks(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Round heights just outside the values."""
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


def _years(first: int, last: int) -> Sequence[int]:
    step = max(1, (last - first) // 3)
    return range(first, last + 1, step)
