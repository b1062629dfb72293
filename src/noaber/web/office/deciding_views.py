"""Taking a decision in a meeting: what is asked, what it would do, and recording it."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.core.finding import Field, Finding, Refused
from noaber.core.money import parse_amount
from noaber.core.notation import euro
from noaber.decisions import deciding
from noaber.decisions.checking import share_field
from noaber.decisions.effects import RESERVATION, Order
from noaber.decisions.rules import AgendaItem, Meeting, Seat
from noaber.imports.editing import sheet_of
from noaber.monitor import queries as monitor
from noaber.monitor.allocating import shares
from noaber.monitor.views import DealView
from noaber.proposals import queries as proposals
from noaber.proposals.rules import Proposal
from noaber.record.rules import AlreadyRecorded
from noaber.web.access import FORM, Desk, office
from noaber.web.office.effect import Effect, present
from noaber.web.office.forms import FormField, Option, place_of
from noaber.web.office.meeting_views import (
    interested_in,
    items_of,
    meeting_of,
    members_of,
    seat_choices,
    view_of,
)
from noaber.web.office.page import done, office_page
from noaber.web.portal.links import Links

LONG = ("tekst", "voorwaarden", "motivering")
TEXTS = (
    "soort", "titel", "tekst", "voorstel", "project", "nummer", "bedrag", "van", "uit",
    "voorwaarden", "motivering", "vervangt", "punt", "gezien", "sleutel", "boven_richtlijn",
)  # fmt: skip


@office("decision.record", FORM)
def take_decision(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Take a decision in a meeting: first its effect is shown, then it is recorded."""
    view = view_of(desk)
    meeting = meeting_of(view, code)
    offered = _offered(desk, view, meeting)
    if request.method != "POST":
        return _page(request, desk, offered, _begun(request, offered))
    texts = {name: request.POST.get(name, "").strip() for name in TEXTS}
    typed = _Typed(
        texts, tuple(request.POST.getlist("leden")), _typed_shares(request.POST, offered)
    )
    read = _Amounts(typed)
    order = _order(code, typed, read)
    if read.wrong:
        findings = (*read.wrong, *_also_wrong(desk, order, read))
        return _page(request, desk, offered, typed, findings=findings)
    try:
        if request.POST.get("doen") == "vastleggen":
            return _record(request, desk, order, typed)
        weighing = deciding.weigh(order, deal=desk.deal, by=desk.actor, at=timezone.now())
    except Refused as refused:
        return _page(request, desk, offered, typed, findings=refused.findings)
    except deciding.StandingChanged as other:
        effect = present(view, other.weighing)
        return _page(request, desk, offered, typed, effect=effect, changed=True)
    return _page(request, desk, offered, typed, effect=present(view, weighing))


def _also_wrong(desk: Desk, order: Order, read: "_Amounts") -> list[Finding]:
    """What else is wrong with an order of which an amount cannot be read."""
    unread = {place_of(finding) for finding in read.wrong}
    try:
        deciding.weigh(order, deal=desk.deal, by=desk.actor, at=timezone.now())
    except Refused as refused:
        return [f for f in refused.findings if place_of(f) not in unread]
    return []


def _record(request: HttpRequest, desk: Desk, order: Order, typed: "_Typed") -> HttpResponse:
    back = reverse("meeting", args=[desk.deal, order.meeting])
    key = f"decide:{desk.deal}:{typed.texts['sleutel']}"
    try:
        decision = deciding.decide(order, deal=desk.deal, by=desk.actor, at=timezone.now(), key=key)
    except AlreadyRecorded:
        return done(request, "Dit besluit was al vastgelegd; het staat hieronder.", back)
    return done(request, f"Besluit {decision.number} is vastgelegd.", back)


@dataclass(frozen=True)
class _Typed:
    """What stands in the form; `shares` by line, "" for one that stays."""

    texts: Mapping[str, str]
    members: tuple[str, ...]
    shares: Mapping[str, str]


@dataclass(frozen=True)
class _Offered:
    """What can be chosen in the form."""

    view: DealView
    meeting: Meeting
    items: tuple[AgendaItem, ...]
    seats: tuple[Seat, ...]
    interested: Mapping[str, frozenset[str]]
    proposals: tuple[Proposal, ...]


