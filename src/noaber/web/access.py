"""Who may see a page: every view says so, and a test asks each route."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.views.decorators.http import require_safe

PUBLIC = "public"

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Let everybody read a page; nothing is written through it, so only GET and HEAD pass.

    The view says who may see it in its attribute `access`.
    """
    permitted = require_safe(view)
    vars(permitted)["access"] = PUBLIC
    return permitted
