"""One fact at a time, as a form of the office edits it: checked and applied as a sheet would be.

A form is a row of a sheet. It goes through the same checks, with the rest of the deal around it,
and through the same actions, so that a form can do neither more nor less than a sheet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from noaber.access.rules import OFFICE, Actor, Audience, Target
from noaber.core.finding import Cell, Field, Finding, Refused, column_letter
from noaber.imports import facts, register
from noaber.imports.applying import Applying, apply
from noaber.imports.checking import check
from noaber.imports.checking_references import Sight
from noaber.imports.definitions import ColumnDefinition, SheetDefinition, sheet_definitions
from noaber.imports.exporting import of_this_deal, ordered, rows_of
from noaber.imports.facts import Fact, Facts, Key
from noaber.imports.rules import Book, RawCell, RawRow, RawSheet
from noaber.imports.writing import format_value
from noaber.record.actions import revision
from noaber.record.queries import check_first_time, event, last_event, latest
from noaber.record.rules import Event

ORIGIN = "kantoor"
"""The origin of what was recorded in a form, where a file would name its cell."""

Texts = Mapping[str, str]
"""What stands in a form, by the Dutch names of the columns."""


@dataclass(frozen=True)
class Item:
    """A fact as a form shows it: its texts, the revision it is from, and whom it belongs to.

    `base` is the revision up to which the form knows the fact; 0 for one that is new.
    """

    sheet: SheetDefinition
    key: Key
    texts: Texts
    base: int
    target: Target

    @property
    def code(self) -> str:
        """The key as one text, for an address."""
        return "~".join(self.key)

    @property
    def kept_here(self) -> bool:
        """Whether a form can hold it: not what only one organisation may read."""
        column = next((c for c in self.sheet.columns if c.field == facts.READERS), None)
        return column is None or self.texts[column.name] in (column.choices or ())


@dataclass(frozen=True)
class Row:
    """A row as a form sent it in: its texts, and what it is known by (None: it is new).

    `name` is what the form puts before the names of its fields.
    """

    key: Key | None
    texts: Texts
    name: str = ""


class ChangedMeanwhile(Exception):
    """Somebody else recorded the fact since the form was opened; nothing was recorded.

    `before` is what the form was opened with, `theirs` what stands there now, each by column.
    """

    def __init__(self, before: Texts, theirs: Item, author: str, at: datetime | None) -> None:
        super().__init__(f"changed in revision {theirs.base}")
        self.before, self.theirs, self.author, self.at = before, theirs, author, at


@dataclass(frozen=True)
class HistoryStep:
    """What one revision made of a fact: who, when, and per column what it was and became;
    `removed` says that it was taken back.
    """

    revision: int
    author: str
    at: datetime
    changed: tuple[tuple[str, str, str], ...]
    removed: bool = False


def history(
    deal: str, sheet: SheetDefinition, key: Key, audience: Audience
) -> tuple[HistoryStep, ...]:
    """How a fact came to say what it says, latest first; only what the audience may read."""

    def known_at(number: int) -> Fact | None:
        return register.office_facts(deal, number, audience).get(sheet.kind, {}).get(key)

    found: list[HistoryStep] = []
    number = latest()
    known = known_at(number)
    while True:
        made = event(known.evidence.revision) if known else removal(deal, sheet, key, number)
        if made is None:
            return tuple(found)
        number = made.number - 1
        earlier = known_at(number)
        if known is None and earlier is None:
            return tuple(found)
        changed = _changed(sheet, earlier, known)
        found.append(
            HistoryStep(made.number, made.author, made.recorded_at, changed, known is None)
        )
        known = earlier


def _changed(
    sheet: SheetDefinition, before: Fact | None, after: Fact | None
) -> tuple[tuple[str, str, str], ...]:
    """What differs, per column what it was and became."""
    then, now = (texts_of(sheet, fact) if fact else {} for fact in (before, after))
    return tuple(
        (name, then.get(name, ""), now.get(name, ""))
        for name in (now or then)
        if then.get(name, "") != now.get(name, "")
    )


def removal(deal: str, sheet: SheetDefinition, key: Key, upto: int) -> Event | None:
    """The last time up to a revision that a fact was taken back; None when it never was."""
    return last_event(f"remove_{sheet.kind}", f"deal:{deal}", removal_details(key), upto)


def removal_details(key: Key) -> dict[str, object]:
    """What the record keeps of which fact was taken back: what it was known by."""
    return {"key": list(key)}


def sheet_of(name: str) -> SheetDefinition | None:
    """The definition of a sheet by its Dutch name; None when there is none."""
    return next((sheet for sheet in sheet_definitions() if sheet.name == name), None)


def items(deal: str, sheet: SheetDefinition, audience: Audience = OFFICE) -> tuple[Item, ...]:
    """The facts of a sheet that an audience may read, as known now, in the order of the register."""
    known = register.office_facts(deal, latest(), audience)
    return tuple(item(deal, sheet, fact, known) for fact in known.get(sheet.kind, {}).values())


def choices(
    deal: str, sheet: SheetDefinition, audience: Audience = OFFICE
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Of each column that refers to another sheet: code and name of what it may refer to, as far
    as an audience may read it.
    """
    return _choices(register.office_facts(deal, latest(), audience), sheet)


