"""What the sheets about boards, decisions and forewords say together: pure."""

from collections.abc import Iterator, Mapping

from noaber.access.rules import PUBLIC_LABEL
from noaber.core.finding import Finding
from noaber.decisions.rules import advises
from noaber.imports.faults import FAULTS
from noaber.imports.rules import Row, Sheets


def check_decisions(sheets: Sheets) -> Iterator[Finding]:
    """Find what contradicts itself in boards, seats, forewords and decisions."""
    yield from replacements(sheets)
    yield from unsigned_forewords(sheets)
    yield from advice(sheets)


def replacements(sheets: Sheets) -> Iterator[Finding]:
    """A seat replaces one of the same board, whose term has ended by then."""
    seats: Mapping[str, Row] = {row.code: row for row in sheets.of("seat") if row.code}
    for row in sheets.of("seat"):
        other = seats.get(row.get("replaces") or "")
        if other is None or not row.code:
            continue
        parts = {"code": row.code, "other": other.code}
        if row.get("board") != other.get("board"):
            yield FAULTS["F-83"].at(row.cell("replaces"), **parts)
        elif _known(row, "since") and _known(other, "until") and not _follows(row, other):
            yield FAULTS["F-84"].at(row.cell("since"), **parts)


def _known(row: Row, field: str) -> bool:
    """Whether a value was read, also as left open: of what could not be read nothing follows."""
    return field in row.values


def _follows(row: Row, other: Row) -> bool:
    since, until = row["since"], other["until"]
    # A month counts from its last day, so “from May” follows “until May”.
    return bool(since and until and until.first_day < since.counts_from)


def unsigned_forewords(sheets: Sheets) -> Iterator[Finding]:
    """A foreword is signed by a board or in the words of who signs."""
    for row in sheets.of("foreword"):
        read = _known(row, "signed_by") and _known(row, "signed_as") and row.knows("tranche")
        if read and not (row["signed_by"] or row["signed_as"]):
            yield FAULTS["F-85"].at(row.cell("signed_as"), tranche=row["tranche"])


def advice(sheets: Sheets) -> Iterator[Finding]:
    """Advice on a proposal is never public, and nothing else has an opinion."""
    for row in sheets.of("decision"):
        if not all(_known(row, field) for field in ("kind", "proposal", "opinion", "readers")):
            continue
        if advises(row["kind"], row["proposal"] or ""):
            if row["readers"] == PUBLIC_LABEL:
                yield FAULTS["F-121"].at(row.cell("readers"))
        elif row["opinion"]:
            yield FAULTS["F-122"].at(row.cell("opinion"))
