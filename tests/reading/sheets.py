"""Figures read back from workbooks and CSV: numbers as stored, with their addresses and links."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from odf.namespaces import OFFICENS, TABLENS, XLINKNS
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.text import A
from openpyxl import load_workbook

from noaber.core.address import Address
from tests.reading.shown import MISSING, ORIGIN, Shown, linked

ALL_FIGURES = "Cijfers"
"""The sheet on which every figure stands once, by its address."""


@dataclass(frozen=True)
class Cell:
    """What is stored in a cell: a number or a text, and where it leads."""

    number: Decimal | None
    text: str
    link: str = ""


Book = dict[str, list[list[Cell]]]


def xlsx(content: bytes) -> Book:
    """The cells of an XLSX workbook, by sheet and row."""
    return {
        sheet.title: [[_of_excel(cell) for cell in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(BytesIO(content)).worksheets
    }


def ods(content: bytes) -> Book:
    """The cells of an ODS workbook, by sheet and row."""
    book: Any = load(BytesIO(content))
    return {
        table.getAttrNS(TABLENS, "name"): [
            [_of_open(cell) for cell in row.getElementsByType(TableCell)]
            for row in table.getElementsByType(TableRow)
        ]
        for table in book.spreadsheet.getElementsByType(Table)
    }


def from_csv(content: bytes) -> Book:
    """A CSV of all figures, as the one sheet that it is."""
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    head, *body = rows
    value = head.index("waarde")
    found = [[Cell(None, name) for name in head]]
    for row in body:
        number = Decimal(row[value]) if row[value] else None
        found.append([Cell(number if at == value else None, said) for at, said in enumerate(row)])
    return {ALL_FIGURES: found}


def figures(book: Book, place: str) -> list[Shown]:
    """Every figure once, from the sheet that lists them all."""
    head, *rows = book[ALL_FIGURES]
    names = [cell.text for cell in head]
    return [_listed(dict(zip(names, row, strict=True)), place) for row in rows]


def in_tables(book: Book, place: str) -> Iterator[Shown]:
    """Every number in the other sheets that leads to its explanation."""
    for name, rows in book.items():
        for cell in (cell for row in rows for cell in row if name != ALL_FIGURES):
            if ORIGIN in cell.link:
                assert cell.number is not None, (name, cell)
                yield linked(cell.link, "", f"{place}, {name}", cell.number)


def _listed(row: dict[str, Cell], place: str) -> Shown:
    address = Address.parse(row["adres"].text)
    link = linked(row["uitleg"].link or row["uitleg"].text, "", place)
    value, known = row["waarde"], row["revisie"]
    revision = int(known.text if known.number is None else known.number)
    as_of = date.fromisoformat(row["peildatum"].text)
    assert (link.address, link.as_of, link.revision) == (address, as_of, revision)
    assert value.number is not None or value.text in ("", *MISSING)
    return Shown(address, "", place, value.number, as_of, revision)


def _of_excel(cell: Any) -> Cell:
    link = str(cell.hyperlink.target) if cell.hyperlink else ""
    if isinstance(cell.value, int | float):
        # The shortest decimals of what is stored: whole cents up to a thousand billion euros.
        return Cell(Decimal(repr(cell.value)), "", link)
    return Cell(None, str(cell.value or ""), link)


def _of_open(cell: Any) -> Cell:
    link = next((a.getAttrNS(XLINKNS, "href") for a in cell.getElementsByType(A)), "")
    stored = cell.getAttrNS(OFFICENS, "value")
    return Cell(Decimal(stored) if stored else None, str(cell), link or "")
