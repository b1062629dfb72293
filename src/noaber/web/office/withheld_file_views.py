"""Files that are withheld (covenant, article 10): the form, and where it is said that one is."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from noaber.access import queries as access
from noaber.access.rules import OFFICE, Audience
from noaber.core.ref import Ref
from noaber.decisions import papers
from noaber.files import queries
from noaber.files.rules import File
from noaber.monitor import queries as monitor
from noaber.proposals import queries as proposals
from noaber.web.access import FORM, Desk, office
from noaber.web.office.page import seen
from noaber.web.office.withholding_views import Subject, answer

_ATTACHED = frozenset({papers.READERS, proposals.FILE_READERS})
"""Labels of files that are read through what they are at."""


def withheld_at(desk: Desk, kind: str, reader: Audience) -> frozenset[str]:
    """Codes of the things of a kind of which a file is withheld from a reader: no query when none
    is.
    """
    hidden = {ref for ref in reader.withheld if ref.kind == "file"}
    if not hidden:
        return frozenset()
    here = f"{desk.deal}/"
    return frozenset(
        w.parent.code.removeprefix(here)
        for w in access.withholdings(desk.deal, desk.today)
        if w.item in hidden and w.parent.kind == kind
    )


@office("confidentiality.mark", FORM)
def withhold_file(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Withhold a file on request of a party, or change what was recorded of that."""
    moment, reader = monitor.moment(desk.today), desk.audience
    everything = replace(OFFICE, labels=OFFICE.labels | _ATTACHED)
    found = queries.file(desk.deal, code, moment, everything)
    called = _called(desk, found) if found else ""
    if found is None or not called:
        raise Http404(code)
    # Who records that a file is withheld does not read it, nor its name.
    mine = replace(reader, labels=reader.labels | _ATTACHED)
    readable = queries.file(desk.deal, code, moment, mine)
    parent = Ref(found.parent.kind, f"{desk.deal}/{found.parent.code}")
    named = f"Bestand {readable.name if readable else code} van {called}"
    return answer(request, desk, Subject(Ref("file", f"{desk.deal}/{code}"), parent, named))


def _called(desk: Desk, found: File) -> str:
    """How people call what a file is at; "" when this person does not read that."""
    code, view = found.parent.code, seen(desk)
    if found.parent.kind == "proposal":
        moment = monitor.moment(desk.today)
        proposal = proposals.proposal(desk.deal, code, moment, desk.audience)
        return f"voorstel “{proposal.title}”" if proposal else ""
    if found.parent.kind == "agenda_item":
        items = view.snapshot.agenda if view else ()
        return next((f"agendapunt “{item.title}”" for item in items if item.code == code), "")
    projects = {p.project.code: p.project.name for p in (view.projects if view else ())}
    return projects.get(code, code)
