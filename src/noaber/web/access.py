"""Who may see a page: every view says so in its attribute `access`, and a test asks each route."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from noaber.access import queries as people
from noaber.access.roles import permissions, roles
from noaber.access.rules import Actor, Audience, NotPermitted, Target, may, may_somewhere
from noaber.web.sessions import PUBLIC
from noaber.web.signin.adapters import has_second_step, used_second_step

ANYBODY = "anybody"
SIGNED_IN = "signed_in"
COLLEAGUE = "colleague"

READ, FORM, SEND = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)
"""Methods of a page that is read, of one with a form, and of what is only sent to."""

TRIED_OUT = "tried_out"
"""Mark of a session begun with one click on this machine; see `signin.tryout`."""

View = TypeVar("View", bound=Callable[..., Any])
Page = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Let everybody read a page; nothing is written through it, so only GET and HEAD pass."""
    permitted = require_safe(view)
    vars(permitted)["access"] = PUBLIC
    return permitted


@dataclass(frozen=True)
class Desk:
    """Who works in the office, on which day and in which deal ("" for none)."""

    actor: Actor
    today: date
    deal: str = ""

    @cached_property
    def audience(self) -> Audience:
        """What this person reads in the deal: asked once for a page."""
        return people.audience(self.actor, self.deal, self.today)

    def may(self, permission: str, organisation: str = "", pillar: str = "") -> bool:
        """Whether this person may do something to what belongs to an organisation and pillar."""
        return may(self.actor, permission, Target(self.deal, organisation, pillar))

    def may_somewhere(self, permission: str) -> bool:
        """Whether this person may do it to at least something in the deal."""
        return may_somewhere(self.actor, permission, self.deal)


def signed_in(methods: tuple[str, ...] = READ) -> Callable[[Page], Page]:
    """Let a page be seen by who is signed in; the page gets the desk of that person."""
    return lambda page: _guarded(page, SIGNED_IN, methods)


def colleague(page: Page) -> Page:
    """Let a page of a deal be seen by whoever has any role in it."""
    return _guarded(page, COLLEAGUE, READ)


def office(permission: str, methods: tuple[str, ...] = READ) -> Callable[[Page], Page]:
    """Let a page of a deal be seen by who has a permission for at least something in it.

    Which thing it may be used for, the page asks the desk. Other `methods` are refused.
    """
    if permission not in permissions():
        raise KeyError(permission)
    return lambda page: _guarded(page, permission, methods)


def _guarded(page: Page, access: str, methods: tuple[str, ...]) -> Page:
    @wraps(page)
    def guarded(request: HttpRequest, deal: str = "", **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not user.is_authenticated:
            # What is only sent to cannot be gone back to.
            back = request.get_full_path() if "GET" in methods else reverse("office")
            return redirect_to_login(back)
        today = timezone.localdate()
        desk = Desk(people.actor(user.code, user.name, today), today, deal)
        if people.second_factor_needed(desk.actor) and not _second_step_taken(request):
            return _to_second_step(request)
        if not _admitted(desk, access):
            return refused(request, access)
        try:
            return page(request, desk, **kwargs)
        except NotPermitted as wrong:
            return refused(request, wrong.permission)

    shown: Page = never_cache(require_http_methods(methods)(guarded))
    vars(shown)["access"] = access
    return shown


def _admitted(desk: Desk, access: str) -> bool:
    if access == SIGNED_IN:
        return True
    if access == COLLEAGUE:
        return any(grant.in_deal(desk.deal) for grant in desk.actor.grants)
    return desk.may_somewhere(access)


def refused(request: HttpRequest, permission: str) -> HttpResponse:
    """The page that says that this person may not do this, and who may."""
    known = permissions().get(permission)
    context = {
        "wanted": known.name if known else "",
        "allowed": [role.name for role in roles().values() if permission in role.may],
    }
    return render(request, "office/refused.html", context, status=403)


def _second_step_taken(request: HttpRequest) -> bool:
    tried_out = settings.TRYOUT and request.session.get(TRIED_OUT) is True
    return tried_out or used_second_step(request)


def _to_second_step(request: HttpRequest) -> HttpResponseRedirect:
    """To where the second step is taken, or set up by who has none yet."""
    name = "mfa_reauthenticate" if has_second_step(request.user) else "second_step_needed"
    return redirect_to_login(request.get_full_path(), reverse(name))
