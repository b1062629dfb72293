"""All that sources state, beside what the register computes."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.core.notation import count
from noaber.monitor.rules import CENTS, COUNT, Comparison
from noaber.monitor.views import DealView
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
        f"Toon {'het ene cijfer dat' if len(agreeing) == 1 else f'de {count(len(agreeing))} cijfers die'}"
        " gelijk zijn",
    )


def _groups(comparisons: Sequence[Comparison]) -> tuple[Group, ...]:
    """Money, numbers, and what is neither: names, marks and dates."""
    kinds = {CENTS: "Bedragen", COUNT: "Aantallen"}
    found: dict[str, list[Comparison]] = {
        "Bedragen": [],
        "Aantallen": [],
        "Namen, data en kenmerken": [],
    }
    for comparison in comparisons:
        found[kinds.get(comparison.unit, "Namen, data en kenmerken")].append(comparison)
    return tuple(
        Group(f"{title} ({count(len(group))})", tuple(group))
        for title, group in found.items()
        if group
    )
