"""Choosing among projects: what an address asks for, and which projects that leaves. Pure."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import strip_tags

from noaber.monitor.rules import ProjectView
from noaber.monitor.views import DealView
from noaber.web.language import dutch, known, later, text
from noaber.web.notation import capital, listed, short_month
from noaber.web.portal.places import short

WORDS = "woorden"
ORDER = "volgorde"
LONGEST = 200
"""Letters of a choice that are read; nobody types more, and it all comes back on the page."""

STATUS_WORDS = {
    "planned": later("gepland"),
    "running": later("loopt"),
    "finished": later("afgerond"),
    "stopped": later("gestopt"),
}


@dataclass(frozen=True)
class Option:
    """A value that can be chosen, what it is called, and what it stands under in the list.

    `of_deal` when the deal calls it so, and not the interface.
    """

    value: str
    label: str
    group: str = ""
    chosen: bool = False
    of_deal: bool = True

    @property
    def said(self) -> str:
        """What it is called, marked as Dutch where the page is not."""
        return dutch(self.label) if self.of_deal else self.label


@dataclass(frozen=True)
class Filter:
    """A thing to choose by: its name in the address, and its options."""

    name: str
    label: str
    anything: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The options that are chosen."""
        return tuple(option for option in self.options if option.chosen)


@dataclass(frozen=True)
class Choice:
    """Everything that was asked: the filters, the words, the order, and what is not known."""

    filters: Mapping[str, Filter]
    words: str
    order: str
    unknown: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names and values, as in an address; the usual order is left out."""
        found = [(f.name, o.value) for f in self.filters.values() for o in f.chosen]
        if self.words:
            found.append((WORDS, self.words))
        if self.order != next(iter(ORDERS)):
            found.append((ORDER, self.order))
        return tuple(found)


_Key = Callable[[ProjectView], Any]

ORDERS: dict[str, tuple[str, _Key | None]] = {
    "nummer": (later("Nummer"), None),
    "naam": (later("Naam"), lambda p: plain(p.project.name)),
    "bedrag": (later("Bedrag, hoogste eerst"), lambda p: -(p.awarded.value or 0)),
    "penvoerder": (later("Penvoerder"), lambda p: plain(short(p.lead))),
}
"""Orders by name; projects come in the order of their numbers."""

_MATCHES: dict[str, Callable[[ProjectView, set[str]], bool]] = {
    "pijler": lambda p, wanted: p.pillar.code in wanted,
    "thema": lambda p, wanted: any(t.code in wanted for t in p.themes),
    "kopje": lambda p, wanted: p.project.heading in wanted,
    "gemeente": lambda p, wanted: any(x.municipality.code in wanted for x in p.locations),
    "penvoerder": lambda p, wanted: p.lead.code in wanted,
    "tranche": lambda p, wanted: any(a.tranche.number in wanted for a in p.awards),
    "status": lambda p, wanted: STATUS_WORDS.get(p.project.status, "") in wanted,
}


def plain(text: str) -> str:
    """Text as it is compared: without accents and capitals, spaces single."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def read(seen: DealView, asked: Mapping[str, Sequence[str]]) -> Choice:
    """What an address asks of the projects of a deal; a value that does not exist is named."""
    filters, unknown = {}, []
    for name, label, anything, options in _offered(seen):
        wanted = {value[:LONGEST] for value in asked.get(name, ()) if value}
        there = {option.value for option in options}
        filters[name] = Filter(
            name,
            label,
            anything,
            tuple(replace(option, chosen=option.value in wanted) for option in options),
        )
        unknown += [_missing(label, value) for value in sorted(wanted - there)]
    order = next((value for value in asked.get(ORDER, ()) if value), "nummer")
    if order not in ORDERS:
        unknown.append(_missing(text("Volgorde"), order[:LONGEST]))
        order = "nummer"
    words = " ".join(" ".join(asked.get(WORDS, ())).split())[:LONGEST]
    return Choice(filters, words, order, tuple(unknown))


def _missing(label: str, value: str) -> str:
    return text("{label} “{value}” is er niet.", label=label, value=value)


def apply(projects: Iterable[ProjectView], choice: Choice) -> tuple[ProjectView, ...]:
    """The projects that fit all filters and hold all words, in the order asked."""
    wanted = {
        name: {o.value for o in filter_.chosen}
        for name, filter_ in choice.filters.items()
        if filter_.chosen
    }
    words = plain(choice.words).split()
    found = [
        project
        for project in projects
        if all(_MATCHES[name](project, values) for name, values in wanted.items())
        and _holds(project, words)
    ]
    key = ORDERS[choice.order][1]
    return tuple(sorted(found, key=key) if key else found)


