"""Writing proposals, and all that is done with them. Each can be part of a greater event.

`key` is that of the form that was sent, so that the same sending is recorded once. `permitted` is
asked under the lock, of the proposal as it stands and, in writing, as it becomes.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from noaber.access.rules import OFFICE, Actor
from noaber.core.dates import PartialDate
from noaber.core.finding import refusal
from noaber.deals.models import Deal
from noaber.projects import queries as projects
from noaber.projects.actions import retract_fact
from noaber.proposals import models, queries, starting
from noaber.proposals.canonical import kept
from noaber.proposals.checking import check_ready, check_written, phase_after
from noaber.proposals.definitions import form
from noaber.proposals.rules import (
    OPINIONS,
    OUTCOMES,
    ChangedMeanwhile,
    Comment,
    Content,
    Known,
    Proposal,
)
from noaber.record.actions import put, revision
from noaber.record.anchors import ensure, find
from noaber.record.queries import event, latest
from noaber.record.rules import Evidence, Moment
from noaber.record.writing import Stamp

Permitted = Callable[[str, str], None]
"""Raises when the actor may not do this to what an organisation leads for a pillar (codes)."""

_HERE = ZoneInfo("Europe/Amsterdam")
LONGEST = 10_000


class NoSuchProposal(Exception):
    """There is no such proposal in the deal."""


def _anybody(_lead: str, _pillar: str) -> None:
    """Nobody is refused: the caller has judged it."""


def write(
    *,
    deal: str,
    code: str,
    content: Content,
    base: int = 0,
    by: Actor,
    at: datetime,
    key: str | None = None,
    permitted: Permitted = _anybody,
) -> str:
    """Write a proposal; "" for `code` makes a new one. Returns its code.

    `base` is the revision up to which the form knew what it said.

    :raises Refused: when it lacks what even a concept has, names what is not there, or is not
        with its writer.
    :raises ChangedMeanwhile: when somebody else changed what it says since `base`.
    :raises AlreadyRecorded: when this very form was recorded before.
    """
    with revision(
        by=by, at=at, action="write_proposal", subject=_subject(deal, code), idempotency_key=key
    ) as r:
        known = _known(deal, at)
        check_written(content, known)
        permitted(content.lead, content.pillar)
        if not code:
            return _begin(deal, content, r, at)
        now = _standing(deal, code)
        permitted(now.lead, now.pillar)
        if content != now.content:
            phase_after("write", now.phase)
            _check_base(deal, now, base)
            _record(deal, now, r, _since(now, at), content=content)
        return code


def send_in(
    *,
    deal: str,
    code: str,
    text: str = "",
    by: Actor,
    at: datetime,
    key: str | None = None,
    permitted: Permitted = _anybody,
) -> None:
    """Send a proposal in as it stands: from now on it is a version that stays.

    :raises Refused: with all that lacks before it can be developed.
    """
    with _step("send_in", deal=deal, code=code, by=by, at=at, key=key, permitted=permitted) as done:
        check_ready(done.now.content, "in_development", _known(deal, at))
        done.record(text=_clean(text), number=done.now.number + 1)


def send_back(
    *,
    deal: str,
    code: str,
    text: str = "",
    comments: Sequence[Comment] = (),
    by: Actor,
    at: datetime,
    key: str | None = None,
    permitted: Permitted = _anybody,
) -> None:
    """Return a proposal to its writer, with what must change per section.

    :raises Refused: when nothing is said, or a comment is about no section.
    """
    with _step("return", deal=deal, code=code, by=by, at=at, key=key, permitted=permitted) as done:
        said = [Comment(c.section, _clean(c.text)) for c in comments if c.text.strip()]
        sections = {section.code for section in form().sections}
        if not said and not text.strip():
            raise refusal("V-41", "Er staat niet wat er anders moet", "reden",
                         "Schrijf het op, bij het onderdeel waar het over gaat.")  # fmt: skip
        if strange := [c.section for c in said if c.section not in sections]:
            raise refusal("V-42", f"Het onderdeel “{strange[0]}” bestaat niet", "reden",
                         "Kies een onderdeel van het voorstel.")  # fmt: skip
        done.record(text=_clean(text), comments=said)


def advise(
    *,
    deal: str,
    code: str,
    opinion: str,
    text: str,
    decision: str,
    on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Record the advice of the board of the pillar, which it gave in its meeting of a day: positive,
    conditional or negative, and why. `decision` is the code under which the meeting gave it.

    It is dated with the meeting, but never before what was done with the proposal last.

    :raises Refused: with all that lacks in the proposal.
    :raises ValueError: for an opinion that is none.
    """
    if opinion not in OPINIONS:
        raise ValueError(opinion)
    with _step("advise", deal=deal, code=code, by=by, at=at) as done:
        check_ready(done.now.content, "advised", _known(deal, at))
        done.record(text=_clean(text), opinion=opinion, decision=decision, on=on)


