"""A document as sheets, for XLSX, ODS and CSV: a sheet per table, and every figure once.

Amounts are euros: whole euros as an integer, others with two decimals, never a float.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from noaber.core.notation import count, day
from noaber.documents import blocks as b
from noaber.documents.checking import check_document
from noaber.documents.figures import heading_of, shown
from noaber.documents.links import explanation
from noaber.documents.spans import pageless, placed, plain
from noaber.documents.wording import INFERRED, MARKS
from noaber.monitor.rules import CENTS, COUNT, Figure

ABOUT, PROJECTS, FIGURES = "Over dit bestand", "Projecten", "Cijfers"
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class Entry:
    """What stands in a cell: text, or a number (cents when `euro`); and where it leads."""

    text: str = ""
    number: int | None = None
    euro: bool = False
    address: str = ""

    @property
    def exact(self) -> int | Decimal | None:
        """The number as it is stored: a count, or euros."""
        if self.number is None or not self.euro:
            return self.number
        euros, rest = divmod(self.number, 100)
        return Decimal(self.number).scaleb(-2) if rest else euros


@dataclass(frozen=True)
class Sheet:
    """A sheet with one line of heads; the last `totals` rows are totals."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = field(default=())
    totals: int = 0


def sheets(document: b.Document) -> tuple[Sheet, ...]:
    """What the file is, each table, the projects with their texts, and every figure by address.

    :raises Refused: when what a reader needs is missing (`checking`).
    """
    check_document(document)
    tables = tuple(_tables(document))
    projects = _projects(document)
    content = (*tables, *([projects] if projects else []), figures(document))
    return (_about(document, content), *content)


def figures(document: b.Document) -> Sheet:
    """Every figure once, a row each: what it is and of what, its value and its explanation.

    The filters of its address are columns of their own, such as pillar, project and tranche.
    """
    places = shown(document)
    filters = sorted({name for place in places for name, _ in place.figure.address.filters})
    rows = []
    for place in places:
        figure = place.figure
        asked = dict(figure.address.filters)
        rows.append(
            (
                Entry(str(figure.address)),
                Entry(figure.address.figure),
                *(Entry(asked.get(name, "")) for name in filters),
                _value(figure.value, euro=figure.unit == CENTS),
                Entry("euro" if figure.unit == CENTS else "aantal"),
                Entry("ja" if figure.inferred else "nee"),
                Entry(place.chapter),
                Entry(place.row),
                Entry(place.column),
                Entry(document.as_of.isoformat()),
                Entry(number=document.moment.revision),
                _link(document, figure),
            )
        )
    header = (
        "adres", "cijfer", *(FILTERS.get(name, name) for name in filters), "waarde", "eenheid",
        "afgeleid", "hoofdstuk", "rij", "kolom", "peildatum", "revisie", "uitleg",
    )  # fmt: skip
    return Sheet(FIGURES, header, tuple(rows), "Elk cijfer van het document, één keer")


FILTERS = {
    "pillar": "pijler",
    "tranche": "tranche",
    "project": "project",
    "municipality": "gemeente",
    "contribution": "bijdrage",
    "party": "partij",
    "lead": "penvoerder",
}
"""Filters of an address as heads of columns."""


def _link(document: b.Document, figure: Figure) -> Entry:
    address = explanation(document.base_url, figure.address, document.moment)
    return Entry(address, address=address)


def _value(value: int | None, *, euro: bool, address: str = "") -> Entry:
    if value is None:
        return Entry("geen cijfer")
    return Entry(number=value, euro=euro, address=address)


def _about(document: b.Document, content: Sequence[Sheet]) -> Sheet:
    known = f"{day(document.known_on)}, " if document.known_on else ""
    told = [
        ("Document", document.title),
        ("Onderwerp", document.subject),
        ("Cijfers per", day(document.as_of)),
        ("Zoals bekend op", f"{known}revisie {count(document.moment.revision)}"),
        (
            "Bedragen",
            (
                "In euro, op de cent. Een streepje is nul; “geen cijfer” is onbekend. Een bedrag is een "
                "koppeling naar zijn uitleg."
            ),
        ),
        (
            "Adressen",
            f"Het blad {FIGURES} geeft van elk cijfer het vaste adres en het webadres van de uitleg.",
        ),
        ("Kaarten", "Kaarten, grafieken en het logo staan niet in dit bestand; hun cijfers wel."),
    ]
    for sheet in content:
        told.append((f"Blad {sheet.name}", sheet.caption))
        told.extend(("", note) for note in sheet.notes)
    rows = tuple((Entry(what), Entry(said)) for what, said in told)
    return Sheet(ABOUT, ("Wat", "Inhoud"), rows)


