"""Views of what changed and of search: parse, permit, one call, present."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from noaber.monitor import queries
from noaber.web import caching
from noaber.web.access import public
from noaber.web.portal import changes, search
from noaber.web.portal.asking import Asked, answer, anybody, page, unknown_deal
from noaber.web.portal.links import Links
from noaber.web.portal.moments import MomentError


@public
def deal_changes(request: HttpRequest, deal: str) -> HttpResponse:
    """What changed in a deal between two moments."""
    try:
        period = changes.read(request.GET.dict(), timezone.localdate())
    except MomentError as wrong:
        return _wrong_period(request, wrong)
    audience, withheld = anybody(deal, period.after.head)
    version = caching.page_version(period.moments, audience)
    unchanged = caching.unchanged(request, version, fixed=period.fixed)
    if unchanged is not None:
        return unchanged
    after = queries.view(deal, period.after.moment, audience)
    if after is None:
        return unknown_deal(request, deal, period.after)
    first = period.before or changes.default_before(after, period.after)
    before = queries.view(deal, first.moment, audience)
    shown = changes.present(before, after, (first, period.after))
    asked = Asked(after, Links(deal, period.after.query), period.after, audience, withheld)
    response = page(request, asked, "portal/changes.html", "changes", page=shown)
    return caching.keep(response, version, fixed=period.fixed)


@public
def deal_search(request: HttpRequest, deal: str) -> HttpResponse:
    """What in a deal holds the words that were typed."""

    def present(asked: Asked) -> HttpResponse:
        shown = search.present(asked.seen, asked.links, request.GET.get("q", ""))
        return page(request, asked, "portal/search.html", "search", page=shown, typed=shown.asked)

    return answer(request, deal, present)


def _wrong_period(request: HttpRequest, wrong: MomentError) -> HttpResponse:
    """The form again, with what was typed and what is wrong with it."""
    names = (changes.FROM, changes.KNOWN_FROM, changes.TO, changes.KNOWN_TO)
    fields = {name.replace("-", "_"): request.GET.get(name, "") for name in names}
    context = {"wrong": wrong, "fields": fields}
    return render(request, "portal/wrong_period.html", context, status=400)
