"""A deal as sheets to write: what `load` takes, and the same register after the round trip."""

from collections.abc import Mapping

from noaber.access.rules import Audience
from noaber.core.numbering import number_key
from noaber.imports.definitions import SheetDefinition, sheet_definitions
from noaber.imports.facts import Fact
from noaber.imports.register import facts
from noaber.imports.writing import format_value

SheetRows = Mapping[str, list[dict[str, str]]]


def exported(deal: str, revision: int, audience: Audience) -> SheetRows:
    """Rows per sheet name, each by column name, of a deal as known at a revision."""
    known = facts(deal, revision, audience)
    return {
        sheet.name: [
            _row(sheet, fact, revision)
            for fact in _ordered(list(known.get(sheet.kind, {}).values()))
        ]
        for sheet in sheet_definitions()
    }


def _ordered(found: list[Fact]) -> list[Fact]:
    """By position where a sheet has one (for keys: the order that decides ties), else as found."""
    if found and found[0].kind in ("project", "award", "progress", "place", "partner"):
        return sorted(found, key=lambda f: [number_key(part) for part in f.key])
    return found


def _row(sheet: SheetDefinition, fact: Fact, revision: int) -> dict[str, str]:
    values = dict(fact.values)
    if sheet.kind == "deal":
        values["base_revision"] = revision
    return {
        column.name: ""
        if values[column.field] is None
        else format_value(column, values[column.field])
        for column in sheet.columns
    }
