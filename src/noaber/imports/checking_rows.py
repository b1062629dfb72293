"""The values of rows, each cell on its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from noaber.core.finding import Cell, Finding, column_letter
from noaber.imports.definitions import SheetDefinition
from noaber.imports.faults import FAULTS
from noaber.imports.rules import EMPTY, RawRow, Row
from noaber.imports.tables import Table
from noaber.imports.values import Mistake, format_value, parse_value


@dataclass(frozen=True)
class Draft:
    """A row that is being checked: what could be read, and the text of each cell as it stands.

    ``spoilt`` holds the fields in which a spreadsheet made a number or date of what was typed.
    """

    definition: SheetDefinition
    row: Row
    texts: Mapping[str, str]
    spoilt: frozenset[str] = frozenset()

    def lacks(self, field: str) -> bool:
        """Whether the value could not be read; a value left open is no lack."""
        return field not in self.row.values


def read_rows(table: Table) -> tuple[list[Draft], list[Finding]]:
    """Read the rows of a table, with a finding for every cell that cannot be read."""
    drafts: list[Draft] = []
    findings: list[Finding] = []
    for raw in table.rows:
        draft, found = _read_row(table, raw)
        drafts.append(draft)
        findings += found
    # The rows after the first of a single sheet were found already; nothing follows from them.
    return (drafts[:1] if table.definition.single else drafts), findings


def _read_row(table: Table, raw: RawRow) -> tuple[Draft, list[Finding]]:
    definition = table.definition
    values: dict[str, Any] = {}
    cells: dict[str, Cell] = {}
    texts: dict[str, str] = {}
    spoilt: set[str] = set()
    findings: list[Finding] = []
    for place, column in table.columns.items():
        cell = raw.cell(place)
        where = Cell(definition.name, column_letter(place), raw.number)
        cells[column.field] = where
        texts[column.field] = cell.text
        if raw.skewed or cell.kind == "covered":
            continue
        try:
            values[column.field] = parse_value(column, cell)
        except Mistake as mistake:
            findings.append(FAULTS[mistake.rule].at(where, **mistake.parts))
            if mistake.rule in ("F-36", "F-37"):
                spoilt.add(column.field)
    for column in definition.columns:
        if column.field not in cells and column.field not in table.lacking:
            values[column.field] = parse_value(column, EMPTY)
    row = Row(definition.name, raw.number, values, cells, _code(definition, values))
    return Draft(definition, row, texts, frozenset(spoilt)), findings


def _code(definition: SheetDefinition, values: Mapping[str, Any]) -> str:
    """Join the key by dashes, without what is left open; empty when part could not be read."""
    if any(column.field not in values for column in definition.key_columns):
        return ""
    written = (format_value(column, values[column.field]) for column in definition.key_columns)
    return "-".join(part for part in written if part)
