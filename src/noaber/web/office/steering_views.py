"""The steering view: one page from euro to result, for the meeting."""

from django.http import Http404, HttpRequest, HttpResponse

from noaber.web.access import Desk, office
from noaber.web.office.page import office_page, seen
from noaber.web.office.steering import present
from noaber.web.portal.links import Links
from noaber.web.portal.page import moment_words

PILLAR = "pijler"


@office("register.read")
def steering(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Per pillar and project what was allocated, awarded and spent, what it brings and what waits."""
    view = seen(desk)
    if view is None:
        raise Http404(desk.deal)
    overview = view.overview
    wanted = request.GET.get(PILLAR, "")
    pillars = [each.pillar for each in overview.pillars]
    chosen = next((p for p in pillars if p.code == wanted), None)
    return office_page(
        request,
        desk,
        "office/steering.html",
        deal=overview.deal,
        page=present(view, chosen.code if chosen else ""),
        links=Links(desk.deal),
        pillars=pillars,
        chosen=chosen,
        moment=moment_words(overview.moment, overview.recorded_at),
    )
