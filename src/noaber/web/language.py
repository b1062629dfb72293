"""The language of the interface: Dutch, or English under /en/; what a deal says stays Dutch.

The address holds the language, so that a link keeps it without a cookie and a page can be kept
by caches. Every address made within a request of /en/ starts with /en/.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString

from noaber.core.definitions import read_definition

DUTCH = "nl"
ENGLISH = "en"
_PREFIX = f"/{ENGLISH}/"
_CATALOGUE = Path(__file__).resolve().parent / "locale" / "en.yaml"
_current: ContextVar[str] = ContextVar("language", default=DUTCH)


class NoTranslation(LookupError):
    """A text of the interface has no English; the catalogue in `locale` must have it."""


def current() -> str:
    """The language of the page that is being made."""
    return _current.get()


def english() -> bool:
    """Whether the page that is being made has an English interface."""
    return current() == ENGLISH


def text(said: str, /, **values: object) -> str:
    """A text of the interface in the language of the page; its key is the Dutch.

    `values` fill its places: `text("In {rounds}.", rounds=...)`. The whole is HTML when one of
    them is.

    :raises NoTranslation: when the catalogue lacks it.
    """
    if english():
        try:
            said = catalogue()[said]
        except KeyError:
            raise NoTranslation(said) from None
    if any(isinstance(value, SafeString) for value in values.values()):
        return format_html(said, **values)
    return said.format(**values) if values else said


def later(said: str) -> str:
    """A text that `text` will be asked for, where it stands in a table of the code."""
    return said


def dutch(said: str) -> str:
    """What the deal says, marked as Dutch on a page that is not."""
    if not english() or not said or isinstance(said, SafeString):
        return said
    return format_html('<span lang="nl">{}</span>', said)


def known(said: str) -> str:
    """A word of the deal that the interface may have too, such as "pijler": else it is Dutch."""
    return catalogue().get(said) or dutch(said) if english() else said


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, str]:
    """The English of every text of the interface."""
    found: dict[str, str] = read_definition(_CATALOGUE)
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
