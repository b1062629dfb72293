"""What is awarded of what was agreed, per pillar and per tranche; contributions; lead partners."""

from collections.abc import Sequence

from noaber.core.notation import million, percent, short_month
from noaber.documents.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Form,
    Group,
    Heading,
    Layout,
    Number,
    Paragraph,
    Picture,
    Plain,
    Reference,
    Row,
    Table,
    Words,
)
from noaber.documents.drawdown import drawdown_chart
from noaber.documents.drawing.bars import Bar, Stack, budget_bars, stacked_columns
from noaber.documents.drawing.colours import tone
from noaber.documents.drawing.scale import in_millions
from noaber.editions.edition import Edition, month_notes, project_key, sign, tranche_columns
from noaber.editions.rules import capitalised, of_things
from noaber.monitor.rules import LeadView, PillarView

_UPRIGHT_TRANCHES = 6
_PILLAR_COLUMNS = 4


def drawdown(edition: Edition) -> list[Block]:
    """Awarded against agreed, with chart and table, and the same per tranche."""
    tranches = of_things(len(edition.tranches), "tranche", "tranches")
    blocks: list[Block] = [
        Chapter("Toegekend en afgesproken", "chapter/drawdown"),
        Paragraph(
            (
                (
                    f"Voor elk onderdeel is afgesproken hoeveel geld ervoor bedoeld is. Zo ver is de "
                    f"deal na {tranches}."
                ),
            ),
            lead=True,
        ),
        _bars(edition),
        _allocated(edition),
    ]
    many = len(edition.tranches) > _UPRIGHT_TRANCHES
    if many:
        blocks.append(Chapter("Toegekend per tranche", "chapter/tranches", Layout.LANDSCAPE))
    else:
        blocks.append(Heading("Toegekend per tranche"))
    return [*blocks, _columns(edition), _per_tranche(edition), *_so_far(edition)]


def _bars(edition: Edition) -> Picture:
    views = edition.view.overview.pillars
    bars = [
        Bar(
            v.pillar.name,
            tone(v.pillar.code, v.pillar.colour),
            v.allocated.value or 0,
            v.awarded.value or 0,
            v.reserved_open.value or 0,
        )
        for v in views
    ]
    told = " ".join(
        f"{bar.name}: {million(bar.awarded)} toegekend van {million(bar.allocated)}."
        for bar in bars
    )
    alt = f"Staafdiagram: toegekend tegenover afgesproken. {told} De bedragen staan in de tabel."
    legend = "Gevuld: toegekend. "
    if any(bar.reserved for bar in bars):
        legend += "Gestreept: gereserveerd, nog niet toegekend. "
    unit = _unit([bar.extent for bar in bars])
    return Picture(budget_bars(bars), alt, (f"{legend}Licht: nog te verdelen. {unit}",))


def _unit(amounts: Sequence[int]) -> str:
    return "In miljoenen euro." if in_millions(amounts) else "In euro."


def _allocated(edition: Edition) -> Table:
    overview = edition.view.overview
    views = overview.pillars
    rows = [_budget(view) for view in views]
    allocated = sum(v.allocated.value or 0 for v in views)
    over_all = (
        Cell((f"Samen, {of_things(len(views), edition.term, edition.terms)}",), strong=True),
        Cell((Plain(allocated),), strong=True),
        Cell((Number(overview.awarded),), strong=True),
        Cell((Number(overview.reserved_open),), strong=True),
        Cell((Number(overview.room),), strong=True),
        Cell((percent(overview.awarded.value or 0, allocated) if allocated else "–",), strong=True),
    )
    rows.append(Row(over_all))
    if overview.overhead.value:
        rows.append(
            Row(
                (
                    Cell(("Overheadkosten",)),
                    Cell((Number(overview.overhead),)),
                    Cell(("geen cijfer over de besteding",), span=4, quiet=True),
                )
            )
        )
    total = Row((Cell(("Totaal van de deal",)), Cell((Number(overview.allocated),)), Cell(span=4)))
    columns = (
        Column((capitalised(edition.term),), share=1),
        *(
            Column((title,), numeric=True, width=27)
            for title in ("Afgesproken", "Toegekend", "Gereserveerd", "Te verdelen")
        ),
        Column(("Deel",), numeric=True, width=15),
    )
    return Table(
        f"Afgesproken, toegekend en nog te verdelen per {edition.term}, in €",
        columns,
        (Group(tuple(rows)),),
        (total,),
        (("Gereserveerd is wat voor een heel project opzij staat en nog niet is toegekend.",),)
        if overview.reserved_open.value
        else (),
    )


def _budget(view: PillarView) -> Row:
    figures = (view.allocated, view.awarded, view.reserved_open, view.room)
    share = percent(view.awarded.value or 0, view.allocated.value) if view.allocated.value else "–"
    return Row((Cell((sign(view.pillar),)), *(Cell((Number(f),)) for f in figures), Cell((share,))))