def _offered(desk: Desk, view: DealView, meeting: Meeting) -> _Offered:
    found = proposals.proposals(desk.deal, monitor.moment(desk.today), desk.audience)
    return _Offered(
        view,
        meeting,
        tuple(items_of(view, meeting.code)),
        members_of(view, meeting),
        interested_in(view),
        tuple(p for p in found if p.phase in ("nominated", "decided")),
    )


def _begun(request: HttpRequest, offered: _Offered) -> _Typed:
    """An empty form for a point of the agenda: everybody without an interest takes part."""
    code = request.GET.get("punt", "")
    item = next((i for i in offered.items if i.code == code), None)
    proposal = next(
        (p for p in offered.proposals if item is not None and p.code == item.proposal), None
    )
    asked = proposal.total if proposal else 0
    texts = dict.fromkeys(TEXTS, "") | {
        "punt": item.code if item else "",
        "titel": item.title if item else "",
        "voorstel": item.proposal if item else "",
        "project": item.project if item else "",
        "bedrag": f"{asked // 100}" if asked else "",
        "soort": "award"
        if item and item.kind == "decision" and (proposal or item.project)
        else request.GET.get("soort", ""),
        "sleutel": secrets.token_hex(12),
    }
    out = offered.interested.get(texts["punt"], frozenset())
    members = tuple(s.code for s in offered.seats if s.code not in out)
    return _Typed(texts, members, _typed_shares(request.GET, offered))


def _typed_shares(sent: Mapping[str, str], offered: _Offered) -> dict[str, str]:
    return {s.line: sent.get(share_field(s.line), "").strip() for s in shares(offered.view)}


class _Amounts:
    """The amounts of a form in cents: `amount`, `shares` by line, and what cannot be read."""

    def __init__(self, typed: _Typed) -> None:
        self.wrong: list[Finding] = []
        self.amount = self._read("B-16", "bedrag", typed.texts["bedrag"])
        read = ((n, self._read("B-38", share_field(n), t)) for n, t in typed.shares.items())
        self.shares = {line: cents for line, cents in read if cents is not None}

    def _read(self, rule: str, name: str, text: str) -> int | None:
        try:
            return parse_amount(text) if text else None
        except ValueError as wrong:
            self.wrong.append(Finding(rule, str(wrong), Field(name)))
            return None


def _order(meeting: str, typed: _Typed, read: _Amounts) -> Order:
    texts = typed.texts
    return Order(
        meeting=meeting,
        kind=texts["soort"],
        title=texts["titel"],
        text=texts["tekst"],
        item=texts["punt"],
        proposal=texts["voorstel"],
        project=texts["project"],
        number=texts["nummer"],
        amount=read.amount,
        giver=texts["van"],
        of=texts["uit"],
        conditions=texts["voorwaarden"],
        reason=texts["motivering"],
        supersedes=texts["vervangt"],
        taking_part=typed.members,
        shares=read.shares,
        over_guideline=bool(texts["boven_richtlijn"]),
        seen=texts["gezien"] or None,
    )


def _page(
    request: HttpRequest,
    desk: Desk,
    offered: _Offered,
    typed: _Typed,
    *,
    findings: Sequence[Finding] = (),
    effect: Effect | None = None,
    changed: bool = False,
) -> HttpResponse:
    texts = dict(typed.texts)
    if effect:
        texts["gezien"] = effect.token
    fields = {f.name: f for f in _fields(offered, texts, findings)}
    divided = _share_fields(offered, typed, findings)
    wrong = [f for f in (*fields.values(), *divided) if f.wrong]
    over = bool(texts["boven_richtlijn"])
    item = next((i for i in offered.items if i.code == texts["punt"]), None)
    interested = offered.interested.get(texts["punt"], frozenset())
    return office_page(
        request,
        desk,
        "office/decide.html",
        status=422 if findings else 200,
        deal=offered.view.overview.deal,
        here=reverse("meetings", args=[desk.deal]),
        meeting=offered.meeting,
        item=item,
        fields=fields,
        wrong=wrong,
        divided=divided,
        divides=any(typed.shares.values()) or texts["soort"] == "revise_allocation",
        elsewhere=[
            f for f in findings if place_of(f) not in (*(d.name for d in divided), *fields, "leden")
        ],
        hidden={name: texts[name] for name in ("punt", "gezien", "sleutel")},
        seats=seat_choices(offered.view, offered.seats, typed.members, interested),
        members_wrong=[f for f in findings if place_of(f) == "leden"],
        effect=effect,
        links=Links(desk.deal),
        changed=changed,
        over=over,
        over_asked=over
        or bool(effect and effect.passes)
        or "boven_richtlijn" in map(place_of, findings),
        back=reverse("meeting", args=[desk.deal, offered.meeting.code]),
    )


