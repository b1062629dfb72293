"""Figures and other amounts read back from pages of the site and from documents as web pages."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser

from noaber.core.address import Address
from tests.reading.shown import MISSING, ORIGIN, Shown, Told, amounts_in, linked

_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
_UNSEEN = {"visually-hidden", "spoken"}
_ROWS = {"tr", "dd", "li", "p"}
Given = dict[str, str | None]


@dataclass
class _Open:
    """An element that is not closed yet: how it began and the words that are seen in it."""

    tag: str
    given: Given
    unseen: bool
    words: str = ""
    value: Decimal | None = None
    """Of the `data` in it."""
    addressed: bool = False
    """Whether a figure within it says its own address."""
    head: str = ""
    """Of a row: what it is called."""
    told: list[Told] = field(default_factory=list)
    """Amounts in it of which it is not known yet in which row they stand."""


@dataclass
class Page(HTMLParser):
    """A page: its links, its figures, and the values of `data` that no link explains.

    `told` are those values with where they stand; `bare` what reads as money and is none of these:
    an amount with a euro sign, or a number in a column of numbers.
    """

    place: str
    links: list[str] = field(default_factory=list)
    figures: list[Shown] = field(default_factory=list)
    loose: list[Decimal] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []
        self._term = ""

    @classmethod
    def of(cls, html: str, place: str) -> "Page":
        """Read a page."""
        page = cls(place)
        page.feed(html)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in _VOID:
            return
        classes = set((given.get("class") or "").split())
        unseen = bool(_UNSEEN & classes)
        unseen |= bool(self._open) and self._open[-1].unseen
        if "under" in classes:
            # It stands on a line of its own.
            self.handle_data(" ")
        element = _Open(tag, given, unseen)
        if tag == "data":
            element.value = Decimal(str(given["value"]))
        self._open.append(element)

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1].unseen:
            for element in self._open:
                element.words += data
            self._bare(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        element = self._open.pop()
        assert element.tag == tag, (self.place, element.tag, tag)
        self._figure(element)
        self._told(element)
        outer = self._open[-1] if self._open else None
        if outer and element.value is not None and outer.value is None:
            outer.value = element.value

    def _figure(self, element: _Open) -> None:
        within = self._link()
        if "data-address" in element.given:
            self._addressed(element, within)
        elif element.tag == "a" and ORIGIN in (element.given.get("href") or ""):
            if not element.addressed:
                self._explained(element)
        elif element.tag == "data" and not within:
            assert element.value is not None
            self.loose.append(element.value)
            self._open[-1].told.append(
                Told(self._section(), "", self._label(), element.words.strip(), element.value)
            )

    def _told(self, element: _Open) -> None:
        """Say of the amounts in a row that has ended in which row they stand."""
        words = " ".join(element.words.split())
        outer = self._open[-1] if self._open else None
        if element.tag == "dt":
            self._term = words
        elif element.tag == "th" and outer and element.given.get("scope") == "row":
            outer.head = words
        if element.tag in _ROWS or outer is None:
            self.told += [replace(told, row=element.head or words) for told in element.told]
        else:
            outer.told += element.told

    def _section(self) -> str:
        names = (e.given.get("id") or e.given.get("aria-labelledby") for e in self._open)
        return next((name for name in reversed([*names]) if name), "")

    def _label(self) -> str:
        """The heading of the cell, or the term, that the amount belongs to."""
        for element in reversed(self._open):
            if element.tag in _ROWS | {"td"}:
                given = element.given.get("data-label")
                return given or (self._term if element.tag == "dd" else "")
        return ""

    def _bare(self, said: str) -> None:
        """Keep what reads as an amount outside of `data` and links to explanations."""
        if self._link() or any(e.tag in ("data", "title", "script", "style") for e in self._open):
            return
        self.bare += amounts_in(said)
        cell = next((e for e in reversed(self._open) if e.tag == "td"), None)
        if cell and "num" in (cell.given.get("class") or "").split() and re.search(r"\d", said):
            self.bare.append(said.strip())

    def _link(self) -> str:
        """The address of the explanation that the link around this place leads to."""
        hrefs = (str(e.given.get("href")) for e in self._open if e.tag == "a")
        return next((href for href in hrefs if ORIGIN in href), "")

    def _addressed(self, element: _Open, within: str) -> None:
        """A figure of a document: its address is with its value."""
        address = Address.parse(str(element.given["data-address"]))
        text = element.words.strip()
        shown = Shown(address, text, self.place, element.value)
        if within:
            link = linked(within, text, self.place)
            assert link.address == address, (link, address)
            shown = replace(shown, as_of=link.as_of, revision=link.revision)
        self.figures.append(shown)
        for outer in self._open:
            outer.addressed = True

    def _explained(self, element: _Open) -> None:
        """A figure of a page: a link to its explanation. One that shows a name is no figure."""
        href, text = str(element.given["href"]), element.words.strip()
        if element.value is None and text not in (*MISSING, "–"):
            texts = amounts_in(text)
        else:
            texts = [text]
        if element.given.get("data-exact"):
            texts.append(str(element.given["data-exact"]))
        self.figures += [linked(href, said, self.place, element.value) for said in texts]
