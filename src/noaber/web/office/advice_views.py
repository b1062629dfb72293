"""Recording what the board of a pillar advises on a proposal, at a point of its meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access.rules import NotPermitted
from noaber.core.finding import Finding, Refused
from noaber.core.notation import day
from noaber.decisions import deciding
from noaber.decisions.advising import no_point, not_on_agenda, wrong_opinion
from noaber.decisions.checking import wrong_words
from noaber.decisions.effects import Order
from noaber.decisions.rules import AgendaItem, Board, Meeting
from noaber.monitor import queries as monitor
from noaber.monitor import titles
from noaber.monitor.views import DealView
from noaber.proposals import queries as proposals
from noaber.proposals.rules import OPINIONS, Proposal
from noaber.record.rules import AlreadyRecorded
from noaber.web.access import FORM, Desk, office
from noaber.web.office.forms import FormField, Option, place_of
from noaber.web.office.meeting_views import (
    interested_in,
    items_of,
    may_advise,
    meeting_of,
    members_of,
    seat_choices,
    view_of,
)
from noaber.web.office.page import done, office_page
from noaber.web.office.proposal_form_views import key_of, new_key

LABELS = {
    "punt": ("Waarover", "Het punt van de agenda dat over het voorstel gaat."),
    "oordeel": ("Advies van het overleg", "Wat het overleg van het voorstel vindt."),
    "tekst": ("Toelichting", "Waarom het overleg dit adviseert, en onder welke voorwaarden."),
    "vervangt": ("Vervangt advies", "Een advies verandert niet; dit nieuwe komt ervoor in de plaats."),
}  # fmt: skip


@dataclass(frozen=True)
class _Offered:
    """What a meeting can advise on: points with the proposal that each is about."""

    view: DealView
    meeting: Meeting
    board: Board
    points: Mapping[str, tuple[AgendaItem, Proposal]]


@dataclass(frozen=True)
class _Typed:
    """What stands in the form, and which members took part."""

    texts: Mapping[str, str]
    members: tuple[str, ...]


@office("advice.record", FORM)
def give_advice(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Record the advice of the board of a pillar on a proposal, in the meeting that gave it."""
    offered = _offered(desk, code)
    board = offered.board
    if board.kind == "pillar_board" and not may_advise(desk, board):
        raise NotPermitted("advice.record")
    if request.method != "POST":
        return _page(request, desk, offered, _begun(request, offered))
    texts = {name: request.POST.get(name, "").strip() for name in LABELS}
    typed = _Typed(texts, tuple(request.POST.getlist("leden")))
    try:
        return _record(request, desk, offered, typed)
    except Refused as refused:
        return _page(request, desk, offered, typed, refused.findings)


def _record(request: HttpRequest, desk: Desk, offered: _Offered, typed: _Typed) -> HttpResponse:
    texts, back = typed.texts, reverse("meeting", args=[desk.deal, offered.meeting.code])
    item, proposal = offered.points.get(texts["punt"], (None, None))
    order = Order(
        meeting=offered.meeting.code,
        kind="advise",
        title=item.title if item else "",
        text=texts["tekst"],
        opinion=texts["oordeel"],
        item=item.code if item else "",
        proposal=proposal.code if proposal else "",
        supersedes=texts["vervangt"],
        taking_part=typed.members,
    )
    if item is None:
        said = [f for f in wrong_words(order) if place_of(f) != "titel"]
        point = not_on_agenda() if texts["punt"] or not offered.points else no_point()
        raise Refused([point, *wrong_opinion(order), *said])
    try:
        deciding.decide(
            order,
            deal=desk.deal,
            by=desk.actor,
            at=timezone.now(),
            key=key_of(request, desk, offered.meeting.code, "advies"),
        )
    except AlreadyRecorded:
        return done(request, "Dit advies was al vastgelegd; het staat hieronder.", back)
    return done(request, f"Het advies over “{item.title}” is vastgelegd.", back)


def _offered(desk: Desk, code: str) -> _Offered:
    view = view_of(desk)
    meeting = meeting_of(view, code)
    found = proposals.proposals(desk.deal, monitor.moment(desk.today), desk.audience)
    by_code = {p.code: p for p in found}
    return _Offered(
        view,
        meeting,
        next(b for b in view.snapshot.boards if b.code == meeting.board),
        {
            item.code: (item, by_code[item.proposal])
            for item in items_of(view, code)
            if item.proposal in by_code
        },
    )


def _begun(request: HttpRequest, offered: _Offered) -> _Typed:
    """An empty form for a point of the agenda: everybody without an interest takes part."""
    code = request.GET.get("punt", "")
    chosen = offered.points.get(code)
    if chosen is None and len(offered.points) == 1:
        code, chosen = next(iter(offered.points.items()))
    advice = chosen[1].advice if chosen else None
    texts = dict.fromkeys(LABELS, "") | {
        "punt": code if chosen else "",
        "vervangt": advice.decision if advice else "",
    }
    out = interested_in(offered.view).get(texts["punt"], frozenset())
    seats = members_of(offered.view, offered.meeting)
    return _Typed(texts, tuple(s.code for s in seats if s.code not in out))


def _page(
    request: HttpRequest,
    desk: Desk,
    offered: _Offered,
    typed: _Typed,
    findings: Sequence[Finding] = (),
) -> HttpResponse:
    fields = {name: _field(name, offered, typed, findings) for name in LABELS}
    interested = interested_in(offered.view).get(typed.texts["punt"], frozenset())
    return office_page(
        request,
        desk,
        "office/advice.html",
        status=422 if findings else 200,
        here=reverse("meetings", args=[desk.deal]),
        meeting=offered.meeting,
        board=offered.board,
        fields=fields,
        wrong=[f for f in fields.values() if f.wrong],
        elsewhere=[f for f in findings if place_of(f) not in (*fields, "leden")],
        seats=seat_choices(
            offered.view, members_of(offered.view, offered.meeting), typed.members, interested
        ),
        members_wrong=[f for f in findings if place_of(f) == "leden"],
        replaces=len(fields["vervangt"].options) > 1,
        key=request.POST.get("sleutel") or new_key(),
        back=reverse("meeting", args=[desk.deal, offered.meeting.code]),
    )


def _field(name: str, offered: _Offered, typed: _Typed, findings: Sequence[Finding]) -> FormField:
    label, hint = LABELS[name]
    text = typed.texts[name]
    return FormField(
        name=name,
        label=label,
        hint=hint,
        text=text,
        required=name != "vervangt",
        fixed=False,
        long=name == "tekst",
        options=tuple(
            Option(value, called, value == text) for value, called in _choices(name, offered)
        ),
        wrong=tuple(f.said for f in findings if place_of(f) == name),
        difference=None,
    )


def _choices(name: str, offered: _Offered) -> list[tuple[str, str]]:
    points = offered.points.values()
    given = {
        p.advice.decision: f"{p.title}, van {day(p.advice.on)}"
        for _, p in points
        if p.advice and p.advice.decision
    }
    choices = {
        "punt": [
            ("", "Kies …"),
            *((i.code, f"{i.position}. {i.title}") for i, _ in points),
        ],
        "oordeel": [("", "Kies …"), *((o, titles.OPINIONS[o].capitalize()) for o in OPINIONS)],
        "vervangt": [("", "Geen"), *given.items()],
    }
    return choices.get(name, [])
