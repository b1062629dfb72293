"""Files of a proposal: added, had and removed through the proposal only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from noaber.access.rules import NotPermitted
from noaber.core.finding import Refused
from noaber.core.ref import Ref
from noaber.files import actions
from noaber.files.rules import File, refused_file
from noaber.monitor import queries as monitor
from noaber.proposals import queries
from noaber.proposals.rules import Proposal
from noaber.web.access import SEND, Desk, office
from noaber.web.files import served
from noaber.web.office.page import done
from noaber.web.office.proposal_form_views import WRITE, address, found_proposal
from noaber.web.office.proposal_views import shown


def _file(desk: Desk, code: str, named: str) -> File:
    found = queries.file(desk.deal, code, named, monitor.moment(desk.today), desk.audience)
    if found is None:
        raise Http404(named)
    return found


def _check_open(desk: Desk, found: Proposal) -> None:
    if not desk.may(WRITE, found.lead, found.pillar):
        raise NotPermitted(WRITE)
    if found.phase in ("decided", "withdrawn"):
        raise Http404(found.code)


@office(WRITE, SEND)
def add_proposal_file(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Add a file to a proposal that is not decided on."""
    found = found_proposal(desk, code)
    _check_open(desk, found)
    sent = request.FILES.get("bestand")
    try:
        if sent is None:
            raise refused_file("S-01")
        actions.add(
            deal=desk.deal,
            parent=Ref("proposal", code),
            organisation=found.lead,
            name=sent.name or "",
            content=sent.read(),
            readers=queries.FILE_READERS,
            since=desk.today,
            by=desk.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return shown(request, desk, found, file_findings=refused.findings)
    return done(request, "Het bestand is toegevoegd.", address(desk, code))


@office("register.read")
def proposal_file(request: HttpRequest, desk: Desk, code: str, named: str) -> HttpResponse:
    """A file of a proposal as a download, for who may read the proposal."""
    found_proposal(desk, code)
    return served(request, _file(desk, code, named))


@office(WRITE, SEND)
def remove_proposal_file(request: HttpRequest, desk: Desk, code: str, named: str) -> HttpResponse:
    """Take a file of a proposal away."""
    _check_open(desk, found_proposal(desk, code))
    _file(desk, code, named)
    actions.remove(deal=desk.deal, code=named, by=desk.actor, at=timezone.now())
    return done(request, "Het bestand is weg.", address(desk, code))
