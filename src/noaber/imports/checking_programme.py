"""What the sheets about projects, tranches, awards and results say together.

Every function is pure and looks only at what could be read: what lacks was found before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from noaber.core.dates import FIRST_YEAR, LAST_YEAR, PartialDate, parse_date
from noaber.core.finding import Finding
from noaber.core.money import parse_amount
from noaber.core.notation import amount, partial
from noaber.imports.faults import FAULTS
from noaber.imports.rules import Row, Sheets

_KINDS_OF_RESULT = {"count": "aantal", "delivery": "oplevering", "direction": "richting"}
_STATED_KINDS = {"amount": "bedrag", "count": "aantal", "date": "datum"}
_WITHIN_DEAL = (
    ("tranche", "decided", "Het besluit"),
    ("project", "since", "“sinds”"),
)


def check_programme(sheets: Sheets) -> Iterator[Finding]:
    """Find what contradicts itself in projects, awards, results and what sources state."""
    yield from outside_deal(sheets)
    yield from tranches_out_of_order(sheets)
    yield from circles(sheets)
    yield from awards_of_nothing(sheets)
    yield from awards_before_project(sheets)
    yield from reservations_below_awards(sheets)
    yield from own_partners(sheets)
    yield from own_pillars(sheets)
    yield from results_of_another_kind(sheets)
    yield from stated_values(sheets)
    yield from years(sheets)


def outside_deal(sheets: Sheets) -> Iterator[Finding]:
    """Nothing is decided before a deal starts or awarded after it ends."""
    for starts, ends in _terms(sheets):
        for kind, field, what in _WITHIN_DEAL:
            for row in sheets.of(kind):
                if row.knows(field) and not _in_deal(sheets, row[field]):
                    yield FAULTS["F-71"].at(
                        row.cell(field), what=what, start=partial(starts), end=partial(ends)
                    )


def tranches_out_of_order(sheets: Sheets) -> Iterator[Finding]:
    """A later tranche is not decided before an earlier one."""
    for before, row in _out_of_order(sheets):
        yield FAULTS["F-72"].at(
            row.cell("decided"),
            number=row["number"],
            decided=partial(row["decided"]),
            before=before["number"],
            earlier=partial(before["decided"]),
        )


def circles(sheets: Sheets) -> Iterator[Finding]:
    """No project is merged into, or paid from, itself by way of others."""
    for field, column in (("paid_from", "betaald_uit"), ("merged_into", "opgegaan_in")):
        projects = {row.code: row for row in sheets.of("project") if row.code}
        following = {code: row.get(field) for code, row in projects.items()}
        told: set[str] = set()
        for code, row in projects.items():
            circle = _circle(code, following)
            if circle and not told & circle:
                told |= circle
                yield FAULTS["F-73"].at(row.cell(field), code=code, column=column)


def awards_of_nothing(sheets: Sheets) -> Iterator[Finding]:
    """An award, a reservation or a release is more than nothing."""
    for kind in ("award", "reservation", "release"):
        for row in sheets.of(kind):
            if row.get("amount") == 0:
                yield FAULTS["F-74"].at(row.cell("amount"))


def awards_before_project(sheets: Sheets) -> Iterator[Finding]:
    """A project is part of the deal when it is awarded money; told once per project."""
    wrong = {row["number"] for _, row in _out_of_order(sheets)}
    since = {
        row.code: row["since"]
        for row in sheets.of("project")
        if row.knows("since") and _in_deal(sheets, row["since"])
    }
    decided = {
        row["number"]: row["decided"]
        for row in sheets.of("tranche")
        if row.knows("number", "decided")
        and row["number"] not in wrong
        and _in_deal(sheets, row["decided"])
    }
    for row in sheets.of("award"):
        begun, awarded = since.get(row.get("project")), decided.get(row.get("tranche"))
        if begun and awarded and awarded.counts_from < begun.counts_from:
            del since[row["project"]]
            yield FAULTS["F-69"].at(
                row.cell("tranche"), decided=partial(awarded), since=partial(begun)
            )


def reservations_below_awards(sheets: Sheets) -> Iterator[Finding]:
    """A reservation is the total for a whole project, with what is awarded of it and no decision
    took back; of several in one project the latest counts.
    """
    place = {r["number"]: r["position"] for r in sheets.of("tranche") if r.knows("position")}
    latest = {
        row["project"]: row
        for row in sorted(sheets.of("reservation"), key=lambda r: place.get(r.get("tranche"), 0))
        if row.knows("project", "amount")
    }
    awarded: dict[str, int] = defaultdict(int)
    for row in sheets.of("award"):
        if row.knows("project", "amount"):
            awarded[row["project"]] += row["amount"]
    for row in sheets.of("release"):
        if row.knows("project", "amount") and row.get("of") and row.get("decision"):
            awarded[row["project"]] -= row["amount"]
    for row in latest.values():
        if 0 < row["amount"] < awarded[row["project"]]:
            yield FAULTS["F-70"].at(
                row.cell("amount"),
                amount=amount(row["amount"]),
                sum=amount(awarded[row["project"]]),
            )


def own_partners(sheets: Sheets) -> Iterator[Finding]:
    """A partner takes part beside the lead partner."""
    leads = {row.code: row.get("lead") for row in sheets.of("project")}
    for row in sheets.of("partner"):
        if row.knows("project", "organisation") and (
            leads.get(row["project"]) == row["organisation"]
        ):
            yield FAULTS["F-75"].at(row.cell("organisation"))


def own_pillars(sheets: Sheets) -> Iterator[Finding]:
    """A cross-over ties a project to another pillar than its own."""
    pillars = {row.code: row.get("pillar") for row in sheets.of("project")}
    for row in sheets.of("cross_over"):
        if row.knows("project", "pillar") and pillars.get(row["project"]) == row["pillar"]:
            yield FAULTS["F-76"].at(row.cell("pillar"), code=row["pillar"])


def results_of_another_kind(sheets: Sheets) -> Iterator[Finding]:
    """Only a direction rises or falls, and a direction has no number to reach."""
    for row in sheets.of("result"):
        kind = row.get("kind")
        for field, column, fits in (
            ("direction", "richting", kind == "direction"),
            ("target", "doelwaarde", kind != "direction"),
        ):
            if kind is not None and row.get(field) is not None and not fits:
                yield FAULTS["F-78"].at(row.cell(field), column=column, kind=_KINDS_OF_RESULT[kind])


def stated_values(sheets: Sheets) -> Iterator[Finding]:
    """What a source states reads as the kind of value it is."""
    for row in sheets.of("stated"):
        kind = row.get("kind")
        if kind is None:
            continue
        if row.knows("value") and kind in _STATED_READERS:
            try:
                _STATED_READERS[kind](row["value"])
            except ValueError as error:
                yield FAULTS["F-79"].at(row.cell("value"), kind=_STATED_KINDS[kind], what=error)
        rounded = row.get("rounded_to")
        if rounded is not None and (kind != "amount" or rounded == 0):
            yield FAULTS["F-80"].at(row.cell("rounded_to"))


def years(sheets: Sheets) -> Iterator[Finding]:
    """An observation is of a year that can be."""
    for row in sheets.of("observation"):
        if row.knows("year") and not FIRST_YEAR <= row["year"] <= LAST_YEAR:
            yield FAULTS["F-81"].at(row.cell("year"), year=row["year"])


def _count(text: str) -> int:
    plain = text.replace(".", "").strip()
    if not (plain.isascii() and plain.isdecimal()):
        raise ValueError("schrijf een aantal in cijfers.")
    return len(plain)


_STATED_READERS: Mapping[str, Callable[[str], object]] = {
    "amount": parse_amount,
    "count": _count,
    "date": parse_date,
}


def _terms(sheets: Sheets) -> Iterator[tuple[PartialDate, PartialDate]]:
    """Give begin and end of the deal when they can be: nothing follows from a wrong one."""
    for deal in sheets.of("deal"):
        if deal.knows("starts", "ends") and deal["ends"].last_day >= deal["starts"].first_day:
            yield deal["starts"], deal["ends"]


def _in_deal(sheets: Sheets, moment: PartialDate) -> bool:
    return all(
        moment.last_day >= starts.first_day and moment.first_day <= ends.last_day
        for starts, ends in _terms(sheets)
    )


def _out_of_order(sheets: Sheets) -> Iterator[tuple[Row, Row]]:
    """Give tranches that are decided before the one in the place before them."""
    tranches = [
        row
        for row in sheets.of("tranche")
        if row.knows("position", "decided", "number") and _in_deal(sheets, row["decided"])
    ]
    ordered = sorted(tranches, key=lambda row: (row["position"], row.number))
    for before, row in pairwise(ordered):
        same_place = before["position"] == row["position"]
        if not same_place and row["decided"].counts_from < before["decided"].counts_from:
            yield before, row


def _circle(code: str, following: Mapping[str, str | None]) -> set[str]:
    """Give the codes on the way from a code back to itself; none when it does not come back."""
    passed: list[str] = [code]
    at = following.get(code)
    while at is not None and at not in passed:
        passed.append(at)
        at = following.get(at)
    # To itself in one step is found as such when references are judged.
    return set(passed) if at == code and len(passed) > 1 else set()
