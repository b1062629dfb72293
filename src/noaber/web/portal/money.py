"""The money page of a deal."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from noaber.awards.rules import Tranche
from noaber.deals.rules import Pillar
from noaber.monitor.rules import (
    Comparison,
    ContributionView,
    DrawdownPoint,
    Overview,
    ProjectView,
    ShareView,
)
from noaber.monitor.views import DealView
from noaber.web import charts, drawings
from noaber.web.language import known, text
from noaber.web.notation import capital, euro, million
from noaber.web.portal import budget, matrix, wording
from noaber.web.portal.links import Links
from noaber.web.portal.page import ACCENT, STONE, tone

TICKS = 4
LONGEST_NAME = 18
"""Letters that fit above a band on a phone."""


@dataclass(frozen=True)
class DrawdownRow:
    """Awarded up to and with a tranche: cents per pillar by name, and together."""

    tranche: Tranche
    cells: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True)
class Drawdown:
    """Awarded so far as a line, and its rows."""

    chart: SafeString
    pillars: tuple[Pillar, ...]
    points: tuple[DrawdownPoint, ...]

    @property
    def rows(self) -> tuple[DrawdownRow, ...]:
        """The points as rows; of many pillars only the sum."""
        named = self.pillars if len(self.pillars) <= matrix.MANY_PILLARS else ()
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
    flow: SafeString
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
        flow=_flow(seen, links),
        room_heading=wording.room_heading(overview.pillars),
        budget=budget.rows(overview),
        reserved=budget.any_reserved(overview.pillars),
        reservations=tuple(p for p in seen.projects if p.reservation),
        matrix=matrix.make(overview, seen.comparisons),
        tranche_heading=capital(wording.things(len(overview.tranches), "tranche", "tranches")),
        drawdown=_drawdown(seen),
        contributions=tuple(_contribution(view) for view in seen.contributions),
    )


def _drawdown(seen: DealView) -> Drawdown:
    overview = seen.overview
    limit = sum(view.allocated.value or 0 for view in overview.pillars)
    points = seen.drawdown
    if not points:
        return Drawdown(SafeString(""), tuple(v.pillar for v in overview.pillars), ())
    last = points[-1].total
    chart = charts.step_line(
        [charts.Point(p.tranche.effective_on, p.total, million(p.total)) for p in points],
        tone=ACCENT,
        title=text("Toegekend tot en met elke tranche"),
        says=text("{given} van {whole}", given=euro(last), whole=euro(limit)),
        ticks=[(h, million(h)) for h in heights(max(limit, last)) if h != limit],
        until=min(overview.deal.ends.last_day, overview.moment.as_of),
        limit=(limit, _limit(overview, limit)) if limit else None,
    )
    return Drawdown(chart, tuple(v.pillar for v in overview.pillars), points)


def _limit(overview: Overview, limit: int) -> str:
    terms = strip_tags(known(overview.deal.pillar_terms))
    return text("verdeeld over de {pillars}: {amount}", pillars=terms, amount=million(limit))


def heights(highest: int) -> tuple[int, ...]:
    """Round heights for a scale up to `highest`: steps of 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return (0,)
    step = 1
    while highest // step > TICKS:
        first = int(str(step)[0])
        step = step * 5 // 2 if first == 2 else step * 2
    return tuple(range(0, highest + 1, step))


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


def _flow(seen: DealView, links: Links) -> SafeString:
    overview = seen.overview
    organisations = seen.organisations
    parties = {
        share.party.code: drawings.Stream(
            _short(organisations[share.party.organisation].short_name, share.party.name),
            share.promised.value or 0,
            million(_whole(share.promised.value or 0)),
            links.origin(share.promised.address),
            STONE,
            filled=share.promised.value or 0,
        )
        for view in seen.contributions
        for share in view.shares
    }
    grouped = [
        drawings.Stream(
            _group_name(view),
            view.promised.value or 0,
            million(view.promised.value or 0),
            links.origin(view.promised.address),
            STONE,
            filled=view.promised.value or 0,
        )
        for view in seen.contributions
    ]
    taking = [
        drawings.Stream(
            view.pillar.name,
            view.allocated.value or 0,
            million(view.allocated.value or 0),
            links.origin(view.allocated.address),
            tone(view.pillar),
            text("{amount} toegekend", amount=million(view.awarded.value or 0)),
            min(view.awarded.value or 0, view.allocated.value or 0),
        )
        for view in overview.pillars
        if view.allocated.value
    ]
    if overview.overhead.value:
        taking.append(
            drawings.Stream(
                text("Overheadkosten"),
                overview.overhead.value,
                million(overview.overhead.value),
                links.origin(overview.overhead.address),
                STONE,
            )
        )
    giving = sorted(_with_money(parties.values()), key=lambda s: -s.amount)
    middle = text("De deal {amount}", amount=million(overview.promised.value or 0))
    return drawings.flow(
        giving,
        _with_money(grouped),
        taking,
        middle,
        text("Van partijen naar {pillars}", pillars=strip_tags(known(overview.deal.pillar_terms))),
    )


def _with_money(streams: Iterable[drawings.Stream]) -> list[drawings.Stream]:
    return [stream for stream in streams if stream.amount > 0]


def _group_name(view: ContributionView) -> str:
    if len(view.shares) == 1:
        return text("Rijk") if view.shares[0].party.side == "state" else view.shares[0].party.name
    name = view.contribution.name
    if len(name) <= LONGEST_NAME:
        return name
    return capital(wording.things(len(view.shares), "partij", "partijen"))


def _whole(cents: int) -> int:
    """Rounded to whole euros, half up: a drawing has no room for cents."""
    return (cents + 50) // 100 * 100


def _short(short: str, name: str) -> str:
    return short or name
