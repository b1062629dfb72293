"""Who works in a deal and as what: inviting, giving a role, ending one, blocking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access import actions, queries
from noaber.access.queries import Person
from noaber.access.roles import roles
from noaber.access.rules import Assignment, NotPermitted, Role
from noaber.core.dates import DateError, parse_date
from noaber.core.finding import Field, Finding, Refused, refusal
from noaber.monitor import queries as monitor
from noaber.organisations import queries as organisations
from noaber.organisations.rules import Organisation
from noaber.web.access import SEND, Desk, office
from noaber.web.office.page import done, office_page, seen
from noaber.web.signin.adapters import send_invitation

Typed = dict[str, str]
_FIELDS = ("naam", "email", "rol", "organisatie", "pijler", "vanaf", "tot", "vervangt")


@office("people.read")
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who holds which role in the deal now, and who is still to come."""
    return _page(request, desk)


def _page(
    request: HttpRequest,
    desk: Desk,
    typed: Typed | None = None,
    findings: tuple[Finding, ...] = (),
) -> HttpResponse:
    view = seen(desk)
    known = organisations.facts(monitor.moment(desk.today), desk.audience).organisations
    pillars = {p.pillar.code: p.pillar.name for p in view.overview.pillars} if view else {}
    held = _held(desk, known, pillars)
    return office_page(
        request,
        desk,
        "office/people.html",
        here=reverse("people", args=[desk.deal]),
        status=422 if findings else 200,
        held=held,
        may_manage=desk.may("people.manage"),
        may_manage_accounts=desk.may("account.manage"),
        roles=[r for r in roles().values() if not r.everywhere],
        organisations=sorted(known.values(), key=lambda o: o.name),
        pillars=pillars,
        colleagues=list(
            {line.assignment.person: line.person for line in held if line.person}.values()
        ),
        typed=typed or {},
        findings=findings,
        wrong={f.where.name for f in findings if isinstance(f.where, Field)},
    )


@dataclass(frozen=True)
class Held:
    """A role as the page shows it; `last` is the last day on which it is held."""

    assignment: Assignment
    role: Role
    person: Person | None
    replaces: Person | None
    place: str
    last: date | None


def _held(
    desk: Desk, known: Mapping[str, Organisation], pillars: Mapping[str, str]
) -> tuple[Held, ...]:
    """The roles that are held in the deal, in the order of the definition."""
    everybody = {p.code: p for p in queries.people()}
    order = list(roles())
    found = [
        Held(
            a,
            roles()[a.role],
            everybody.get(a.person),
            everybody.get(a.replaces),
            known[a.organisation].name if a.organisation in known else pillars.get(a.pillar, ""),
            a.until - timedelta(days=1) if a.until else None,
        )
        for a in queries.assignments(desk.today, deal=desk.deal)
        if a.role in roles()
    ]
    return tuple(
        sorted(found, key=lambda h: (order.index(h.role.code), h.person.name if h.person else ""))
    )


@office("people.manage", SEND)
def invite(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give a role of this deal, and invite whoever is new."""
    if not desk.may("people.manage"):
        raise NotPermitted("people.manage")
    typed = {name: " ".join(request.POST.get(name, "").split()) for name in _FIELDS}
    try:
        _check_given_here(typed["rol"])
        since, until = _day(typed["vanaf"], "vanaf") or desk.today, _day(typed["tot"], "tot en met")
        wanted = Assignment(
            "",
            "",
            typed["rol"],
            desk.deal,
            typed["organisatie"],
            typed["pijler"],
            typed["vervangt"],
            since,
            until + timedelta(days=1) if until else None,
        )
        code, new = actions.admit(
            wanted, email=typed["email"], name=typed["naam"], by=desk.actor, at=timezone.now()
        )
    except Refused as refused:
        return _page(request, desk, typed, refused.findings)
    if new:
        send_invitation(code)
    said = f"{typed['naam']} is uitgenodigd en krijgt een bericht." if new else "De rol is gegeven."
    return done(request, said, reverse("people", args=[desk.deal]))


def _check_given_here(role: str) -> None:
    """:raises Refused: for a role in all deals: the office of one deal cannot give that."""
    known = roles().get(role)
    if known and known.everywhere:
        remedy = "Vraag het wie deze installatie beheert."
        said = f"De rol {known.name} geldt voor alle deals en wordt hier niet gegeven"
        raise refusal("T-07", said, "rol", remedy)


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text).first_day
    except DateError as wrong:
        raise Refused(
            [Finding("T-30", str(wrong), Field(field), "Schrijf een dag, zoals 31-12-2026.")]
        ) from wrong


@office("people.manage", SEND)
def end_role(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """End a role in this deal."""
    held = next(
        (a for a in queries.assignments(desk.today, deal=desk.deal) if a.code == code), None
    )
    if held is None or held.deal != desk.deal:
        raise Http404(code)
    # From tomorrow on: who held a role today did hold it today.
    until = max(desk.today, held.since) + timedelta(days=1)
    actions.end_assignment(code, until=until, by=desk.actor, at=timezone.now())
    return done(request, "De rol eindigt vandaag.", reverse("people", args=[desk.deal]))


@office("people.manage", SEND)
def invite_again(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Send somebody with a role here a new link to choose a password."""
    if not any(a.person == code for a in queries.assignments(desk.today, deal=desk.deal)):
        raise Http404(code)
    send_invitation(code)
    return done(
        request, "De uitnodiging is opnieuw verstuurd.", reverse("people", args=[desk.deal])
    )
