"""The start of the office: which deal, and what waits there."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from noaber.access import queries as people
from noaber.monitor import queries
from noaber.monitor.tasks import Task
from noaber.monitor.work import work
from noaber.proposals import queries as proposals
from noaber.web.access import Desk, colleague, signed_in
from noaber.web.office.page import office_page, seen
from noaber.web.portal.deals import listed_deals


@signed_in()
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The one deal a person works in, or a choice of them."""
    open_to = [
        code for code in queries.deals() if any(grant.in_deal(code) for grant in desk.actor.grants)
    ]
    if len(open_to) == 1:
        return HttpResponseRedirect(reverse("work", args=open_to))
    context = {"desk": desk, "deals": listed_deals(open_to)}
    return render(request, "office/start.html", context)


@dataclass(frozen=True)
class Shown:
    """A task with the address at which it is done."""

    task: Task
    address: str


@colleague
def my_work(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for this person, what is due and what is late, in one list."""
    view = seen(desk)
    found = view and work(
        view,
        desk.actor,
        desk.today,
        assignments=people.assignments(desk.today, deal=desk.deal),
        withholdings=people.withholdings(desk.deal, desk.today),
        proposals=proposals.proposals(desk.deal, queries.moment(desk.today), desk.audience),
    )

    def shown(tasks: tuple[Task, ...]) -> list[Shown]:
        return [Shown(task, _address(desk, task)) for task in tasks]

    groups = (
        [
            ("Nu", shown(found.now)),
            ("Komt eraan", shown(found.coming)),
            ("Wat nog ontbreekt of niet vaststaat", shown(found.lacking)),
        ]
        if found
        else []
    )
    return office_page(
        request,
        desk,
        "office/work.html",
        groups=groups,
        number=found.number if found else 0,
        late=sum(task.late for task in found.now) if found else 0,
        seen=view,
        roles=[grant.role.name for grant in desk.actor.grants if grant.in_deal(desk.deal)],
    )


def _address(desk: Desk, task: Task) -> str:
    if task.page:
        return reverse(task.page, args=[desk.deal, *([task.code] if task.code else [])])
    if task.code:
        return reverse("record", args=[desk.deal, task.sheet, task.code])
    if task.filled is not None:
        return f"{reverse('new_record', args=[desk.deal, task.sheet])}?{urlencode(task.filled)}"
    return reverse("records", args=[desk.deal, task.sheet])
