"""One line in the log for every request: what was asked, not who asked or what they typed."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("noaber.requests")

HEADER = "X-Request-ID"
_NUMBER = re.compile(r"[0-9a-f]{16,32}")
SHOWN: ContextVar[int | None] = ContextVar("shown_revision", default=None)
"""The revision of the register that the answer shows."""


class Log:
    """Middleware, the first of all, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = monotonic()
        SHOWN.set(None)
        given = request.headers.get(HEADER, "")
        # A proxy may number requests; anything else a visitor sends is not repeated.
        number = given if _NUMBER.fullmatch(given) else secrets.token_hex(8)
        response = self.get_response(request)
        response.headers[HEADER] = number
        route = request.resolver_match.view_name if request.resolver_match else ""
        logger.log(
            logging.ERROR if response.status_code >= 500 else logging.INFO,
            "request",
            extra={
                "request_id": number,
                "route": route,
                "method": request.method if request.method in _METHODS else "other",
                "status": response.status_code,
                "milliseconds": round((monotonic() - start) * 1000),
                "revision": SHOWN.get(),
            },
        )
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
