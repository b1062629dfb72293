"""The register as the sheets hold it: what a file is compared with, and what is exported."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from threading import Lock
from typing import Any

from noaber.access.rules import OFFICE, Audience
from noaber.awards import queries as awards
from noaber.deals import queries as deals
from noaber.deals.rules import OVERHEAD
from noaber.decisions import queries as decisions
from noaber.imports.facts import Fact, Facts, of_values, only_in_sheets
from noaber.indicators import queries as indicators
from noaber.organisations import queries as organisations
from noaber.progress import queries as progress
from noaber.projects import queries as projects
from noaber.record import queries as record
from noaber.record.rules import Evidence, Moment
from noaber.treasury import queries as treasury

Found = Iterator[tuple[str, dict[str, Any], Evidence]]


FROM_FILES = frozenset({"outline", "indicator", "observation"})
"""Kinds of facts that come from files of others only, in large numbers."""

_KEPT: OrderedDict[tuple[str, str, int, Audience], Facts] = OrderedDict()
_MOST_KEPT = 32
_LOCK = Lock()


def office_facts(deal: str, revision: int, audience: Audience) -> Facts:
    """The facts of a deal that people keep by hand, as known at a revision; not `FROM_FILES`.

    What was known at a revision only changes when names are erased, so it is kept and given again.
    """
    key = (deal, record.recorded(revision)[1], record.last_erasure(), audience)
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    found = facts(deal, revision, audience, without=FROM_FILES)
    with _LOCK:
        _KEPT[key] = found
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


def kept_facts(deal: str, revision: int) -> Facts:
    """The same of all that the office keeps, as far as sheets and forms can hold it."""
    return only_in_sheets(office_facts(deal, revision, OFFICE))


def facts(
    deal: str, revision: int, audience: Audience, *, without: frozenset[str] = frozenset()
) -> Facts:
    """All facts of a deal as known at a revision, over all dates, that `audience` may read;
    `without` some kinds.
    """
    moment = Moment.ever(revision)
    found: dict[str, dict[tuple[str, ...], Fact]] = {}
    for kind, values, evidence in _all(deal, moment, audience, without):
        fact = of_values(kind, values, evidence)
        found.setdefault(kind, {})[fact.key] = fact
    return found


def _all(deal: str, moment: Moment, audience: Audience, without: frozenset[str]) -> Found:
    asked = (deal, moment, audience)
    of_deal, of_projects = deals.facts(*asked), projects.facts(*asked)
    decided, reported = awards.facts(*asked), progress.facts(*asked)
    yield from _plain("deal", [of_deal.deal] if of_deal.deal else [])
    yield from _plain("source", of_deal.sources)
    yield from _shared(moment, audience, without)
    yield from _plain("party", of_deal.parties)
    yield from _plain("article", of_deal.articles)
    yield from _plain("pillar", of_deal.pillars)
    yield from _plain("theme", of_deal.themes)
    yield from _plain("goal", of_deal.goals)
    yield from _plain("result", of_deal.results)
    for allocation in of_deal.allocations:
        line = None if allocation.line == OVERHEAD else allocation.line
        yield "allocation", {**_values(allocation), "pillar": line}, allocation.evidence
    yield from _plain("contribution", of_deal.contributions)
    yield from _plain("contribution_key", of_deal.contribution_keys)
    yield from _plain("instalment", of_deal.instalments)
    yield from _plain("mandate", of_deal.mandates)
    yield from _plain("project", of_projects.projects)
    yield from _plain("partner", of_projects.partners)
    yield from _plain("place", of_projects.places)
    yield from _plain("cross_over", of_projects.cross_overs)
    yield from _plain("influence", of_projects.influences)
    yield from _plain("project_text", of_projects.texts)
    yield from _plain("turn", of_projects.turns)
    yield from _plain("tranche", decided.tranches)
    yield from _plain("award", decided.awards)
    yield from _plain("reservation", decided.reservations)
    yield from _money(*asked)
    yield from _plain("release", decided.releases)

    yield from _plain("round", reported.rounds)
    yield from _plain("progress", reported.reports)
    yield from _plain("contact", of_deal.contacts)
    governing = decisions.facts(*asked)
    yield from _plain("board", governing.boards)
    yield from _plain("seat", decisions.named(governing.seats))
    yield from _plain("foreword", governing.forewords)
    yield from _plain("meeting", governing.meetings)
    yield from _plain("agenda_item", governing.agenda)
    yield from _plain("interest", governing.interests)
    yield from _plain("decision", governing.decisions)
    yield from _plain("measurement", indicators.measurements(*asked))
    for stated in of_deal.stated:
        rounded = stated.rounded_to or None
        yield "stated", {**_values(stated), "rounded_to": rounded}, stated.evidence


def _money(deal: str, moment: Moment, audience: Audience) -> Found:
    """What became of the money of awards, and what came in."""
    money = treasury.facts(deal, moment, audience)
    yield from _plain("commitment", money.commitments)
    yield from _plain("condition", money.conditions)
    yield from _plain("payment", money.payments)
    yield from _plain("settlement", money.settlements)
    yield from _plain("recovery", money.recoveries)
    yield from _plain("receipt", money.receipts)
    yield from _plain("budget_line", money.budget)
    yield from _plain("forecast", money.forecasts)


def _shared(moment: Moment, audience: Audience, without: frozenset[str]) -> Found:
    """What all deals share."""
    shared = organisations.facts(moment, audience)
    known = shared.organisations
    yield from _plain("organisation", known.values())
    for outline in () if "outline" in without else shared.outlines.values():
        yield "outline", {**_values(outline), "outline": outline.rings}, outline.evidence
    if "indicator" not in without:
        yield from _plain("indicator", indicators.indicators(moment, audience))
    if "observation" not in without:
        yield from _plain("observation", indicators.observations(moment, audience, known))


def _plain(kind: str, values: Iterable[Any]) -> Found:
    for value in values:
        yield kind, _values(value), value.evidence


def _values(value: Any) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value)}
