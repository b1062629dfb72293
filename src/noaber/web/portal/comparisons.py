"""All that sources state, beside what the register computes."""

from dataclasses import dataclass

from noaber.monitor.rules import Comparison
from noaber.monitor.views import DealView
from noaber.web.portal import wording


@dataclass(frozen=True)
class ComparisonsPage:
    """Stated against computed: what differs first."""

    heading: str
    differing: tuple[Comparison, ...]
    agreeing: tuple[Comparison, ...]


def present(seen: DealView) -> ComparisonsPage:
    """The page from a deal at a moment."""
    return ComparisonsPage(
        wording.comparison_heading(seen.comparisons),
        tuple(c for c in seen.comparisons if not c.agrees),
        tuple(c for c in seen.comparisons if c.agrees),
    )
