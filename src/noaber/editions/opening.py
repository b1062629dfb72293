"""The first pages of a programme: cover, contents, in short, and what is new."""

from noaber.core.notation import day, listed, million, number_word, percent
from noaber.documents.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Contents,
    Cover,
    Form,
    Group,
    Heading,
    KeyFigure,
    KeyFigures,
    Layout,
    Mark,
    Number,
    Paragraph,
    Picture,
    Reference,
    Row,
    Strong,
    Table,
    Terms,
    Words,
)
from noaber.documents.drawing.colours import SAND, mix
from noaber.documents.drawing.maps import Area, area_map
from noaber.editions.edition import Edition, in_millions, project_key, sign
from noaber.editions.rules import capitalised, of_things
from noaber.monitor.rules import ProjectView

FINANCES = "chapter/finances"
NEW = "chapter/new"
_ON_COVER = 8
_ON_BARE_COVER = 16


def cover(edition: Edition) -> Cover:
    """Deal, edition, pillars and the map of the municipalities."""
    overview = edition.view.overview
    signs = tuple(sign(view.pillar) for view in overview.pillars)
    drawn = _map(edition)
    room = _ON_COVER if drawn else _ON_BARE_COVER
    return Cover(
        overview.deal.name,
        f"Uitvoerings\u00adprogramma {edition.number}",
        signs if len(signs) <= room else (),
        (f"Tranche {edition.number}, {edition.when}",),
        drawn,
        Picture(overview.deal.logo, f"Logo van de {overview.deal.name}.")
        if overview.deal.logo
        else None,
    )