def _columns(edition: Edition) -> Picture:
    pillars = edition.view.overview.pillars
    stacks = [
        Stack(
            f"Tranche {view.tranche.number}",
            short_month(view.tranche.decided)
            + ("°" if view.tranche.date_basis == "estimated" else ""),
            tuple(
                (tone(p.pillar.code, p.pillar.colour), p.per_tranche[i].value or 0) for p in pillars
            ),
            current=view.tranche.number == edition.number,
        )
        for i, view in enumerate(edition.tranches)
    ]
    alt = "Staafdiagram: toegekend per tranche, gestapeld. De bedragen staan in de tabel eronder. "
    alt += " ".join(
        f"Tranche {v.tranche.number}: {million(v.awarded.value or 0)}." for v in edition.tranches
    )
    unit = _unit([view.awarded.value or 0 for view in edition.tranches])
    order = ", ".join(p.pillar.name for p in pillars)
    caption: Words = (
        f"Van onder naar boven: {order}. {unit} ",
        month_notes(edition.tranches),
    )
    wide = 500 if len(stacks) <= _UPRIGHT_TRANCHES else 760
    return Picture(stacked_columns(stacks, width=wide), alt, caption)


def _per_tranche(edition: Edition) -> Table:
    overview = edition.view.overview
    count = len(edition.tranches)
    width = 19.5 if count <= _UPRIGHT_TRANCHES else min(19.5, 190 / count)
    rows = tuple(
        Row(
            (
                Cell((sign(view.pillar),)),
                *(Cell((Number(f),)) for f in view.per_tranche),
                Cell((Number(view.awarded),), strong=True),
            )
        )
        for view in overview.pillars
    )
    total = Row(
        (
            Cell(("Totaal",)),
            *(Cell((Number(t.awarded),)) for t in overview.tranches),
            Cell((Number(overview.awarded),)),
        )
    )
    columns = (
        Column((capitalised(edition.term),), share=1),
        *tranche_columns(edition, width),
        Column(("Totaal",), numeric=True, width=22),
    )
    caption = f"Toegekend per {edition.term} en tranche, in €"
    return Table(caption, columns, (Group(rows),), (total,), small=True)


def _so_far(edition: Edition) -> list[Block]:
    """How the amount went up, as a line and in figures."""
    overview, points = edition.view.overview, edition.view.drawdown
    if not points:
        return []
    allocated = sum(view.allocated.value or 0 for view in overview.pillars)
    told = " ".join(f"Tot en met tranche {p.tranche.number}: {million(p.total)}." for p in points)
    alt = f"Lijn die oploopt: alles wat is toegekend. {told} De bedragen staan in de tabel."
    drawn = drawdown_chart(
        overview, points, f"afgesproken voor de {edition.terms}: {million(allocated)}"
    )
    caption = "Elke trede is een tranche. De streepjeslijn is wat is afgesproken."
    rows = tuple(
        Row(
            (
                Cell((sign(view.pillar),)),
                *(Cell((Plain(p.per_pillar[place]),)) for p in points),
            )
        )
        for place, view in enumerate(overview.pillars)
    )
    total = Row((Cell(("Samen",)), *(Cell((Plain(p.total),)) for p in points)))
    width = 22 if len(points) <= _UPRIGHT_TRANCHES else min(22, 210 / len(points))
    columns = (Column((capitalised(edition.term),), share=1), *tranche_columns(edition, width))
    table = Table(
        f"Toegekend tot en met elke tranche, per {edition.term}, in €",
        columns,
        (Group(rows),),
        (total,),
        small=True,
    )
    return [Heading("Zo liep het bedrag op"), Picture(drawn, alt, (caption,)), table]


def leads(edition: Edition) -> list[Block]:
    """Who leads which projects."""
    views = edition.view.leads
    if not views:
        return []
    pillars = edition.view.overview.pillars
    apart = len(pillars) <= _PILLAR_COLUMNS
    between = (
        tuple(
            Column((sign(p.pillar),), share=max(8, len(edition.projects[p.pillar.code])))
            for p in pillars
        )
        if apart
        else (Column(("Nummers",), share=1),)
    )
    columns = (
        Column(("Penvoerder",), width=46),
        *between,
        Column(("Projecten",), numeric=True, width=18),
        Column(("Toegekend in €",), numeric=True, width=27),
    )
    rows = tuple(_lead(edition, view, apart=apart) for view in views)
    overview = edition.view.overview
    total = Row(
        (
            Cell(("Totaal",)),
            Cell(span=len(between)),
            Cell((Number(overview.projects, Form.COUNT),)),
            Cell((Number(overview.awarded),)),
        )
    )
    note: Words = (
        (
            "Het geld komt niet altijd terecht bij de penvoerder: veel projecten werken met partners, "
            "en in meer gemeenten."
        ),
    )
    return [
        Chapter("Projecten per penvoerder", "chapter/leads", follows=True),
        Paragraph(
            ("Elke penvoerder met zijn projecten. De nummers brengen u naar het project.",),
            lead=True,
        ),
        Table(
            "Projecten en toegekende bedragen per penvoerder",
            columns,
            (Group(rows),),
            (total,),
            (note,),
        ),
    ]


def _lead(edition: Edition, view: LeadView, *, apart: bool) -> Row:
    cells: list[Words] = []
    for pillar in edition.view.overview.pillars:
        words: list[Reference | str] = []
        for project in view.projects.get(pillar.pillar.code, ()):
            words += [", ", Reference(project_key(project), project.project.number)]
        cells.append(tuple(words[1:]))
    if not apart:
        together: Words = ()
        for pillar, found in zip(edition.view.overview.pillars, cells, strict=True):
            if found:
                together += ("  " if together else "", f"{pillar.pillar.name}\u00a0", *found)
        cells = [together]
    return Row(
        (
            Cell((view.organisation.name,)),
            *(Cell(words) for words in cells),
            Cell((Number(view.count, Form.COUNT),)),
            Cell((Number(view.awarded),)),
        )
    )
