"""Facts as the sheets hold them, whether they come from a file or from the register: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from noaber.core.finding import Cell
from noaber.imports.definitions import SheetDefinition, sheet_definitions
from noaber.imports.rules import Row, Sheets
from noaber.record.rules import Evidence

T = TypeVar("T")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A row of a kind: values by field as its sheet has them, None for what is left open.

    `erased` says that the register once held a personal value here, which was erased.
    """

    kind: str
    key: Key
    values: Mapping[str, Any]
    where: Mapping[str, Cell] = field(default_factory=dict, compare=False)
    evidence: Evidence = field(default=Evidence(), compare=False)
    erased: bool = False

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


SHARED = frozenset({"organisation", "outline", "indicator", "observation"})
"""Kinds that all deals share. Another deal's rows are not missing from this deal's file, and each
deal may cite its own source for the same fact."""

CITATION = frozenset({"source", "locator"})

Facts = Mapping[str, Mapping[Key, Fact]]
"""Facts by kind and key."""


@dataclass(frozen=True)
class Change:
    """A fact that is new, or what changes in it: old and new value per field."""

    fact: Fact
    before: Fact | None
    changed: Mapping[str, tuple[Any, Any]]


def definition(kind: str) -> SheetDefinition:
    """The sheet that holds facts of this kind."""
    return next(sheet for sheet in sheet_definitions() if sheet.kind == kind)


def of_sheets(sheets: Sheets, origin: str) -> Facts:
    """The facts of a checked file; `origin` names the upload, cells are added to it."""
    found: dict[str, dict[Key, Fact]] = {}
    for kind, rows in sheets.rows.items():
        of_kind = found.setdefault(kind, {})
        for row in rows:
            fact = _of_row(kind, row, origin)
            of_kind[fact.key] = fact
    return found


def of_values(kind: str, values: Mapping[str, Any], evidence: Evidence) -> Fact:
    """A fact of the register, from values by field name; what is empty is left open."""
    columns = definition(kind).columns
    cleaned = {c.field: _open(values.get(c.field)) for c in columns}
    cleaned |= {
        n: v
        for n, v in (("source", evidence.source), ("locator", evidence.locator))
        if n in cleaned
    }
    cleaned = {name: _open(value) for name, value in cleaned.items()}
    erased = bool(values.get("erased"))
    return Fact(kind, _key(kind, cleaned), cleaned, {}, evidence, erased)


def changes(new: Facts, old: Facts) -> tuple[Change, ...]:
    """What a file would change, in the order of the sheets: new facts and differing ones."""
    found = []
    for sheet in sheet_definitions():
        known = old.get(sheet.kind, {})
        for key, fact in new.get(sheet.kind, {}).items():
            before = known.get(key)
            if before is None:
                found.append(Change(fact, None, {}))
                continue
            skipped = CITATION if sheet.kind in SHARED else {"base_revision"}
            changed = {
                name: (before.values.get(name), value)
                for name, value in fact.values.items()
                if not _same(before.values.get(name), value) and name not in skipped
            }
            if changed:
                found.append(Change(fact, before, changed))
    return tuple(found)


def gone(new: Facts, old: Facts, present: Iterable[str]) -> tuple[Fact, ...]:
    """Facts of the register that the file no longer has, of the kinds whose sheet is there."""
    return tuple(
        fact
        for kind in sorted(present)
        for key, fact in old.get(kind, {}).items()
        if key not in new.get(kind, {})
    )


def as_value(cls: type[T], fact: Fact, **given: Any) -> T:
    """A fact as a value of a feature: fields by name, what is open as the field's default or ""."""
    values = dict(given)
    for f in fields(cls):  # type: ignore[arg-type]
        if f.name == "evidence":
            values.setdefault("evidence", fact.evidence)
        elif f.name not in values and fact.values.get(f.name) is not None:
            values[f.name] = fact.values[f.name]
        elif f.name not in values and f.default is f.default_factory:
            values[f.name] = ""
    return cls(**values)


def _of_row(kind: str, row: Row, origin: str) -> Fact:
    values = {c.field: _open(row.get(c.field)) for c in definition(kind).columns}
    cell = row.cells.get("amount") or next(iter(row.cells.values()), None)
    place = f"{origin}/{cell.sheet}!{cell.column}{cell.row}" if cell else origin
    evidence = Evidence(values.get("source") or "", values.get("locator") or "", place)
    return Fact(kind, _key(kind, values), values, row.cells, evidence)


def _key(kind: str, values: Mapping[str, Any]) -> Key:
    return tuple(
        "" if values[c.field] is None else str(values[c.field])
        for c in definition(kind).key_columns
    )


def _open(value: Any) -> Any:
    return None if value in ("", (), []) else value


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(_same(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(old, float) or isinstance(new, float):
        return Decimal(str(old)) == Decimal(str(new))
    return bool(old == new)


READERS = "readers"
"""The column that says who may read a fact."""


def in_sheets(fact: Fact) -> bool:
    """Whether a sheet can hold a fact: not when who may read it is not among its choices."""
    labels = _labels(fact.kind)
    return labels is None or fact.values.get(READERS) in labels


@cache
def _labels(kind: str) -> frozenset[str] | None:
    """For whom facts of a kind can be, on its sheet; None when the sheet does not say."""
    column = next((c for c in definition(kind).columns if c.field == READERS), None)
    return None if column is None else frozenset((column.choices or {}).values())


def only_in_sheets(found: Facts) -> Facts:
    """The facts that sheets can hold; others are for one organisation and come in otherwise."""
    return {
        kind: {key: fact for key, fact in of_kind.items() if in_sheets(fact)}
        for kind, of_kind in found.items()
    }
