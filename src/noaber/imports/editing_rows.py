"""Many rows of a sheet at once, as a grid of the office edits them: one revision or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from noaber.access.rules import OFFICE, Actor, Audience
from noaber.core.finding import Finding, Refused
from noaber.imports import facts, register
from noaber.imports.applying import Applying, apply
from noaber.imports.definitions import ColumnDefinition, SheetDefinition
from noaber.imports.editing import (
    Asked,
    ChangedMeanwhile,
    Item,
    Row,
    Texts,
    changed_meanwhile,
    checked,
    item,
    known_already,
    texts_of,
)
from noaber.imports.facts import Fact, Facts
from noaber.imports.rules import RawCell
from noaber.imports.values import Mistake, parse_value
from noaber.imports.writing import format_value
from noaber.record.actions import revision
from noaber.record.queries import latest

Permitted = Callable[[Item], None]
"""Asked of a fact that would change; raises when it may not."""


class RowsChangedMeanwhile(Exception):
    """Somebody else recorded some rows since the grid was opened; nothing was recorded.

    `found` says by the name of each row what they made of it.
    """

    def __init__(self, found: Mapping[str, ChangedMeanwhile]) -> None:
        super().__init__(f"changed meanwhile: {', '.join(found)}")
        self.found = found


@dataclass(frozen=True)
class RowChange:
    """What a row would change: the fact as it becomes, and per column what it was and becomes."""

    name: str
    becomes: Item
    new: bool
    changed: tuple[tuple[str, str, str], ...]


def items_at(
    deal: str, sheet: SheetDefinition, number: int, audience: Audience
) -> tuple[Item, ...]:
    """The facts of a sheet as known at a revision that an audience may read."""
    known = register.office_facts(deal, number, audience)
    return tuple(item(deal, sheet, fact, known) for fact in known.get(sheet.kind, {}).values())


def settled(column: ColumnDefinition, text: str) -> str:
    """A text as the register would write it; what cannot be read stays as it was typed."""
    try:
        return format_value(column, parse_value(column, RawCell(text)))
    except Mistake:
        return text.strip()


def preview_rows(
    sheet: SheetDefinition,
    rows: Sequence[Row],
    *,
    deal: str,
    base: int,
    permitted: Permitted,
    audience: Audience = OFFICE,
) -> tuple[RowChange, ...]:
    """What saving would change, after the checks of `save_rows`; nothing is recorded.

    :raises Refused: with everything that is wrong, each at its field.
    :raises RowsChangedMeanwhile: when somebody else recorded one of the rows since.
    """
    planned = _plan(_Grid(deal, sheet, rows, base, audience), latest())
    for each in planned.both:
        permitted(each)
    return planned.changes


def save_rows(
    sheet: SheetDefinition,
    rows: Sequence[Row],
    *,
    deal: str,
    base: int,
    permitted: Permitted,
    audience: Audience = OFFICE,
    form: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Record rows of a sheet in one revision; gives the revision, or 0 when they say nothing new.

    `base` is the revision that the grid was opened at. A row that says what it said then is left
    as it stands now. `permitted` is asked of each fact that changes, as it was and as it becomes,
    and raises when it may not be. What `audience` may not read is neither suggested nor taken for
    something to refer to. `form` is a key of the form: what is sent twice is recorded once.

    :raises Refused: with everything that is wrong, each at its field.
    :raises RowsChangedMeanwhile: when somebody else recorded one of the rows since.
    :raises AlreadyRecorded: when this form was recorded before.
    """
    grid = _Grid(deal, sheet, rows, base, audience)
    try:
        with revision(
            by=by,
            at=at,
            action=f"edit_{sheet.kind}",
            subject=f"deal:{deal}",
            idempotency_key=form,
        ) as stamp:
            # Planned under the lock, so that a form that is sent twice is known before it is judged.
            planned = _plan(grid, stamp.number - 1)
            _check_says_something(planned)
            for each in planned.both:
                permitted(each)
            start: date = next(iter(planned.deal["deal"].values()))["starts"].counts_from
            apply(sheet.kind, planned.facts, Applying(deal, start, planned.deal, by, at))
    except _NothingNew:
        return 0
    return stamp.number


