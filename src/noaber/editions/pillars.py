"""A chapter per pillar: its opening and every project that belongs to it."""

from collections.abc import Sequence

from noaber.core.notation import count, listed, million, number_word, percent
from noaber.documents.blocks import (
    Block,
    Form,
    Heading,
    KeyFigure,
    Listed,
    Number,
    Paragraph,
    Picture,
    PillarOpening,
    ProjectEntry,
    Reference,
    Words,
)
from noaber.documents.drawing.colours import INK, WHITE, mix, readable_on
from noaber.documents.drawing.maps import Area, area_map
from noaber.editions.edition import Edition, in_millions, pillar_key, project_key, sign
from noaber.editions.rules import capitalised
from noaber.monitor.rules import Location, PillarView, ProjectView

FEW = 3
"""Up to this many projects follow on the opening page itself."""

STATUSES = {"planned": "nog niet begonnen", "finished": "afgerond", "stopped": "gestopt"}


def pillars(edition: Edition) -> list[Block]:
    """The chapters of all pillars."""
    blocks: list[Block] = []
    for view in edition.view.overview.pillars:
        projects = edition.projects[view.pillar.code]
        blocks.append(_opening(edition, view, projects))
        if projects:
            blocks.extend(_entries(edition, projects))
        else:
            blocks.append(Paragraph((f"Bij {view.pillar.name} horen nog geen projecten.",)))
    return blocks


def _opening(edition: Edition, view: PillarView, projects: Sequence[ProjectView]) -> PillarOpening:
    now = edition.in_pillar("awarded", view.pillar.code)
    figures = [
        KeyFigure(
            (Number(view.projects, Form.COUNT),),
            ("project" if view.projects.value == 1 else "projecten",),
        ),
        KeyFigure(
            in_millions(view.awarded), (f"toegekend, van {million(view.allocated.value or 0)}",)
        ),
        KeyFigure(in_millions(now), (f"toegekend in tranche {edition.number}",)),
    ]
    if view.allocated.value:
        share = percent(view.awarded.value or 0, view.allocated.value)
        figures.insert(2, KeyFigure((share,), ("van de afspraak",)))
    few = len(projects) <= FEW
    listed_here = tuple(
        Listed(project_key(p), p.project.number, p.project.name, edition.mark(p)) for p in projects
    )
    return PillarOpening(
        sign(view.pillar),
        pillar_key(view.pillar),
        capitalised(edition.term),
        view.pillar.introduction,
        tuple(figures),
        _map(edition, view),
        () if few else listed_here,
        follows_on=few,
    )


