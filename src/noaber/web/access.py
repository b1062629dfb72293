"""Who may see a page: every view says so, and a test asks each route."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

PUBLIC = "public"
_SAFE = ("GET", "HEAD")

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public(view: View[P]) -> View[P]:
    """Let everybody read a page; nothing is written through it, so only GET and HEAD pass.

    The view says who may see it in its attribute `access`.
    """

    @wraps(view)
    def permitted(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in _SAFE:
            return HttpResponseNotAllowed(_SAFE)
        return view(request, *args, **kwargs)

    vars(permitted)["access"] = PUBLIC
    return permitted
