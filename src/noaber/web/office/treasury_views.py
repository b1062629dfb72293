"""The page of the treasurer: what is due, what came in, what goes out, and the cash on each day."""

from django.http import Http404, HttpRequest, HttpResponse

from noaber.access.rules import NotPermitted
from noaber.monitor.cashbook import cashbook
from noaber.web.access import Desk, office
from noaber.web.office.page import office_page, seen
from noaber.web.portal.links import Links
from noaber.web.portal.moments import AS_OF


@office("register.read")
def cash(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The cash of the deal as it is now, with forecasts beside what was paid."""
    if not desk.may("register.read"):
        raise NotPermitted("register.read")
    view = seen(desk)
    if view is None:
        raise Http404(desk.deal)
    book = cashbook(view, desk.today)
    projects = {p.project.code: p.project for p in view.projects}
    return office_page(
        request,
        desk,
        "office/cash.html",
        deal=view.overview.deal,
        book=book,
        days=[(day, Links(desk.deal, f"{AS_OF}={day.on}")) for day in book.days],
        today=desk.today,
        variances=[(v, projects.get(v.forecast.project)) for v in view.variances],
        links=Links(desk.deal),
        may_record=desk.may("commitment.record"),
    )
