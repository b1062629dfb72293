"""Sheets to be written: names, columns and texts, ready for any kind of file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.imports.definitions import (
    EXPLANATION,
    ColumnDefinition,
    SheetDefinition,
    sheet_definitions,
)
from noaber.imports.harmless import harmless

_NUMBERS = frozenset(("amount", "integer", "decimal"))
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
_WORDS = {
    "text": "tekst",
    "code": "code",
    "number": "nummer zoals gedrukt",
    "amount": "bedrag in euro",
    "integer": "heel getal",
    "decimal": "getal",
    "date": "dag (31-12-2021), maand (2021-12) of jaar (2021)",
    "colour": "kleur",
    "outline": "omtrek",
    "address": "adres van een cijfer",
    "list": "lijst met ; ertussen",
    "website": "webadres",
    "mail": "e-mailadres van een kantoor",
    "logo": "logo als SVG",
}


@dataclass(frozen=True)
class Page:
    """A sheet to be written: a header and rows of text that no program runs as a formula."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[ColumnDefinition, ...] = ()


def pages(sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[Page, ...]:
    """Give the pages of sheets by name, each a list of texts by column name, in fixed order.

    :raises ValueError: for a sheet or column that is not defined.
    """
    definitions = sheet_definitions()
    unknown = set(sheets) - {definition.name for definition in definitions}
    if unknown:
        raise ValueError(f"these sheets are not defined: {sorted(unknown)}")
    return tuple(
        _page(definition, sheets[definition.name])
        for definition in definitions
        if definition.name in sheets
    )


def empty_pages() -> tuple[Page, ...]:
    """Give every sheet without rows."""
    return pages({definition.name: [] for definition in sheet_definitions()})


def explanation() -> Page:
    """Give the page that explains every sheet and column."""
    rows: list[tuple[str, ...]] = []
    for sheet in sheet_definitions():
        needed = "nee" if sheet.optional else "ja"
        rows.append((sheet.name, "", needed, "", sheet.about, ""))
        rows += [
            (
                sheet.name,
                column.name,
                "ja" if column.required else "nee",
                kind_in_words(column),
                column.about,
                column.example,
            )
            for column in sheet.columns
        ]
    header = ("blad", "kolom", "verplicht", "soort", "uitleg", "voorbeeld")
    safe = tuple(tuple(harmless(text) for text in row) for row in rows)
    return Page(EXPLANATION, header, safe)


def kind_in_words(column: ColumnDefinition) -> str:
    """Say what a column holds, for the person who fills it in."""
    if column.choices is not None:
        return f"keuze: {', '.join(column.choices)}"
    if column.to is not None:
        many = "verwijzingen met ; ertussen" if column.type == "list" else "verwijzing"
        return f"{many} naar het blad {column.to}"
    return _WORDS[column.type]


def note(column: ColumnDefinition) -> str:
    """Explain a column in the note that hangs on its header."""
    lines = [column.about, f"Soort: {kind_in_words(column)}."]
    lines.append("Verplicht." if column.required else "Mag leeg blijven.")
    if column.example:
        lines.append(f"Voorbeeld: {column.example}")
    return "\n".join(lines)


def _page(definition: SheetDefinition, rows: Sequence[Mapping[str, str]]) -> Page:
    names = tuple(column.name for column in definition.columns)
    for row in rows:
        unknown = set(row) - set(names)
        if unknown:
            raise ValueError(f"{definition.name} has no columns {sorted(unknown)}")
    return Page(
        name=definition.name,
        header=names,
        rows=tuple(
            tuple(_safe(column, row.get(column.name, "")) for column in definition.columns)
            for row in rows
        ),
        columns=definition.columns,
    )


def _safe(column: ColumnDefinition, text: str) -> str:
    """Make a text harmless; an amount below zero is a plain number and no formula."""
    if column.type in _NUMBERS and _PLAIN_NUMBER.fullmatch(text):
        return text
    return harmless(text)
