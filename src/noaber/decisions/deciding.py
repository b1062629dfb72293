"""Deciding: a board's decision and all it comes to, in one event; or only looked at."""

from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from noaber.access.rules import OFFICE, Actor
from noaber.awards import actions as awards
from noaber.awards.rules import Tranche
from noaber.core.finding import Refused, at_field, refusal
from noaber.core.notation import day, euro, partial
from noaber.deals import actions as deals
from noaber.deals import rules as deal_rules
from noaber.decisions import knowing, queries, rules
from noaber.decisions.actions import record_decision, record_meeting
from noaber.decisions.checking import GIVING, check
from noaber.decisions.effects import Context, Effects, Order, Superseded, effects
from noaber.decisions.known import Known
from noaber.decisions.refusing import as_findings
from noaber.decisions.standing import Standing, Weighing, standing
from noaber.ledger import queries as ledger
from noaber.ledger.actions import allocate
from noaber.ledger.rules import Short, Stage, falls_short
from noaber.projects import actions
from noaber.projects.rules import Turn
from noaber.proposals import actions as proposals
from noaber.record.actions import revision
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from noaber.record.writing import Stamp

OUTCOMES = {
    "award": "awarded",
    "reallocate": "awarded",
    "reserve": "reserved",
    "reject": "rejected",
}
"""What a decision makes of the proposal it is on."""


class StandingChanged(Exception):
    """Another decision was taken since the effect of this one was shown; nothing was recorded."""

    def __init__(self, weighing: Weighing) -> None:
        super().__init__("Intussen is een ander besluit vastgelegd. Bekijk de gevolgen opnieuw.")
        self.weighing = weighing


class _OnlyLooking(Exception):
    """Ends an event of which nothing is to stay."""


def weigh(order: Order, *, deal: str, by: Actor, at: datetime) -> Weighing:
    """What a decision would do to every pillar, reservation and project; nothing is recorded.

    It is taken and taken back, so that what is shown is what would happen. A guideline that is
    passed is in the result, and no reason to refuse.

    :raises Refused: with what is wrong, as `decide` would.
    """
    meant = replace(order, over_guideline=True)
    found: list[Weighing] = []
    with suppress(_OnlyLooking), _event(order, deal, by, at, None) as r:
        found.append(_take(meant, deal, by, at, r)[1])
        _stop_looking()
    return found[0]


def _stop_looking() -> None:
    raise _OnlyLooking


def decide(
    order: Order, *, deal: str, by: Actor, at: datetime, key: str | None = None
) -> rules.Decision:
    """Take a decision: record it with its awards, reservations, releases and what becomes of the
    proposal, in one event. Its number is the next one of the meeting.

    `key` is that of the form that was sent, so that the same sending decides once.

    :raises Refused: with everything that is wrong.
    :raises StandingChanged: when what the effect was shown with no longer stands.
    :raises AlreadyRecorded: when this very form was recorded before.
    """
    with _event(order, deal, by, at, key) as r:
        decision, weighing = _take(order, deal, by, at, r)
        if order.seen is not None and order.seen != weighing.before.token:
            raise StandingChanged(weighing)
    return decision


def _event(
    order: Order, deal: str, by: Actor, at: datetime, key: str | None
) -> AbstractContextManager[Stamp]:
    action, subject = "decide", f"meeting:{order.meeting}"
    if order.is_advice:
        action, subject = "advise_proposal", f"proposal:{deal}/{order.proposal}"
    return revision(by=by, at=at, action=action, subject=subject, idempotency_key=key)


@dataclass(frozen=True)
class _Taking:
    """A decision that is being taken: what is known, its number, and who records it where."""

    known: Known
    number: int
    advice: bool
    deal: str
    moment: Moment
    by: Actor
    at: datetime

    @property
    def meeting(self) -> rules.Meeting:
        return self.known.meeting

    @property
    def code(self) -> str:
        return f"{self.meeting.code}-{self.number}"

    @property
    def evidence(self) -> Evidence:
        """The decision list of the meeting, and the place of the decision in it.

        Sources are public, and advice on a proposal is not: it has none.
        """
        if self.advice:
            return Evidence()
        return Evidence(f"besluiten-{self.meeting.code}", f"besluit {self.number}")

    @property
    def who(self) -> dict[str, Any]:
        """In which deal, by whom and when, as actions take it."""
        return {"deal": self.deal, "by": self.by, "at": self.at}


