"""What the sheets about the deal, its parties and its money say together.

Every function is pure and looks only at what could be read: what lacks was found before.
"""

from collections import defaultdict
from collections.abc import Iterator

from noaber.core.address import Address, AddressError
from noaber.core.finding import Finding
from noaber.core.notation import amount, partial
from noaber.deals.rules import RESERVED_CODES
from noaber.imports.faults import FAULTS
from noaber.imports.rules import Row, Sheets

_UNIQUE = (
    ("party", "number", ()),
    ("pillar", "position", ()),
    ("board", "position", ()),
    ("contact", "position", ()),
    ("theme", "position", ("pillar",)),
    ("result", "position", ("pillar",)),
    ("tranche", "position", ()),
)
"""Numbers that count something: no two rows of a kind, within another field, have the same."""

_PERIODS = (
    ("deal", "starts", "ends"),
    ("party", "since", "until"),
    ("seat", "since", "until"),
    ("project", "starts", "ends"),
)
_COUNTRY_LENGTH = 2


def check_deal(sheets: Sheets) -> Iterator[Finding]:
    """Find what contradicts itself in the deal, its parties and its contributions."""
    yield from deal_codes(sheets)
    yield from periods(sheets)
    yield from countries(sheets)
    yield from unique_numbers(sheets)
    yield from contributions_without_payer(sheets)
    yield from unequal_keys(sheets)
    yield from instalments_beyond_contribution(sheets)
    yield from no_municipalities(sheets)


def deal_codes(sheets: Sheets) -> Iterator[Finding]:
    """The code of a deal stands in every address of a figure, and opens its part of the site."""
    for deal in sheets.of("deal"):
        if deal.get("code") in RESERVED_CODES:
            yield FAULTS["F-82"].at(deal.cell("code"), text=deal["code"])
        elif deal.knows("code"):
            try:
                Address(deal["code"], "awarded")
            except AddressError:
                yield FAULTS["F-60"].at(deal.cell("code"), text=deal["code"])


def periods(sheets: Sheets) -> Iterator[Finding]:
    """What ends does not end before it begins."""
    for kind, start, end in _PERIODS:
        for row in sheets.of(kind):
            if row.knows(start, end) and row[end].last_day < row[start].first_day:
                yield FAULTS["F-61"].at(
                    row.cell(end), start=partial(row[start]), end=partial(row[end])
                )


def countries(sheets: Sheets) -> Iterator[Finding]:
    """A country is a code of two capitals (ISO 3166-1)."""
    for row in sheets.of("organisation"):
        code = row.get("country")
        if code is None or (len(code) == _COUNTRY_LENGTH and code.isascii() and code.isupper()):
            continue
        yield FAULTS["F-62"].at(row.cell("country"), text=code)


def unique_numbers(sheets: Sheets) -> Iterator[Finding]:
    """Numbers that give an order are there once."""
    for kind, field, within in _UNIQUE:
        first: dict[tuple[object, ...], int] = {}
        for row in sheets.of(kind):
            if not row.knows(field) or any(name not in row.values for name in within):
                continue
            key = (row[field], *(row[name] for name in within))
            if key in first:
                what = "Nummer" if field == "number" else "Plaats"
                yield FAULTS["F-63"].at(
                    row.cell(field), what=what, number=row[field], first=first[key]
                )
            first.setdefault(key, row.number)


def contributions_without_payer(sheets: Sheets) -> Iterator[Finding]:
    """A contribution is of one party, or divided by keys; never both and never neither."""
    keys = sheets.of("contribution_key")
    divided = {key.get("contribution") for key in keys}
    # A key whose contribution could not be read may be of any of them.
    may_be_divided = any("contribution" not in key.values for key in keys)
    for row in sheets.of("contribution"):
        if "party" not in row.values or not row.knows("code"):
            continue
        if row["party"] is not None and row["code"] in divided:
            yield FAULTS["F-65"].at(row.cell("party"), code=row["code"])
        if row["party"] is None and row["code"] not in divided and not may_be_divided:
            yield FAULTS["F-64"].at(row.cell("party"), code=row["code"])


def unequal_keys(sheets: Sheets) -> Iterator[Finding]:
    """The keys of one contribution weigh the same thing on the same date, and weigh something."""
    for code, rows in _by(sheets.of("contribution_key"), "contribution").items():
        whole = [row for row in rows if row.knows("key", "unit", "measured")]
        for row in whole[1:]:
            if (row["unit"], row["measured"]) != (whole[0]["unit"], whole[0]["measured"]):
                yield FAULTS["F-67"].at(row.cell("unit"), code=code)
                break
        if len(whole) == len(rows) and not any(row["key"] for row in rows):
            yield FAULTS["F-66"].at(rows[0].cell("key"), code=code)


def instalments_beyond_contribution(sheets: Sheets) -> Iterator[Finding]:
    """Instalments together are no more than the contribution they are of."""
    instalments = _by(sheets.of("instalment"), "contribution")
    for row in sheets.of("contribution"):
        parts = [part for part in instalments.get(row.get("code"), []) if part.knows("amount")]
        total = sum(part["amount"] for part in parts)
        if row.knows("amount") and total > row["amount"]:
            yield FAULTS["F-68"].at(
                parts[-1].cell("amount"),
                code=row["code"],
                sum=amount(total),
                amount=amount(row["amount"]),
            )


def no_municipalities(sheets: Sheets) -> Iterator[Finding]:
    """A place of a project and an outline are of a municipality; told once per organisation."""
    others = {
        row["code"]
        for row in sheets.of("organisation")
        if row.knows("code", "kind") and row["kind"] != "municipality"
    }
    for kind, field in (("place", "municipality"), ("outline", "organisation")):
        for row in sheets.of(kind):
            if row.get(field) in others:
                others.remove(row[field])
                yield FAULTS["F-77"].at(row.cell(field), code=row[field])


def _by(rows: tuple[Row, ...], field: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.knows(field):
            grouped[row[field]].append(row)
    return grouped
