"""Which sheet and column of a file is which, and what is wrong with their names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from noaber.core.finding import Cell, Finding, column_letter
from noaber.imports.definitions import ColumnDefinition, SheetDefinition
from noaber.imports.faults import FAULTS, suggestion
from noaber.imports.rules import Book, RawRow, RawSheet


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known.

    ``columns`` maps places counted from zero to the column there; ``lacking`` holds the fields
    whose column is not there although it should be.
    """

    definition: SheetDefinition
    rows: tuple[RawRow, ...]
    columns: Mapping[int, ColumnDefinition]
    lacking: frozenset[str]


@dataclass(frozen=True)
class Arranged:
    """The tables of a book, and the names of sheets of which not all rows are known."""

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    uncertain: frozenset[str]


def arrange(book: Book, definitions: Sequence[SheetDefinition]) -> Arranged:
    """Match the sheets and columns of a book with their definitions."""
    by_name = {definition.name: definition for definition in definitions}
    there = {_plain(raw.name) for raw in book.sheets}
    absent = [name for name in by_name if name not in there]
    tables: dict[str, Table] = {}
    findings: list[Finding] = []
    uncertain: set[str] = set()
    for raw in book.sheets:
        definition = by_name.get(_plain(raw.name))
        if definition is None:
            if raw.rows or raw.findings:
                meant = _near(raw.name, absent)
                uncertain |= {meant} if meant else set()
                findings.append(_unknown("F-21", raw.name, meant, _top(raw.name)))
        elif definition.name in tables:
            findings.append(FAULTS["F-23"].at(_top(raw.name), name=raw.name))
            uncertain.add(definition.name)
        else:
            table, found = _table(raw, definition)
            tables[definition.name] = table
            findings += found
            if raw.broken or not table.columns:
                uncertain.add(definition.name)
    for name in absent:
        if not by_name[name].optional and name not in uncertain:
            findings.append(FAULTS["F-22"].at(_top(name), name=name))
            uncertain.add(name)
    ordered = tuple(tables[name] for name in by_name if name in tables)
    return Arranged(ordered, tuple(findings), frozenset(uncertain))


def _table(raw: RawSheet, definition: SheetDefinition) -> tuple[Table, list[Finding]]:
    findings = list(raw.findings)
    if not raw.rows:
        if not raw.broken:
            findings.append(FAULTS["F-24"].at(_top(raw.name)))
        return Table(definition, (), {}, frozenset()), findings
    header, *rows = raw.rows
    columns, lacking, found = _columns(raw.name, header, definition)
    findings += found
    findings += _nameless(raw.name, header, rows)
    if definition.single and not raw.broken and columns:
        findings += _not_one(raw.name, header, rows)
    return Table(definition, tuple(rows), columns, lacking), findings


def _columns(
    sheet: str, header: RawRow, definition: SheetDefinition
) -> tuple[dict[int, ColumnDefinition], frozenset[str], list[Finding]]:
    by_name = {column.name: column for column in definition.columns}
    there = {_plain(cell.text) for cell in header.cells}
    absent = [name for name in by_name if name not in there]
    columns: dict[int, ColumnDefinition] = {}
    lacking: set[str] = set()
    findings: list[Finding] = []
    for place, cell in enumerate(header.cells):
        name = _plain(cell.text)
        where = Cell(sheet, column_letter(place), header.number)
        if cell.kind in ("formula", "merged"):
            findings.append(FAULTS["F-32" if cell.kind == "formula" else "F-33"].at(where))
        elif name in by_name and by_name[name] in columns.values():
            findings.append(FAULTS["F-27"].at(where, name=name))
        elif name in by_name:
            columns[place] = by_name[name]
        elif name:
            meant = _near(cell.text, absent)
            lacking |= {by_name[meant].field} if meant else set()
            findings.append(_unknown("F-25", cell.text, meant, where))
    for name in absent:
        column = by_name[name]
        if column.required and column.field not in lacking:
            findings.append(FAULTS["F-26"].at(Cell(sheet, "A", header.number), name=name))
            lacking.add(column.field)
    return columns, frozenset(lacking), findings


def _nameless(sheet: str, header: RawRow, rows: Sequence[RawRow]) -> Iterator[Finding]:
    """Find values in columns without a name, once per column."""
    found: set[int] = set()
    for row in rows:
        if row.skewed:
            count = max((place for place, cell in enumerate(row.cells, 1) if cell.text), default=0)
            where = Cell(sheet, "A", row.number)
            given = max(count, len(header.cells) + 1) if count > len(header.cells) else count
            yield FAULTS["F-28"].at(where, count=given, columns=len(header.cells))
            continue
        for place, cell in enumerate(row.cells):
            is_value = cell.text or cell.kind == "formula"
            if is_value and not header.cell(place).text and place not in found:
                found.add(place)
                yield FAULTS["F-29"].at(Cell(sheet, column_letter(place), row.number))


def _not_one(sheet: str, header: RawRow, rows: Sequence[RawRow]) -> list[Finding]:
    if not rows:
        return [FAULTS["F-30"].at(Cell(sheet, "A", header.number + 1))]
    if len(rows) > 1:
        return [FAULTS["F-31"].at(Cell(sheet, "A", rows[1].number))]
    return []


def _unknown(rule: str, name: str, meant: str | None, where: Cell) -> Finding:
    return FAULTS[rule].at(where, name=name, hint=suggestion(meant))


def _near(name: str, candidates: Sequence[str]) -> str | None:
    """Find the name that was probably meant, among those that are not there yet."""
    squeezed = {_squeezed(candidate): candidate for candidate in candidates}
    near = get_close_matches(_squeezed(name), squeezed, n=1, cutoff=0.75)
    return squeezed[near[0]] if near else None


def _squeezed(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _plain(name: str) -> str:
    return name.strip().casefold()


def _top(sheet: str) -> Cell:
    return Cell(sheet, "A", 1)
