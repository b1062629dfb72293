"""The public site of a deal as files: which address becomes which file, and the links between.

Pure. An address is a path with its query, as in the links of pages. What cannot be a file (a
search, another moment, another deal) leads to the live site.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import parse_qsl, unquote, urljoin

MOMENT = frozenset({"peildatum", "bekend", "van", "bekend-van", "tot", "bekend-tot"})
"""Parameters that ask for another moment: there is no end to those."""
SHARED = frozenset({"static", "toegankelijkheid", "privacy"})
"""First parts of addresses that all deals share."""
ENGLISH = "/en/"

_LINK = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
_FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
_ACTION = re.compile(r'\baction="([^"]*)"')
_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)""")
_PLAIN = re.compile(r"[^A-Za-z0-9_.-]")
_INSTEAD = {
    "nl": '<p>Dit kan op <a class="nl-link" href="{}">de volledige site</a>.</p>',
    "en": '<p lang="en">You can do this on <a class="nl-link" href="{}">the full site</a>.</p>',
}


@dataclass
class Site:
    """Where the files of a deal will stand, and where the live site is.

    `live` is the address of the live site without a slash at its end. `base` is the path under
    which the files are served, with a slash at both ends; empty makes every link relative.
    """

    deal: str
    live: str
    base: str = ""
    _places: dict[str, str | None] = field(default_factory=dict)

    @property
    def homes(self) -> tuple[str, ...]:
        """The first page in each language."""
        return (f"/{self.deal}/", f"{ENGLISH}{self.deal}/")

    @property
    def roots(self) -> dict[str, str]:
        """Files at the root that show a first page too: file by the address they show."""
        dutch, english = self.homes
        return {dutch: "index.html", english: "en/index.html"}

    def address(self, link: str) -> str | None:
        """The address of the page or file that a link leads to, when it will be there as a file.

        A file has no language: its address is the Dutch one.
        """
        if not link.startswith("/") or link.startswith("//"):
            return None
        path, _, query = link.partition("#")[0].partition("?")
        english = path.startswith(ENGLISH)
        plain = path[len(ENGLISH) - 1 :] if english else path
        parts = plain.split("/")
        if plain == "/":
            return self.homes[english]
        if parts[1] not in SHARED and parts[1] != self.deal:
            return None
        if _asks_for_live(parts, query):
            return None
        path = plain if is_file(plain) else path
        return f"{path}?{query}" if query else path

    def link(self, link: str, prefix: str) -> str:
        """A link as it stands in a file; `prefix` leads from that file to the root."""
        if link not in self._places:
            address = self.address(link)
            self._places[link] = None if address is None else url_of(address)
        place = self._places[link]
        if place is None:
            return f"{self.live}{link}" if link.startswith("/") else link
        fragment = link.partition("#")[2]
        return f"{prefix}{place}{f'#{fragment}' if fragment else ''}"

    def prefix(self, file: str) -> str:
        """What leads from a file to the root of the site."""
        return self.base or "../" * file.count("/") or "./"

    def page(self, html: str, address: str, file: str) -> str:
        """A page as its file holds it: links to files, and no forms, which need a server."""
        prefix = self.prefix(file)
        language = "en" if address.startswith(ENGLISH) else "nl"

        def without_form(form: re.Match[str]) -> str:
            action = _ACTION.search(form[1])
            target = unescape(action[1]).partition("#")[0] if action else address
            return _INSTEAD[language].format(escape(f"{self.live}{target}"))

        def with_link(found: re.Match[str]) -> str:
            return f'{found[1]}="{escape(self.link(unescape(found[2]), prefix))}"'

        return _FORM.sub(without_form, _LINK.sub(with_link, html))

    def links_in(self, html: str) -> Iterator[str]:
        """Addresses of the pages and files that a page leads to, forms left out."""
        for link in {found[2] for found in _LINK.finditer(_FORM.sub("", html))}:
            address = self.address(unescape(link))
            if address is not None:
                yield address

    def links_in_style(self, style: str, address: str) -> Iterator[str]:
        """Addresses of the files that a style sheet needs; its links are relative already."""
        for link in {found[1].strip() for found in _IN_STYLE.finditer(style)}:
            needed = self.address(urljoin(address, link))
            if needed is not None and not link.startswith("data:"):
                yield needed


def is_file(path: str) -> bool:
    """Whether a path is that of a file and not of a page: its last part has an ending."""
    return "." in path.rpartition("/")[2]


def file_of(address: str) -> str:
    """The file for an address, from the root of the site; no two addresses share one."""
    path = url_of(address)
    return path if is_file(path) else f"{path}index.html"


def url_of(address: str) -> str:
    """The address under which the file is served, from the root of the site."""
    path, _, query = address.partition("?")
    parts = [_safe(unquote(part)) for part in path.split("/") if part]
    asked = [
        f"{_safe(name)}={_safe(value)}" for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    if is_file(path):
        # Before the name, so that the file keeps its ending, by which a server knows its type.
        return "/".join([*parts[:-1], *asked, parts[-1]])
    return "/".join([*parts, *asked, ""])


def _safe(text: str) -> str:
    """A text as part of a path on any server: other signs by their number after a tilde."""
    if text.strip(".") == "":
        return "".join(f"~{ord(sign):x}~" for sign in text)
    return _PLAIN.sub(lambda found: f"~{ord(found[0]):x}~", text)


def _asks_for_live(parts: list[str], query: str) -> bool:
    """Whether an address asks for what only a server can answer."""
    names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    return bool(names & MOMENT) or parts[2:3] == ["zoeken"]
