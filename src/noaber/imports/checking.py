"""Everything that is wrong with a deal as it came in, found at once."""

from collections.abc import Sequence

from noaber.core.finding import Cell, Finding, Refused
from noaber.imports.checking_deal import check_deal
from noaber.imports.checking_decisions import check_decisions
from noaber.imports.checking_programme import check_programme
from noaber.imports.checking_references import ALL_SEEN, References, Sight, without_doubles
from noaber.imports.checking_results import check_results
from noaber.imports.checking_rows import Draft, read_rows
from noaber.imports.checking_treasury import check_treasury
from noaber.imports.definitions import SheetDefinition, sheet_definitions
from noaber.imports.rules import Book, Sheets
from noaber.imports.tables import Arranged, arrange


def check(
    book: Book,
    definitions: Sequence[SheetDefinition] | None = None,
    *,
    sight: Sight = ALL_SEEN,
) -> Sheets:
    """Give the rows of a deal with typed values, when nothing is wrong.

    What is not within `sight` is not suggested, and cannot be referred to.

    :raises Refused: with all findings, in the order of sheets, rows and columns.
    """
    definitions = sheet_definitions() if definitions is None else definitions
    arranged = arrange(book, definitions)
    sheets, findings = _checked(arranged, definitions, sight)
    findings += check_deal(sheets)
    findings += check_decisions(sheets)
    findings += check_programme(sheets)
    findings += check_results(sheets)
    findings += check_treasury(sheets)
    if findings:
        raise Refused(_in_order(findings, [definition.name for definition in definitions]))
    return sheets


def _checked(
    arranged: Arranged, definitions: Sequence[SheetDefinition], sight: Sight
) -> tuple[Sheets, list[Finding]]:
    findings = list(arranged.findings)
    everything: dict[str, list[Draft]] = {}
    for table in arranged.tables:
        everything[table.definition.name], found = read_rows(table)
        findings += found
    references = References(definitions, everything, arranged.uncertain, sight)
    drafts: dict[str, list[Draft]] = {}
    for name, rows in everything.items():
        drafts[name], doubles = without_doubles(rows)
        for double in doubles:
            findings += references.told(*double)
        for place, draft in enumerate(drafts[name]):
            drafts[name][place], found = references.check(draft)
            findings += found
    findings += references.absences()
    kinds = {definition.name: definition.kind for definition in definitions}
    uncertain = frozenset(kinds[name] for name in arranged.uncertain)
    rows_by_kind = {
        kinds[name]: tuple(draft.row for draft in rows) for name, rows in drafts.items()
    }
    return Sheets(rows_by_kind, frozenset(rows_by_kind) - uncertain), findings


def _in_order(findings: list[Finding], sheets: Sequence[str]) -> list[Finding]:
    """Put findings in the order in which a person goes through the file."""
    places = {name: place for place, name in enumerate(sheets)}

    def place(finding: Finding) -> tuple[int, str, int, int, str]:
        where = finding.where
        if not isinstance(where, Cell):
            return (-1, "", 0, 0, "")
        known = places.get(where.sheet.strip().casefold(), len(places))
        return (known, where.sheet, where.row, len(where.column), where.column)

    return sorted(findings, key=place)