def _tables(document: b.Document) -> Iterator[Sheet]:
    chapter, number = "", 0
    opening = next((x for x in document.blocks if isinstance(x, b.PillarOpening)), None)
    for block in document.blocks:
        chapter = heading_of(block, chapter)
        if isinstance(block, b.Table):
            number += 1
            name = f"{number} {chapter.rpartition(': ')[2]}".translate(_NOT_IN_NAMES)
            grouped = opening.term if opening else "Groep"
            yield _Table(document, pageless(block), grouped).sheet(name[:_LONGEST_NAME].strip())


class _Table:
    def __init__(self, document: b.Document, table: b.Table, grouped: str) -> None:
        self.document = document
        self.table = table
        rows = [row for group in table.groups for row in group.rows]
        self.grouped = grouped if any(group.sign for group in table.groups) else ""
        self.told = any(row.below for row in rows)
        self.noted = any(cell.note or cell.inferred for row in rows for cell in row.cells)

    def sheet(self, name: str) -> Sheet:
        table = self.table
        rows = [
            self.row(row, group.sign.name if group.sign else "")
            for group in table.groups
            for row in group.rows
        ]
        rows += [self.row(row, "") for row in table.totals]
        header = (
            *([self.grouped] if self.grouped else []),
            *map(_head, table.columns),
            *(["Toelichting"] if self.told else []),
            *(["Noot"] if self.noted else []),
        )
        notes = tuple(plain(note) for note in table.notes)
        return Sheet(name, header, tuple(rows), table.caption, notes, len(table.totals))

    def row(self, row: b.Row, group: str) -> tuple[Entry, ...]:
        entries = [Entry(group)] if self.grouped else []
        notes = []
        for at, cell in placed(row):
            entries.append(self.entry(cell))
            entries += [Entry()] * (cell.span - 1)
            title = plain(self.table.columns[at].title)
            if cell.inferred:
                notes.append(f"{title}: afgeleid.")
            if cell.note:
                notes.append(f"{title}: {plain(cell.note)}")
        entries += [Entry(plain(row.below))] if self.told else []
        entries += [Entry(" ".join(notes))] if self.noted else []
        return tuple(entries)

    def entry(self, cell: b.Cell) -> Entry:
        match cell.words:
            case (b.Number(figure=figure),):
                address = (
                    explanation(self.document.base_url, figure.address, self.document.moment)
                    if figure.value
                    else ""
                )
                return _value(figure.value, euro=figure.unit != COUNT, address=address)
            case (b.Plain(value=value, form=form),):
                return _value(value, euro=form is not b.Form.COUNT)
        return Entry(plain(cell.words, in_cell=True))


def _head(column: b.Column) -> str:
    sign = f" {INFERRED}" if column.estimated else ""
    title = plain(column.title)
    return f"{title}, {column.subtitle}{sign}" if column.subtitle else title


def _projects(document: b.Document) -> Sheet | None:
    """The projects with their texts; None without projects."""
    term = next((x.term for x in document.blocks if isinstance(x, b.PillarOpening)), "Pijler")
    rows = []
    for block in document.blocks:
        if isinstance(block, b.ProjectEntry):
            awarded = _Table(document, b.Table("", (), ()), "").entry(b.Cell(block.awarded))
            rows.append(
                (
                    Entry(block.sign.name),
                    Entry(block.number),
                    Entry(block.name),
                    Entry(MARKS[block.mark] if block.mark else ""),
                    awarded,
                    Entry("\n".join(plain(fact) for fact in block.facts)),
                    Entry(block.text),
                    Entry(plain(block.after)),
                )
            )
    if not rows:
        return None
    header = (
        term, "Nr.", "Project", "Soort", "Toegekend in €", "Gegevens", "Beschrijving", "Na de deal",
    )  # fmt: skip
    return Sheet(PROJECTS, header, tuple(rows), "Elk project met zijn tekst")