LABELS = {
    "soort": ("Wat is besloten", "Geld geven en laten vrijvallen kan alleen de stuurgroep. Advies over een voorstel legt u bij het punt zelf vast."),
    "titel": ("Titel", "Zoals op de besluitenlijst."),
    "tekst": ("Besluit", "De tekst van het besluit, zoals op de besluitenlijst."),
    "voorstel": ("Voorstel", "Kies het voorstel waarover besloten is. Zonder voorstel: kies een project."),
    "project": ("Project", "Het project waar het geld heen gaat, of vrijvalt."),
    "nummer": ("Nummer van het nieuwe project", "Alleen als een voorstel een nieuw project wordt, zoals 21 of 2.4a."),
    "bedrag": ("Bedrag in euro", "Bij reserveren: het totaal voor het hele project."),
    "van": ("Van welk project", "Alleen bij verschuiven: het project dat het geld afstaat."),
    "uit": ("Waaruit", "Alleen bij laten vrijvallen. Leeg: de laatste toekenning eerst."),
    "voorwaarden": ("Voorwaarden", "Waaronder is toegekend. Mag leeg blijven."),
    "motivering": ("Motivering", "Waarom zo besloten is. Mag leeg blijven."),
    "vervangt": ("Vervangt besluit", "Een besluit verandert niet; dit nieuwe komt ervoor in de plaats."),
}  # fmt: skip


def _fields(
    offered: _Offered, texts: Mapping[str, str], findings: Sequence[Finding]
) -> list[FormField]:
    s = offered.view.snapshot
    projects = [(p.code, f"{p.number} {p.name}") for p in s.projects]
    options: dict[str, list[tuple[str, str]]] = {
        "soort": [("", "Kies …"), *_kinds()],
        "voorstel": [("", "Geen voorstel"), *((p.code, p.title) for p in offered.proposals)],
        "project": [("", "Geen of nieuw project"), *projects],
        "van": [("", "Geen"), *projects],
        "uit": [
            ("", "De laatste toekenning eerst"),
            (RESERVATION, "De reservering"),
            *((t.number, f"Tranche {t.number}") for t in s.tranches),
        ],
        "vervangt": [
            ("", "Geen"),
            *((d.code, f"{d.code} {d.title}") for d in s.decisions if not d.is_advice),
        ],
    }
    return [
        FormField(
            name=name,
            label=label,
            hint=hint,
            text=texts[name],
            required=name in ("soort", "titel", "tekst"),
            fixed=False,
            long=name in LONG,
            options=tuple(
                Option(value, called, value == texts[name])
                for value, called in _with_typed(options.get(name, []), texts[name])
            ),
            wrong=tuple(f.said for f in findings if place_of(f) == name),
            difference=None,
        )
        for name, (label, hint) in LABELS.items()
    ]


def _share_fields(offered: _Offered, typed: _Typed, findings: Sequence[Finding]) -> list[FormField]:
    """A field per line of the allocation, empty for one that stays as it is."""
    return [
        FormField(
            name=name,
            label=share.pillar.name if share.pillar else "Overheadkosten",
            hint=f"Nu {euro(share.allocated)}.",
            text=typed.shares[share.line],
            required=False,
            fixed=False,
            long=False,
            options=(),
            wrong=tuple(f.said for f in findings if place_of(f) == name),
            difference=None,
        )
        for share in shares(offered.view)
        for name in [share_field(share.line)]
    ]


def _kinds() -> list[tuple[str, str]]:
    """Kinds of decisions with what the sheet calls them."""
    sheet = sheet_of("besluiten")
    column = sheet.column("soort") if sheet else None
    return [(code, word) for word, code in ((column.choices if column else None) or {}).items()]


def _with_typed(pairs: Sequence[tuple[str, str]], typed: str) -> Sequence[tuple[str, str]]:
    """What can be chosen, with what was sent though it is not there, so that it stays."""
    if pairs and typed and typed not in {value for value, _ in pairs}:
        return [*pairs, (typed, typed)]
    return pairs
