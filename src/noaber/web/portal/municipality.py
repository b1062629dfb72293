"""The municipalities of a deal, and one of them on a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from noaber.access.rules import PUBLIC
from noaber.awards.rules import Tranche
from noaber.deals.rules import Contribution, ContributionKey, Pillar
from noaber.documents.drawing.colours import ACCENT
from noaber.documents.drawing.svg import Svg
from noaber.documents.drawing.years import Pair, two_lines
from noaber.monitor import prosperity
from noaber.monitor.prosperity import Series
from noaber.monitor.rules import (
    Comparison,
    Figure,
    MunicipalityView,
    Overview,
    ProjectView,
)
from noaber.monitor.views import DealView
from noaber.record.rules import Moment
from noaber.web.language import dutch, known, later, text
from noaber.web.notation import capital, count, decimal, listed, sentence
from noaber.web.portal import places, wording
from noaber.web.portal.links import Links
from noaber.web.portal.projects import Row, reach, rows

SHOWN_FIRST = ("09_E_V_12", "01_KL_H_01", "01_KL_OK_10")
"""Codes of Statistics Netherlands: paid work, content with life, volunteering. They are observed
every year in every municipality; where they are not, those with the most years are shown."""
SHOWN = 3


@dataclass(frozen=True)
class MunicipalitiesPage:
    """What the list of municipalities shows."""

    overview: Overview
    heading: str
    map: Svg
    municipalities: tuple[MunicipalityView, ...]


@dataclass(frozen=True)
class IndicatorView:
    """An indicator with its line, its last value in words, and the source."""

    series: Series
    unit: str
    chart: Svg
    sentence: str
    source: str
    rows: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class ContributionView:
    """What the municipality gives in a contribution: computed, and what was published of it."""

    contribution: Contribution
    promised: Figure
    key: ContributionKey | None
    stated: Comparison | None
    source: str


@dataclass(frozen=True)
class DecisionView:
    """A tranche in which projects of the municipality got money."""

    tranche: Tranche
    awarded: Figure
    projects: str


@dataclass(frozen=True)
class MunicipalityPage:
    """What the sheet of a municipality shows."""

    overview: Overview
    view: MunicipalityView
    name: str
    lead: str
    map: Svg
    awarded_led: Figure
    led_note: str
    there_note: str
    inhabitants: ContributionKey | None
    leads: tuple[Row, ...]
    others: tuple[tuple[Pillar, tuple[ProjectView, ...]], ...]
    contributions: tuple[ContributionView, ...]
    decisions: tuple[DecisionView, ...]
    indicators: tuple[IndicatorView, ...]
    tranches: str
    inferred: bool


def present_all(seen: DealView, links: Links) -> MunicipalitiesPage:
    """The municipalities from a deal at a moment."""
    found = seen.municipalities
    return MunicipalitiesPage(
        overview=seen.overview,
        heading=_together(len(found)),
        map=places.led(seen, links),
        municipalities=found,
    )


def _together(number: int) -> str:
    if not number:
        return text("Gemeenten")
    return capital(wording.things(number, "gemeente doet mee", "gemeenten doen mee"))


def present(seen: DealView, links: Links, moment: Moment, code: str) -> MunicipalityPage | None:
    """The sheet of a municipality; None when it is none of the deal's."""
    view = next((m for m in seen.municipalities if m.organisation.code == code), None)
    if view is None:
        return None
    overview, name = seen.overview, places.short(view.organisation)
    led = [p for p in seen.projects if p.lead.code == code]
    there = [
        p
        for p in seen.projects
        if p.lead.code != code and any(x.municipality.code == code for x in p.locations)
    ]
    contributions = _contributions(seen, code)
    numbers = [t.tranche.number for t in overview.tranches]
    return MunicipalityPage(
        overview=overview,
        view=view,
        name=name,
        lead=_lead(seen, view, name),
        map=places.draw(seen, links, [code], text("{name} in de regio", name=name)),
        awarded_led=seen.figure("awarded", lead=code),
        led_note=_per_pillar(overview, led),
        there_note=text("{number} daarvan trekt een ander.", number=count(len(there)))
        if there
        else "",
        inhabitants=next((c.key for c in contributions if c.key), None),
        leads=rows(led, overview),
        others=_by_pillar(overview, there),
        contributions=contributions,
        decisions=_decisions(seen, code),
        indicators=_indicators(seen, view, moment),
        tranches=reach(numbers),
        inferred=any(a.basis == "inferred" for p in led for a in p.awards),
    )