def names(deal: str, sheet: SheetDefinition, audience: Audience) -> Mapping[str, Mapping[str, str]]:
    """Of each column that refers to another sheet: the name of what each code refers to."""
    return {column: dict(pairs) for column, pairs in choices(deal, sheet, audience).items()}


def _choices(known: Facts, sheet: SheetDefinition) -> Mapping[str, tuple[tuple[str, str], ...]]:
    kinds = {other.name: other for other in sheet_definitions()}
    return {
        column.name: tuple(
            (code_of(kinds[column.to], fact), named(fact))
            for fact in known.get(kinds[column.to].kind, {}).values()
        )
        for column in sheet.columns
        if column.to
    }


def code_of(sheet: SheetDefinition, fact: Fact) -> str:
    """The code by which other sheets refer to a fact: its key joined by dashes."""
    written = (
        "" if fact[c.field] is None else format_value(c, fact[c.field]) for c in sheet.key_columns
    )
    return "-".join(part for part in written if part)


def save(
    sheet: SheetDefinition,
    texts: Texts,
    *,
    deal: str,
    key: Key | None,
    base: int,
    permitted: Callable[[Item], None] = lambda _item: None,
    audience: Audience = OFFICE,
    sent_as: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Record what a form says; gives the revision, or 0 when it says nothing new.

    `key` is None for a new fact. `base` is the `Item.base` the form was opened with. `permitted`
    is asked of the fact as it was and as it would become, and raises when it may not be. What
    `audience` may not read is neither suggested nor taken for something to refer to. `sent_as`
    names this very form as it was sent: what is sent twice is recorded once.

    :raises Refused: with everything that is wrong, each at its field.
    :raises ChangedMeanwhile: when somebody else recorded the fact since.
    :raises AlreadyRecorded: when this very form was recorded before.
    """
    known_at = latest()
    form = _Form(deal, sheet, texts, key, base, audience)
    try:
        planned = _plan(form, known_at)
    except (Refused, ChangedMeanwhile):
        # What the first sending recorded is in the way of the second.
        check_first_time(sent_as)
        raise
    if planned is None:
        check_first_time(sent_as)
        return 0
    with revision(
        by=by,
        at=at,
        action=f"edit_{sheet.kind}",
        subject=f"deal:{deal}",
        idempotency_key=sent_as,
    ) as stamp:
        if stamp.number != known_at + 1:
            # What was read before the lock has changed since.
            planned = _plan(form, stamp.number - 1) or planned
        fact, new, before = planned
        for changed in filter(None, (before, fact)):
            permitted(item(deal, sheet, changed, new))
        start: date = next(iter(new["deal"].values()))["starts"].counts_from
        apply(sheet.kind, [fact], Applying(deal, start, new, by, at))
    return stamp.number


@dataclass(frozen=True)
class _Form:
    """A form as it was sent in."""

    deal: str
    sheet: SheetDefinition
    texts: Texts
    key: Key | None
    base: int
    audience: Audience


def _plan(form: _Form, known_at: int) -> tuple[Fact, Facts, Fact | None] | None:
    """The fact to record with the deal around it, and what it was before (None: it is new);
    None when it says nothing new.
    """
    deal, sheet, texts, key = form.deal, form.sheet, form.texts, form.key
    known = register.kept_facts(deal, known_at)
    before = known.get(sheet.kind, {}).get(key) if key is not None else None
    if before is not None and before.evidence.revision > form.base:
        raise changed_meanwhile(deal, sheet, before, known, form.base)
    if key is not None and before is None:
        raise Refused([_not_kept_here()])
    asked = Asked(deal, known, known_at, form.audience)
    (fact,), new = checked(sheet, [Row(key, texts)], asked)
    if key is None and fact.key in known.get(sheet.kind, {}):
        raise Refused([known_already(sheet)])
    if before is not None and not facts.changes({sheet.kind: {fact.key: fact}}, known):
        return None
    return fact, new, before


@dataclass(frozen=True)
class Asked:
    """What rows are judged against: a deal as known at a revision, and what their sender reads."""

    deal: str
    known: Facts
    known_at: int
    audience: Audience

    def unseen(self, without: Fact | None = None) -> Mapping[str, frozenset[int]]:
        """Numbers of rows that the sender does not read, by sheet; `without` one fact."""
        seen = register.office_facts(self.deal, self.known_at, self.audience)
        own = of_this_deal(self.known)
        found: dict[str, frozenset[int]] = {}
        for sheet in sheet_definitions():
            keys = [fact.key for fact in ordered(list(own.get(sheet.kind, {}).values()))]
            if without is not None and without.kind == sheet.kind:
                keys.remove(without.key)
            may = seen.get(sheet.kind, {})
            found[sheet.name] = frozenset(n for n, key in enumerate(keys, 2) if key not in may)
        return found


def checked(
    sheet: SheetDefinition, sent: Sequence[Row], asked: Asked
) -> tuple[tuple[Fact, ...], Facts]:
    """The facts that rows come to and the deal with them in it, checked together.

    :raises Refused: with everything that is wrong, each at its field.
    """
    known, known_at = asked.known, asked.known_at
    rows = {name: list(of_sheet) for name, of_sheet in rows_of(known, known_at).items()}
    order = _order(sheet, known)
    of_sheet = rows[sheet.name]
    numbers: dict[int, Row] = {}
    for row in sent:
        place = order.index(row.key) if row.key is not None else len(of_sheet)
        of_sheet[place : place + 1] = [dict(row.texts)]
        numbers[place + 2] = row  # As in a file: the header is the first row.
    try:
        named = {number: _named_by(sheet, row, known) for number, row in numbers.items()}
        sheets = check(_book(rows), sight=Sight(sheet.name, asked.unseen(), named))
    except Refused as refused:
        raise Refused(_at_fields(refused.findings, sheet, numbers)) from refused
    new = facts.of_sheets(sheets, ORIGIN)
    found = [_in_row(new[sheet.kind], number) for number in numbers]
    own = tuple(replace(f, evidence=replace(f.evidence, origin=ORIGIN)) for f in found)
    return own, {**new, sheet.kind: {**new[sheet.kind], **{f.key: f for f in own}}}


def _named_by(sheet: SheetDefinition, row: Row, known: Facts) -> frozenset[str]:
    """The codes that a row refers to as it stands; none of a new one."""
    fact = known.get(sheet.kind, {}).get(row.key) if row.key is not None else None
    values = [fact[column.field] for column in sheet.columns if column.to] if fact else []
    lists = (value if isinstance(value, tuple) else (value,) for value in values if value)
    return frozenset(code for codes in lists for code in codes)


def _order(sheet: SheetDefinition, known: Facts) -> list[Key]:
    """The keys of the rows of a sheet, in their order."""
    return [fact.key for fact in ordered(list(of_this_deal(known).get(sheet.kind, {}).values()))]


def check_without(sheet: SheetDefinition, fact: Fact, asked: Asked) -> None:
    """Whether the deal as known at a revision is right without a fact.

    :raises Refused: when it is not, with what would be wrong.
    """
    known, known_at = asked.known, asked.known_at
    rows = {name: list(of_sheet) for name, of_sheet in rows_of(known, known_at).items()}
    del rows[sheet.name][_order(sheet, known).index(fact.key)]
    try:
        check(_book(rows), sight=Sight(unseen=asked.unseen(without=fact)))
    except Refused as refused:
        said = "Zonder dit gegeven klopt de deal niet meer."
        raise Refused(
            [Finding("W-04", f"{said} {finding.message}") for finding in refused.findings[:5]]
        ) from refused


def _book(rows: Mapping[str, list[dict[str, str]]]) -> Book:
    """The deal as a book to check, without what comes from files of others only."""
    found = []
    for sheet in sheet_definitions():
        if sheet.kind in register.FROM_FILES:
            continue
        header = RawRow(1, tuple(RawCell(c.name) for c in sheet.columns))
        lines = (
            RawRow(n, tuple(RawCell(row.get(c.name, "")) for c in sheet.columns))
            for n, row in enumerate(rows.get(sheet.name, ()), start=2)
        )
        found.append(RawSheet(sheet.name, (header, *lines)))
    return Book(ORIGIN, (), tuple(found))


def _in_row(of_kind: Mapping[Key, Fact], number: int) -> Fact:
    return next(f for f in of_kind.values() if any(c.row == number for c in f.where.values()))


def _at_fields(
    findings: Iterable[Finding], sheet: SheetDefinition, sent: Mapping[int, Row]
) -> Iterator[Finding]:
    """Findings at the field of the form that they are about; others keep their cell."""
    names = {column_letter(i): column.name for i, column in enumerate(sheet.columns)}
    for finding in findings:
        where = finding.where
        if isinstance(where, Cell) and where.sheet == sheet.name and where.row in sent:
            field = sent[where.row].name + names.get(where.column, where.column)
            yield _without_row(replace(finding, where=Field(field)))
        else:
            yield finding


def _not_kept_here() -> Finding:
    """Of what only one organisation may read, or what is gone since the form was opened."""
    return Finding(
        "F-89",
        "Dit gegeven is weggehaald, of het is alleen voor één organisatie",
        remedy="Open de lijst opnieuw. Staat het er nog, vraag dan wie het vastlegde.",
    )


def _without_row(finding: Finding) -> Finding:
    """What is said of a row that is there twice: in a form nobody sees the numbers of rows."""
    if finding.rule != "F-54":
        return finding
    remedy = "Laat één van beide staan, of verander wat er al is."
    return replace(finding, message="Een andere rij is hetzelfde", remedy=remedy)


def known_already(sheet: SheetDefinition, name: str = "") -> Finding:
    """That a new fact has the key of one that is there; `name` is that of its row."""
    keys = " en ".join(sheet.key)
    return Finding(
        "F-92",
        f"Er is al een gegeven met deze {keys}",
        Field(name + sheet.key[0]),
        "Open dat gegeven en verander het, of kies iets anders.",
    )


def changed_meanwhile(
    deal: str, sheet: SheetDefinition, now: Fact, known: Facts, base: int
) -> ChangedMeanwhile:
    """That a fact is not what it was at revision `base`."""
    then = register.kept_facts(deal, base).get(sheet.kind, {}).get(now.key)
    before = texts_of(sheet, then) if then else {}
    made = event(now.evidence.revision)
    return ChangedMeanwhile(
        before,
        item(deal, sheet, now, known),
        made.author if made else "",
        made.recorded_at if made else None,
    )


def item(deal: str, sheet: SheetDefinition, fact: Fact, known: Facts) -> Item:
    """A fact as a form shows it, with the deal around it."""
    revision_of = fact.evidence.revision
    return Item(sheet, fact.key, texts_of(sheet, fact), revision_of, target(deal, fact, known))


def texts_of(sheet: SheetDefinition, fact: Fact) -> Texts:
    """The texts of a fact by the Dutch names of its columns."""
    return {c.name: "" if fact[c.field] is None else _text(c, fact[c.field]) for c in sheet.columns}


def _text(column: ColumnDefinition, value: Any) -> str:
    """A value as a sheet would hold it; who may read it also when no sheet can say that."""
    if column.field == facts.READERS and value not in (column.choices or {}).values():
        return f"alleen {value.rpartition(':')[2]}"
    return format_value(column, value)


def target(deal: str, fact: Fact, known: Facts) -> Target:
    """Whom a fact belongs to: what is about a project to who leads it, a contribution to the
    organisation of its party.
    """
    values = fact.values
    if fact.kind == "project":
        return Target(deal, _lead(fact, known), values["pillar"] or "")
    if values.get("project"):
        for project in known.get("project", {}).values():
            if f"{project['pillar']}-{project['number']}".lower() == values["project"].lower():
                return Target(deal, _lead(project, known), project["pillar"] or "")
    party = known.get("party", {}).get((str(values.get("party")),))
    owner = values.get("organisation") if fact.kind == "party" else None
    organisation = owner or (party["organisation"] if party else "")
    return Target(deal, organisation or "", values.get("pillar") or "")


def _lead(project: Fact, known: Facts) -> str:
    """Who leads a project: whom it was handed over to last, or who led it from the start."""
    code = f"{project['pillar']}-{project['number']}".lower()
    handed = [
        turn
        for turn in known.get("turn", {}).values()
        if turn["kind"] == "handover" and turn["project"].lower() == code
    ]
    latest = max(handed, key=lambda turn: turn["effective"].counts_from, default=project)
    return latest["lead"] or ""


def named(fact: Fact) -> str:
    """What people call a fact in a list to choose from."""
    number = fact.values.get("number") if fact.kind == "project" else None
    name = next((fact.values[n] for n in _NAMES if fact.values.get(n)), "")
    return " ".join(str(part) for part in (number, name) if part) or " ".join(fact.key)


_NAMES = ("name", "title", "text", "code", "number")
