"""Awarded so far against time: one chart for pages and documents."""

from collections.abc import Callable, Sequence

from noaber.core.notation import million
from noaber.documents.drawing import colours, scale
from noaber.documents.drawing.lines import PRINT, Size
from noaber.documents.drawing.steps import Point, Series, step_line
from noaber.documents.drawing.svg import Svg
from noaber.monitor.rules import DrawdownPoint, Overview

MANY_PILLARS = 5
"""Of more pillars than this the lines cannot be told apart: then only their sum is drawn."""


def drawdown_chart(
    overview: Overview,
    points: Sequence[DrawdownPoint],
    limit: str,
    *,
    written: Callable[[int], str] = million,
    says: str = "",
    size: Size = PRINT,
) -> Svg:
    """What was awarded up to and with each tranche, together and per pillar.

    `limit` are the words at the line of what was allocated; `written` writes amounts in the
    language of the chart. Gives nothing without points.
    """
    if not points:
        return Svg("")
    pillars = overview.pillars if len(overview.pillars) <= MANY_PILLARS else ()
    total = points[-1].total
    allocated = sum(view.allocated.value or 0 for view in overview.pillars)
    whole = Series(
        tuple(Point(p.tranche.effective_on, p.total) for p in points),
        colours.accent(overview.deal.accent),
        written(total),
    )
    parts = [
        Series(
            tuple(Point(p.tranche.effective_on, p.per_pillar[place]) for p in points),
            colours.tone(view.pillar.code, view.pillar.colour),
            view.pillar.name,
            view.pillar.mark,
        )
        for place, view in enumerate(pillars)
    ]
    return step_line(
        whole,
        parts,
        ticks=[(h, written(h)) for h in scale.heights(max(allocated, total)) if h != allocated],
        until=min(overview.deal.ends.last_day, overview.moment.as_of),
        limit=(allocated, limit) if allocated else None,
        says=says,
        size=size,
    )
