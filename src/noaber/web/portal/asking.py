"""From a request to a deal at a moment, or to a page that says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from noaber.access import queries as people
from noaber.access.rules import Audience, Withholding
from noaber.monitor import queries
from noaber.monitor.views import DealView
from noaber.record.queries import last_erasure
from noaber.web import caching
from noaber.web.portal import moments
from noaber.web.portal.links import Links
from noaber.web.portal.moments import MomentError, Reading
from noaber.web.portal.page import frame


@dataclass(frozen=True)
class Asked:
    """A deal at the moment that was asked for, as anybody may see it; `withheld` is what they
    may not (covenant, article 10).
    """

    seen: DealView
    links: Links
    reading: Reading
    audience: Audience
    withheld: tuple[Withholding, ...] = ()

    def withheld_of(self, kind: str, code: str) -> frozenset[str]:
        """Kinds of facts that are withheld of a thing that has a page."""
        parent = f"{kind}:{self.seen.overview.deal.code}/{code}"
        return frozenset(w.item.kind for w in self.withheld if str(w.parent) == parent)

    def with_withheld(self, kind: str) -> frozenset[str]:
        """Codes of the things of a kind of which something is withheld."""
        of_kind = [w.parent.code for w in self.withheld if w.parent.kind == kind]
        return frozenset(code.partition("/")[2] for code in of_kind)


Visitor = tuple[Audience, tuple[Withholding, ...]]
"""What a visitor may read, and what is withheld from them."""


def anybody(deal: str, head: str) -> Visitor:
    """What a visitor may read of a deal today, and what is withheld from them.

    `head` is the hash of the latest revision, for which what is withheld is read once.
    """
    return people.visitor(deal, timezone.localdate(), head)


def answer(
    request: HttpRequest,
    deal: str,
    present: Callable[[Asked], HttpResponse],
    instead: Callable[[Reading, Visitor], HttpResponse | None] = lambda *_: None,
    *,
    personal: bool = False,
) -> HttpResponse:
    """Read the moment, read the deal, and present it; else say in Dutch what is wrong.

    Who has this version of the page hears so after one query. `instead` may give an answer for
    which the deal need not be read. What is `personal` shows names of people: it is asked for
    again each time, since a name can be erased at any moment.
    """
    try:
        reading = moments.read(request.GET.dict(), timezone.localdate())
    except MomentError as wrong:
        return wrong_moment(request, wrong)
    fixed = reading.fixed and not personal
    # As known now an erasure is a revision like any other.
    erased = last_erasure() if personal and reading.known_on else 0
    audience, withheld = anybody(deal, reading.head)
    version = caching.page_version([reading.moment], audience, erased)
    unchanged = caching.unchanged(request, version, fixed=fixed)
    if unchanged is not None:
        return unchanged
    given = instead(reading, (audience, withheld))
    if given is not None:
        # What was adopted says itself how long it may be kept.
        kept = given.has_header("Cache-Control")
        return given if kept else caching.keep(given, version, fixed=fixed)
    seen = queries.view(deal, reading.moment, audience)
    if seen is None:
        return unknown_deal(request, deal, reading)
    response = present(Asked(seen, Links(deal, reading.query), reading, audience, withheld))
    return caching.keep(response, version, fixed=fixed)


def page(
    request: HttpRequest, asked: Asked, template: str, here: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of a deal, in its frame."""
    everywhere = {
        "frame": frame(asked.seen.overview, asked.reading, here),
        "links": asked.links,
        "reading": asked.reading,
        "contacts": asked.seen.contacts,
        "logo": asked.links.logo(asked.seen.overview.deal.logo),
    }
    return render(request, template, everywhere | context, status=status)


def wrong_moment(request: HttpRequest, wrong: MomentError) -> HttpResponse:
    """The form again, with what was typed and what is wrong with it."""
    context = {
        "wrong": wrong,
        "as_of": request.GET.get(moments.AS_OF, ""),
        "known_on": request.GET.get(moments.KNOWN_ON, ""),
        "kept": _others(request),
    }
    return render(request, "portal/wrong_moment.html", context, status=400)


def unknown_deal(request: HttpRequest, deal: str, reading: Reading) -> HttpResponse:
    """There is no such deal, or there was none at the moment."""
    context = {
        "deal": deal,
        "known": deal in queries.deals(),
        "as_of": reading.as_of,
        "known_on": reading.known_on,
        "kept": _others(request),
    }
    return render(request, "portal/unknown_deal.html", context, status=404)


def _others(request: HttpRequest) -> list[tuple[str, str]]:
    """Parameters other than the moment, which a form must send along."""
    return [
        (name, value)
        for name, value in request.GET.dict().items()
        if name not in (moments.AS_OF, moments.KNOWN_ON)
    ]