def _take(
    order: Order, deal: str, by: Actor, at: datetime, stamp: Stamp
) -> tuple[rules.Decision, Weighing]:
    moment = Moment.ever(stamp.number)
    known = knowing.known(order, deal=deal, moment=moment, at=at)
    check(order, known)
    numbers = (d.number for d in known.of_meeting)
    number = rules.next_number(numbers, advice=order.is_advice)
    taking = _Taking(known, number, order.is_advice, deal, moment, by, at)
    with as_findings():
        if not order.is_advice:
            _cite(taking)
        order = _with_project(order, taking)
        before = standing(ledger.flows(deal, moment), known.pillars)
        room = ledger.per_day(deal, Stage.PILLAR)
        made = effects(order, _context(order, taking, before))
        decision = _decision(order, taking)
        record_decision(decision, evidence=taking.evidence, **taking.who)
        _record(made, taking)
        if order.kind == "stop":
            _stop(order.project, taking)
        _of_proposal(order, decision, taking)
        if taking.meeting.state == "planned":
            held = replace(taking.meeting, state="held")
            record_meeting(held, evidence=held.evidence, **taking.who)
    weighing = Weighing(before, standing(ledger.flows(deal, moment), known.pillars))
    _check_room(falls_short(room, ledger.per_day(deal, Stage.PILLAR)))
    _check_guidelines(order, weighing)
    return decision, weighing


def _context(order: Order, taking: _Taking, before: Standing) -> Context:
    tranche = _tranche(order, taking)
    kept = (
        r.decision
        for r in taking.known.awarded.reservations
        if tranche is not None and (r.project, r.tranche) == (order.project, tranche.number)
    )
    return Context(
        code=taking.code,
        on=taking.meeting.on,
        standing=before,
        tranche=tranche,
        reserved_in_tranche=next(kept, None),
        tranches=taking.known.tranches,
        evidence=taking.evidence,
        superseded=_superseded(order, taking),
    )


def _record(made: Effects, taking: _Taking) -> None:
    """Record what a decision comes to; what is released first, so that it can be given on."""
    if made.releases:
        awards.release(made.releases, **taking.who)
    if made.awards or made.reservations:
        awards.decide(awards=made.awards, reservations=made.reservations, **taking.who)
    for allocation in made.allocations:
        allocate(allocation, evidence=allocation.evidence, **taking.who)


def _stop(project: str, taking: _Taking) -> None:
    """Let a project stop on the day of the meeting; before that day it is as it was."""
    on = taking.meeting.on
    turn = Turn(project, "stop", on, decision=taking.code)
    actions.record_fact(turn, since=on.counts_from, evidence=taking.evidence, **taking.who)


def _cite(taking: _Taking) -> None:
    """Make the decision list of the meeting a source, so that its money can cite it."""
    meeting, board = taking.meeting, taking.known.board
    title = f"Besluitenlijst {board.name}, {partial(meeting.on)}"
    source = deal_rules.Source(taking.evidence.source, title, "decision", meeting.on, board.name)
    since = taking.known.deal.starts.counts_from
    deals.record_fact(source, since=since, evidence=Evidence(), **taking.who)


def _with_project(order: Order, taking: _Taking) -> Order:
    """The order with the project of its proposal, which begins when money is given to it."""
    proposal = taking.known.proposal
    if proposal is None or order.project:
        return order
    if proposal.project:
        return replace(order, project=proposal.project)
    if order.kind not in GIVING:
        return order
    code = proposals.start_project(
        code=order.proposal,
        number=order.number,
        since=taking.meeting.on,
        evidence=taking.evidence,
        **taking.who,
    )
    return replace(order, project=code)


def _tranche(order: Order, taking: _Taking) -> Tranche | None:
    """The tranche of the meeting, opened by its first decision that gives money."""
    number, tranches = taking.meeting.tranche, taking.known.tranches
    there = next((t for t in tranches if t.number == number), None)
    if there is not None or not number or order.kind not in GIVING:
        return there
    position = max((t.position for t in tranches), default=0) + 1
    made = Tranche(number, position, taking.meeting.on, "decided")
    awards.open_tranche(made, evidence=replace(taking.evidence, locator=""), **taking.who)
    return made


