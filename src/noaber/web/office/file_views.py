"""Files of projects: adding, having, and removing them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from noaber.access.rules import NotPermitted, own_label
from noaber.core.finding import Finding, Refused
from noaber.core.ref import Ref
from noaber.files import actions, queries
from noaber.files.rules import File, refused_file
from noaber.monitor import queries as monitor
from noaber.monitor.rules import ProjectView
from noaber.web.access import SEND, Desk, office
from noaber.web.files import served
from noaber.web.office.page import done, office_page, seen

READERS = (
    ("public", "iedereen: hij komt op de site"),
    ("office", "het programmabureau en de besturen"),
    ("own", "de eigen organisatie, het programmabureau, de kassier en wie controleert"),
)


def _projects(desk: Desk, permission: str) -> list[ProjectView]:
    """The projects for which this person may do something."""
    view = seen(desk)
    return [
        p
        for p in (view.projects if view else ())
        if desk.may(permission, p.project.lead, p.pillar.code)
    ]


@office("register.read")
def files(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The files of the deal that this person may have, and a form to add one."""
    return _page(request, desk)


def _page(
    request: HttpRequest,
    desk: Desk,
    typed: dict[str, str] | None = None,
    findings: tuple[Finding, ...] = (),
) -> HttpResponse:
    found = queries.files(desk.deal, monitor.moment(desk.today), desk.audience)
    own = _projects(desk, "file.add")
    view = seen(desk)
    named = {p.project.code: p for p in (view.projects if view else ())}
    readable = [f for f in found if _may_read(desk, f)]
    return office_page(
        request,
        desk,
        "office/files.html",
        here=reverse("files", args=[desk.deal]),
        status=422 if findings else 200,
        lines=[
            (f, named.get(f.parent.code), _read_by(f), _may_change(desk, f, named))
            for f in readable
        ],
        projects=own,
        readers=READERS,
        may_withhold=desk.may("confidentiality.mark"),
        typed=typed or {},
        findings=findings,
    )


def _read_by(file: File) -> str:
    """Who may read a file, in words."""
    labels = dict(READERS)
    return labels.get(file.readers, labels["own"])


def _may_read(desk: Desk, file: File) -> bool:
    return desk.may("register.read") or desk.may("register.read", file.organisation)


def _may_change(desk: Desk, file: File, named: dict[str, ProjectView]) -> bool:
    project = named.get(file.parent.code)
    pillar = project.pillar.code if project else ""
    return desk.may("file.add", file.organisation, pillar)


@office("file.add", SEND)
def add_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a file to a project."""
    typed = {name: request.POST.get(name, "") for name in ("project", "lezers")}
    own = {p.project.code: p for p in _projects(desk, "file.add")}
    project = own.get(typed["project"])
    if typed["project"] and project is None:
        raise NotPermitted("file.add")
    sent = request.FILES.get("bestand")
    try:
        if sent is None or project is None:
            raise refused_file("S-01")
        label = typed["lezers"]
        lead = project.project.lead
        actions.add(
            deal=desk.deal,
            parent=Ref("project", project.project.code),
            organisation=lead,
            name=sent.name or "",
            content=sent.read(),
            # Whatever else is sent is read by as few as possible.
            readers=label if label in ("public", "office") else own_label(lead),
            since=desk.today,
            by=desk.actor,
            at=timezone.now(),
        )
    except Refused as refused:
        return _page(request, desk, typed, refused.findings)
    return done(request, "Het bestand is toegevoegd.", reverse("files", args=[desk.deal]))


@office("register.read")
def office_file(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """A file as a download, for who may have it."""
    found = queries.file(desk.deal, code, monitor.moment(desk.today), desk.audience)
    if found is None or not _may_read(desk, found):
        raise Http404(code)
    return served(request, found)


@office("file.add", SEND)
def remove_file(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Take a file away."""
    found = queries.file(desk.deal, code, monitor.moment(desk.today), desk.audience)
    if found is None:
        raise Http404(code)
    view = seen(desk)
    if not _may_change(desk, found, {p.project.code: p for p in (view.projects if view else ())}):
        raise NotPermitted("file.add")
    actions.remove(deal=desk.deal, code=code, by=desk.actor, at=timezone.now())
    return done(request, "Het bestand is weg.", reverse("files", args=[desk.deal]))
