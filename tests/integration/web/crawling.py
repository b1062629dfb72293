"""Following every link of the site, and asking the page behind every figure."""

from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.test import Client

from tests.reading.comparing import Asked
from tests.reading.pages import Page
from tests.reading.shown import ORIGIN

FILES = (".pdf", ".docx", ".xlsx", ".ods", ".csv", ".zip", ".css", ".html")


def crawl(client: Client, start: str) -> dict[str, Page]:
    """Every page of the deal that can be reached, in one language, not past explanations."""
    within = start[: start.index("/", 4 if start.startswith("/en/") else 1) + 1]
    waiting, found = [start], dict[str, Page]()
    while waiting:
        path = waiting.pop()
        if path not in found:
            response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
            found[path] = Page.of(response.content.decode(), path)
            inside = (_inside(link) for link in found[path].links)
            waiting += [link for link in inside if link and link.startswith(within)]
    return found


def _inside(href: str) -> str | None:
    """The page a link leads to; None for other sites, files, explanations and places on a page."""
    parts = urlsplit(href)
    if parts.netloc or not parts.path.startswith("/") or parts.path.endswith(FILES):
        return None
    if ORIGIN in parts.path:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass
class Explained(HTMLParser):
    """The page behind a figure: the number on top, its parts, and their total."""

    top: list[Decimal] = field(default_factory=list)
    parts: list[Decimal] = field(default_factory=list)
    total: list[Decimal] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._in: list[Decimal] | None = None
        self._table = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kinds = (given.get("class") or "").split()
        if tag == "h1":
            self._in = self.top
        elif tag == "table":
            self._table = "parts" in kinds
        elif self._table and tag in ("tbody", "tfoot"):
            self._in = self.parts if tag == "tbody" else self.total
        elif tag == "data" and self._in is not None:
            self._in.append(Decimal(str(given["value"])))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "tbody", "tfoot"):
            self._in = None


def explained(html: str) -> Explained:
    """Read the page behind a figure."""
    page = Explained()
    page.feed(html)
    return page


def check_explained(client: Client, values: dict[Asked, Decimal | None], before: str = "") -> None:
    """Ask the page behind each figure at its moment: the same number, and parts that make it.

    `before` is what addresses begin with in another language.

    :raises AssertionError: with the figure whose page differs or does not add up.
    """
    for (address, moment), value in values.items():
        path, _, filters = str(address).partition("?")
        deal, _, figure = path.partition("/")
        query = f"{filters}&peildatum={moment.as_of}&bekend={moment.revision}".lstrip("&")
        answer = client.get(f"{before}/{deal}{ORIGIN}{figure}?{query}")
        assert answer.status_code == 200, (address, moment)
        page = explained(answer.content.decode())
        assert page.top == ([] if value is None else [value]), (address, moment, page)
        assert sum(page.parts) == (value or 0), (address, moment, page)
        if page.parts:
            assert page.total == ([value] if value else []), (address, moment, page)
