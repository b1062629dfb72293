"""Papers of a meeting: added, had and removed at the points of its agenda that somebody reads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.core.finding import Refused
from noaber.decisions import papers
from noaber.decisions.rules import AgendaItem
from noaber.files.rules import File, refused_file
from noaber.monitor import queries as monitor
from noaber.monitor.views import DealView
from noaber.web.access import SEND, Desk, office
from noaber.web.files import served
from noaber.web.office.meeting_views import items_of, meeting_of, shown, view_of
from noaber.web.office.page import done


def _item(view: DealView, code: str, wanted: str) -> AgendaItem:
    """An item of the meeting that this person reads.

    :raises Http404: when there is none.
    """
    for item in items_of(view, code):
        if item.code == wanted:
            return item
    raise Http404(wanted)


def _paper(desk: Desk, view: DealView, code: str, named: str) -> File:
    """A paper at an item of the meeting that this person reads.

    :raises Http404: when there is none.
    """
    moment = monitor.moment(desk.today)
    found = papers.paper(desk.deal, named, items_of(view, code), moment, desk.audience)
    if found is None:
        raise Http404(named)
    return found


@office("meeting.prepare", SEND)
def add_paper(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Add a file to an item of the agenda, while the meeting is open."""
    view = view_of(desk)
    meeting, sent = meeting_of(view, code), request.FILES.get("bestand")
    point = request.POST.get("punt", "")
    try:
        if sent is None:
            raise refused_file("S-01")
        papers.add(
            deal=desk.deal,
            meeting=meeting,
            item=_item(view, code, point),
            name=sent.name or "",
            content=sent.read(),
            since=desk.today,
            by=desk.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return shown(request, desk, code, paper_findings=refused.findings, point=point)
    return done(request, "Het stuk is toegevoegd.", reverse("meeting", args=[desk.deal, code]))


@office("register.read")
def paper(request: HttpRequest, desk: Desk, code: str, named: str) -> HttpResponse:
    """A paper as a download, for who reads the item that it is at."""
    view = view_of(desk)
    meeting_of(view, code)
    return served(request, _paper(desk, view, code, named))


@office("meeting.prepare", SEND)
def remove_paper(request: HttpRequest, desk: Desk, code: str, named: str) -> HttpResponse:
    """Take a paper away, while the meeting is open."""
    view = view_of(desk)
    meeting, found = meeting_of(view, code), _paper(desk, view, code, named)
    try:
        papers.remove(
            deal=desk.deal, meeting=meeting, code=found.code, by=desk.actor, at=timezone.now()
        )
    except Refused as refused:
        point = found.parent.code
        return shown(request, desk, code, paper_findings=refused.findings, point=point)
    return done(request, "Het stuk is weg.", reverse("meeting", args=[desk.deal, code]))
