"""Carrying changes from a file into the register, kind by kind, through the features' actions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.awards import actions as awards
from noaber.awards.rules import (
    Award,
    AwardAfterEnd,
    Release,
    ReleaseExceeded,
    Reservation,
    ReservationExceeded,
    ReservationTooLow,
    Tranche,
)
from noaber.core.dates import PartialDate
from noaber.core.finding import Refused
from noaber.deals import actions as deals
from noaber.deals import rules as deal
from noaber.decisions import actions as decisions
from noaber.decisions.rules import (
    AgendaItem,
    Board,
    Decision,
    DecisionStands,
    Foreword,
    Interest,
    Meeting,
    Seat,
)
from noaber.imports.facts import Fact, Facts, as_value
from noaber.imports.faults import FAULTS
from noaber.indicators import actions as indicators
from noaber.indicators import rules as indicator
from noaber.ledger import actions as ledger
from noaber.ledger.rules import Overdrawn
from noaber.organisations import actions as organisations
from noaber.organisations import rules as organisation
from noaber.progress import actions as progress
from noaber.progress import rules as report
from noaber.projects import actions as projects
from noaber.projects import rules as project
from noaber.treasury import actions as treasury
from noaber.treasury import rules as money
from noaber.treasury.problems import OutOfOrder

BEGINNING = date(1900, 1, 1)
"""From when facts hold that are true apart from any deal: organisations, outlines, indicators."""


@dataclass(frozen=True)
class Applying:
    """What is needed to apply changes: the deal, its start, all facts of the file, who and when."""

    deal: str
    start: date
    facts: Facts
    by: Actor
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        """Who acts and when, as every action takes it."""
        return {"by": self.by, "at": self.at}

    def of_deal(self, fact: Fact) -> dict[str, Any]:
        """Arguments of an action that records a fact of the deal from its start on."""
        return {"deal": self.deal, "since": self.start, "evidence": fact.evidence, **self.who}

    def since_project(self, code: str) -> date:
        """From when facts about a project hold: from when it belongs to the deal."""
        for fact in self.facts["project"].values():
            if f"{fact['pillar']}-{fact['number']}".lower() == code.lower():
                since: date = fact["since"].counts_from
                return since
        return self.start


def apply(kind: str, changed: Sequence[Fact], to: Applying) -> None:
    """Apply the changed facts of one kind.

    :raises Refused: also when the money of other facts is in the way.
    """
    try:
        if changed:
            APPLY[kind](changed, to)
    except MONEY_FAULTS as error:
        raise Refused([FAULTS["F-110"].at(None, what=error, remedy="")]) from error


def _deal(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        value = as_value(deal.Deal, fact)
        deals.record_deal(value, since=to.start, evidence=fact.evidence, **to.who)


def _simple(cls: type, record: Callable[..., bool]) -> Callable[[Sequence[Fact], Applying], None]:
    """A kind whose sheet has the fields of its value, recorded from the start of the deal."""

    def apply_simple(changed: Sequence[Fact], to: Applying) -> None:
        for fact in changed:
            record(as_value(cls, fact), **to.of_deal(fact))

    return apply_simple


def _apart(cls: type, record: Callable[..., bool]) -> Callable[[Sequence[Fact], Applying], None]:
    """A kind that does not belong to a deal."""

    def apply_apart(changed: Sequence[Fact], to: Applying) -> None:
        for fact in changed:
            record(as_value(cls, fact), since=BEGINNING, evidence=fact.evidence, **to.who)

    return apply_apart


def _organisations(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        value = as_value(
            organisation.Organisation, fact, short_name=fact["short_name"] or fact["name"]
        )
        organisations.record_organisation(value, since=BEGINNING, evidence=fact.evidence, **to.who)


def _outlines(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        rings = tuple(tuple((float(x), float(y)) for x, y in ring) for ring in fact["outline"])
        value = organisation.Outline(fact["organisation"], rings)
        organisations.record_outline(value, since=BEGINNING, evidence=fact.evidence, **to.who)


def _parties(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        since = fact["since"]
        arguments = to.of_deal(fact)
        arguments["since"] = since.first_day if since else to.start
        deals.record_party(as_value(deal.Party, fact), until=_day_after(fact["until"]), **arguments)


def _day_after(until: PartialDate | None) -> date | None:
    """The first day on which a fact no longer holds."""
    return date.fromordinal(until.last_day.toordinal() + 1) if until else None


def _seats(changed: Sequence[Fact], to: Applying) -> None:
    for fact in _named_first([(as_value(Seat, f).code, f) for f in changed], ("replaces",)):
        since = fact["since"]
        arguments = to.of_deal(fact)
        arguments["since"] = since.counts_from if since else to.start
        decisions.record_seat(as_value(Seat, fact), until=_day_after(fact["until"]), **arguments)


def _meetings(cls: type, record: Callable[..., bool]) -> Callable[[Sequence[Fact], Applying], None]:
    """A kind about meetings; their actions know from when it holds."""

    def apply_meetings(changed: Sequence[Fact], to: Applying) -> None:
        for fact in changed:
            record(as_value(cls, fact), deal=to.deal, evidence=fact.evidence, **to.who)

    return apply_meetings


def _decisions(changed: Sequence[Fact], to: Applying) -> None:
    for fact in _named_first([(as_value(Decision, f).code, f) for f in changed], ("supersedes",)):
        value = as_value(Decision, fact)
        try:
            decisions.record_decision(value, deal=to.deal, evidence=fact.evidence, **to.who)
        except DecisionStands as error:
            raise Refused([FAULTS["F-120"].at(None, code=value.code)]) from error


def _named_first(facts: Sequence[tuple[str, Fact]], naming: tuple[str, ...]) -> Iterator[Fact]:
    """Facts with their codes in an order in which those come first that others name."""
    waiting = dict(facts)
    while waiting:
        ready = [
            code
            for code, fact in waiting.items()
            if not ({fact[name] for name in naming} & (waiting.keys() - {code}))
        ] or list(waiting)
        for code in ready:
            yield waiting.pop(code)


def _allocations(changed: Sequence[Fact], to: Applying) -> None:
    for fact in sorted(changed, key=lambda f: f["effective"]):
        value = as_value(deal.Allocation, fact, line=fact["pillar"] or deal.OVERHEAD)
        ledger.allocate(value, deal=to.deal, evidence=fact.evidence, **to.who)


def _contributions(changed: Sequence[Fact], to: Applying) -> None:
    _pledge({fact["code"] for fact in changed}, to)


def _contribution_keys(changed: Sequence[Fact], to: Applying) -> None:
    _pledge({fact["contribution"] for fact in changed}, to)


def _pledge(codes: set[str], to: Applying) -> None:
    for fact in to.facts["contribution"].values():
        if fact["code"] not in codes:
            continue
        keys = [
            as_value(deal.ContributionKey, key, position=position)
            for position, key in enumerate(to.facts.get("contribution_key", {}).values(), 1)
            if key["contribution"] == fact["code"]
        ]
        ledger.pledge(
            as_value(deal.Contribution, fact), keys, deal=to.deal, evidence=fact.evidence, **to.who
        )


def _projects(changed: Sequence[Fact], to: Applying) -> None:
    coded = [(as_value(project.Project, f).code, f) for f in changed]
    for fact in _named_first(coded, ("paid_from", "merged_into")):
        value = as_value(project.Project, fact)
        projects.record_project(value, deal=to.deal, evidence=fact.evidence, **to.who)


def _of_project(
    cls: type, record: Callable[..., bool]
) -> Callable[[Sequence[Fact], Applying], None]:
    """A kind about a project, from when the project belongs to the deal or the fact's own date."""

    def apply_of_project(changed: Sequence[Fact], to: Applying) -> None:
        for fact in changed:
            own = fact.values.get("since")
            arguments = to.of_deal(fact)
            arguments["since"] = own.counts_from if own else to.since_project(fact["project"])
            record(as_value(cls, fact), **arguments)

    return apply_of_project


