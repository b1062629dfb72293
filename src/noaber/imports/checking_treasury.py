"""What the sheets about commitments and payments say together, judged by the rules of the money
itself: pure.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from noaber.core.finding import Finding
from noaber.core.notation import day, euro
from noaber.imports.faults import FAULTS
from noaber.imports.rules import Row, Sheets
from noaber.treasury import rules
from noaber.treasury.posting import freed, is_release_of
from noaber.treasury.problems import problems

T = TypeVar("T")


def check_treasury(sheets: Sheets) -> Iterator[Finding]:
    """Find what cannot be in the life of commitments."""
    lives = _lives(sheets)
    yield from steps_out_of_order(sheets, lives)
    yield from committed_after_end(sheets)
    yield from more_than_awarded(sheets, lives)
    yield from turns_without_what_they_change(sheets)
    yield from committed_after_stop(sheets)


def steps_out_of_order(sheets: Sheets, lives: tuple[rules.Life, ...]) -> Iterator[Finding]:
    """What is paid, settled and recovered fits the commitment and what came before."""
    rows = {
        (kind, row.code): row
        for kind in ("commitment", "payment", "settlement", "recovery")
        for row in sheets.of(kind)
    }
    for life in lives:
        for problem in problems(life):
            row = rows[problem.kind, problem.code]
            yield FAULTS["F-110"].at(
                row.cell(problem.field), what=problem.what, remedy=problem.remedy
            )


def committed_after_end(sheets: Sheets) -> Iterator[Finding]:
    """After the end of the deal nothing is committed anew."""
    for deal in sheets.of("deal"):
        for row in sheets.of("commitment"):
            if not (deal.knows("ends") and row.knows("effective")):
                continue
            on, ends = row["effective"].counts_from, deal["ends"].last_day
            if on > ends:
                yield FAULTS["F-111"].at(row.cell("effective"), on=day(on), ends=day(ends))


_CHANGED = {
    "handover": ("lead", "penvoerder"),
    "extension": ("ends", "eindigt"),
    "merger": ("merged_into", "opgegaan_in"),
}


def turns_without_what_they_change(sheets: Sheets) -> Iterator[Finding]:
    """A change of a project says what it changes, and nothing else."""
    for row in sheets.of("turn"):
        for kind, (field, column) in _CHANGED.items():
            if not row.knows("kind") or field not in row.values:
                continue
            wanted, given = row["kind"] == kind, row[field] is not None
            if wanted != given:
                filled = "ingevuld" if wanted else "leeg"
                yield FAULTS["F-113"].at(row.cell(field), column=column, filled=filled)


def committed_after_stop(sheets: Sheets) -> Iterator[Finding]:
    """Nothing is committed to a project that stopped or went on in another."""
    ended: dict[str, date] = {}
    for row in sheets.of("turn"):
        if row.knows("project", "effective") and row.get("kind") in ("merger", "stop"):
            on = row["effective"].counts_from
            ended[row["project"]] = min(on, ended.get(row["project"], on))
    for row in sheets.of("commitment"):
        stopped = ended.get(row.get("project") or "")
        if stopped and row.knows("effective") and row["effective"].counts_from >= stopped:
            yield FAULTS["F-114"].at(
                row.cell("effective"), project=row["project"], ended=day(stopped)
            )


def more_than_awarded(sheets: Sheets, lives: tuple[rules.Life, ...]) -> Iterator[Finding]:
    """No more is committed for a project than was awarded by then; told once per project."""
    if _uncertain(sheets):
        return
    given = _given(sheets)
    rows = {row.code: row for row in sheets.of("commitment")}
    by_project: dict[str, list[rules.Life]] = defaultdict(list)
    for life in lives:
        by_project[life.commitment.project].append(life)
    for project, of_project in by_project.items():
        steps = [(on, 1, amount, "") for on, amount in given[project]]
        if not project:
            # Of a project this flows back to the pillar on the same day.
            steps += [(on, 1, a, "") for life in of_project for on, a in freed(life)]
        steps += [
            (c.effective.counts_from, 2, -c.amount, c.code)
            for c in (life.commitment for life in of_project)
        ]
        left = 0
        for on, _, amount, code in sorted(steps):
            left += amount
            if left < 0 and code:
                whose = f"voor {project} toegekend" if project else "voor overhead verdeeld"
                yield FAULTS["F-112"].at(
                    rows[code].cell("amount"),
                    on=day(on),
                    whose=whose,
                    left=euro(left - amount),
                    amount=euro(-amount),
                )
                break


def _given(sheets: Sheets) -> dict[str, list[tuple[date, int]]]:
    """What each project was awarded, and overhead ("") allocated, from which day."""
    decided = {row["number"]: row["decided"].counts_from for row in sheets.of("tranche")}
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in sheets.of("award"):
        found[row["project"]].append((decided[row["tranche"]], row["amount"]))
    numbers = [row.code for row in sheets.of("commitment")]
    for row in sheets.of("release"):
        own = any(is_release_of(row.code, number) for number in numbers)
        if row["of"] is not None and not own:
            found[row["project"]].append((row["on"].counts_from, -row["amount"]))
    before = 0
    overhead = (row for row in sheets.of("allocation") if row["pillar"] is None)
    for row in sorted(overhead, key=lambda row: row["effective"].counts_from):
        found[""].append((row["effective"].counts_from, row["amount"] - before))
        before = row["amount"]
    return found


def _uncertain(sheets: Sheets) -> bool:
    """Whether something could not be read that what was awarded depends on."""
    needed = {
        "tranche": ("number", "decided"),
        "award": ("project", "tranche", "amount"),
        "allocation": ("amount", "effective"),
        "release": ("project", "amount", "on", "code"),
    }
    return any(
        not row.knows(*names) for kind, names in needed.items() for row in sheets.of(kind)
    ) or any(
        name not in row.values
        for kind, name in (("allocation", "pillar"), ("release", "of"))
        for row in sheets.of(kind)
    )


def _lives(sheets: Sheets) -> tuple[rules.Life, ...]:
    """The commitments that could be read whole, with what became of them."""
    whole = ("code", "amount", "effective", "receiver", "form")
    commitments = [
        _value(rules.Commitment, row)
        for row in sheets.of("commitment")
        if row.code and row.knows(*whole) and "project" in row.values
    ]
    return rules.lives(
        commitments,
        _whole(rules.Payment, sheets.of("payment"), "kind"),
        _whole(rules.Settlement, sheets.of("settlement")),
        _whole(rules.Recovery, sheets.of("recovery")),
    )


def _whole(cls: type[T], rows: tuple[Row, ...], *names: str) -> list[T]:
    needed = ("commitment", "amount", "effective", *names)
    return [_value(cls, row) for row in rows if row.code and row.knows(*needed)]


def _value(cls: type[T], row: Row) -> T:
    names = set(cls.__dataclass_fields__) - {"evidence"}  # type: ignore[attr-defined]
    return cls(**{n: row[n] for n in names if row.get(n) is not None})
