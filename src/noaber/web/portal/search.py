"""Search in a deal: projects, places, parties, tranches and documents, by the words typed: pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from noaber.deals.rules import Pillar
from noaber.monitor.rules import ProjectView
from noaber.monitor.views import DealView
from noaber.web.language import later, text
from noaber.web.notation import capital, count, number_word, partial
from noaber.web.portal import wording
from noaber.web.portal.links import Links

LONGEST = 100
_BEFORE, _AROUND = 60, 200
"""Letters of a text shown before the first word that was found, and in all."""
_SHORT = 3
"""Shorter words are only found at the begin of a word: "en" would be everywhere."""
_IN_TITLE, _IN_NAMES, _IN_TEXT = 100, 10, 1
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Entry:
    """A thing that can be found: its title, other names, and a text about it."""

    kind: str
    title: str
    address: str
    names: str = ""
    text: str = ""
    pillar: Pillar | None = None


@dataclass(frozen=True)
class Hit:
    """What was found, with the words marked."""

    entry: Entry
    title: SafeString
    names: SafeString
    excerpt: SafeString


@dataclass(frozen=True)
class Group:
    """Hits of one kind, best first."""

    title: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class SearchPage:
    """What was asked and what was found; no words, no question."""

    asked: str
    words: tuple[str, ...]
    heading: str
    number: int
    groups: tuple[Group, ...]


_KINDS = {
    "project": later("Projecten"),
    "place": later("Plaatsen"),
    "party": later("Partijen"),
    "tranche": later("Tranches"),
    "document": later("Documenten"),
}


def present(seen: DealView, links: Links, asked: str) -> SearchPage:
    """Find what holds every word that was typed, best first, grouped by kind."""
    typed = " ".join(asked.split())[:LONGEST]
    words = words_of(typed)
    found = find(entries(seen, links), words) if words else ()
    groups = tuple(
        Group(f"{text(title)} ({count(len(hits))})", hits)
        for kind, title in _KINDS.items()
        if (hits := tuple(hit for hit in found if hit.entry.kind == kind))
    )
    return SearchPage(typed, words, _heading(typed, words, len(found)), len(found), groups)


def folded(text: str) -> str:
    """The text without capitals and accents; each letter stays in its place."""
    return "".join(_plain(sign) for sign in text)


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, each once."""
    return tuple(dict.fromkeys(_WORD.findall(folded(typed))))


def find(found_in: Sequence[Entry], words: Sequence[str]) -> tuple[Hit, ...]:
    """The entries that hold every word: in the title before in a name, a whole word before a part."""
    ranked = []
    for place, entry in enumerate(found_in):
        scores = [_score(entry, word) for word in words]
        if all(scores):
            ranked.append((-sum(scores), place, entry))
    return tuple(_hit(entry, words) for _, _, entry in sorted(ranked, key=lambda r: r[:2]))


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text with every word that was found between <mark> and </mark>."""
    plain, spans = folded(text), []
    for word in words:
        spans += [(at, at + len(word)) for at, _ in _places(plain, word)]
    pieces, done = [], 0
    for start, end in _joined(spans):
        pieces += [("", text[done:start], ""), ("<mark>", text[start:end], "</mark>")]
        done = end
    pieces.append(("", text[done:], ""))
    return format_html_join(
        "",
        "{}{}{}",
        ((SafeString(opens), said, SafeString(closes)) for opens, said, closes in pieces),
    )


def entries(seen: DealView, links: Links) -> tuple[Entry, ...]:
    """All that can be found in a deal at a moment."""
    return (
        *(_project(view, links) for view in seen.projects),
        *_places_of(seen, links),
        *_parties(seen, links),
        *_tranches(seen, links),
    )


def _project(view: ProjectView, links: Links) -> Entry:
    project = view.project
    names = [view.lead.name, project.also_known_as, *project.former_names]
    names += [theme.name for theme in view.themes]
    names += [partner.name for partner in view.partners]
    names += [name for at in view.locations for name in (at.municipality.name, *at.names)]
    return Entry(
        "project",
        f"{project.number} {project.name}",
        links.project(project.code),
        ", ".join(dict.fromkeys(name for name in names if name)),
        view.description,
        view.pillar,
    )


def _places_of(seen: DealView, links: Links) -> Iterator[Entry]:
    ours = {m.organisation.code: m.organisation.name for m in seen.municipalities}
    for code, name in ours.items():
        yield Entry("place", name, links.municipality(code))
    named = {
        (place, at.municipality.code): at.municipality.name
        for view in seen.projects
        for at in view.locations
        for place in at.names
    }
    for (place, code), municipality in sorted(named.items()):
        if code in ours and place != municipality:
            yield Entry("place", place, links.municipality(code), municipality)


def _parties(seen: DealView, links: Links) -> Iterator[Entry]:
    for party in seen.overview.parties:
        yield Entry("party", party.name, links.parties, party.office)


def _tranches(seen: DealView, links: Links) -> Iterator[Entry]:
    for view in reversed(seen.overview.tranches):
        number, decided = view.tranche.number, partial(view.tranche.decided)
        line = wording.tranche_line(view)
        yield Entry("tranche", f"Tranche {number}", links.tranche(number), decided, line)
        yield Entry("document", f"Uitvoeringsprogramma {number}", links.programme(number), decided)


def _score(entry: Entry, word: str) -> int:
    """How well a word is found: where it stands, and whether it is a word, a begin or a part."""
    weighed = ((entry.title, _IN_TITLE), (entry.names, _IN_NAMES), (entry.text, _IN_TEXT))
    return max(
        weight * max((fit for _, fit in _places(folded(text), word)), default=0)
        for text, weight in weighed
    )


def _places(plain: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands, and how it fits: 3 a whole word, 2 its begin, 1 a part of it."""
    at = plain.find(word)
    while at >= 0:
        end = at + len(word)
        begins = at == 0 or not plain[at - 1].isalnum()
        ends = end == len(plain) or not plain[end].isalnum()
        if begins or len(word) >= _SHORT:
            yield at, 3 if begins and ends else 2 if begins else 1
        at = plain.find(word, end)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _hit(entry: Entry, words: Sequence[str]) -> Hit:
    named = entry.names if entry.kind != "project" or _holds(entry.names, words) else ""
    excerpt = _excerpt(entry.text, words)
    return Hit(entry, marked(entry.title, words), marked(named, words), marked(excerpt, words))


def _holds(text: str, words: Sequence[str]) -> bool:
    return any(True for word in words for _ in _places(folded(text), word))


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The part of a text around the first word that was found, cut between words."""
    plain = folded(text)
    first = min((at for word in words for at, _ in _places(plain, word)), default=0)
    start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE) + 1
    end = len(text) if len(text) <= start + _AROUND else text.rfind(" ", start, start + _AROUND)
    end = max(end, start + 1) if text else 0
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _heading(typed: str, words: Sequence[str], number: int) -> str:
    if not words:
        return text("Zoeken")
    if not number:
        return text("Niets gevonden voor “{typed}”", typed=typed)
    if number == 1:
        return text("Eén keer “{typed}” gevonden", typed=typed)
    said = text("{number} keer “{typed}” gevonden", number=number_word(number), typed=typed)
    return capital(said)


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[:1].lower()
    return base if len(base) == 1 else sign
