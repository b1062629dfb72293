"""What of a page is in which language, as a screen reader would hear it.

The title of a page is left out: nothing in it can be marked, and it names things of the deal.
"""

import re
from collections.abc import Collection
from html.parser import HTMLParser

_SPOKEN = frozenset(
    {"aria-label", "alt", "title", "placeholder", "data-label", "content", "label", "value"}
)
_ALONE = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta"})
_UNSEEN = frozenset({"script", "style", "title"})
DUTCH = frozenset((
    "aan", "afgerond", "als", "ander", "andere", "anders", "bedrag", "bedragen", "besluit",
    "besluiten", "bij", "bijna", "binnen", "boven", "bron", "bronnen", "cijfer", "cijfers",
    "daar", "dag", "dan", "dat", "de", "deel", "deze", "die", "dit", "doel", "door", "een", "elk",
    "elke", "er", "euro's", "geen", "geld", "gemeente", "gemeenten", "gemeld", "geschat", "getal",
    "gevonden", "gezet", "haar", "heeft", "het", "hier", "hoe", "hun", "ieder", "iets",
    "inwoners", "jaar", "kan", "kies", "komt", "kreeg", "kregen", "loopt", "maar", "meer", "met",
    "mln", "moet", "na", "naar", "naast", "niet", "niets", "nieuw", "nieuwe", "nog", "nu", "om",
    "onder", "ook", "op", "partij", "partijen", "penvoerder", "pijler", "pijlers", "projecten",
    "resultaat", "resultaten", "ruimte", "samen", "sinds", "staan", "staat", "stuurgroep", "te",
    "tegen", "tekende", "termijn", "toe", "toegekend", "toegezegd", "toekenning", "tot", "trekt",
    "uit", "van", "vanaf", "veel", "verdeeld", "verschil", "vervolg", "voor", "vorige", "waar",
    "waarom", "wat", "welke", "werd", "wie", "wij", "worden", "ze", "zegt", "zich", "zij", "zijn",
    "zoals", "zoek", "zonder", "zou",
))  # fmt: skip
"""Frequent Dutch words, and those of this site, that are no English words."""


class _Reading(HTMLParser):
    """Collects what is said in each language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.language
        for name, value in attrs:
            # What a visitor typed and what is sent along is not said by the site.
            typed = tag in ("input", "option", "data") and name == "value"
            technical = tag == "meta" and given.get("name") != "description"
            if name in _SPOKEN and value and not typed and not technical:
                self.said.append((language, value))
        if tag not in _ALONE:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            closed, _ = self.open.pop()
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.open and self.open[-1][0] in _UNSEEN):
            self.said.append((self.language, " ".join(data.split())))


def spoken(html: str) -> list[tuple[str, str]]:
    """Each piece of text of a page with its language, in reading order."""
    reading = _Reading()
    reading.feed(html)
    return reading.said


def dutch_in_english(html: str, names: Collection[str] = ()) -> list[str]:
    """Texts that say they are English and hold Dutch words, with those words.

    `names` are of the deal, and stand in drawings where a part of a label cannot be marked.
    """
    found = []
    for language, written in spoken(html):
        said = written
        for name in names:
            said = said.replace(name, "")
        words = set(re.findall(r"[a-zà-ü']+", said.lower())) & DUTCH
        if language == "en" and words:
            found.append(f"{said[:120]} ({', '.join(sorted(words))})")
    return list(dict.fromkeys(found))


def english_in_dutch(html: str) -> list[str]:
    """Texts of the English interface that say they are Dutch."""
    telling = {"the", "of", "and", "with", "from", "source", "figure", "awarded"}
    found = []
    for language, said in spoken(html):
        words = re.findall(r"[a-z]+", said.lower())
        if language == "nl" and len(telling.intersection(words)) > 1:
            found.append(said[:120])
    return found
