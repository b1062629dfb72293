"""What the sheets about themes and about measured results say together.

Every function is pure and looks only at what could be read: what lacks was found before.
"""

from collections.abc import Iterator

from noaber.core.finding import Finding
from noaber.core.notation import partial
from noaber.imports.faults import FAULTS
from noaber.imports.rules import Row, Sheets
from noaber.indicators.rules import COUNTED


def check_results(sheets: Sheets) -> Iterator[Finding]:
    """Find what contradicts itself in themes of projects and measurements of results."""
    yield from themes_of_others(sheets)
    yield from themes_twice(sheets)
    yield from results_of_others(sheets)
    yield from other_units(sheets)
    yield from broken_counts(sheets)
    yield from mixed_sums(sheets)
    yield from unclear_which_counts(sheets)


def themes_of_others(sheets: Sheets) -> Iterator[Finding]:
    """A project serves themes of its own pillar, of one it crosses over to, or of all pillars."""
    pillars = {
        row["code"]: row["pillar"] for row in sheets.of("theme") if row.knows("code", "pillar")
    }
    crossed = {(row.get("project"), row.get("pillar")) for row in sheets.of("cross_over")}
    for row in sheets.of("project"):
        for theme in row.get("themes") or ():
            pillar = pillars.get(theme)
            if (
                row.knows("pillar")
                and pillar not in (None, row["pillar"])
                and ((row.code, pillar) not in crossed)
            ):
                yield FAULTS["F-93"].at(row.cell("themes"), code=theme, pillar=pillar)


def themes_twice(sheets: Sheets) -> Iterator[Finding]:
    """A theme is named once."""
    for row in sheets.of("project"):
        themes = row.get("themes") or ()
        for theme in dict.fromkeys(t for t in themes if themes.count(t) > 1):
            yield FAULTS["F-94"].at(row.cell("themes"), code=theme)


def results_of_others(sheets: Sheets) -> Iterator[Finding]:
    """A measurement measures a result of its own pillar."""
    for row, result in _measuring(sheets):
        if row.knows("pillar") and result.get("pillar") not in (None, row["pillar"]):
            yield FAULTS["F-95"].at(
                row.cell("result"), code=result["code"], pillar=result["pillar"]
            )


def other_units(sheets: Sheets) -> Iterator[Finding]:
    """What is counted for a result is what the result counts."""
    for row, result in _measuring(sheets):
        if row.knows("unit") and result.knows("unit") and not _same(row["unit"], result["unit"]):
            yield FAULTS["F-96"].at(
                row.cell("unit"), unit=row["unit"], code=result["code"], wanted=result["unit"]
            )


def broken_counts(sheets: Sheets) -> Iterator[Finding]:
    """Of what is counted or delivered there is a whole number, and no less than none."""
    for row, result in _measuring(sheets):
        value = row.get("value")
        counted = result.get("kind") in ("count", "delivery")
        if value is not None and counted and (value != int(value) or value < 0):
            yield FAULTS["F-97"].at(row.cell("value"), code=result["code"])


def mixed_sums(sheets: Sheets) -> Iterator[Finding]:
    """The figures of one result all add up, or none does."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for row, result in _that_count(sheets):
        code = result["code"]
        if first.setdefault(code, row["combines"]) != row["combines"] and code not in told:
            told.add(code)
            yield FAULTS["F-98"].at(row.cell("combines"), code=code)


def unclear_which_counts(sheets: Sheets) -> Iterator[Finding]:
    """Of the figures of a result, or of each project where they add up, one is the latest."""
    first: dict[tuple[object, ...], int] = {}
    for row, result in _that_count(sheets):
        if "as_of" not in row.values or "project" not in row.values:
            continue
        of = row["project"] if row["combines"] == "sum" else None
        as_of = row["as_of"]
        key = (result["code"], of, as_of.counts_from if as_of else None)
        if key in first:
            yield FAULTS["F-99"].at(
                row.cell("as_of"),
                code=result["code"],
                date=f"met peildatum {partial(as_of)}" if as_of else "zonder peildatum",
                first=first[key],
            )
        first.setdefault(key, row.number)


def _measuring(sheets: Sheets) -> Iterator[tuple[Row, Row]]:
    """Give measurements that name a result, with that result."""
    results = {row["code"]: row for row in sheets.of("result") if row.knows("code")}
    for row in sheets.of("measurement"):
        if row.get("result") in results:
            yield row, results[row["result"]]


def _that_count(sheets: Sheets) -> Iterator[tuple[Row, Row]]:
    """Give those that can count for their result: not planned, of the deal's own area."""
    for row, result in _measuring(sheets):
        known = row.knows("value", "status", "scope", "combines")
        if known and row["status"] in COUNTED and row["scope"] == "own":
            yield row, result


def _same(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()
