"""The cells of an ODS workbook, in one pass over its content.

Repeated rows and cells are written as a count, which may be a billion: what is empty costs
nothing and what is not is laid out only as far as a sheet may go.
"""

from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse

from noaber.core.finding import Refused
from noaber.imports.faults import FAULTS
from noaber.imports.grid import Budget, Grid, SheetStopped, number_cell, text_cell
from noaber.imports.limits import LONGEST_LINE, MOST_COLUMNS, MOST_ROWS
from noaber.imports.ods_dates import DateStyles
from noaber.imports.rules import EMPTY, RawCell, RawSheet

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def read_ods(archive: ZipFile, name: str) -> tuple[RawSheet, ...]:
    """Read all sheets of a workbook that was judged harmless.

    :raises Refused: when it holds too much or takes values from another file.
    """
    with archive.open("content.xml") as content:
        return _Reader(name).sheets(content)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._budget = Budget(name)
        self._dates = DateStyles()
        self._grid: Grid | None = None
        self._stopped = False
        self._row = 0

    def sheets(self, content: IO[bytes]) -> tuple[RawSheet, ...]:
        sheets: list[RawSheet] = []
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if element.tag == f"{_TABLE}table":
                    self._begin(element)
                continue
            if element.tag == f"{_TABLE}table-row":
                self._take_row(element)
                element.clear()
            elif element.tag == f"{_TABLE}table-column":
                self._dates.take_column(element)
            elif element.tag == f"{_TABLE}table" and self._grid is not None:
                sheets.append(self._grid.sheet())
                self._grid = None
                element.clear()
            elif element.tag in (f"{_TABLE}table-source", f"{_TABLE}cell-range-source"):
                raise Refused([FAULTS["F-06"].at(None, name=self._name)])
            else:
                self._dates.take_style(element)
        return tuple(sheets)

    def _begin(self, element: Element) -> None:
        self._grid = Grid(element.get(f"{_TABLE}name", ""), self._budget)
        self._dates.begin_sheet()
        self._stopped = False
        self._row = 0

    def _take_row(self, element: Element) -> None:
        first = self._row + 1
        repeated = _count(element, f"{_TABLE}number-rows-repeated")
        self._row += repeated
        if self._grid is None or self._stopped:
            return
        try:
            # One more than may be there, so that going on is found and not cut off.
            for row in range(first, min(first + repeated, MOST_ROWS + 2)):
                if not self._put_cells(self._grid, row, element):
                    break
            else:
                if first > MOST_ROWS + 1:
                    self._put_cells(self._grid, first, element)
        except SheetStopped:
            self._stopped = True

    def _put_cells(self, grid: Grid, row: int, element: Element) -> bool:
        """Put the cells of a row, and say whether there were any."""
        column = 0
        filled = False
        for entry in element:
            if entry.tag not in _CELLS:
                continue
            repeated = _count(entry, f"{_TABLE}number-columns-repeated")
            cell = self._cell(entry, column)
            if cell != EMPTY:
                filled = filled or cell.kind != "covered"
                for place in range(column, column + min(repeated, MOST_COLUMNS + 1)):
                    grid.put(row, place, cell)
            column += repeated
        return filled

    def _cell(self, entry: Element, column: int) -> RawCell:
        kind = entry.get(f"{_OFFICE}value-type") or entry.get(f"{_CALC}value-type") or ""
        text = entry.get(f"{_OFFICE}string-value") or _paragraphs(entry)
        if entry.get(f"{_TABLE}formula") is not None:
            return RawCell(text, "formula")
        if entry.tag.endswith("covered-table-cell"):
            return RawCell(text, "covered")
        if _is_merged(entry):
            return RawCell(text, "merged")
        return self._typed(entry, kind, text, column)

    def _typed(self, entry: Element, kind: str, text: str, column: int) -> RawCell:
        match kind:
            case "date":
                return self._dates.cell(entry, entry.get(f"{_OFFICE}date-value", ""), column)
            case "float" | "currency" | "percentage":
                return number_cell(entry.get(f"{_OFFICE}value", ""))
            case "error" | "boolean":
                return RawCell(text, "error" if kind == "error" else "boolean")
            case _:
                return text_cell(text)


def _is_merged(entry: Element) -> bool:
    spans = (f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned")
    return any(_count(entry, span) > 1 for span in spans)


def _count(element: Element, attribute: str) -> int:
    written = element.get(attribute, "1")
    # Longer is more than any sheet has; Python refuses to convert very long numbers.
    return max(1, int(written[:9])) if written.isdecimal() else 1


def _paragraphs(entry: Element) -> str:
    """Join the paragraphs of a cell; a note that hangs on it is not one of them."""
    return "\n".join(_inner(part) for part in entry if part.tag == f"{_TEXT}p")


def _inner(element: Element) -> str:
    pieces = [element.text or ""]
    for part in element:
        if part.tag == f"{_TEXT}s":
            pieces.append(" " * min(_count(part, f"{_TEXT}c"), LONGEST_LINE))
        elif part.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif part.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif part.tag != f"{_OFFICE}annotation":
            pieces.append(_inner(part))
        pieces.append(part.tail or "")
    return "".join(pieces)