class _NothingNew(Exception):
    """No row says anything new: the revision that was opened is not made."""


def _check_says_something(planned: "_Planned") -> None:
    if not planned.facts:
        raise _NothingNew


@dataclass(frozen=True)
class _Grid:
    """A grid as it was sent in."""

    deal: str
    sheet: SheetDefinition
    rows: Sequence[Row]
    base: int
    audience: Audience


@dataclass(frozen=True)
class _Planned:
    """What a grid comes to: the facts that change, the deal with them in it, and what is said of
    each; `both` holds the facts as they were and as they become.
    """

    facts: tuple[Fact, ...]
    deal: Facts
    changes: tuple[RowChange, ...]
    both: tuple[Item, ...]


def _plan(grid: _Grid, known_at: int) -> _Planned:
    deal, sheet = grid.deal, grid.sheet
    known = register.kept_facts(deal, known_at)
    stands = known.get(sheet.kind, {})
    sent = _touched(grid, known)
    if not sent:
        return _Planned((), known, (), ())
    found, new = checked(sheet, sent, Asked(deal, known, known_at, grid.audience))
    doubles = [
        known_already(sheet, row.name)
        for row, fact in zip(sent, found, strict=True)
        if row.key is None and fact.key in stands
    ]
    if doubles:
        raise Refused(doubles)
    changes, changed, both = [], [], []
    for row, fact in zip(sent, found, strict=True):
        before = stands.get(fact.key)
        if before is not None and not facts.changes({sheet.kind: {fact.key: fact}}, known):
            continue
        was = texts_of(sheet, before) if before else {}
        now = item(deal, sheet, fact, new)
        differs = tuple(
            (name, was.get(name, ""), text)
            for name, text in now.texts.items()
            if text != was.get(name, "")
        )
        changes.append(RowChange(row.name, now, before is None, differs))
        changed.append(fact)
        both += [now] if before is None else [item(deal, sheet, before, known), now]
    return _Planned(tuple(changed), new, tuple(changes), tuple(both))


def _touched(grid: _Grid, known: Facts) -> list[Row]:
    """The rows that say something else than when the grid was opened, and new ones.

    :raises RowsChangedMeanwhile: when somebody else recorded one of them since.
    :raises Refused: when one of them is gone.
    """
    sheet = grid.sheet
    stands = known.get(sheet.kind, {})
    then = register.kept_facts(grid.deal, grid.base).get(sheet.kind, {})
    sent: list[Row] = []
    gone: list[Finding] = []
    overruled: dict[str, ChangedMeanwhile] = {}
    for row in grid.rows:
        if row.key is None:
            sent.append(row)
            continue
        was, now = then.get(row.key), stands.get(row.key)
        if was is not None and _says(sheet, row.texts, texts_of(sheet, was)):
            continue
        if now is None:
            gone.append(_gone(sheet, row))
        elif _says(sheet, row.texts, texts_of(sheet, now)):
            continue
        elif now.evidence.revision > grid.base:
            overruled[row.name] = changed_meanwhile(grid.deal, sheet, now, known, grid.base)
        else:
            sent.append(row)
    if gone:
        raise Refused(gone)
    if overruled:
        raise RowsChangedMeanwhile(overruled)
    return sent


def _says(sheet: SheetDefinition, texts: Texts, stands: Texts) -> bool:
    return all(settled(c, texts.get(c.name, "")) == stands[c.name] for c in sheet.columns)


def _gone(sheet: SheetDefinition, row: Row) -> Finding:
    return Finding(
        "F-89",
        f"De rij {' '.join(row.key or ())} van {sheet.name} is er niet meer",
        remedy="Haal de rij weg uit wat u wilt vastleggen, of vraag wie haar weghaalde.",
    )
