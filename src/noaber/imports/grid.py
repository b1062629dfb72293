"""Cells into sheets, with a limit on how many there may be and how far away."""

from collections.abc import Iterable
from decimal import Decimal
from math import isfinite

from noaber.core.finding import Cell, Finding, Refused, column_letter
from noaber.imports.faults import FAULTS
from noaber.imports.harmless import restored
from noaber.imports.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, MOST_SIGNS
from noaber.imports.rules import EMPTY, CellKind, RawCell, RawRow, RawSheet


class SheetStopped(Exception):
    """A sheet goes on beyond what is read; what is wrong is already noted."""


class Budget:
    """How much a whole file may still hold."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells = MOST_CELLS
        self._signs = MOST_SIGNS
        self._sheets = MOST_SHEETS

    def spend_sheet(self) -> None:
        """Count a sheet.

        :raises Refused: when the file holds too many.
        """
        self._sheets -= 1
        self._check("bladen", self._sheets, MOST_SHEETS)

    def spend_cell(self, text: str) -> None:
        """Count a cell that is not empty.

        :raises Refused: when the file holds too many, or too much text.
        """
        self._cells -= 1
        self._signs -= len(text)
        self._check("cellen", self._cells, MOST_CELLS)
        self._check("tekens", self._signs, MOST_SIGNS)

    def _check(self, what: str, left: int, limit: int) -> None:
        if left < 0:
            raise Refused([FAULTS["F-14"].at(None, name=self._name, what=what, limit=limit)])


class Grid:
    """A sheet that is being read; rows count from one, columns from zero."""

    def __init__(self, name: str, budget: Budget) -> None:
        budget.spend_sheet()
        self._name = name
        self._budget = budget
        self._rows: dict[int, dict[int, RawCell]] = {}
        self._findings: list[Finding] = []

    def put(self, row: int, column: int, cell: RawCell) -> None:
        """Keep a cell; an empty one costs nothing wherever it stands.

        :raises SheetStopped: when the cell is farther away than is read.
        :raises Refused: when the file holds too much.
        """
        if cell == EMPTY or (cell.kind == "text" and not cell.text.strip()):
            return
        if cell.kind == "covered" and (row > MOST_ROWS or column >= MOST_COLUMNS):
            return
        if row > MOST_ROWS:
            self._stop("F-12", row, column, MOST_ROWS)
        if column >= MOST_COLUMNS:
            self._stop("F-13", row, column, column_letter(MOST_COLUMNS - 1))
        self._budget.spend_cell(cell.text)
        self._rows.setdefault(row, {})[column] = cell

    def merge(self, rows: range, columns: range) -> None:
        """Mark cells as one merged cell, in as far as there is anything on the sheet."""
        few, many = sorted((rows, self._rows), key=len)
        for row in [row for row in few if row in many]:
            for column in columns[:MOST_COLUMNS]:
                first = row == rows[0] and column == columns[0]
                kind: CellKind = "merged" if first else "covered"
                text = self._rows[row].get(column, EMPTY).text
                self._rows[row][column] = RawCell(text, kind)

    def sheet(self) -> RawSheet:
        """Give what was read, without the empty rows."""
        return RawSheet(
            name=self._name,
            rows=tuple(
                RawRow(number, _dense(cells))
                for number, cells in sorted(self._rows.items())
                if any(cell.kind != "covered" for cell in cells.values())
            ),
            findings=tuple(self._findings),
            broken=bool(self._findings),
        )

    def _stop(self, rule: str, row: int, column: int, limit: object) -> None:
        where = Cell(self._name, column_letter(column), row)
        self._findings.append(FAULTS[rule].at(where, limit=limit))
        raise SheetStopped


def text_cell(text: str) -> RawCell:
    """Give a cell of text as a person wrote it."""
    plain = text.strip()
    return RawCell(restored(plain)) if plain else EMPTY


def number_cell(written: str) -> RawCell:
    """Give a number as a workbook stores it; the shortest text of it is what was typed."""
    try:
        value = float(written)
    except ValueError:
        return RawCell(written, "error")
    if not isfinite(value):
        return RawCell(written, "error")
    exact = Decimal(repr(value))
    plain = format(exact.to_integral_value() if exact == int(exact) else exact, "f")
    return RawCell(plain, "number")


def _dense(cells: dict[int, RawCell]) -> tuple[RawCell, ...]:
    return tuple(cells.get(column, EMPTY) for column in range(max(cells) + 1))


def rows_of_text(records: Iterable[tuple[int, list[str]]]) -> tuple[RawRow, ...]:
    """Give rows as a CSV file holds them; one of another length than the first is skewed.

    Empty columns past the end of the first row do not count.
    """
    rows: list[RawRow] = []
    width: int | None = None
    for number, fields in records:
        cells = tuple(text_cell(field) for field in fields)
        if all(cell == EMPTY for cell in cells):
            continue
        width = len(cells) if width is None else width
        extra = any(cell != EMPTY for cell in cells[width:])
        rows.append(RawRow(number, cells, skewed=extra or len(cells) < width))
    return tuple(rows)
