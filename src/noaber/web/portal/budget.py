"""Awarded, reserved and free against allocated, per pillar: bars and rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.documents.drawing import bars
from noaber.documents.drawing.svg import Svg
from noaber.monitor.rules import Overview, PillarView
from noaber.web.language import text
from noaber.web.notation import euro
from noaber.web.portal.page import tone
from noaber.web.portal.wording import share_of


@dataclass(frozen=True)
class BudgetRow:
    """A pillar with its bar and its percentage."""

    view: PillarView
    share: str
    bar: Svg


def rows(overview: Overview) -> tuple[BudgetRow, ...]:
    """A row per pillar, all bars on one scale; none as long as there is no money in any."""
    drawn = [_bar_of(view) for view in overview.pillars]
    largest = max((bar.extent for bar in drawn), default=0)
    if not largest:
        return ()
    return tuple(
        BudgetRow(view, share_of(view), _bar(bar, largest))
        for view, bar in zip(overview.pillars, drawn, strict=True)
    )


def any_reserved(pillars: Sequence[PillarView]) -> bool:
    """Whether some pillar has money set aside."""
    return any(view.reserved_open.value for view in pillars)


def _bar_of(view: PillarView) -> bars.Bar:
    """A pillar as a bar."""
    return bars.Bar(
        view.pillar.name,
        tone(view.pillar),
        view.allocated.value or 0,
        view.awarded.value or 0,
        view.reserved_open.value or 0,
    )


def _bar(bar: bars.Bar, largest: int) -> Svg:
    says = text("{given} toegekend van {whole}", given=euro(bar.awarded), whole=euro(bar.allocated))
    if bar.reserved:
        says = text("{said}, nog {kept} gereserveerd", said=says, kept=euro(bar.reserved))
    return bars.budget_bar(bar, largest, says)
