"""The address of a figure: stable codes that name one number of one deal."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, unquote

_DEAL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_READABLE = ":/"


class AddressError(ValueError):
    """A text that is not the address of a figure; the message is Dutch and for the person."""


@dataclass(frozen=True)
class Address:
    """A figure of a deal, narrowed by filters: equal addresses name the same figure.

    The filters are kept in the order of their names, so that one figure has one address.

    :raises AddressError: when a part is missing or not written as it should be.
    """

    deal: str
    figure: str
    filters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not _DEAL.fullmatch(self.deal):
            raise AddressError(
                f"“{self.deal}” is geen code van een Regio Deal. Gebruik kleine letters, cijfers "
                "en streepjes, bijvoorbeeld zuid-en-oost-drenthe."
            )
        for name in (self.figure, *(name for name, _ in self.filters)):
            if not _NAME.fullmatch(name):
                raise AddressError(
                    f"“{name}” is geen naam van een cijfer of filter. Gebruik kleine letters, "
                    "bijvoorbeeld awarded of pillar."
                )
        for name, value in self.filters:
            if not value or not value.isprintable():
                raise AddressError(
                    f"Het filter {name} heeft geen leesbare waarde. Vul een waarde in, "
                    "bijvoorbeeld pillar=werken."
                )
        if len(dict(self.filters)) < len(self.filters):
            raise AddressError("Een filter staat er twee keer. Noem elk filter één keer.")
        object.__setattr__(self, "filters", tuple(sorted(self.filters)))

    def __str__(self) -> str:
        """Give the one way this address is written."""
        query = "&".join(f"{name}={quote(value, safe=_READABLE)}" for name, value in self.filters)
        return f"{self.deal}/{self.figure}" + (f"?{query}" if query else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address, with its filters in any order: ``deal/awarded?pillar=werken``.

        :raises AddressError: with what is wrong and what would be right.
        """
        path, asked, query = text.partition("?")
        deal, slash, figure = path.partition("/")
        if not slash:
            raise AddressError(
                f"“{text}” is geen adres van een cijfer. Een adres ziet er zo uit: "
                "zuid-en-oost-drenthe/awarded?pillar=werken."
            )
        pairs = query.split("&") if asked else []
        return cls(deal, figure, tuple(_filter(pair) for pair in pairs))

    def get(self, name: str) -> str | None:
        """Give the value of a filter, or None when the address is not narrowed by it."""
        return dict(self.filters).get(name)

    def with_(self, **filters: str) -> Self:
        """Give the address with these filters added, or in the place of those it has.

        :raises AddressError: when a filter is not written as it should be.
        """
        return type(self)(self.deal, self.figure, tuple((dict(self.filters) | filters).items()))


def _filter(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals or _BROKEN_ESCAPE.search(value):
        raise AddressError(f"“{pair}” is geen filter. Een filter ziet er zo uit: pillar=werken.")
    try:
        return name, unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise AddressError(
            f"De waarde van filter {name} is niet te lezen. Een filter ziet er zo uit: "
            "pillar=werken."
        ) from None
