"""The money page of a deal."""

from dataclasses import dataclass

from django.utils.html import strip_tags

from noaber.awards.rules import Tranche
from noaber.deals.rules import Pillar
from noaber.documents.drawdown import MANY_PILLARS, drawdown_chart
from noaber.documents.drawing.steps import in_both
from noaber.documents.drawing.svg import Svg
from noaber.monitor.rules import (
    Comparison,
    ContributionView,
    DrawdownPoint,
    Overview,
    ProjectView,
    ShareView,
)
from noaber.monitor.views import DealView
from noaber.web.language import known, text
from noaber.web.notation import capital, euro, million
from noaber.web.portal import budget, matrix, wording
from noaber.web.portal.flow import Taking, takings
from noaber.web.portal.flow import draw as draw_flow
from noaber.web.portal.links import Links


@dataclass(frozen=True)
class DrawdownRow:
    """Awarded up to and with a tranche: cents per pillar by name, and together."""

    tranche: Tranche
    cells: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True)
class Drawdown:
    """Awarded so far as a line, and its rows."""

    chart: Svg
    pillars: tuple[Pillar, ...]
    points: tuple[DrawdownPoint, ...]

    @property
    def rows(self) -> tuple[DrawdownRow, ...]:
        """The points as rows; of many pillars only the sum."""
        named = self.pillars if len(self.pillars) <= MANY_PILLARS else ()
        return tuple(
            DrawdownRow(
                p.tranche,
                tuple((x.name, a) for x, a in zip(named, p.per_pillar, strict=False)),
                p.total,
            )
            for p in self.points
        )


@dataclass(frozen=True)
class Contribution:
    """A contribution with its shares; `keyed` when they follow from a key such as inhabitants."""

    view: ContributionView
    keyed: bool
    unit: str
    keys_total: int
    stated: bool
    whole: Comparison | None
    differs: tuple[Comparison, ...]
    shares: tuple[ShareView, ...]


@dataclass(frozen=True)
class MoneyPage:
    """What the money page shows."""

    overview: Overview
    heading: str
    flow: Svg
    takings: tuple[Taking, ...]
    room_heading: str
    budget: tuple[budget.BudgetRow, ...]
    reserved: bool
    reservations: tuple[ProjectView, ...]
    matrix: matrix.Matrix
    tranche_heading: str
    drawdown: Drawdown
    contributions: tuple[Contribution, ...]


def present(seen: DealView, links: Links) -> MoneyPage:
    """The money page from a deal at a moment."""
    overview = seen.overview
    return MoneyPage(
        overview=overview,
        heading=wording.money_heading(overview),
        flow=draw_flow(seen, links),
        takings=takings(seen),
        room_heading=wording.room_heading(overview.deal, overview.pillars),
        budget=budget.rows(overview),
        reserved=budget.any_reserved(overview.pillars),
        reservations=tuple(p for p in seen.projects if p.reservation),
        matrix=matrix.make(overview, seen.comparisons),
        tranche_heading=capital(wording.things(len(overview.tranches), "tranche", "tranches")),
        drawdown=_drawdown(seen),
        contributions=tuple(_contribution(view) for view in seen.contributions),
    )


def _drawdown(seen: DealView) -> Drawdown:
    overview, points = seen.overview, seen.drawdown
    limit = sum(view.allocated.value or 0 for view in overview.pillars)
    last = points[-1].total if points else 0
    title = text("Toegekend tot en met elke tranche")
    of = text("{given} van {whole}", given=euro(last), whole=euro(limit))
    chart = in_both(
        lambda size: drawdown_chart(
            overview,
            points,
            _limit(overview, limit),
            written=million,
            says=f"{title}: {of}",
            size=size,
        )
    )
    return Drawdown(chart, tuple(v.pillar for v in overview.pillars), points)


def _limit(overview: Overview, limit: int) -> str:
    terms = strip_tags(known(overview.deal.pillar_terms))
    return text("verdeeld over de {pillars}: {amount}", pillars=terms, amount=million(limit))


def _contribution(view: ContributionView) -> Contribution:
    keys = [share.key for share in view.shares if share.key]
    stated = [share.stated for share in view.shares if share.stated]
    return Contribution(
        view=view,
        keyed=bool(keys),
        unit=keys[0].unit if keys else "",
        keys_total=sum(key.key for key in keys),
        stated=bool(stated),
        whole=next(iter(view.stated), None),
        differs=tuple(c for c in view.stated if not c.agrees),
        shares=tuple(sorted(view.shares, key=lambda s: -(s.promised.value or 0))),
    )
