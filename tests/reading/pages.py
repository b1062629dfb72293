"""Figures read back from pages of the site and from documents as web pages."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from html.parser import HTMLParser

from noaber.core.address import Address
from tests.reading.shown import MISSING, ORIGIN, Shown, amounts_in, linked

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


@dataclass
class Page(HTMLParser):
    """A page: its links, its figures, and the values of `data` that no link explains."""

    place: str
    links: list[str] = field(default_factory=list)
    figures: list[Shown] = field(default_factory=list)
    loose: list[Decimal] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []

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
        unseen = bool(_UNSEEN & set((given.get("class") or "").split()))
        unseen |= bool(self._open) and self._open[-1].unseen
        element = _Open(tag, given, unseen)
        if tag == "data":
            element.value = Decimal(str(given["value"]))
        self._open.append(element)

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1].unseen:
            for element in self._open:
                element.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        element = self._open.pop()
        assert element.tag == tag, (self.place, element.tag, tag)
        self._figure(element)
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
