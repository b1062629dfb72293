"""Proposals in the office: all of them per pillar and phase, one to read, and what is done with it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access import queries as people
from noaber.access.rules import Audience, NotPermitted
from noaber.core.dates import PartialDate
from noaber.core.finding import Finding, Refused
from noaber.core.ref import Ref
from noaber.decisions import queries as decisions
from noaber.monitor import queries as monitor
from noaber.proposals import actions, queries
from noaber.proposals.comparing import differences
from noaber.proposals.definitions import Phase, form
from noaber.proposals.rules import (
    PHASES,
    Comment,
    Known,
    Proposal,
    SentVersion,
    Tally,
    tally,
    tally_per_phase,
)
from noaber.proposals.texts import named as named_content
from noaber.record.rules import AlreadyRecorded, Moment
from noaber.web.access import SEND, Desk, office
from noaber.web.office.page import done, office_page
from noaber.web.office.proposal_form_views import (
    WRITE,
    address,
    found_proposal,
    key_of,
    known_of,
    new_key,
)
from noaber.web.office.proposal_page import page_of
from noaber.web.office.withheld_file_views import withheld_at

JUDGE = "proposal.judge"


@dataclass(frozen=True)
class Line:
    """A proposal in the pipeline."""

    proposal: Proposal
    address: str
    phase: Phase
    lead: str


@dataclass(frozen=True)
class Pipe:
    """The proposals of a pillar, with how many there are in each phase and what they ask."""

    code: str
    name: str
    lines: tuple[Line, ...]
    whole: Tally
    phases: tuple[tuple[Phase, Tally], ...]


@office("register.read")
def proposals(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The proposals that this person may read, per pillar; the address keeps the choice."""
    moment, reader = monitor.moment(desk.today), desk.audience
    known = known_of(desk, moment, reader)
    every = [
        p
        for p in queries.proposals(desk.deal, moment, reader)
        if desk.may("register.read", p.lead, p.pillar)
    ]
    wanted = {name: request.GET.get(name, "") for name in ("pijler", "fase", "zoek")}
    chosen = [p for p in every if _chosen(p, wanted, known)]
    return office_page(
        request,
        desk,
        "office/proposals.html",
        pipes=_pipes(desk, chosen, known),
        total=len(every),
        wanted=wanted,
        pillars=[(code, named.name) for code, named in known.pillars.items()],
        phases=[form().phases[code] for code in PHASES],
        may_write=desk.may_somewhere(WRITE),
    )


def _chosen(found: Proposal, wanted: Mapping[str, str], known: Known) -> bool:
    lead = known.organisations.get(found.lead)
    words = f"{found.title} {lead.name if lead else ''} {found.code}".casefold()
    return (
        wanted["pijler"] in ("", found.pillar)
        and wanted["fase"] in ("", found.phase)
        and all(word in words for word in wanted["zoek"].casefold().split())
    )


def _pipes(desk: Desk, chosen: list[Proposal], known: Known) -> list[Pipe]:
    phases = form().phases
    pipes = []
    for code, named in known.pillars.items():
        of_pillar = sorted(
            (p for p in chosen if p.pillar == code), key=lambda p: PHASES.index(p.phase)
        )
        lines = tuple(
            Line(p, address(desk, p.code), phases[p.phase], _lead(p, known)) for p in of_pillar
        )
        counted = tuple((phases[c], t) for c, t in tally_per_phase(of_pillar).items())
        if lines:
            pipes.append(Pipe(code, named.name, lines, tally(of_pillar), counted))
    return pipes


def _lead(found: Proposal, known: Known) -> str:
    named = known.organisations.get(found.lead)
    return named.name if named else found.lead