def without(choice: Choice, name: str) -> Choice:
    """The same choice, without one filter or the words."""
    filters = {
        f.name: Filter(
            f.name, f.label, f.anything, tuple(replace(o, chosen=False) for o in f.options)
        )
        if f.name == name
        else f
        for f in choice.filters.values()
    }
    words = "" if name == WORDS else choice.words
    return Choice(filters, words, choice.order, ())


def said(choice: Choice) -> tuple[tuple[str, str], ...]:
    """What was chosen, in words, with the name of each filter."""
    found = [(f.name, _said(f)) for f in choice.filters.values() if f.chosen]
    if choice.words:
        found.append((WORDS, f"“{choice.words}”"))
    return tuple(found)


def _said(chosen: Filter) -> str:
    names = listed([option.said for option in chosen.chosen])
    return text("{label} {names}", label=chosen.label.lower(), names=names)


def _holds(project: ProjectView, words: Sequence[str]) -> bool:
    if not words:
        return True
    p = project.project
    text = plain(
        " ".join(
            [
                p.number,
                p.name,
                p.also_known_as,
                *p.former_names,
                p.heading,
                *(theme.name for theme in project.themes),
                project.description,
                project.lead.name,
                *(partner.name for partner in project.partners),
                *(partner.short_name for partner in project.partners),
                *(place.municipality.name for place in project.locations),
                *(name for place in project.locations for name in place.names),
            ]
        )
    )
    return all(word in text for word in words)


def _offered(seen: DealView) -> Iterable[tuple[str, str, str, tuple[Option, ...]]]:
    """Per filter what can be chosen: only what some project has, and all pillars."""
    projects, deal = seen.projects, seen.overview.deal
    pillars = tuple(Option(v.pillar.code, v.pillar.name) for v in seen.overview.pillars)
    term, terms = capital(known(deal.pillar_term)), known(deal.pillar_terms)
    yield "pijler", term, text("Alle {things}", things=terms), pillars
    yield "thema", *_themes(seen)
    headings = {
        p.project.heading: Option(p.project.heading, p.project.heading, p.pillar.name)
        for p in reversed(projects)
        if p.project.heading
    }
    yield "kopje", text("Onderwerp"), text("Alle onderwerpen"), tuple(reversed(headings.values()))
    places = {x.municipality.code: short(x.municipality) for p in projects for x in p.locations}
    yield "gemeente", text("Gebeurt in"), text("Alle gemeenten"), _by_label(places)
    leads = {p.lead.code: short(p.lead) for p in projects}
    yield "penvoerder", text("Penvoerder"), text("Alle penvoerders"), _by_label(leads)
    tranches = tuple(
        Option(
            t.tranche.number,
            f"{t.tranche.number}, {short_month(t.tranche.decided)}",
            of_deal=False,
        )
        for t in seen.overview.tranches
    )
    yield "tranche", text("Tranche"), text("Alle tranches"), tranches
    found = {p.project.status for p in projects}
    statuses = tuple(
        Option(word, text(word), of_deal=False)
        for code, word in STATUS_WORDS.items()
        if code in found
    )
    yield "status", text("Stand"), text("Elke stand"), statuses


def _themes(seen: DealView) -> tuple[str, str, tuple[Option, ...]]:
    """The themes that some project serves, each under its pillar; those of all pillars last."""
    pillars = {v.pillar.code: v.pillar.name for v in seen.overview.pillars}
    order = {code: place for place, code in enumerate(pillars)}
    there = {theme.code: theme for p in seen.projects for theme in p.themes}
    of_all = text("Verbindt alle {pillars}", pillars=known(seen.overview.deal.pillar_terms))
    options = tuple(
        Option(theme.code, theme.name, pillars.get(theme.pillar) or strip_tags(of_all))
        for theme in sorted(
            there.values(), key=lambda t: (order.get(t.pillar, len(order)), t.position)
        )
    )
    # Some deals call their pillars themes.
    if seen.overview.deal.pillar_term == "thema":
        return text("Onderdeel"), text("Alle onderdelen"), options
    return text("Thema"), text("Alle thema’s"), options


def _by_label(names: Mapping[str, str]) -> tuple[Option, ...]:
    pairs = sorted(names.items(), key=lambda pair: plain(pair[1]))
    return tuple(Option(code, name) for code, name in pairs)
