"""All that sources state, beside what the register computes."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.monitor.rules import CENTS, COUNT, Comparison
from noaber.monitor.views import DealView
from noaber.web.language import later, text
from noaber.web.notation import count
from noaber.web.portal import wording


@dataclass(frozen=True)
class Group:
    """Comparisons of one kind, with how many there are in the title."""

    title: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True)
class ComparisonsPage:
    """Stated against computed: what differs first, by kind."""

    heading: str
    differing: tuple[Group, ...]
    agreeing: tuple[Comparison, ...]
    agreed: str


def present(seen: DealView) -> ComparisonsPage:
    """The page from a deal at a moment."""
    agreeing = tuple(c for c in seen.comparisons if c.agrees)
    different = [c for c in seen.comparisons if not c.agrees]
    return ComparisonsPage(
        wording.comparison_heading(seen.comparisons),
        _groups(different),
        agreeing,
        _show(len(agreeing)),
    )


def _show(agreeing: int) -> str:
    if agreeing == 1:
        return text("Toon het ene cijfer dat gelijk is")
    return text("Toon de {number} cijfers die gelijk zijn", number=count(agreeing))


_KINDS = {CENTS: later("Bedragen"), COUNT: later("Aantallen")}
_NEITHER = later("Namen, data en kenmerken")


def _groups(comparisons: Sequence[Comparison]) -> tuple[Group, ...]:
    """Money, numbers, and what is neither: names, marks and dates."""
    found: dict[str, list[Comparison]] = {kind: [] for kind in (*_KINDS.values(), _NEITHER)}
    for comparison in comparisons:
        found[_KINDS.get(comparison.unit, _NEITHER)].append(comparison)
    return tuple(
        Group(f"{text(title)} ({count(len(group))})", tuple(group))
        for title, group in found.items()
        if group
    )
