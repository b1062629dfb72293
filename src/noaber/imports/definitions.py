"""What each sheet and column is, from ``definitions/sheets.yaml``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from noaber.core.definitions import DEFINITIONS, DefinitionError, read_definition

EXPLANATION = "uitleg"
"""The sheet of a template that explains the others; it is not read."""

TYPES = frozenset(
    (
        *("text", "code", "number", "amount", "integer", "decimal", "date", "colour"),
        *("outline", "address", "list", "choice", "reference", "website", "mail", "logo"),
    )
)

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COLUMN_KEYS = {
    "name", "field", "type", "required", "about", "example", "to", "choices", "default",
}  # fmt: skip
_SHEET_KEYS = {"name", "kind", "about", "key", "columns", "single", "optional"}


@dataclass(frozen=True)
class ColumnDefinition:
    """A column: its Dutch name in the file, its English field in code and what it may hold.

    ``choices`` maps the Dutch word on the sheet to the English code. ``to`` is the sheet that a
    reference, or each item of a list, points at. ``default`` is written as on the sheet.
    """

    name: str
    field: str
    type: str
    about: str = ""
    example: str = ""
    required: bool = False
    default: str | None = None
    to: str | None = None
    choices: Mapping[str, str] | None = None

    @property
    def label(self) -> str:
        """The name of the column as a form or list shows it."""
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True)
class SheetDefinition:
    """A sheet: its Dutch name, the kind of its rows in code and its columns in order.

    ``key`` holds the Dutch names of the columns by which a row is recognised; a ``single`` sheet
    has exactly one row; an ``optional`` sheet may be left out.
    """

    name: str
    kind: str
    about: str
    key: tuple[str, ...]
    columns: tuple[ColumnDefinition, ...]
    single: bool = False
    optional: bool = False

    def column(self, name: str) -> ColumnDefinition | None:
        """Give the column with this Dutch name."""
        return next((column for column in self.columns if column.name == name), None)

    @cached_property
    def key_columns(self) -> tuple[ColumnDefinition, ...]:
        """The columns by which a row is recognised."""
        return tuple(column for column in self.columns if column.name in self.key)


@cache
def sheet_definitions() -> tuple[SheetDefinition, ...]:
    """Give the sheets of a deal in order, read once.

    :raises DefinitionError: when the definitions cannot be used.
    """
    return load_definitions(DEFINITIONS / "sheets.yaml")


def sheet_named(name: str) -> SheetDefinition:
    """Give the sheet with this Dutch name.

    :raises KeyError: when there is none.
    """
    return {sheet.name: sheet for sheet in sheet_definitions()}[name]


def load_definitions(path: Path) -> tuple[SheetDefinition, ...]:
    """Read the definitions of sheets from a file.

    :raises DefinitionError: when the file cannot be read as such, naming what is wrong.
    """
    content = read_definition(path)
    if not isinstance(content, dict) or not isinstance(content.get("sheets"), list):
        raise DefinitionError(f"{path.name} has no list of sheets")
    sheets = tuple(_sheet(entry) for entry in content["sheets"])
    _check_unique("sheet", [sheet.name for sheet in sheets])
    _check_unique("kind", [sheet.kind for sheet in sheets])
    for sheet, column in _all_columns(sheets):
        if column.to is not None and column.to not in {other.name for other in sheets}:
            raise DefinitionError(f"{sheet.name}.{column.name} refers to sheet {column.to!r}")
    return sheets


def _all_columns(
    sheets: tuple[SheetDefinition, ...],
) -> Iterator[tuple[SheetDefinition, ColumnDefinition]]:
    return ((sheet, column) for sheet in sheets for column in sheet.columns)


def _sheet(entry: Any) -> SheetDefinition:
    _check_keys(entry, _SHEET_KEYS, "a sheet")
    name = _name(entry, "name", "a sheet")
    if name == EXPLANATION:
        raise DefinitionError(f"the sheet {name} is kept for the explanation")
    columns = tuple(_column(column, name) for column in _flattened(entry.get("columns"), name))
    _check_unique(f"column of {name}", [column.name for column in columns])
    _check_unique(f"field of {name}", [column.field for column in columns])
    key = tuple(entry.get("key") or ())
    if not key or not set(key) <= {column.name for column in columns}:
        raise DefinitionError(f"the key of {name} is not one or more of its columns: {key}")
    return SheetDefinition(
        name=name,
        kind=_name(entry, "kind", name),
        about=_text(entry, "about", name),
        key=key,
        columns=columns,
        single=_flag(entry, "single", name),
        optional=_flag(entry, "optional", name),
    )


def _column(entry: Any, sheet: str) -> ColumnDefinition:
    _check_keys(entry, _COLUMN_KEYS, f"a column of {sheet}")
    name = _name(entry, "name", f"a column of {sheet}")
    place = f"{sheet}.{name}"
    kind = entry.get("type")
    if kind not in TYPES:
        raise DefinitionError(f"{place} has the unknown type {kind!r}")
    if ("to" in entry) != (kind == "reference") and kind != "list":
        raise DefinitionError(f"{place}: “to” goes with a reference or a list of references")
    if ("choices" in entry) != (kind == "choice"):
        raise DefinitionError(f"{place}: “choices” go with a choice, and only with one")
    choices = _choices(entry["choices"], place) if kind == "choice" else None
    default = _text(entry, "default", place) if "default" in entry else None
    if choices is not None and default is not None and default not in choices:
        raise DefinitionError(f"{place} has a default that is no choice: {default!r}")
    return ColumnDefinition(
        name=name,
        field=_name(entry, "field", place),
        type=kind,
        about=_text(entry, "about", place),
        example=_text(entry, "example", place) if "example" in entry else "",
        required=_flag(entry, "required", place),
        default=default,
        to=entry.get("to"),
        choices=choices,
    )


def _flattened(entries: Any, sheet: str) -> list[Any]:
    """Take a list that may hold shared lists of columns."""
    if not isinstance(entries, list) or not entries:
        raise DefinitionError(f"{sheet} has no columns")
    return [
        column for entry in entries for column in (entry if isinstance(entry, list) else [entry])
    ]


def _choices(entry: Any, place: str) -> Mapping[str, str]:
    pairs = entry.items() if isinstance(entry, dict) else ()
    if not pairs or not all(isinstance(part, str) and part for pair in pairs for part in pair):
        raise DefinitionError(f"{place} has no choices, or choices that are not texts")
    _check_unique(f"choice of {place}", [word.casefold() for word in entry])
    _check_unique(f"choice of {place}", list(entry.values()))
    return dict(entry)


def _check_keys(entry: Any, allowed: set[str], place: str) -> None:
    if not isinstance(entry, dict):
        raise DefinitionError(f"{place} is not a mapping: {entry!r}")
    unknown = sorted(set(map(str, entry)) - allowed)
    if unknown:
        raise DefinitionError(f"{place} ({entry.get('name')}) has unknown parts: {unknown}")


def _check_unique(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DefinitionError(f"{what} is there twice: {', '.join(twice)}")


def _name(entry: dict[str, Any], part: str, place: str) -> str:
    value = entry.get(part)
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise DefinitionError(f"{place} has no usable {part}: {value!r}")
    return value


def _text(entry: dict[str, Any], part: str, place: str) -> str:
    value = entry.get(part)
    # YAML reads 2023-12-31 as a date; on the sheet it is that same text.
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or not value:
        raise DefinitionError(f"{place} has no text for {part}, perhaps quotes are missing")
    return value


def _flag(entry: dict[str, Any], part: str, place: str) -> bool:
    value = entry.get(part, False)
    if not isinstance(value, bool):
        raise DefinitionError(f"{place}: {part} is true or false, not {value!r}")
    return value
