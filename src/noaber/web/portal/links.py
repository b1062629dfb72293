"""Addresses of pages, with the moment kept in them."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from noaber.core.address import Address
from noaber.record.rules import Moment


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

    def programme(self, tranche: str) -> str:
        """The implementation programme of a tranche as PDF."""
        return self._with_moment(reverse("programme", args=[self.deal, tranche]), "")

    def origin(self, address: Address) -> str:
        """Where a figure comes from."""
        path = reverse("origin", args=[self.deal, address.figure])
        return self._with_moment(path, _filters(address))

    def _to(self, name: str) -> str:
        return self._with_moment(reverse(name, args=[self.deal]), "")

    def _with_moment(self, path: str, filters: str) -> str:
        query = "&".join(part for part in (filters, self.query) if part)
        return f"{path}?{query}" if query else path


def permanent(address: Address, moment: Moment) -> str:
    """The path that shows this figure at this moment for ever."""
    fixed = f"peildatum={moment.as_of.isoformat()}&bekend={moment.revision}"
    return Links(address.deal, fixed).origin(address)


def _filters(address: Address) -> str:
    return "&".join(f"{name}={quote(value, safe=':/')}" for name, value in address.filters)
