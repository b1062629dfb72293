"""What was copied from a spreadsheet, as texts by column: pure."""

import csv
from collections.abc import Iterator, Mapping, Sequence

from noaber.core.finding import Field, Finding, Refused
from noaber.core.notation import count
from noaber.imports.definitions import ColumnDefinition

MOST_LINES = 1_000
"""How many new rows a grid takes at once."""

Named = Mapping[str, Sequence[tuple[str, str]]]
"""Of a column that refers to another sheet: code and name of what it may refer to."""


def pasted(
    text: str, columns: Sequence[ColumnDefinition], named: Named, field: str
) -> tuple[Mapping[str, str], ...]:
    """The rows of a copied range, each by the columns it has; empty rows are left out.

    The first row may name the columns, in any order; else they are those of the grid from the
    first on. What people call something is replaced by its code. `field` is where the text was
    pasted.

    :raises Refused: with everything that is wrong with it.
    """
    try:
        lines = [line for line in _lines(text) if any(line)]
    except csv.Error as error:
        raise Refused(
            [_finding(field, "De tekst is niet te lezen als rijen en kolommen")]
        ) from error
    if not lines:
        raise Refused([_finding(field, "Er is niets geplakt")])
    head = _head(lines[0], columns)
    rows = lines[1:] if head else lines
    order = head or list(columns)
    wrong = [
        _finding(
            field,
            f"Rij {number} heeft {len(line)} kolommen; hier zijn er {len(order)}",
            "Kopieer alleen de kolommen van deze tabel, of neem de rij met kolomnamen mee.",
        )
        for number, line in enumerate(rows, 2 if head else 1)
        if len(line) > len(order)
    ]
    if len(rows) > MOST_LINES:
        wrong.append(too_many(len(rows), Field(field)))
    if wrong:
        raise Refused(wrong)
    return tuple(
        {c.name: coded(c, cell, named) for c, cell in zip(order, line, strict=False)}
        for line in rows
    )


def too_many(rows: int, where: Field | None = None) -> Finding:
    """What is said of more rows than can be filled in at once."""
    message = f"Dit zijn {count(rows)} nieuwe rijen; hoogstens {count(MOST_LINES)} tegelijk"
    return Finding("R-01", message, where, "Doe het in delen, of lees het in als werkboek.")


def coded(column: ColumnDefinition, text: str, named: Named) -> str:
    """The code of what a text names, when the column refers to something; else the text."""
    plain = " ".join(text.split()).casefold()
    pairs = named.get(column.name, ())
    if column.type != "reference" or any(code == text for code, _ in pairs):
        return text
    found = {code for code, name in pairs if plain in (code.casefold(), name.casefold())}
    return found.pop() if len(found) == 1 else text


def _lines(text: str) -> Iterator[list[str]]:
    """Cells as a spreadsheet copies them: tabs between them, quotes around what has lines."""
    for line in csv.reader(text.splitlines(keepends=True), delimiter="\t"):
        cells = [cell.strip() for cell in line]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _head(
    line: Sequence[str], columns: Sequence[ColumnDefinition]
) -> list[ColumnDefinition] | None:
    """The columns that a first row names; None when it names none, so that it is a row itself."""
    by_name = {_plain(c.name): c for c in columns}
    found = [by_name.get(_plain(cell)) for cell in line]
    known = [column for column in found if column is not None]
    return known if len(known) == len(line) == len({c.name for c in known}) else None


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def _finding(field: str, message: str, remedy: str = "") -> Finding:
    return Finding("R-02", message, Field(field), remedy)
