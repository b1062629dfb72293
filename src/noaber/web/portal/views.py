"""Views of the public pages: parse, permit, one call, present."""

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from noaber.access.rules import PUBLIC
from noaber.core.address import Address, AddressError
from noaber.deals import queries as deal_queries
from noaber.monitor import queries
from noaber.monitor.rules import UnknownFigure
from noaber.web import caching, colours
from noaber.web.access import public
from noaber.web.portal import comparisons, home, moments, money, origin
from noaber.web.portal.asking import (
    Asked,
    answer,
    page,
    unknown_deal,
    wrong_moment,
)
from noaber.web.portal.deals import listed_deals
from noaber.web.portal.links import VERSION, Links, logo_version
from noaber.web.portal.moments import MomentError


@public
def deals(request: HttpRequest) -> HttpResponse:
    """The one deal, or a list of them."""
    codes = queries.deals()
    if len(codes) == 1:
        return HttpResponseRedirect(Links(codes[0]).home)
    return render(request, "portal/deals.html", {"deals": listed_deals(codes)})


@public
def deal_home(request: HttpRequest, deal: str) -> HttpResponse:
    """Home of a deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = home.present(asked.seen, asked.links)
        return page(request, asked, "portal/home.html", "home", page=shown)

    return answer(request, deal, present)


@public
def deal_money(request: HttpRequest, deal: str) -> HttpResponse:
    """The money of a deal."""

    def present(asked: Asked) -> HttpResponse:
        shown = money.present(asked.seen, asked.links)
        return page(request, asked, "portal/money.html", "money", page=shown)

    return answer(request, deal, present)


@public
def deal_comparisons(request: HttpRequest, deal: str) -> HttpResponse:
    """Stated against computed."""

    def present(asked: Asked) -> HttpResponse:
        shown = comparisons.present(asked.seen)
        return page(request, asked, "portal/comparisons.html", "comparisons", page=shown)

    return answer(request, deal, present)


@public
def figure_origin(request: HttpRequest, deal: str, figure: str) -> HttpResponse:
    """Where a figure comes from."""
    moment_names = (moments.AS_OF, moments.KNOWN_ON)
    filters = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in moment_names
    ]

    def present(asked: Asked) -> HttpResponse:
        try:
            address = Address(deal, figure, tuple(filters))
            explanation = queries.explained(asked.seen, address)
        except (AddressError, UnknownFigure) as wrong:
            return page(
                request,
                asked,
                "portal/unknown_figure.html",
                "money",
                status=404,
                message=str(wrong),
                figure=figure,
                filters=filters,
            )
        shown = origin.present(asked.seen, explanation)
        return page(
            request,
            asked,
            "portal/origin.html",
            "money",
            page=shown,
            filters=address.filters,
            permanent=request.build_absolute_uri(shown.address),
        )

    return answer(request, deal, present)


@public
def deal_colours(request: HttpRequest, deal: str) -> HttpResponse:
    """The colours of a deal and its pillars as a style sheet."""
    try:
        reading = moments.read(request.GET.dict(), timezone.localdate())
    except MomentError as wrong:
        return wrong_moment(request, wrong)
    version = caching.page_version([reading.moment], PUBLIC)
    unchanged = caching.unchanged(request, version, fixed=reading.fixed)
    if unchanged is not None:
        return unchanged
    found = deal_queries.deal(deal, reading.moment, PUBLIC)
    if found is None:
        return unknown_deal(request, deal, reading)
    pillars = deal_queries.pillars(deal, reading.moment, PUBLIC)
    sheet = colours.style_sheet(found, pillars)
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    return caching.keep(response, version, fixed=reading.fixed)


@public
def deal_logo(request: HttpRequest, deal: str) -> HttpResponse:
    """The logo of a deal: shapes only. Under the address that pages use it never changes."""
    try:
        reading = moments.read(request.GET.dict(), timezone.localdate())
    except MomentError as wrong:
        return wrong_moment(request, wrong)
    found = deal_queries.deal(deal, reading.moment, PUBLIC)
    if found is None:
        return unknown_deal(request, deal, reading)
    if not found.logo:
        raise Http404
    drawing, version = found.logo, logo_version(found.logo)
    named = request.GET.get(VERSION) == version
    lasts = caching.NAMES_ITS_VERSION if named else caching.ASK_AGAIN

    def content() -> HttpResponse:
        return HttpResponse(drawing, content_type="image/svg+xml")

    return caching.kept_bytes(request, version, lasts, content)


@public
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the site can do its work: "ok" when the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            well = cursor.fetchone() == (1,)
    except DatabaseError:
        well = False
    response = HttpResponse(
        "ok" if well else "geen database", content_type="text/plain; charset=utf-8"
    )
    response.status_code = 200 if well else 503
    response.headers["Cache-Control"] = "no-store"
    return response
