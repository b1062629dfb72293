"""Answer 304 before anything is made: a page's version follows from one query.

A page of a deal is made from the register at a moment, by this release of the program, in a
language, for an audience; nothing else changes it. So its ETag is known before it is made. All of
these but the revision and the release are in the address, so no Vary is needed.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import version as version_of
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from noaber.access.rules import Audience
from noaber.record.rules import Moment
from noaber.web import language
from noaber.web.requests import SHOWN

FOR_EVER = "public, max-age=60"
"""Of a page whose address fixes its moment; it can only change with the program."""
ASK_AGAIN = "no-cache"
"""Of a page that shows now: kept, but asked for again each time."""

NEVER_CHANGES = "public, max-age=60"
"""Of bytes that stay the same for ever: a minute, since they can be withdrawn from publication."""

NAMES_ITS_VERSION = "public, max-age=31536000, immutable"
"""Of what is not confidential, under an address that changes with it, such as a logo."""

_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def release() -> str:
    """What distinguishes this program from any other: its version, its files, its static files.

    The files count as well as the version, since a patched program must not say "unchanged".
    """
    digest = hashlib.sha256(version_of("noaber").encode())
    for file in sorted(p for p in _PACKAGE.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(str(file.relative_to(_PACKAGE)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    return digest.hexdigest()


def page_version(moments: Iterable[Moment], audience: Audience, erased: int = 0) -> str:
    """The ETag of a page made from the register at these moments, in the language of now.

    A page with names of people also changes with `erased`, the last revision that erased any.
    Empty while developing: then a template can change under a running program.
    """
    shown = list(moments)
    SHOWN.set(max((moment.revision for moment in shown), default=None))
    if settings.DEBUG:
        return ""
    read = [f"{moment.as_of.isoformat()}@{moment.revision}" for moment in shown]
    withheld = sorted(map(str, audience.withheld))
    parts = [release(), language.current(), *sorted(audience.labels), *withheld, *read]
    if erased:
        parts.append(f"erased {erased}")
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, version: str, *, fixed: bool) -> HttpResponse | None:
    """The answer 304 when the visitor has this version; None when the page must be made.

    `*` asks whether there is any version at all, which only making the page tells.
    """
    if not version or request.headers.get("If-None-Match", "*").strip() == "*":
        return None
    answer = get_conditional_response(request, etag=version)
    if not isinstance(answer, HttpResponseNotModified):
        return None
    return keep(answer, version, fixed=fixed)


def kept_bytes(
    request: HttpRequest, sha256: str, lasts: str, content: Callable[[], HttpResponse]
) -> HttpResponse:
    """Bytes that are known by their hash: 304 for who has them, and read only when needed."""
    version = f'"{sha256}"'
    # `*` asks whether there is such a thing at all; there is.
    answer = get_conditional_response(request, etag=version)
    response = content() if answer is None else answer
    response.headers["Cache-Control"] = lasts
    response.headers["ETag"] = version
    return response


def keep(response: HttpResponse, version: str, *, fixed: bool) -> HttpResponse:
    """Say how long a page may be kept, and which version it is when it is a page at all."""
    response.headers["Cache-Control"] = FOR_EVER if fixed else ASK_AGAIN
    if version and response.status_code in (200, 304):
        response.headers["ETag"] = version
    return response
