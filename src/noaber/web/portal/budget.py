"""Awarded, reserved and free against allocated, per pillar: bars and rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from noaber.monitor.rules import Overview, PillarView
from noaber.web import charts
from noaber.web.language import text
from noaber.web.notation import euro
from noaber.web.portal.page import tone
from noaber.web.portal.wording import share_of


@dataclass(frozen=True)
class BudgetRow:
    """A pillar with its bar and its percentage."""

    view: PillarView
    share: str
    bar: SafeString


def rows(overview: Overview) -> tuple[BudgetRow, ...]:
    """A row per pillar, all bars on one scale; none as long as there is no money in any."""
    largest = max((_extent(view) for view in overview.pillars), default=0)
    if not largest:
        return ()
    return tuple(BudgetRow(v, share_of(v), _bar(v, largest)) for v in overview.pillars)


def any_reserved(pillars: Sequence[PillarView]) -> bool:
    """Whether some pillar has money set aside."""
    return any(view.reserved_open.value for view in pillars)


def _extent(view: PillarView) -> int:
    return max(
        view.allocated.value or 0, (view.awarded.value or 0) + (view.reserved_open.value or 0)
    )


def _bar(view: PillarView, largest: int) -> SafeString:
    awarded, reserved = view.awarded.value or 0, view.reserved_open.value or 0
    allocated = view.allocated.value or 0
    says = text("{given} toegekend van {whole}", given=euro(awarded), whole=euro(allocated))
    if reserved:
        says = text("{said}, nog {kept} gereserveerd", said=says, kept=euro(reserved))
    return charts.budget_bar(
        awarded=awarded,
        reserved=reserved,
        allocated=allocated,
        largest=largest,
        tone=tone(view.pillar),
        name=view.pillar.name,
        says=says,
    )
