"""A deal as sheets to write: what `load` takes, and the same register after the round trip."""

from collections.abc import Mapping
from dataclasses import replace

from noaber.access.rules import Audience
from noaber.core.numbering import number_key
from noaber.imports.definitions import SheetDefinition, sheet_definitions
from noaber.imports.facts import SHARED, Fact, Facts, Key, only_in_sheets
from noaber.imports.register import facts
from noaber.imports.writing import format_value

ORGANISATIONS = ("organisation", "treasurer", "lead", "receiver", "municipality", "region")
"""Fields that name an organisation."""

SheetRows = Mapping[str, list[dict[str, str]]]


def exported(deal: str, revision: int, audience: Audience) -> SheetRows:
    """Rows per sheet name, each by column name, of a deal as known at a revision."""
    return rows_of(only_in_sheets(facts(deal, revision, audience)), revision)


def rows_of(known: Facts, revision: int) -> SheetRows:
    """Rows per sheet name, each by column name, of the facts of a deal."""
    own = of_this_deal(known)
    return {
        sheet.name: [
            _row(sheet, fact, revision) for fact in ordered(list(own.get(sheet.kind, {}).values()))
        ]
        for sheet in sheet_definitions()
    }


def of_this_deal(known: Facts) -> Facts:
    """Without what only other deals need; shared facts cite a source that this deal has."""
    sources = {fact["code"] for fact in known.get("source", {}).values()}
    own = {
        value
        for kind, of_kind in known.items()
        if kind not in SHARED
        for fact in of_kind.values()
        for name in ORGANISATIONS
        if (value := fact.values.get(name))
    }
    fallback = next((fact["source"] for fact in known.get("deal", {}).values()), None)
    found: dict[str, dict[Key, Fact]] = {}
    for kind, of_kind in known.items():
        found[kind] = kept = {}
        for key, fact in of_kind.items():
            cited = kind not in SHARED or fact["source"] in sources
            if cited:
                kept[key] = fact
            elif key[0] in own:
                kept[key] = replace(fact, values={**fact.values, "source": fallback})
    return found


def ordered(found: list[Fact]) -> list[Fact]:
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