def _superseded(order: Order, taking: _Taking) -> Superseded:
    """What the decision that is superseded gave, with those that it superseded itself."""
    chain, code = set(), order.supersedes
    while code and code not in chain:
        chain.add(code)
        other = taking.known.decision(code)
        code = other.supersedes if other else ""
    if not chain:
        return Superseded()
    found = taking.known.awarded
    totals = [r for r in found.reservations if r.project == order.project]
    raised = 0
    if totals and totals[-1].decision in chain:
        former = [r.amount for r in totals if r.decision not in chain]
        raised = max(0, totals[-1].amount - (former[-1] if former else 0))
    given = tuple(a for a in found.awards if a.decision in chain)
    return Superseded(given, raised, frozenset(chain))


def _decision(order: Order, taking: _Taking) -> rules.Decision:
    return rules.Decision(
        meeting=order.meeting,
        number=taking.number,
        kind=order.kind,
        title=order.title,
        text=order.text,
        opinion=order.opinion,
        item=order.item,
        proposal=order.proposal,
        project=order.project,
        conditions=order.conditions,
        reason=order.reason,
        supersedes=order.supersedes,
        taking_part=order.taking_part,
        absent=taking.known.interested(order.item),
        readers=_readers(order, taking.known),
        evidence=taking.evidence,
    )


def _readers(order: Order, known: Known) -> str:
    """Decisions are public; advice on a proposal is for who reads the point, never for everybody."""
    if not order.is_advice:
        return "public"
    item = next(i for i in known.facts.agenda if i.code == order.item)
    return "board" if item.readers == "public" else item.readers


def _of_proposal(order: Order, decision: rules.Decision, taking: _Taking) -> None:
    """Record with the proposal what was decided on it."""
    proposal = taking.known.proposal
    if proposal is None:
        return
    named = {"code": proposal.code, "decision": decision.code, **taking.who}
    if order.supersedes and proposal.phase == "decided":
        proposals.reopen(**named)
    if order.kind in OUTCOMES:
        proposals.conclude(
            outcome=OUTCOMES[order.kind],
            text=order.text,
            on=taking.meeting.on.counts_from,
            evidence=taking.evidence,
            **named,
        )
    elif order.kind == "hold":
        proposals.hold(text=order.text, **named)
    elif order.is_advice:
        on = taking.meeting.on.counts_from
        proposals.advise(opinion=order.opinion, text=order.text, on=on, **named)


def _check_room(short: Short | None) -> None:
    """All pillars together give no more than there is, on any day; one alone may."""
    if short is not None:
        raise refusal(
            "B-31",
            f"Er is voor alle pijlers samen op {day(short.on)} {euro(short.amount)} te weinig",
            "bedrag",
            "Een pijler mag haar richtlijn voorbij (artikel 5.4), alle pijlers samen niet. "
            "Wat later vrijvalt kan pas daarna worden toegekend.",
        )


def _check_guidelines(order: Order, weighing: Weighing) -> None:
    """A pillar passes its guideline only when that is meant."""
    if weighing.passing and not order.over_guideline:
        raise Refused(
            at_field(
                "B-32",
                f"De pijler {line.pillar} komt {euro(line.over)} boven haar richtlijn",
                "boven_richtlijn",
                "Dat mag (artikel 5.4), als de stuurgroep het zo wil: vink dat aan.",
            )
            for line in weighing.passing
        )


def close_meeting(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Make the decision list of a meeting final; returns whether it was not yet.

    :raises Refused: when the meeting is not there or not held.
    """
    with revision(by=by, at=at, action="close_meeting", subject=f"meeting:{code}"):
        facts = queries.facts(deal, Moment.ever(latest()), OFFICE)
        meeting = next((m for m in facts.meetings if m.code == code), None)
        if meeting is None or meeting.state == "planned":
            raise refusal(
                "B-02",
                "In deze vergadering is nog niets besloten",
                "vergadering",
                "Leg eerst de besluiten vast.",
            )
        closed = replace(meeting, state="closed")
        return record_meeting(closed, deal=deal, evidence=meeting.evidence, by=by, at=at)
