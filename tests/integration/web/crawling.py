"""Following every link of the site, and collecting the figures on the pages by their address."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from noaber.core.address import Address
from noaber.core.notation import MISSING
from noaber.documents.blocks import Document, Number

MOMENT = {"peildatum", "bekend", "taal"}
FILES = (".pdf", ".docx", ".xlsx", ".ods", ".csv", ".zip", ".css", ".html")


@dataclass
class Shown:
    """A figure as a page shows it: its value in euro or as a count, None for "geen cijfer"."""

    address: Address
    value: Decimal | None
    page: str
    as_of: date | None = None
    revision: int | None = None


@dataclass
class _Page(HTMLParser):
    path: str
    links: list[str] = field(default_factory=list)
    figures: list[Shown] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: Shown | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            href = str(given["href"])
            self.links.append(href)
            if "/herkomst/" in href and "figure" in (given.get("class") or "").split():
                self._open, self._words = _shown(href, self.path), ""
        elif tag == "data" and self._open and given.get("value"):
            self._open.value = Decimal(str(given["value"]))

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            if self._open.value is None and "nul" in self._words:
                self._open.value = Decimal(0)
            # A link that shows a name instead of a number is no figure.
            if self._open.value is not None or MISSING in self._words:
                self.figures.append(self._open)
            self._open = None


def address_of(href: str) -> Address:
    """The address of the figure that a link to its origin names."""
    parts = urlsplit(href)
    deal, _, figure = parts.path.strip("/").removeprefix("en/").split("/")
    filters = [pair for pair in parse_qsl(parts.query) if pair[0] not in MOMENT]
    return Address(deal, figure, tuple(filters))


def _shown(href: str, page: str) -> Shown:
    """What a link to the origin of a figure says: address, and the moment if it keeps one."""
    kept = dict(parse_qsl(urlsplit(href).query))
    as_of, revision = kept.get("peildatum"), kept.get("bekend", "")
    return Shown(
        address_of(href),
        None,
        page,
        date.fromisoformat(as_of) if as_of else None,
        int(revision) if revision.isdigit() else None,
    )


def crawl(client: Client, start: str) -> tuple[list[str], list[Shown]]:
    """Every page of the deal that can be reached, not past the origin of figures; and the
    figures on them.
    """
    deal = start.split("/")[1]
    waiting, seen, found = [start], set[str](), list[Shown]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        page = _Page(path)
        page.feed(response.content.decode())
        found += page.figures
        waiting += [
            link for link in map(_inside, page.links) if link and link.startswith(f"/{deal}/")
        ]
    return sorted(seen), found


def _inside(href: str) -> str | None:
    """The page a link leads to; None for other sites, files, origins and places on the page."""
    parts = urlsplit(href)
    if parts.netloc or not parts.path.startswith("/") or parts.path.endswith(FILES):
        return None
    if "/herkomst/" in parts.path or "taal=" in parts.query:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def in_document(document: Document) -> Iterator[Shown]:
    """Every figure in a document's blocks."""
    for number in _numbers(document.blocks):
        value = number.figure.value
        cents = number.figure.unit == "cents"
        euro = None if value is None else Decimal(value) / 100 if cents else Decimal(value)
        yield Shown(number.figure.address, euro, document.title)


def _numbers(value: Any) -> Iterator[Number]:
    if isinstance(value, Number):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _numbers(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from _numbers(getattr(value, f.name))
