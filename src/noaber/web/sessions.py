"""When a session ends, and what was typed in a form that came in just after.

A session ends when nothing came from it for a while, and after a longest time however busy it was.
A form of the office that is sent too late is not lost: what was typed waits in the session for the
same person, who finds it in the form after signing in again.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

PUBLIC = "public"
"""What pages say that everybody may read: those ask for no session."""

BEGUN, SEEN, TYPED = "begun", "seen", "typed"
"""When a session began and was last used, in seconds; and what was typed when it ended."""

KEPT_ON = frozenset({"record", "new_record"})
"""Routes of forms that keep what was typed."""

MOST = 200_000
"""Signs of a form that are kept; more is not typed by hand."""

AGAIN_AFTER = 60
"""Seconds in which a session that is used is not written again."""


class Ending:
    """Middleware that signs out whoever did nothing for too long, before a page is asked."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if it were not there."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """End the session that has lasted too long, or note that it is used."""
        if getattr(view, "access", PUBLIC) == PUBLIC:
            return
        user: Any = request.user
        if not user.is_authenticated:
            return
        now = timezone.now().timestamp()
        session = request.session
        begun, seen = session.setdefault(BEGUN, now), session.get(SEEN, now)
        if now - begun > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_AGE:
            typed = _typed(request, user.code)
            logout(request)
            if typed:
                request.session[TYPED] = typed
        elif now - seen > AGAIN_AFTER or SEEN not in session:
            session[SEEN] = now


def _typed(request: HttpRequest, person: str) -> dict[str, Any] | None:
    """What came in with a form that is to be kept."""
    matched = request.resolver_match
    if request.method != "POST" or matched is None or matched.url_name not in KEPT_ON:
        return None
    fields = {k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken"}
    if sum(map(len, fields.values())) > MOST:
        return None
    return {"person": person, "path": request.path, "fields": fields}


def typed_before(request: HttpRequest, person: str) -> Mapping[str, str]:
    """What this person typed on this page when the session had ended; given once."""
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path:
        return {}
    # Whoever else signs in here gets nothing of it, and it is gone.
    del request.session[TYPED]
    return dict(kept["fields"]) if kept["person"] == person else {}
