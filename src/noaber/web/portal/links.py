"""Addresses of pages, with the moment kept in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlencode

from django.urls import get_script_prefix
from django.urls import reverse as reverse_anew

from noaber.core.address import Address
from noaber.record.rules import Moment

VERSION = "versie"
"""Parameter that names the version of a logo."""


def logo_version(drawing: str) -> str:
    """What distinguishes a logo from any other."""
    return sha256(drawing.encode()).hexdigest()[:16]


def reverse(name: str, args: Sequence[str | int]) -> str:
    """The path of a page, in the language of now; a page of figures asks the same few again."""
    return _path(name, tuple(args), get_script_prefix())


@lru_cache(maxsize=4096)
def _path(name: str, args: tuple[str | int, ...], _language: str) -> str:
    return reverse_anew(name, args=args)


@dataclass(frozen=True)
class Links:
    """Links from a page of a deal; `query` is the moment they keep."""

    deal: str
    query: str = ""

    @property
    def home(self) -> str:
        return self._to("home")

    @property
    def money(self) -> str:
        return self._to("money")

    @property
    def comparisons(self) -> str:
        return self._to("comparisons")

    @property
    def colours(self) -> str:
        return self._to("colours")

    @property
    def projects(self) -> str:
        return self._to("projects")

    @property
    def municipalities(self) -> str:
        return self._to("municipalities")

    @property
    def parties(self) -> str:
        return self._to("parties")

    @property
    def results(self) -> str:
        return self._to("results")

    @property
    def decisions(self) -> str:
        return self._to("decisions")

    @property
    def boards(self) -> str:
        return self._to("boards")

    def logo(self, drawing: str) -> str:
        """The logo, under an address that changes with it; empty when there is none."""
        version = f"{VERSION}={logo_version(drawing)}"
        path = reverse("logo", [self.deal])
        return self._with_moment(path, version) if drawing else ""

    def project(self, code: str) -> str:
        """The page of a project."""
        return self._with_moment(reverse("project", [self.deal, code]), "")

    def municipality(self, code: str) -> str:
        """The sheet of a municipality."""
        return self._with_moment(reverse("municipality", [self.deal, code]), "")

    def chosen(self, choices: Sequence[tuple[str, str]]) -> str:
        """The projects with choices in the filters: names and values."""
        return self._with_moment(reverse("projects", [self.deal]), urlencode(choices))

    @property
    def tranches(self) -> str:
        return self._to("tranches")

    def tranche(self, number: str) -> str:
        """The decisions of a tranche."""
        return self._with_moment(reverse("tranche", [self.deal, number]), "")

    @property
    def documents(self) -> str:
        return self._to("documents")

    def programme(self, tranche: str, suffix: str = "pdf") -> str:
        """The implementation programme of a tranche, in one of the formats."""
        return self._with_moment(reverse("programme", [self.deal, tranche, suffix]), "")

    def adopted(self, tranche: str, number: int, suffix: str) -> str:
        """An adopted edition of a programme, in one of its formats: the same bytes for ever."""
        return reverse("adopted", [self.deal, number, tranche, suffix])

    def changed_since(self, moment: Moment) -> str:
        """What the register says otherwise now about the day of a moment."""
        day = moment.as_of.isoformat()
        asked = {"van": day, "bekend-van": moment.revision, "tot": day}
        return f"{self.changes}?{urlencode(asked)}"

    @property
    def changes(self) -> str:
        return reverse("changes", [self.deal])

    @property
    def search_action(self) -> str:
        """Where a search form sends; what it must send along is `kept`."""
        return reverse("search", [self.deal])

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The moment as names and values, for a form to send along."""
        return parse_qsl(self.query)

    def origin(self, address: Address) -> str:
        """Where a figure comes from."""
        path = reverse("origin", [self.deal, address.figure])
        return self._with_moment(path, _filters(address))

    def _to(self, name: str) -> str:
        return self._with_moment(reverse(name, [self.deal]), "")

    def _with_moment(self, path: str, filters: str) -> str:
        query = "&".join(part for part in (filters, self.query) if part)
        return f"{path}?{query}" if query else path


def permanent(address: Address, moment: Moment) -> str:
    """The path that shows this figure at this moment for ever."""
    fixed = f"peildatum={moment.as_of.isoformat()}&bekend={moment.revision}"
    return Links(address.deal, fixed).origin(address)


def _filters(address: Address) -> str:
    return "&".join(f"{name}={quote(value, safe=':/')}" for name, value in address.filters)
