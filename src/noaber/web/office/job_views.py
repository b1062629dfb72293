"""What Noaber does later, for who runs it: what waits, what is being done, and what was given up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.jobs import queries
from noaber.jobs.rules import Listed, State, StepRefused
from noaber.operation import later
from noaber.operation.readiness import LONGEST_WAIT
from noaber.web.access import FORM, Desk, office
from noaber.web.office.page import done, office_page

KINDS = {
    "mail": "een bericht versturen",
    "load_upload": "een bestand laden",
    "remind_everybody": "herinneringen van vandaag klaarzetten",
    "remind": "iemand herinneren",
}
GROUPS = (
    (State.FAILED, "Opgegeven"),
    (State.RUNNING, "Bezig"),
    (State.WAITING, "Wacht"),
)
MOST = 50


@dataclass(frozen=True)
class Line:
    """A job as the page shows it: what it does, and why it was not done."""

    job: Listed
    what: str
    reason: str


@dataclass(frozen=True)
class Group:
    """Jobs in one state, the first so many of them."""

    name: str
    number: int
    lines: tuple[Line, ...]
    failed: bool


@office("jobs.manage", FORM)
def jobs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Jobs of all deals by state; what was given up can be tried again or dropped."""
    wrong = ""
    if request.method == "POST":
        said, wrong = _do(request, desk)
        if said:
            return done(request, said, reverse("jobs", args=[desk.deal]))
    numbers = queries.counts()
    now = timezone.now()
    since = queries.oldest_due(now)
    return office_page(
        request,
        desk,
        "office/jobs.html",
        status=422 if wrong else 200,
        wrong=wrong,
        groups=[
            Group(
                name,
                numbers[state],
                _lines(queries.listed([state], limit=MOST)),
                state == State.FAILED,
            )
            for state, name in GROUPS
        ],
        done_number=numbers[State.DONE],
        idle_since=since if since and now - since > LONGEST_WAIT else None,
    )


def _lines(listed: Iterable[Listed]) -> tuple[Line, ...]:
    return tuple(Line(job, KINDS.get(job.kind, job.kind), _reason(job.failure)) for job in listed)


def _reason(failure: str) -> str:
    """Why a job was not done; what nobody foresaw is told by its kind and place only."""
    if not failure or failure.endswith("."):
        return failure
    return (
        f"Er ging iets mis dat niet was voorzien ({failure}). Meld dit aan wie Noaber onderhoudt."
    )


def _do(request: HttpRequest, desk: Desk) -> tuple[str, str]:
    """Do what was asked of a job that was given up: what to say, or what is wrong."""
    typed, asked = request.POST.get("nummer", ""), request.POST.get("doen", "")
    found = queries.find(int(typed)) if typed.isdecimal() and len(typed) < 10 else None
    if found is None or asked not in {"opnieuw", "schrappen"}:
        return "", "Kies een opdracht, en of zij opnieuw moet of geschrapt wordt."
    moved = f"Opdracht {found.number} is niet meer opgegeven. Er is niets veranderd."
    if found.state != State.FAILED:
        return "", moved
    change = later.retry if asked == "opnieuw" else later.drop
    try:
        change([found.number], by=desk.actor, at=timezone.now())
    except StepRefused:
        return "", moved
    again = "staat opnieuw in de rij" if asked == "opnieuw" else "is geschrapt"
    return f"Opdracht {found.number} {again}.", ""