@office("register.read")
def proposal(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """A proposal to read, with what lacks, what was said, and what this person can do."""
    return shown(request, desk, found_proposal(desk, code))


@dataclass(frozen=True)
class Deed:
    """Something that can be done with a proposal: its step, word in an address, right and action."""

    step: str
    right: str
    said: str
    act: Callable[..., None]


DEEDS: Mapping[str, Deed] = {
    "indienen": Deed("send_in", WRITE, "Het voorstel is ingediend.", actions.send_in),
    "teruggeven": Deed("return", JUDGE, "Het voorstel is teruggegeven.", actions.send_back),
    "voordragen": Deed("nominate", JUDGE, "Het voorstel is voorgedragen.", actions.nominate),
    "intrekken": Deed("withdraw", WRITE, "Het voorstel is ingetrokken.", actions.withdraw),
}
"""What is done with a proposal on its own page; it is advised and decided on in meetings."""


@office("register.read", SEND)
def proposal_deed(request: HttpRequest, desk: Desk, code: str, deed: str) -> HttpResponse:
    """Do something with a proposal: send it in, return it, nominate or withdraw it."""
    wanted = DEEDS.get(deed)
    if wanted is None:
        raise Http404(deed)
    found = found_proposal(desk, code)

    def permitted(lead: str, pillar: str) -> None:
        if not desk.may(wanted.right, lead, pillar):
            raise NotPermitted(wanted.right)

    permitted(found.lead, found.pillar)
    typed = _typed(request, wanted.step)
    try:
        wanted.act(
            deal=desk.deal,
            code=code,
            by=desk.actor,
            at=timezone.now(),
            key=key_of(request, desk, code, deed),
            permitted=permitted,
            **typed,
        )
    except AlreadyRecorded:
        return done(request, wanted.said, address(desk, code))
    except Refused as refused:
        return shown(request, desk, found, deed=deed, findings=refused.findings)
    return done(request, wanted.said, address(desk, code))


def _typed(request: HttpRequest, step: str) -> dict[str, object]:
    typed: dict[str, object] = {"text": request.POST.get("reden", "")}
    if step == "return":
        typed["comments"] = tuple(
            Comment(s.code, request.POST.get(f"opmerking-{s.code}", "")) for s in form().sections
        )
    return typed


def shown(
    request: HttpRequest,
    desk: Desk,
    found: Proposal,
    *,
    deed: str = "",
    findings: tuple[Finding, ...] = (),
    file_findings: tuple[Finding, ...] = (),
) -> HttpResponse:
    """The page of a proposal; with what was wrong with what somebody wanted to do."""
    may = {right: desk.may(right, found.lead, found.pillar) for right in (WRITE, JUDGE)}
    names = people.names(step.author for step in found.steps)
    moment, reader = monitor.moment(desk.today), desk.audience
    codes = {step.decision for step in found.steps if step.decision}
    given = decisions.given_in(desk.deal, codes, moment)
    return office_page(
        request,
        desk,
        "office/proposal.html",
        here=reverse("proposals", args=[desk.deal]),
        status=422 if findings or file_findings else 200,
        page=page_of(found, known_of(desk, moment, reader), names, given),
        advice=_to_advise(desk, found, moment, reader),
        deeds={word: d for word, d in DEEDS.items() if may[d.right] and found.can(d.step)},
        may_write=may[WRITE] and found.can("write"),
        may_add_files=may[WRITE] and found.phase not in ("decided", "withdrawn"),
        deed=deed,
        findings=findings,
        typed={"reden": request.POST.get("reden", "")},
        typed_comments={
            s.code: request.POST.get(f"opmerking-{s.code}", "") for s in form().sections
        },
        files=queries.files(desk.deal, found.code, moment, reader),
        file_withheld=found.code in withheld_at(desk, "proposal", reader),
        may_withhold=desk.may("confidentiality.mark"),
        file_findings=file_findings,
        key=new_key(),
    )


@dataclass(frozen=True)
class Point:
    """A meeting that can advise on a proposal, and where its advice is recorded."""

    board: str
    on: PartialDate
    link: str


@dataclass(frozen=True)
class ToAdvise:
    """Whether a proposal waits for advice that this person records, and the meetings for it."""

    asked: bool
    points: tuple[Point, ...] = ()


def _to_advise(desk: Desk, found: Proposal, moment: Moment, reader: Audience) -> ToAdvise:
    """Where the advice on a proposal can be recorded: in meetings of which it is on the agenda."""
    if not found.can("advise") or not desk.may("advice.record", found.lead, found.pillar):
        return ToAdvise(asked=False)
    facts = decisions.facts(desk.deal, moment, reader)
    boards = {b.code: b for b in facts.boards if b.kind == "pillar_board"}
    meetings = {m.code: m for m in facts.meetings if m.state != "closed"}
    points = tuple(
        Point(
            boards[meeting.board].name,
            meeting.on,
            f"{reverse('give_advice', args=[desk.deal, meeting.code])}?punt={item.code}",
        )
        for item in facts.agenda
        if item.proposal == found.code and item.meeting in meetings
        for meeting in [meetings[item.meeting]]
        if meeting.board in boards and boards[meeting.board].pillar in ("", found.pillar)
    )
    return ToAdvise(asked=True, points=points)


@office("register.read")
def proposal_versions(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Two versions of a proposal side by side: as they were sent in, or as it stands now."""
    moment, reader = monitor.moment(desk.today), desk.audience
    found = found_proposal(desk, code, moment, reader)
    sent = queries.versions(desk.deal, code, moment, reader)
    by_name = {str(v.number): v.content for v in sent} | {"nu": found.content}
    before = request.GET.get("van") or _former(sent, found)
    after = request.GET.get("tot", "nu")
    if before not in by_name or after not in by_name:
        raise Http404(code)
    return office_page(
        request,
        desk,
        "office/proposal_versions.html",
        here=reverse("proposals", args=[desk.deal]),
        found=found,
        sent=sent,
        before=before,
        after=after,
        changed=differences(by_name[before], by_name[after], known_of(desk, moment, reader)),
    )


def _former(sent: Sequence[SentVersion], found: Proposal) -> str:
    """The version before the one that stands now; that itself when there is none."""
    other = [v for v in sent if v.content != found.content]
    return str(other[-1].number) if other else "nu"


@office("register.read")
def proposal_export(_request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """A proposal as data: what it says, and what was done with it."""
    found = found_proposal(desk, code)
    body = {
        "voorstel": str(Ref("proposal", f"{desk.deal}/{found.code}")),
        "fase": found.phase,
        "versie": found.number,
        "inhoud": named_content(found.content),
        "stappen": [
            {
                "stap": step.step,
                "op": step.on.isoformat(),
                "versie": step.number,
                "tekst": step.text,
                "advies": step.opinion,
                "uitkomst": step.outcome,
                "besluit": step.decision,
                "opmerkingen": {c.section: c.text for c in step.comments},
            }
            for step in found.steps
        ],
    }
    text = json.dumps(body, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="voorstel-{found.code}.json"'
    return response
