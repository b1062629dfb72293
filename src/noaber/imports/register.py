"""The register as the sheets hold it: what a file is compared with, and what is exported."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from noaber.access.rules import Audience
from noaber.awards import queries as awards
from noaber.deals import queries as deals
from noaber.deals.rules import OVERHEAD
from noaber.imports.facts import Fact, Facts, of_values
from noaber.indicators import queries as indicators
from noaber.organisations import queries as organisations
from noaber.progress import queries as progress
from noaber.projects import queries as projects
from noaber.record.rules import Evidence, Moment

Found = Iterator[tuple[str, dict[str, Any], Evidence]]


def facts(deal: str, revision: int, audience: Audience) -> Facts:
    """All facts of a deal as known at a revision, over all dates, that `audience` may read."""
    moment = Moment.ever(revision)
    found: dict[str, dict[tuple[str, ...], Fact]] = {}
    for kind, values, evidence in _all(deal, moment, audience):
        fact = of_values(kind, values, evidence)
        found.setdefault(kind, {})[fact.key] = fact
    return found


def _all(deal: str, moment: Moment, audience: Audience) -> Found:
    asked = (deal, moment, audience)
    the_deal = deals.deal(*asked)
    yield from _plain("deal", [the_deal] if the_deal else [])
    yield from _plain("source", deals.sources(*asked))
    yield from _shared(moment, audience)
    yield from _plain("party", deals.parties(*asked))
    yield from _plain("article", deals.articles(*asked))
    yield from _plain("pillar", deals.pillars(*asked))
    yield from _plain("theme", deals.themes(*asked))
    yield from _plain("goal", deals.goals(*asked))
    yield from _plain("result", deals.intended_results(*asked))
    for allocation in deals.allocations(*asked):
        line = None if allocation.line == OVERHEAD else allocation.line
        yield "allocation", {**_values(allocation), "pillar": line}, allocation.evidence
    yield from _plain("contribution", deals.contributions(*asked))
    yield from _plain("contribution_key", deals.contribution_keys(*asked))
    yield from _plain("instalment", deals.instalments(*asked))
    yield from _plain("project", projects.projects(*asked))
    yield from _plain("partner", projects.partners(*asked))
    yield from _plain("place", projects.places(*asked))
    yield from _plain("cross_over", projects.cross_overs(*asked))
    yield from _plain("project_text", projects.texts(*asked))
    yield from _plain("tranche", awards.tranches(*asked))
    yield from _plain("award", awards.awards(*asked))
    yield from _plain("reservation", awards.reservations(*asked))
    yield from _plain("round", progress.rounds(*asked))
    yield from _plain("progress", progress.reports(*asked))
    yield from _plain("measurement", indicators.measurements(*asked))
    for stated in deals.stated_facts(*asked):
        rounded = stated.rounded_to or None
        yield "stated", {**_values(stated), "rounded_to": rounded}, stated.evidence


def _shared(moment: Moment, audience: Audience) -> Found:
    """What all deals share."""
    known = organisations.organisations(moment, audience)
    yield from _plain("organisation", known.values())
    for outline in organisations.outlines(moment, audience, known):
        yield "outline", {**_values(outline), "outline": outline.rings}, outline.evidence
    yield from _plain("indicator", indicators.indicators(moment, audience))
    yield from _plain("observation", indicators.observations(moment, audience, known))


def _plain(kind: str, values: Iterable[Any]) -> Found:
    for value in values:
        yield kind, _values(value), value.evidence


def _values(value: Any) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value)}