def _lead(seen: DealView, view: MunicipalityView, name: str) -> str:
    led, every = view.led.value or 0, seen.overview.projects.value or 0
    if not led:
        return text(
            "{name} doet mee aan de deal. De gemeente trekt zelf geen project.", name=dutch(name)
        )
    others = [m.led.value or 0 for m in seen.municipalities if m is not view]
    more = others and led > max(others)
    said = _MOST if more else later("{name} trekt {led} van de {every} projecten.")
    return text(said, name=dutch(name), led=count(led), every=count(every))


_MOST = later("{name} trekt {led} van de {every} projecten, meer dan elke andere gemeente.")


def _per_pillar(overview: Overview, led: Sequence[ProjectView]) -> str:
    shares = [
        text("{number} {pillar}", number=count(number_), pillar=dutch(view.pillar.name))
        for view in overview.pillars
        if (number_ := sum(p.pillar.code == view.pillar.code for p in led))
    ]
    return sentence(listed(shares)) if shares else text("Geen.")


def _by_pillar(
    overview: Overview, projects: Sequence[ProjectView]
) -> tuple[tuple[Pillar, tuple[ProjectView, ...]], ...]:
    found = (
        (view.pillar, tuple(p for p in projects if p.pillar.code == view.pillar.code))
        for view in overview.pillars
    )
    return tuple((pillar, own) for pillar, own in found if own)


def _contributions(seen: DealView, code: str) -> tuple[ContributionView, ...]:
    return tuple(
        ContributionView(view.contribution, share.promised, share.key, share.stated, view.source)
        for view in seen.contributions
        for share in view.shares
        if share.party.organisation == code
    )


def _decisions(seen: DealView, code: str) -> tuple[DecisionView, ...]:
    found = []
    for view in seen.overview.tranches:
        tranche = view.tranche
        given = [
            p.project.name
            for p in seen.projects
            if p.lead.code == code and any(a.tranche.number == tranche.number for a in p.awards)
        ]
        if given:
            awarded = seen.figure("awarded", lead=code, tranche=tranche.number)
            found.append(DecisionView(tranche, awarded, listed([dutch(name) for name in given])))
    return tuple(reversed(found))


def _indicators(
    seen: DealView, view: MunicipalityView, moment: Moment
) -> tuple[IndicatorView, ...]:
    code = view.organisation.code
    others = [m.organisation.code for m in seen.municipalities if m.organisation.code != code]
    found = prosperity.series(code, others, moment, PUBLIC)
    rank = {wanted: place for place, wanted in enumerate(SHOWN_FIRST)}
    ranked = sorted(
        (s for s in found if sum(y.value is not None for y in s.years) > 1),
        key=lambda s: (rank.get(s.indicator.code, SHOWN), -len(s.years), s.indicator.code),
    )
    return tuple(_indicator(seen, each, places.short(view.organisation)) for each in ranked[:SHOWN])


def _indicator(seen: DealView, each: Series, name: str) -> IndicatorView:
    last = [y for y in each.years if y.value is not None][-1]
    said = ""
    if last.value is not None:
        said = text(
            "{name} {value} in {year}", name=name, value=decimal(last.value), year=last.year
        )
    if last.mean is not None:
        mean = decimal(last.mean)
        said = text("{said}, het gemiddelde van de andere gemeenten {mean}", said=said, mean=mean)
    chart = two_lines(
        [Pair(y.year, y.value, y.mean) for y in each.years],
        tone=ACCENT,
        names=(name, text("gemiddelde")),
        says=f"{text('Door de jaren')}: {said}",
        written=decimal,
        start=(seen.overview.deal.starts.year, text("begin deal")),
    )
    return IndicatorView(
        each,
        capital(known(each.indicator.unit)),
        chart,
        f"{said}.",
        seen.sources.cite(each.source),
        tuple(
            (
                y.year,
                "" if y.value is None else decimal(y.value),
                "" if y.mean is None else decimal(y.mean),
            )
            for y in each.years
        ),
    )
