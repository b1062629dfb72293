"""A sheet as a grid of cells: what was sent, what stands there, and what is wrong in each cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from noaber.core.finding import Field, Finding
from noaber.core.money import parse_amount
from noaber.core.notation import amount
from noaber.imports.definitions import ColumnDefinition, SheetDefinition
from noaber.imports.editing import Item, Row, Texts
from noaber.imports.editing_rows import settled
from noaber.web.office.forms import Difference

NEW = "+"
"""Begins the code of a row that is not in the register; no code of a fact begins so."""

FEW, MORE = 3, 10
"""Empty rows at first, and how many a press of the button adds."""

_NUMERIC = frozenset({"amount", "integer", "decimal"})


@dataclass
class Line:
    """A row of the grid as it is being filled in: its texts, and the fact it is of."""

    code: str
    texts: dict[str, str]
    item: Item | None = None
    theirs: Mapping[str, Difference] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in in a row that is new."""
        return self.item is None and not any(text.strip() for text in self.texts.values())

    def row(self, default: Texts) -> Row:
        """The row to check and record; what a new row leaves open is taken from `default`."""
        texts = self.texts if self.item else {**self.texts, **_filled(self.texts, default)}
        return Row(self.item.key if self.item else None, texts, f"{self.code}:")


def _filled(texts: Texts, default: Texts) -> Texts:
    return {name: text for name, text in default.items() if not texts.get(name, "").strip()}


@dataclass(frozen=True)
class Column:
    """A column: its label, what it asks, and the list it offers ("" for none)."""

    name: str
    label: str
    hint: str
    offers: str
    numeric: bool


@dataclass(frozen=True)
class GridCell:
    """A cell: the name and id of its field, what stands there, and what is wrong with it."""

    name: str
    id: str
    column: Column
    text: str
    changed: bool
    choices: tuple[str, ...]
    wrong: tuple[str, ...]
    theirs: Difference | None

    @property
    def long(self) -> bool:
        """Whether the text has several lines, which a field of one line would lose."""
        return "\n" in self.text


@dataclass(frozen=True)
class GridRow:
    """A row of the grid as it is shown; `number` counts from one."""

    code: str
    number: int
    called: str
    new: bool
    cells: tuple[GridCell, ...]


def shown(column: ColumnDefinition, text: str) -> str:
    """A text of the register as people write it in a cell: an amount with points."""
    if column.type == "amount" and text:
        return amount(parse_amount(text)).replace("\N{MINUS SIGN}", "-")
    return text


def columns_of(sheet: SheetDefinition) -> tuple[ColumnDefinition, ...]:
    """The columns of a grid: those of the sheet."""
    return tuple(c for c in sheet.columns if c.field != "base_revision")


def lines_of(items: Iterable[Item], empty: int = FEW) -> list[Line]:
    """The grid of what the register says, with empty rows below."""
    found = [
        Line(i.code, {c.name: shown(c, i.texts[c.name]) for c in columns_of(i.sheet)}, i)
        for i in items
    ]
    return found + [Line(f"{NEW}{n}", {}) for n in range(1, empty + 1)]


def lines_sent(
    sheet: SheetDefinition, sent: Mapping[str, str], codes: Sequence[str], items: Sequence[Item]
) -> list[Line]:
    """The grid as it was sent in; of the facts only those that this person may change.

    A cell of a fact that was not sent says what the register says: the script of the page sends
    only what somebody typed.
    """
    known = {line.code: line for line in lines_of(items, 0)}
    names = [column.name for column in columns_of(sheet)]
    found: list[Line] = []
    for code in dict.fromkeys(codes):
        if code in known:
            line = known[code]
            for name in names:
                if name not in sheet.key:
                    line.texts[name] = sent.get(f"{code}:{name}", line.texts[name])
            found.append(line)
        elif code.startswith(NEW) and code[1:].isdecimal() and len(code) < 6:
            typed = {name: sent.get(f"{code}:{name}") for name in names}
            found.append(Line(code, {name: t for name, t in typed.items() if t is not None}))
    return found


def more(lines: list[Line], count: int) -> None:
    """Add empty rows."""
    last = max((int(x.code[1:]) for x in lines if x.item is None), default=0)
    lines += [Line(f"{NEW}{n}", {}) for n in range(last + 1, last + 1 + count)]


def fill(lines: list[Line], sheet: SheetDefinition, rows: Sequence[Texts]) -> None:
    """Put pasted rows in the grid: in the row that is known by the same, else in an empty one."""
    places = {_known_by(sheet, line.texts): line for line in lines if not line.empty}
    empty = [line for line in lines if line.empty]
    for texts in rows:
        known = places.get(_known_by(sheet, texts))
        if known is None:
            if not empty:
                more(lines, MORE)
                empty = lines[-MORE:]
            # Two pasted rows of the same stay two, so that the check says it.
            known = empty.pop(0)
        fixed = sheet.key if known.item else ()
        known.texts |= {name: text for name, text in texts.items() if name not in fixed}


def _known_by(sheet: SheetDefinition, texts: Texts) -> tuple[str, ...]:
    return tuple(settled(c, texts.get(c.name, "")).casefold() for c in sheet.key_columns)


def grid_rows(
    sheet: SheetDefinition,
    lines: Sequence[Line],
    findings: Sequence[Finding],
    named: Mapping[str, Mapping[str, str]],
) -> tuple[GridRow, ...]:
    """The rows with their cells, as a page shows them."""
    wrong: dict[str, list[str]] = {}
    for finding in findings:
        if isinstance(finding.where, Field):
            wrong.setdefault(finding.where.name, []).append(finding.said)
    columns = grid_columns(sheet, named)
    return tuple(
        GridRow(
            line.code,
            number,
            called(sheet, line.item, named) or f"Nieuw {line.code[1:]}",
            line.item is None,
            tuple(
                _cell(column, definition, line, number, wrong)
                for column, definition in zip(columns, columns_of(sheet), strict=True)
                if not (line.item and definition.name in sheet.key)
            ),
        )
        for number, line in enumerate(lines, 1)
    )


def grid_columns(sheet: SheetDefinition, named: Mapping[str, object]) -> tuple[Column, ...]:
    """The columns of the grid, in the order of the sheet."""
    return tuple(
        Column(
            c.name,
            c.label,
            c.about,
            f"keuze-{c.name}" if c.name in named and c.type == "reference" else "",
            c.type in _NUMERIC,
        )
        for c in columns_of(sheet)
    )


def called(
    sheet: SheetDefinition, item: Item | None, named: Mapping[str, Mapping[str, str]]
) -> str:
    """What people call a row: by what it is known by, in words; "" for one that is not there."""
    if item is None:
        return ""
    words = (named.get(n, {}).get(item.texts[n], item.texts[n]) for n in sheet.key)
    return ", ".join(word for word in words if word)


def _cell(
    column: Column,
    definition: ColumnDefinition,
    line: Line,
    number: int,
    wrong: Mapping[str, Sequence[str]],
) -> GridCell:
    name = f"{line.code}:{definition.name}"
    text = line.texts.get(definition.name, "")
    stands = line.item.texts[definition.name] if line.item else ""
    choices = tuple(definition.choices or ())
    return GridCell(
        name=name,
        id=f"cel-{number}-{definition.name}",
        column=column,
        text=text,
        changed=settled(definition, text) != stands if text or stands else False,
        # What was typed stays, also when it is not one of what can be chosen.
        choices=(*choices, text) if choices and text and text not in choices else choices,
        wrong=tuple(wrong.get(name, ())),
        theirs=line.theirs.get(definition.name),
    )