def nominate(
    *,
    deal: str,
    code: str,
    text: str = "",
    by: Actor,
    at: datetime,
    key: str | None = None,
    permitted: Permitted = _anybody,
) -> None:
    """Put a proposal before the steering group.

    :raises Refused: with all that lacks before it can be decided on.
    """
    with _step(
        "nominate", deal=deal, code=code, by=by, at=at, key=key, permitted=permitted
    ) as done:
        check_ready(done.now.content, "nominated", _known(deal, at))
        done.record(text=_clean(text))


def withdraw(
    *,
    deal: str,
    code: str,
    text: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
    permitted: Permitted = _anybody,
) -> None:
    """Withdraw a proposal, for good.

    :raises Refused: without a reason.
    """
    with _step(
        "withdraw", deal=deal, code=code, by=by, at=at, key=key, permitted=permitted
    ) as done:
        if not text.strip():
            raise refusal(
                "V-45", "De reden ontbreekt", "reden", "Schrijf waarom het wordt ingetrokken."
            )
        done.record(text=_clean(text))


def hold(*, deal: str, code: str, decision: str, text: str = "", by: Actor, at: datetime) -> None:
    """Record that a decision holds a proposal over: it stays nominated."""
    with _step("hold", deal=deal, code=code, by=by, at=at) as done:
        done.record(text=_clean(text), decision=decision)


