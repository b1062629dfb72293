"""A figure as it is shown somewhere, and numbers in Dutch notation read back from text.

Nothing here uses the notation that writes them: what is compared must not come from one place.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from noaber.core.address import Address
from noaber.record.rules import Moment

ORIGIN = "/herkomst/"
"""What the address of every explanation has in it."""

MISSING = ("geen cijfer", "no figure")
_MOMENT = {"peildatum", "bekend"}
_NUMBER = re.compile(
    r"(?P<sign>[+−-]?)(?P<euro>€\s?)?(?P<inner>[+−-]?)(?P<whole>\d{1,3}(?:[.,]\d{3})+|\d+)"
    r"(?:(?P<mark>[.,])(?P<rest>\d{1,2}))?(?P<million>\s?(?:mln|million))?"
)


@dataclass(frozen=True)
class Shown:
    """A figure as a reader meets it: what is written, and the exact value where that is kept too.

    `exact` and what is written are euros or a count. `place` says where it stands; `as_of` and
    `revision` are the moment that its link keeps, if it keeps one.
    """

    address: Address
    text: str
    place: str
    exact: Decimal | None = None
    as_of: date | None = None
    revision: int | None = None

    def at(self, usual: Moment) -> Moment:
        """The moment it is of: its own, or the usual one of the place."""
        revision = usual.revision if self.revision is None else self.revision
        return Moment(self.as_of or usual.as_of, revision)


@dataclass(frozen=True)
class Told:
    """An amount that is no figure, such as that of one payment, and where it stands on a page.

    `row` is what its row is called, or else the whole sentence it is in; `label` is what stands
    above or before it; `section` the nearest part of the page that has a name of its own.
    """

    section: str
    row: str
    label: str
    text: str
    exact: Decimal


@dataclass(frozen=True)
class Read:
    """A number as people read it; `step` is what it is rounded to, or nought."""

    value: Decimal
    step: Decimal = Decimal(0)

    def stands_for(self, value: Decimal) -> bool:
        """Whether this is how the value is written, rounded half up on its size."""
        if not self.step:
            return self.value == value
        size, half = abs(self.value), self.step / 2
        same_side = (self.value < 0) == (value < 0)
        return same_side and size - half <= abs(value) < size + half


def read(text: str, *, english: bool = False) -> Read | None:
    """A whole text as a number, such as "€ 3,1 mln", "−12,50" or "–"; None for "geen cijfer".

    In English, notation of both languages is read: what a deal says itself stays Dutch.

    :raises ValueError: when it is something else.
    """
    said = text.replace("\u00a0", " ").strip()
    if said in MISSING:
        return None
    if said == "–":
        return Read(Decimal(0))
    found = _NUMBER.fullmatch(said)
    if found is None:
        raise ValueError(f"“{text}” is no number in the notation of the site")
    try:
        return _number(found, ".")
    except ValueError:
        if not english:
            raise
    return _number(found, ",")


def is_address(text: str) -> bool:
    """Whether a link shows where it leads instead of a figure, as the colophon does once."""
    return ORIGIN in "".join(text.split())


def amounts_in(text: str) -> list[str]:
    """The amounts of money within a text, as written."""
    said = text.replace("\u00a0", " ")
    return [found[0] for found in _NUMBER.finditer(said) if found["euro"]]


def _number(found: re.Match[str], thousands: str) -> Read:
    whole, rest = found["whole"], found["rest"]
    if set(whole) - set("0123456789") - {thousands} or found["mark"] == thousands:
        raise ValueError(f"“{found[0]}” does not group its digits with “{thousands}”")
    value = Decimal(f"{whole.replace(thousands, '')}.{rest or 0}")
    if {found["sign"], found["inner"]} & {"−", "-"}:
        value = -value
    if not found["million"]:
        return Read(value)
    # Only exactly whole millions are written without a decimal.
    return Read(value * 1_000_000, Decimal(100_000 if rest else 0))


def linked(href: str, text: str, place: str, exact: Decimal | None = None) -> Shown:
    """A figure that is a link to its explanation: address and moment are in the link."""
    parts = urlsplit(href)
    deal, _, figure = parts.path.strip("/").removeprefix("en/").split("/")
    query = parse_qsl(parts.query)
    kept = dict(query)
    as_of, revision = kept.get("peildatum"), kept.get("bekend", "")
    return Shown(
        Address(deal, figure, tuple(pair for pair in query if pair[0] not in _MOMENT)),
        text,
        place,
        exact,
        date.fromisoformat(as_of) if as_of else None,
        int(revision) if revision.isdigit() else None,
    )
