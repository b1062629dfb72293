"""The language of the interface: Dutch, or English under /en/; what a deal says stays Dutch.

The address holds the language, so that a link keeps it without a cookie and a page can be kept
by caches. Every address made within a request of /en/ starts with /en/.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from noaber.core import notation

DUTCH = "nl"
ENGLISH = "en"
_PREFIX = f"/{ENGLISH}/"
_CATALOGUE = Path(__file__).resolve().parent / "locale" / "en.yaml"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_current: ContextVar[str] = ContextVar("language", default=DUTCH)


class NoTranslation(LookupError):
    """A text of the interface has no English; the catalogue in `locale` must have it."""


def current() -> str:
    """The language of the page that is being made."""
    return _current.get()


def english() -> bool:
    """Whether the page that is being made has an English interface."""
    return current() == ENGLISH


def text(dutch: str) -> str:
    """A text of the interface in the language of the page; its key is the Dutch.

    :raises NoTranslation: when the catalogue lacks it.
    """
    if not english():
        return dutch
    try:
        return catalogue()[dutch]
    except KeyError:
        raise NoTranslation(dutch) from None


def day(moment: date) -> str:
    """A day as the interface writes it: "31 december 2021", "31 December 2021"."""
    if not english():
        return notation.day(moment)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, str]:
    """The English of every text of the interface."""
    found: dict[str, str] = yaml.safe_load(_CATALOGUE.read_text(encoding="utf-8"))
    return found


def other_address(request: HttpRequest) -> str:
    """The address of the same page in the other language."""
    address = request.get_full_path()
    if english():
        return address[len(_PREFIX) - 1 :]
    return f"/{ENGLISH}{address}"


class FromAddress:
    """Middleware that takes the language from the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language that the address begins with."""
        if not request.path_info.startswith(_PREFIX):
            return self.get_response(request)
        request.path_info = request.path_info[len(_PREFIX) - 1 :]
        with speaking(ENGLISH):
            return self.get_response(request)


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Make pages and addresses in a language for a while."""
    token, prefix = _current.set(wanted), get_script_prefix()
    if wanted == ENGLISH:
        set_script_prefix(f"{prefix.rstrip('/')}{_PREFIX}")
    try:
        yield
    finally:
        set_script_prefix(prefix)
        _current.reset(token)