def _map(edition: Edition) -> Picture | None:
    """The municipalities, darker where more projects happen; None without outlines."""
    municipalities = edition.view.municipalities
    accent = edition.view.overview.deal.accent
    counts = [m.taking_part.value or 0 for m in municipalities]
    least = min(counts, default=0)
    spread = max(counts, default=0) - least or 1
    areas = [
        Area(
            m.organisation.short_name or m.organisation.name,
            m.rings,
            mix(accent, 76 + 24 * ((m.taking_part.value or 0) - least) // spread, SAND),
        )
        for m in municipalities
    ]
    drawn = area_map(areas, width=400, height=520, size=13, ground=SAND)
    if not drawn:
        return None
    names = listed([area.name for area in areas if area.rings])
    return Picture(
        drawn, f"Kaart van de gemeenten van de {edition.view.overview.deal.name}: {names}."
    )


def contents(edition: Edition) -> Contents:
    """Contents, and what the signs and words in the document mean."""
    here = f"in tranche {edition.number}"
    rows: list[tuple[Words, Words]] = [
        ((Mark.NEW,), (f"Het project krijgt {here} voor het eerst geld.",)),
        ((Mark.FOLLOW_UP,), (f"Het project kreeg al eerder geld en krijgt {here} opnieuw geld.",)),
        ((Strong("Tranche"),), ("Een ronde waarin de stuurgroep geld toekent aan projecten.",)),
        (
            (Strong("Penvoerder"),),
            ("De organisatie die een project trekt en er verantwoording over aflegt.",),
        ),
        ((Strong("°"),), ("Afgeleid: dit staat niet letterlijk in de bron, maar volgt eruit.",)),
        ((Strong("–"),), ("Geen bedrag in deze tranche.",)),
        (
            (Strong("Bedragen"),),
            ("Elk bedrag is een link naar zijn uitleg: de som, de besluiten en de bronnen.",),
        ),
    ]
    return Contents("Inhoud", "Zo leest u dit programma", tuple(rows))


def in_short(edition: Edition) -> list[Block]:
    """The deal and the tranche in a few sentences, all of them figures."""
    overview = edition.view.overview
    for_pillars = sum(p.allocated.value or 0 for p in overview.pillars)
    tranches = len(edition.tranches)
    figures = [
        KeyFigure(in_millions(overview.allocated), ("afgesproken voor de hele deal",)),
        KeyFigure(
            in_millions(overview.awarded),
            (f"toegekend in {of_things(tranches, 'tranche', 'tranches')}",),
        ),
        KeyFigure(
            (Number(overview.projects, Form.COUNT),),
            (f"projecten in {_pillars(edition)}",),
        ),
    ]
    if for_pillars:
        share = percent(overview.awarded.value or 0, for_pillars)
        figures.append(KeyFigure((share,), (f"van het geld voor de {edition.terms} is toegekend",)))
    blocks: list[Block] = [
        Chapter("In het kort", "chapter/short", Layout.TEXT),
        Paragraph(_what_is_new(edition), lead=True),
        KeyFigures(tuple(figures)),
    ]
    if overview.deal.ambition:
        blocks.append(Paragraph((overview.deal.ambition,)))
    blocks.append(Paragraph(_so_far(edition, for_pillars)))
    blocks.append(
        Paragraph(
            (
                (
                    f"In dit programma staat per {edition.term} elk project dat op "
                    f"{day(overview.moment.as_of)} bij de deal hoort. Wat een project in elke tranche "
                    "kreeg en hoe het ervoor staat, vindt u in "
                ),
                Reference(FINANCES, "de tabellen"),
                Reference(FINANCES, before=" vanaf bladzijde "),
                ".",
            )
        )
    )
    return [*blocks, *_parties(edition)]


def _parties(edition: Edition) -> list[Block]:
    """Who signed, per side, and who keeps the money."""
    overview = edition.view.overview
    items: list[tuple[str, Words]] = []
    for side, name in (("state", "Rijk"), ("region", "Regio")):
        if members := [party.name for party in overview.parties if party.side == side]:
            items.append((name, (listed(members),)))
    if items and overview.treasurer:
        items.append(("Kassier", (overview.treasurer.name,)))
    return [Heading("De partijen"), Terms(tuple(items))] if items else []


def _pillars(edition: Edition) -> str:
    return of_things(len(edition.view.overview.pillars), edition.term, edition.terms)


def _so_far(edition: Edition, for_pillars: int) -> Words:
    overview = edition.view.overview
    if not for_pillars:
        return (f"Over het geld voor de {edition.terms} is nog niets afgesproken.",)
    words: Words = (
        f"Tot en met deze tranche{_also_that_day(edition)} is ",
        *in_millions(overview.awarded),
        f" toegekend, van de {million(for_pillars)} die voor {_pillars(edition)} is afgesproken. ",
    )
    if overview.reserved_open.value:
        words += (
            "Nog eens ",
            *in_millions(overview.reserved_open),
            " is gereserveerd voor projecten die hun geld in fasen krijgen. ",
        )
    return (*words, "Te verdelen is nog ", *in_millions(overview.room), ".")


def _also_that_day(edition: Edition) -> str:
    """The later tranches of the same day, which count in what was awarded by that day."""
    numbers = [view.tranche.number for view in edition.tranches]
    later = numbers[numbers.index(edition.number) + 1 :]
    return f", en tranche {listed(later)} van dezelfde dag," if later else ""


def _what_is_new(edition: Edition) -> Words:
    """How much, how many projects, how many of them new: in words."""
    now = edition.current
    projects, new, follow = (f.value or 0 for f in (now.projects, now.new, now.follow_up))
    if not projects:
        return (f"In tranche {edition.number} is geen geld toegekend.",)
    words: Words = (
        f"In tranche {edition.number} kende de stuurgroep ",
        *in_millions(now.awarded),
        f" toe aan {of_things(projects, 'project', 'projecten')}. ",
    )
    if not follow:
        return (*words, "Het is nieuw." if projects == 1 else "Alle projecten zijn nieuw.")
    if not new:
        return (
            *words,
            "Het is een vervolg." if projects == 1 else "Alle projecten krijgen een vervolg.",
        )
    first = capitalised(of_things(new, "project is nieuw", "projecten zijn nieuw"))
    verb = "krijgt" if follow == 1 else "krijgen"
    return (*words, f"{first}, {number_word(follow)} {verb} een vervolg.")


def whats_new(edition: Edition) -> list[Block]:
    """What the tranche brings: per pillar, and the projects with their marks."""
    blocks: list[Block] = [
        Chapter("Nieuw in deze tranche", NEW),
        Paragraph(_what_is_new(edition), lead=True),
        _per_pillar(edition),
    ]
    groups = tuple(
        Group(tuple(_awarded_now(edition, view) for view in found), sign(pillar.pillar))
        for pillar in edition.view.overview.pillars
        if (found := [v for v in edition.projects[pillar.pillar.code] if edition.mark(v)])
    )
    if groups:
        columns = (
            Column(("Soort",), width=21),
            Column(("Nr.",), width=11),
            Column(("Project",), share=1),
            Column(("Penvoerder",), width=44),
            Column(("Toegekend in €",), numeric=True, width=26),
            Column(("Blz.",), numeric=True, width=10),
        )
        blocks.append(
            Table(f"Projecten die geld krijgen in tranche {edition.number}", columns, groups)
        )
    return blocks


def _per_pillar(edition: Edition) -> Table:
    names = ("projects", "new", "follow_up")
    rows = tuple(
        Row(
            (
                Cell((sign(view.pillar),)),
                *(
                    Cell((Number(edition.in_pillar(name, view.pillar.code), Form.COUNT),))
                    for name in names
                ),
                Cell((Number(edition.in_pillar("awarded", view.pillar.code)),)),
            )
        )
        for view in edition.view.overview.pillars
    )
    now = edition.current
    total = Row(
        (
            Cell(("Totaal",)),
            *(Cell((Number(f, Form.COUNT),)) for f in (now.projects, now.new, now.follow_up)),
            Cell((Number(now.awarded),)),
        )
    )
    columns = (
        Column((capitalised(edition.term),), share=1),
        Column(("Projecten",), numeric=True, width=24),
        Column(("Nieuw",), numeric=True, width=24),
        Column(("Vervolg",), numeric=True, width=24),
        Column(("Toegekend in €",), numeric=True, width=36),
    )
    caption = f"Toegekend in tranche {edition.number}, per {edition.term}"
    return Table(caption, columns, (Group(rows),), (total,))


def _awarded_now(edition: Edition, view: ProjectView) -> Row:
    award = next(a for a in view.awards if a.tranche.number == edition.number)
    mark = edition.mark(view)
    return Row(
        (
            Cell((mark,) if mark else ()),
            Cell((view.project.number,)),
            Cell((Reference(project_key(view), view.project.name),)),
            Cell((view.lead.name,)),
            Cell((Number(award.figure),), inferred=award.basis == "inferred"),
            Cell((Reference(project_key(view)),)),
        )
    )
