"""Reads one workbook in a process of its own, with little memory and time.

The bytes come in on standard input and the cells go out on standard output as JSON. A file that
brings this process down harms nothing else.
"""

import json
import resource
import sys
from typing import Any

from noaber.core.finding import Cell, Finding, Refused
from noaber.imports.limits import CHILD_CPU_SECONDS, CHILD_MEMORY
from noaber.imports.rules import RawCell, RawRow, RawSheet

TOO_HEAVY = 3
"""What the process ends with when the memory is not enough."""


def encoded(sheets: tuple[RawSheet, ...]) -> list[Any]:
    """Give sheets as JSON can hold them; a cell of plain text is only its text."""
    return [
        [sheet.name, sheet.broken, [_row(row) for row in sheet.rows], _findings(sheet.findings)]
        for sheet in sheets
    ]


def decoded(sheets: list[Any]) -> tuple[RawSheet, ...]:
    """Give back the sheets that were encoded."""
    return tuple(
        RawSheet(
            name=name,
            rows=tuple(RawRow(number, tuple(map(_cell, cells))) for number, cells in rows),
            findings=decoded_findings(findings),
            broken=broken,
        )
        for name, broken, rows, findings in sheets
    )


def decoded_findings(findings: list[Any]) -> tuple[Finding, ...]:
    """Give back the findings that were encoded."""
    return tuple(
        Finding(rule, message, None if where is None else Cell(*where), remedy)
        for rule, message, where, remedy in findings
    )


def _row(row: RawRow) -> list[Any]:
    cells = [cell.text if cell.kind == "text" else [cell.text, cell.kind] for cell in row.cells]
    return [row.number, cells]


def _cell(cell: Any) -> RawCell:
    return RawCell(cell) if isinstance(cell, str) else RawCell(*cell)


def _findings(findings: tuple[Finding, ...]) -> list[Any]:
    places = (
        [place.sheet, place.column, place.row] if isinstance(place, Cell) else None
        for place in (finding.where for finding in findings)
    )
    return [
        [finding.rule, finding.message, where, finding.remedy]
        for finding, where in zip(findings, places, strict=True)
    ]


def _read(content: bytes, name: str) -> dict[str, Any]:
    # Only here: reading the text of a file in the parent needs none of these.
    from defusedxml.common import DefusedXmlException

    from noaber.imports.container import open_workbook
    from noaber.imports.faults import FAULTS
    from noaber.imports.ods_file import read_ods
    from noaber.imports.xlsx_file import read_xlsx

    try:
        archive, kind = open_workbook(content, name)
        sheets = read_xlsx(archive, name) if kind == "xlsx" else read_ods(archive, name)
    except Refused as refusal:
        return {"refused": _findings(refusal.findings)}
    except DefusedXmlException:
        return {"refused": _findings((FAULTS["F-10"].at(None, name=name),))}
    return {"sheets": encoded(sheets)}


def main() -> int:
    """Read the workbook on standard input, whose name is the argument, and print its cells."""
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU_SECONDS, CHILD_CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        result = _read(sys.stdin.buffer.read(), sys.argv[1])
        sys.stdout.write(json.dumps(result))
    except MemoryError:
        return TOO_HEAVY
    return 0


if __name__ == "__main__":
    sys.exit(main())