def _tranches(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        awards.open_tranche(as_value(Tranche, fact), deal=to.deal, evidence=fact.evidence, **to.who)


def _awards(changed: Sequence[Fact], to: Applying) -> None:
    decided = [as_value(Award, f) for f in changed if f.kind == "award"]
    reserved = [as_value(Reservation, f) for f in changed if f.kind == "reservation"]
    released = [as_value(Release, f) for f in changed if f.kind == "release"]
    awards.decide(deal=to.deal, awards=decided, reservations=reserved, releases=released, **to.who)


STEPS: dict[str, type[treasury.Step]] = {
    "commitment": money.Commitment,
    "payment": money.Payment,
    "settlement": money.Settlement,
    "recovery": money.Recovery,
}
MONEY_FAULTS = (
    Overdrawn,
    AwardAfterEnd,
    ReservationExceeded,
    ReservationTooLow,
    ReleaseExceeded,
    OutOfOrder,
    money.CommittedAfterEnd,
    money.CommittedAfterStop,
    money.NotAwarded,
    money.GivenAway,
)


def _money(changed: Sequence[Fact], to: Applying) -> None:
    """Commitments with what became of them: together, since each is judged by the others."""
    order = list(STEPS)
    steps = [as_value(STEPS[f.kind], f) for f in sorted(changed, key=lambda f: order.index(f.kind))]
    treasury.record_steps(steps, deal=to.deal, **to.who)


def _conditions(changed: Sequence[Fact], to: Applying) -> None:
    since = {f["code"]: f["effective"].counts_from for f in to.facts["commitment"].values()}
    for fact in changed:
        arguments = to.of_deal(fact)
        arguments["since"] = since[fact["commitment"]]
        value = as_value(money.Condition, fact, readers=fact["readers"])
        treasury.record_condition(value, **arguments)


def _mandates(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        arguments = {**to.of_deal(fact), "since": fact["effective"].counts_from}
        deals.record_fact(as_value(deal.Mandate, fact), **arguments)


def _dated(cls: type, record: Callable[..., bool]) -> Callable[[Sequence[Fact], Applying], None]:
    """A kind whose value has its own date and evidence."""

    def apply_dated(changed: Sequence[Fact], to: Applying) -> None:
        for fact in changed:
            record(as_value(cls, fact), deal=to.deal, **to.who)

    return apply_dated


def _turns(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        arguments = {**to.of_deal(fact), "since": fact["effective"].counts_from}
        projects.record_fact(as_value(project.Turn, fact), **arguments)


def _rounds(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        value = as_value(report.ReportingRound, fact)
        progress.open_round(value, deal=to.deal, evidence=fact.evidence, **to.who)


def _progress(changed: Sequence[Fact], to: Applying) -> None:
    rounds = {f["code"]: f["as_of"] for f in to.facts["round"].values()}
    for fact in changed:
        value = as_value(report.ProgressReport, fact, as_of=rounds[fact["round"]])
        progress.report_progress(value, deal=to.deal, evidence=fact.evidence, **to.who)


def _measurements(changed: Sequence[Fact], to: Applying) -> None:
    for fact in changed:
        arguments = to.of_deal(fact)
        arguments["since"] = fact["as_of"].counts_from if fact["as_of"] else to.start
        indicators.record_measurement(as_value(indicator.Measurement, fact), **arguments)


def _observations(changed: Sequence[Fact], to: Applying) -> None:
    values = [as_value(indicator.Observation, fact) for fact in changed]
    indicators.record_observations(values, **to.who)


APPLY: dict[str, Callable[[Sequence[Fact], Applying], None]] = {
    "organisation": _organisations,
    "deal": _deal,
    "source": _simple(deal.Source, deals.record_fact),
    "outline": _outlines,
    "party": _parties,
    "article": _simple(deal.Article, deals.record_fact),
    "pillar": _simple(deal.Pillar, deals.record_pillar),
    "theme": _simple(deal.Theme, deals.record_fact),
    "goal": _simple(deal.Goal, deals.record_fact),
    "result": _simple(deal.IntendedResult, deals.record_fact),
    "contact": _simple(deal.ContactPoint, deals.record_fact),
    "board": _simple(Board, decisions.record_board),
    "seat": _seats,
    "allocation": _allocations,
    "contribution": _contributions,
    "contribution_key": _contribution_keys,
    "instalment": _simple(deal.Instalment, deals.record_fact),
    "mandate": _mandates,
    "receipt": _dated(money.Receipt, treasury.record_receipt),
    "project": _projects,
    "partner": _of_project(project.Partner, projects.record_fact),
    "place": _of_project(project.Place, projects.record_fact),
    "cross_over": _of_project(project.CrossOver, projects.record_fact),
    "influence": _of_project(project.Influence, projects.record_fact),
    "project_text": _of_project(project.ProjectText, projects.record_fact),
    "meeting": _meetings(Meeting, decisions.record_meeting),
    "agenda_item": _meetings(AgendaItem, decisions.record_agenda_item),
    "interest": _meetings(Interest, decisions.record_interest),
    "decision": _decisions,
    "turn": _turns,
    "tranche": _tranches,
    "foreword": _simple(Foreword, decisions.record_foreword),
    # With releases, before commitments, which release what falls free of them unless that was done.
    "award": _awards,
    "budget_line": _simple(money.BudgetLine, treasury.record_budget_line),
    **dict.fromkeys(STEPS, _money),
    "forecast": _dated(money.Forecast, treasury.give_forecast),
    "condition": _conditions,
    "round": _rounds,
    "progress": _progress,
    "indicator": _apart(indicator.Indicator, indicators.record_indicator),
    "observation": _observations,
    "measurement": _measurements,
    "stated": _simple(deal.StatedFact, deals.record_fact),
}
"""How each kind is applied, in the order in which they must be."""

TOGETHER = {"reservation": "award", "release": "award", **dict.fromkeys(STEPS, "commitment")}
"""Kinds of which all changes of a file are applied at once, as one of them."""
