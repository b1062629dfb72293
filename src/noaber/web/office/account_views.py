"""The account of one person, for who manages accounts: block, admit, another second step.

Erasing somebody reaches into files and backups too, so it is done with `noaber erase`.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access import actions, queries
from noaber.access.queries import Person
from noaber.web.access import FORM, Desk, office
from noaber.web.office.page import done, office_page
from noaber.web.signin.adapters import forget_second_step

SAID = {
    "signed_in": ("aangemeld", "aanmelden mislukt"),
    "signed_out": ("afgemeld", "afgemeld"),
    "second_step_added": ("tweede stap ingesteld", ""),
    "second_step_removed": ("tweede stap weggehaald", ""),
    "second_step_reset": ("tweede stap gewist door een beheerder", ""),
    "second_step": ("tweede stap", "tweede stap mislukt"),
}


@office("account.manage", FORM)
def account(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """What is known of an account, and what can be done with it."""
    person = queries.person(code)
    held = [a for a in queries.assignments(desk.today, deal=desk.deal) if a.person == code]
    if person is None or not held:
        # Only whoever has a role here: an administrator of one deal is none of another.
        raise Http404(code)
    wrong = ""
    if request.method == "POST":
        said, wrong = _do(request, desk, person)
        if said:
            return done(request, said, reverse("people", args=[desk.deal]))
    return office_page(
        request,
        desk,
        "office/account.html",
        here=reverse("people", args=[desk.deal]),
        status=422 if wrong else 200,
        person=person,
        wrong=wrong,
        sign_ins=[
            (event, SAID.get(event.what, (event.what, event.what))[not event.succeeded])
            for event in queries.sign_ins(code)
        ],
    )


def _do(request: HttpRequest, desk: Desk, person: Person) -> tuple[str, str]:
    """Do what was asked: what to say when it is done, or what is wrong."""
    by, at = desk.actor, timezone.now()
    match request.POST.get("doen"):
        case "blokkeren":
            actions.set_active(person.code, active=False, by=by, at=at)
            return f"{person.name} kan zich niet meer aanmelden.", ""
        case "toelaten":
            actions.set_active(person.code, active=True, by=by, at=at)
            return f"{person.name} kan zich weer aanmelden.", ""
        case "tweede-stap":
            forget_second_step(person.code)
            actions.note_sign_in(
                person.code, "second_step_reset", succeeded=True, address=None, at=at
            )
            return f"{person.name} stelt bij de volgende keer een nieuwe tweede stap in.", ""
    return "", "Kies wat er moet gebeuren."
