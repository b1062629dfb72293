"""The list of projects of a deal, with its filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from noaber.deals.rules import Pillar
from noaber.monitor.rules import Figure, Overview, ProjectView
from noaber.monitor.views import DealView
from noaber.web.language import text
from noaber.web.notation import count, partial, sentence
from noaber.web.portal import dots, filters, themes, wording
from noaber.web.portal.filters import Choice, Filter, Option
from noaber.web.portal.links import Links

MOST_PILLS = 6
"""More pillars than this would fill a phone as pills; then they are a list like the others."""

_ADDRESSED = {"pijler": "pillar", "penvoerder": "lead", "gemeente": "municipality"}
"""Filters by which the register adds up money; of other choices the rows are the parts."""


@dataclass(frozen=True)
class Row:
    """A project in a list: its dots per tranche, and its mark in the latest tranche."""

    view: ProjectView
    dots: SafeString
    mark: str


@dataclass(frozen=True)
class Group:
    """The chosen projects of a pillar; `awarded` only when they are all there."""

    pillar: Pillar
    rows: tuple[Row, ...]
    number: str
    awarded: Figure | None


@dataclass(frozen=True)
class Widening:
    """A choice left out: in words, where that leads, and how many projects there are then.

    It `helps` when there are any.
    """

    said: str
    link: str
    number: str
    helps: bool


@dataclass(frozen=True)
class ProjectsPage:
    """What the list of projects shows."""

    overview: Overview
    heading: str
    lead: str
    chosen: bool
    pillars: Filter | None
    filters: tuple[Filter, ...]
    more: tuple[Filter, ...]
    more_open: bool
    words: str
    orders: tuple[Option, ...]
    unknown: tuple[str, ...]
    groups: tuple[Group, ...]
    total: Figure | None
    sum: int
    tranches: str
    marked: str
    classified: str
    widenings: tuple[Widening, ...]

    @property
    def helping(self) -> tuple[Widening, ...]:
        """The choices without which there are projects."""
        return tuple(each for each in self.widenings if each.helps)


def present(seen: DealView, links: Links, asked: Mapping[str, Sequence[str]]) -> ProjectsPage:
    """The list as it was asked for."""
    choice = filters.read(seen, asked)
    found = filters.apply(seen.projects, choice)
    overview = seen.overview
    said = filters.said(choice)
    pills = len(overview.pillars) <= MOST_PILLS
    listed = () if pills else ("pijler",)
    more = tuple(choice.filters[name] for name in ("kopje", "gemeente", "status"))
    return ProjectsPage(
        overview=overview,
        heading=_heading(len(found), len(seen.projects), chosen=bool(said)),
        lead=_lead(seen),
        chosen=bool(said),
        pillars=choice.filters["pijler"] if pills else None,
        filters=tuple(
            choice.filters[name] for name in (*listed, themes.FILTER, "penvoerder", "tranche")
        ),
        more=more,
        more_open=any(f.chosen for f in more) or choice.order != "nummer",
        words=choice.words,
        orders=tuple(
            Option(name, text(label), chosen=name == choice.order, of_deal=False)
            for name, (label, _) in filters.ORDERS.items()
        ),
        unknown=choice.unknown,
        groups=_groups(seen, found),
        total=_total(seen, choice),
        sum=sum(p.awarded.value or 0 for p in found),
        tranches=_tranches(overview),
        marked=_marked(overview),
        classified=themes.note(seen, found) if choice.filters[themes.FILTER].chosen else "",
        widenings=tuple(_widening(seen, links, choice, *each) for each in said),
    )


def rows(projects: Sequence[ProjectView], overview: Overview) -> tuple[Row, ...]:
    """Projects as rows, with their marks in the latest tranche."""
    latest = overview.tranches[-1].tranche.number if overview.tranches else ""
    return tuple(Row(p, dots.row(p, overview.tranches), p.mark_in(latest)) for p in projects)


def _heading(found: int, all_of_them: int, *, chosen: bool) -> str:
    projects = wording.counted(all_of_them, "project", "projecten")
    if chosen:
        return text("{found} van {things}", found=count(found), things=projects)
    return text("Alle {things}", things=projects) if all_of_them > 1 else projects


def _lead(seen: DealView) -> str:
    projects = wording.things(len(seen.projects), "project", "projecten")
    leads = wording.things(len(seen.leads), "penvoerder", "penvoerders")
    return sentence(text("{projects} van {leads}", projects=projects, leads=leads))


def _groups(seen: DealView, found: Sequence[ProjectView]) -> tuple[Group, ...]:
    made = []
    for view in seen.overview.pillars:
        own = [p for p in found if p.pillar.code == view.pillar.code]
        if not own:
            continue
        every = view.projects.value or 0
        whole = len(own) == every
        number = wording.counted(every, "project", "projecten")
        if not whole:
            number = text("{found} van {things}", found=count(len(own)), things=number)
        made.append(
            Group(view.pillar, rows(own, seen.overview), number, view.awarded if whole else None)
        )
    return tuple(made)


def _total(seen: DealView, choice: Choice) -> Figure | None:
    """The figure the chosen projects add up to, when the register has one."""
    if choice.words:
        return None
    narrowed = {}
    for filter_ in choice.filters.values():
        if len(filter_.chosen) > 1 or (filter_.chosen and filter_.name not in _ADDRESSED):
            return None
        for option in filter_.chosen:
            narrowed[_ADDRESSED[filter_.name]] = option.value
    return seen.figure("awarded", **narrowed)


def _tranches(overview: Overview) -> str:
    numbers = [t.tranche.number for t in overview.tranches]
    return reach(numbers)


def reach(numbers: Sequence[str]) -> str:
    """From the first tranche to the last: "1 t/m 6"; of one only its number."""
    if len(numbers) < 2:
        return "".join(numbers)
    return text("{first} t/m {last}", first=numbers[0], last=numbers[-1])


def _marked(overview: Overview) -> str:
    if not overview.tranches:
        return ""
    latest = overview.tranches[-1].tranche
    return text(
        "Nieuw en vervolg gaan over tranche {number}, {decided}: de laatste ronde waarin de "
        "stuurgroep besloot.",
        number=latest.number,
        decided=partial(latest.decided),
    )


def _widening(seen: DealView, links: Links, choice: Choice, name: str, words: str) -> Widening:
    wider = filters.without(choice, name)
    number = len(filters.apply(seen.projects, wider))
    return Widening(
        words,
        links.chosen(wider.pairs),
        wording.counted(number, "project", "projecten"),
        number > 0,
    )