def conclude(
    *,
    deal: str,
    code: str,
    outcome: str,
    decision: str,
    text: str = "",
    on: date | None = None,
    evidence: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Record what was decided on a proposal, and by which decision.

    When it is awarded, what it claims to do for intended results is known of its project from
    the day of the decision `on` (default the day of `at`).

    :raises Refused: when it is not nominated.
    :raises ValueError: for an outcome that is none.
    """
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    with _step("conclude", deal=deal, code=code, by=by, at=at) as done:
        done.record(text=_clean(text), outcome=outcome, decision=decision)
        if outcome == "awarded" and done.now.project:
            starting.record_influences(
                done.now.content,
                done.now.project,
                decision,
                deal=deal,
                since=on or at.date(),
                evidence=evidence or Evidence(),
                by=by,
                at=at,
            )


def reopen(*, deal: str, code: str, decision: str, by: Actor, at: datetime) -> None:
    """Put a proposal before the steering group again, as a decision on it is superseded.

    What it claims to do for intended results is no longer known of its project: it is again when
    the proposal is awarded again.
    """
    with _step("reopen", deal=deal, code=code, by=by, at=at) as done:
        done.record(decision=decision)
        taken = {step.decision for step in done.now.steps if step.decision}
        known = projects.facts(deal, Moment.ever(done.stamp.number), OFFICE)
        for claim in known.influences:
            if claim.project == done.now.project and claim.decision in taken:
                retract_fact(claim, deal=deal, by=by, at=at)


def start_project(
    *,
    deal: str,
    code: str,
    number: str,
    since: PartialDate,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> str:
    """Make the project that a nominated or decided proposal becomes; returns its code.

    It gets the lead, partners, places, text and cross-overs of the proposal, and what it plans
    for the results it contributes to; what it claims of those comes with its award (`conclude`).

    :raises Refused: when it continues a project, was started already, or the number is taken.
    """
    with _step("start_project", deal=deal, code=code, by=by, at=at) as done:
        if done.now.project:
            raise refusal("V-53", f"Dit voorstel hoort al bij het project {done.now.project}", "nummer",
                         "Er hoeft geen project meer te worden gemaakt.")  # fmt: skip
        made = starting.record(
            done.now.content,
            number,
            _known(deal, at),
            deal=deal,
            since=since,
            evidence=evidence,
            by=by,
            at=at,
        )
        done.record(project=made)
        return made


@dataclass
class _Done:
    """A step that is being taken: the proposal as it stands, and how the step is recorded."""

    step: str
    deal: str
    now: Proposal
    stamp: Stamp
    by: Actor
    at: datetime

    def record(
        self,
        *,
        text: str = "",
        number: int | None = None,
        opinion: str = "",
        outcome: str = "",
        decision: str = "",
        project: str = "",
        comments: Sequence[Comment] = (),
        on: date | None = None,
    ) -> None:
        """Record the step, and the phase that follows; it was done on the day of `at`, or `on`."""
        number = self.now.number if number is None else number
        since = _since(self.now, self.at) if on is None else max(on, self.now.since)
        after = phase_after(self.step, self.now.phase)
        models.ProposalStep(
            revision_id=self.stamp.number,
            proposal=_anchor(self.deal, self.now.code),
            step=self.step,
            before=self.now.phase,
            after=after,
            number=number,
            on=since,
            author=self.by.code,
            text=text,
            opinion=opinion,
            outcome=outcome,
            decision=decision,
            project=project,
            comments=[[c.section, c.text] for c in comments],
        ).save()
        _record(self.deal, self.now, self.stamp, since, phase=after, number=number)


@contextmanager
def _step(
    step: str,
    *,
    deal: str,
    code: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
    permitted: Permitted = _anybody,
) -> Iterator[_Done]:
    with revision(
        by=by, at=at, action=f"{step}_proposal", subject=_subject(deal, code), idempotency_key=key
    ) as r:
        now = _standing(deal, code)
        permitted(now.lead, now.pillar)
        phase_after(step, now.phase)
        yield _Done(step, deal, now, r, by, at)


def _begin(deal: str, content: Content, stamp: Stamp, at: datetime) -> str:
    owner = find(Deal, code=deal)
    code = f"v{models.Proposal.objects.filter(deal=owner).count() + 1}"
    ensure(models.Proposal, stamp, deal=owner, code=code)
    fresh = Proposal(code, "concept", 0, content, 0, date.min)
    _record(deal, fresh, stamp, _since(fresh, at), content=content)
    return code


def _record(
    deal: str,
    now: Proposal,
    stamp: Stamp,
    since: date,
    *,
    content: Content | None = None,
    phase: str = "",
    number: int | None = None,
) -> None:
    content = content or now.content
    sent = now.number if number is None else number
    put(
        models.ProposalVersion,
        key={"proposal": _anchor(deal, now.code)},
        values={
            "phase": phase or now.phase,
            "number": sent,
            "lead": content.lead,
            "content": kept(content),
        },
        since=since,
        evidence=Evidence(),
        readers="board" if sent else "office",
        stamp=stamp,
    )


def _since(now: Proposal, at: datetime) -> date:
    """The day of an event; never before what was done last, so that it holds from then on."""
    return max(at.astimezone(_HERE).date(), now.since)


def _anchor(deal: str, code: str) -> models.Proposal:
    return find(models.Proposal, deal=find(Deal, code=deal), code=code)


def _standing(deal: str, code: str) -> Proposal:
    """The proposal as it stands, whatever the date.

    :raises NoSuchProposal: when there is none.
    """
    # What the open revision wrote counts too: it has a number above the latest.
    found = queries.proposal(deal, code, Moment.ever(latest() + 1), OFFICE)
    if found is None:
        raise NoSuchProposal(code)
    return found


def _known(deal: str, at: datetime) -> Known:
    found = queries.known(deal, Moment(at.astimezone(_HERE).date(), latest() + 1), OFFICE)
    if found is None:
        raise NoSuchProposal(deal)
    return found


def _check_base(deal: str, now: Proposal, base: int) -> None:
    if base >= now.revision:
        return
    before = queries.content_at(deal, now.code, base) or Content()
    if before != now.content:
        made = event(now.revision)
        raise ChangedMeanwhile(before, now, made.author if made else "")


def _subject(deal: str, code: str) -> str:
    return f"proposal:{deal}/{code or 'nieuw'}"


def _clean(text: str) -> str:
    plain = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    plain = "".join(c for c in plain if c == "\n" or c.isprintable())
    if len(plain) > LONGEST:
        raise refusal(
            "V-46", f"De tekst is langer dan {LONGEST} tekens", "reden", "Maak hem korter."
        )
    return plain