def _map(edition: Edition, view: PillarView) -> Picture | None:
    """How many of the pillar's projects happen in each municipality; None when unknown."""
    colour = view.pillar.colour
    counted = [
        (
            m,
            edition.view.figure(
                "projects", pillar=view.pillar.code, municipality=m.organisation.code
            ),
        )
        for m in edition.view.municipalities
    ]
    most = max((figure.value or 0 for _, figure in counted), default=0)
    if not most:
        return None
    least = min(figure.value or 0 for _, figure in counted)
    # Away from the colour of the words, so that they stay readable on the darkest.
    away, base = (INK, 16) if readable_on(colour) == WHITE else (WHITE, 45)
    areas = [
        Area(
            m.organisation.short_name or m.organisation.name,
            m.rings,
            mix(away, base + 30 * ((figure.value or 0) - least) // (most - least or 1), colour),
            count(figure.value or 0) if figure.value else "–",
        )
        for m, figure in counted
    ]
    drawn = area_map(areas, width=215, height=240, size=8.4, ground=colour)
    if not drawn:
        return None
    told = ", ".join(f"{area.name} {area.figure}" for area in areas)
    return Picture(
        drawn,
        f"Kaart: projecten van {view.pillar.name} per gemeente. {told}.",
        ("Kaart: aantal projecten per gemeente. Een project kan in meer gemeenten zijn.",),
    )


def _entries(edition: Edition, projects: Sequence[ProjectView]) -> list[Block]:
    """The projects, under the headings that the programme groups them by."""
    blocks: list[Block] = []
    heading: str | None = None
    for view in projects:
        wanted = view.project.heading
        if wanted != heading:
            blocks.append(Heading(_heading(wanted, first=heading is None), sign=None))
            heading = wanted
        blocks.append(_entry(edition, view))
    return blocks


def _heading(wanted: str, *, first: bool) -> str:
    return wanted or ("Projecten" if first else "Overige projecten")


def _entry(edition: Edition, view: ProjectView) -> ProjectEntry:
    awarded: Words = ()
    if view.awarded.value:
        awarded = (Number(view.awarded, Form.EURO),)
    elif not view.paid_from:
        awarded = ("nog geen bedrag",)
    with_money = {a.tranche.number for a in view.awards}
    return ProjectEntry(
        project_key(view),
        sign(view.pillar),
        view.project.number,
        view.project.name,
        edition.mark(view),
        awarded,
        tuple(fact for fact in _facts(edition, view) if fact),
        view.description,
        _after(view),
        tuple(t.tranche.number in with_money for t in edition.tranches) if with_money else (),
    )


def _facts(edition: Edition, view: ProjectView) -> list[Words]:
    return [_lead(view), _names(view), _where(edition, view), _themes(edition, view)]


def _lead(view: ProjectView) -> Words:
    words: Words = (view.lead.name,)
    if view.awards:
        words += (f" · tranche {listed([a.tranche.number for a in view.awards])}",)
    if view.paid_from:
        words += (
            " · betaald uit project ",
            *to_project(view.paid_from.code, view.paid_from.number),
        )
        words += (f" {view.paid_from.name}",)
    if view.project.status in STATUSES:
        words += (f" · {STATUSES[view.project.status]}",)
    return words


def to_project(code: str, text: str) -> Words:
    """A link to the entry of a project."""
    return (Reference(f"project/{code}", text),)


def _names(view: ProjectView) -> Words:
    found = []
    if view.project.also_known_as:
        found.append(f"Ook bekend als {view.project.also_known_as}")
    if view.project.former_names:
        found.append(f"Voorheen {listed(view.project.former_names)}")
    words: Words = (" · ".join(found),) if found else ()
    if view.merged_into:
        before = " · " if found else ""
        into = view.merged_into
        words += (
            f"{before}Opgegaan in project ",
            *to_project(into.code, into.number),
            f" {into.name}",
        )
    return words


def _where(edition: Edition, view: ProjectView) -> Words:
    found = []
    if view.partners:
        found.append(f"Met {listed([p.short_name or p.name for p in view.partners])}")
    if view.locations:
        found.append(_places(edition, view.locations))
    return (" · ".join(found),) if found else ()


def _themes(edition: Edition, view: ProjectView) -> Words:
    """The themes it serves, and that the classification is its own when no source gives it."""
    if not view.themes:
        return ()
    source = edition.view.sources.by_code.get(view.project.themes_evidence.source)
    own = " (eigen indeling)" if source and source.kind == "own" else ""
    word = "Thema" if len(view.themes) == 1 else "Thema’s"
    return (f"{word}: {listed([theme.name for theme in view.themes])}{own}",)


def _places(edition: Edition, locations: Sequence[Location]) -> str:
    all_of_them = len(edition.view.municipalities)
    if len(locations) == all_of_them > 1 and not any(place.names for place in locations):
        return f"In alle {number_word(all_of_them)} gemeenten"
    names = [
        f"{listed(place.names)} ({_short(place)})" if place.names else _short(place)
        for place in locations
    ]
    return f"In {listed(names)}"


def _short(place: Location) -> str:
    return place.municipality.short_name or place.municipality.name


def _after(view: ProjectView) -> Words:
    return (f"Na de deal: {view.project.continuation}",) if view.project.continuation else ()
