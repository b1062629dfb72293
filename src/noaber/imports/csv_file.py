"""The cells of a CSV file: UTF-8, with commas or semicolons."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import PurePath

from noaber.core.finding import Cell, Refused, column_letter
from noaber.imports.faults import FAULTS
from noaber.imports.grid import Budget, rows_of_text
from noaber.imports.limits import LONGEST_LINE, MOST_COLUMNS, MOST_ROWS
from noaber.imports.rules import RawSheet


def read_csv(content: bytes, name: str, budget: Budget) -> RawSheet:
    """Read a sheet from the bytes of a CSV file; the sheet has the name of the file.

    What is wrong with the file stands in the sheet, which is then broken and has no rows.

    :raises Refused: when the folder as a whole holds more than the budget.
    """
    sheet = PurePath(name).stem
    try:
        text = _text(content, name, sheet)
        records = list(_records(text, name, sheet))
    except Refused as refusal:
        return RawSheet(sheet, findings=refusal.findings, broken=True)
    for _, fields in records:
        for field in fields:
            budget.spend_cell(field)
    return RawSheet(sheet, rows_of_text(records))


def _text(content: bytes, name: str, sheet: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refusal("F-15", sheet, line, name=name) from error
    # Only these end a line: the other ends that Python knows may stand in a text.
    for place, signs in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if "\0" in signs:
            raise _refusal("F-16", sheet, place, name=name)
        if len(signs) > LONGEST_LINE:
            raise _refusal("F-17", sheet, place, name=name, limit=LONGEST_LINE)
    return text


def _records(text: str, name: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows, numbered as a spreadsheet numbers them."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    if "\t" in header and not {",", ";"} & set(header):
        raise _refusal("F-19", sheet, 1, name=name)
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for fields in reader:
            number += 1
            if number > MOST_ROWS and any(fields):
                raise _refusal("F-12", sheet, number, limit=MOST_ROWS)
            if any(fields[MOST_COLUMNS:]):
                raise _refusal("F-13", sheet, number, limit=column_letter(MOST_COLUMNS - 1))
            yield number, fields
    except csv.Error as error:
        raise _refusal("F-18", sheet, number + 1, name=name) from error


def _refusal(rule: str, sheet: str, row: int, **parts: object) -> Refused:
    return Refused([FAULTS[rule].at(Cell(sheet, "A", row), line=row, **parts)])
