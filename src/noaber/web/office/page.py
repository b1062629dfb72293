"""A page of the office: its frame with the menu, and what is said after something was done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from noaber.deals import queries as deals
from noaber.monitor import queries
from noaber.monitor.views import DealView
from noaber.web.access import Desk
from noaber.web.office.menu import menu

SAID = "office_said"


def office_page(
    request: HttpRequest, desk: Desk, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the office in its frame; the deal is read unless the page hands it in.

    :raises Http404: when there is no such deal; roles in all deals reach here with any code.
    """
    deal = context.pop("deal", None) or deals.deal(
        desk.deal, queries.moment(desk.today), desk.audience
    )
    if deal is None:
        raise Http404(desk.deal)
    everywhere = {
        "desk": desk,
        "deal": deal,
        "sections": menu(desk, str(context.pop("here", request.path))),
        "said": request.session.pop(SAID, ""),
    }
    return render(request, template, everywhere | context, status=status)


def done(request: HttpRequest, said: str, address: str) -> HttpResponse:
    """Go to a page and say there what was done."""
    request.session[SAID] = said
    return HttpResponseRedirect(address)


def seen(desk: Desk) -> DealView | None:
    """The deal as this person sees it now; None when it is not there yet."""
    return queries.view(desk.deal, queries.moment(desk.today), desk.audience)
