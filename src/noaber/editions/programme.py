"""The implementation programme of a tranche, composed from what the monitor shows: pure."""

from noaber.documents.blocks import Document
from noaber.editions import (
    colophon,
    comparisons,
    contributions,
    finances,
    foreword,
    governance,
    money,
    opening,
    pillars,
    results,
)
from noaber.editions.edition import Edition, local_day
from noaber.editions.rules import UnknownTranche
from noaber.monitor.views import DealView

BASE_URL = "http://localhost:8000"


def compose(view: DealView, tranche: str, *, base_url: str = BASE_URL) -> Document:
    """The programme of a tranche from a deal as seen on the day the tranche counts from.

    Holds what is in the view and nothing else: made from an earlier moment it is the earlier
    programme. `base_url` is the site on which the figures explain themselves.

    :raises UnknownTranche: when the deal has no such tranche at that moment.
    """
    overview = view.overview
    current = next((t for t in overview.tranches if t.tranche.number == tranche), None)
    if current is None:
        known = [t.tranche.number for t in overview.tranches]
        raise UnknownTranche(overview.deal.code, tranche, known)
    edition = Edition(view, current)
    name = f"Uitvoeringsprogramma {tranche}"
    recorded = overview.recorded_at
    return Document(
        title=f"{overview.deal.name}: {name.lower()}",
        subject=f"Projecten, toekenningen en voortgang tot en met tranche {tranche}",
        author=overview.deal.name,
        keywords=("Regio Deal", "uitvoeringsprogramma", f"tranche {tranche}"),
        running=(overview.deal.name, name),
        moment=overview.moment,
        as_of=overview.moment.as_of,
        known_on=local_day(recorded) if recorded else None,
        accent=overview.deal.accent,
        base_url=base_url.rstrip("/"),
        blocks=(
            opening.cover(edition),
            opening.contents(edition),
            *foreword.foreword(edition),
            *opening.in_short(edition),
            *opening.whats_new(edition),
            *pillars.pillars(edition),
            *results.results(edition),
            *money.drawdown(edition),
            *money.leads(edition),
            *finances.finances(edition),
            *contributions.contributions(edition),
            *comparisons.stated(edition),
            *governance.governance(edition),
            *colophon.colophon(edition, base_url),
        ),
    )
