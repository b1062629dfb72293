"""Views of the public pages about projects, municipalities, parties and results."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from noaber.core.ref import Ref
from noaber.files import queries as files
from noaber.monitor import queries as monitor
from noaber.monitor.decided import meeting_views
from noaber.proposals import queries as proposals
from noaber.web.access import public
from noaber.web.files import served
from noaber.web.portal import boards, municipality, parties, project, projects, results
from noaber.web.portal.asking import Asked, answer, anybody, page


@public
def deal_projects(request: HttpRequest, deal: str) -> HttpResponse:
    """The projects of a deal, as chosen; a choice that is not there is said."""

    def present(asked: Asked) -> HttpResponse:
        shown = projects.present(asked.seen, asked.links, dict(request.GET.lists()))
        status = 400 if shown.unknown else 200
        return page(request, asked, "portal/projects.html", "projects", status, page=shown)

    return answer(request, deal, present)


@public
def deal_project(request: HttpRequest, deal: str, code: str) -> HttpResponse:
    """A project."""

    def present(asked: Asked) -> HttpResponse:
        withheld = asked.withheld_of("project", code)
        # Who asked to withhold something of a project did not know its proposal would be public.
        awarded = () if withheld else proposals.awarded(deal, code, asked.reading.moment)
        shown = project.present(asked.seen, asked.links, code, awarded)
        if shown is None:
            missing = {"what": "project", "code": code, "back": asked.links.projects}
            return page(request, asked, "portal/unknown_thing.html", "projects", 404, **missing)
        stored = files.files(deal, asked.reading.moment, asked.audience, Ref("project", code))
        return page(
            request,
            asked,
            "portal/project.html",
            "projects",
            page=shown,
            withheld=withheld,
            files=stored,
        )

    return answer(request, deal, present)


@public
def deal_file(request: HttpRequest, deal: str, code: str) -> HttpResponse:
    """A public file, to be saved. It is asked for again each time: it can be taken away."""
    moment, head = monitor.now(timezone.localdate())
    audience, _ = anybody(deal, head)
    found = files.file(deal, code, moment, audience)
    if found is None:
        raise Http404(code)
    return served(request, found)


@public
def deal_municipalities(request: HttpRequest, deal: str) -> HttpResponse:
    """The municipalities of a deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = municipality.present_all(asked.seen, asked.links)
        return page(request, asked, "portal/municipalities.html", "municipalities", page=shown)

    return answer(request, deal, present)


@public
def deal_municipality(request: HttpRequest, deal: str, code: str) -> HttpResponse:
    """A municipality on one sheet."""

    def present(asked: Asked) -> HttpResponse:
        here = "municipalities"
        shown = municipality.present(asked.seen, asked.links, asked.reading.moment, code)
        if shown is None:
            missing = {"what": "gemeente", "code": code, "back": asked.links.municipalities}
            return page(request, asked, "portal/unknown_thing.html", here, 404, **missing)
        return page(request, asked, "portal/municipality.html", here, page=shown)

    return answer(request, deal, present)


@public
def deal_parties(request: HttpRequest, deal: str) -> HttpResponse:
    """Who signed the deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = parties.present(asked.seen)
        return page(request, asked, "portal/parties.html", "parties", page=shown)

    return answer(request, deal, present)


@public
def deal_boards(request: HttpRequest, deal: str) -> HttpResponse:
    """Who decides about the deal, and whom people can ask."""

    def present(asked: Asked) -> HttpResponse:
        shown = boards.present(asked.seen, asked.with_withheld("board"))
        return page(request, asked, "portal/boards.html", "boards", page=shown)

    return answer(request, deal, present, personal=True)


@public
def deal_decisions(request: HttpRequest, deal: str) -> HttpResponse:
    """What was decided in the deal, meeting by meeting."""

    def present(asked: Asked) -> HttpResponse:
        held = meeting_views(monitor.decisions(asked.seen, asked.audience))
        return page(request, asked, "portal/decisions.html", "decisions", meetings=held)

    return answer(request, deal, present)


@public
def deal_results(request: HttpRequest, deal: str) -> HttpResponse:
    """What the deal is to bring."""

    def present(asked: Asked) -> HttpResponse:
        shown = results.present(asked.seen)
        return page(request, asked, "portal/results.html", "results", page=shown)

    return answer(request, deal, present)
