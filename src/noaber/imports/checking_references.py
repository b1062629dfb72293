"""Rows against each other: keys that are there twice, and references to rows that are not.

One mistake gives one finding: a row whose key could not be read still counts as there for those
that refer to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from noaber.core.finding import Cell, Finding
from noaber.imports.checking_rows import Draft
from noaber.imports.definitions import ColumnDefinition, SheetDefinition
from noaber.imports.faults import FAULTS, suggestion

Drafts = Mapping[str, Sequence[Draft]]


@dataclass(frozen=True)
class Sight:
    """What whoever sends rows in does not read: to them those rows are not there.

    `unseen` are numbers of rows by sheet. `sent` are the rows of `sheet` that they sent, each with
    the codes that it named already, which it may go on naming.
    """

    sheet: str = ""
    unseen: Mapping[str, frozenset[int]] = field(default_factory=dict)
    sent: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def judges(self, draft: Draft, code: str) -> bool:
        """Whether a row may name this code only when a row that is seen has it."""
        named = self.sent.get(draft.row.number) if draft.definition.name == self.sheet else None
        return named is not None and code not in named


ALL_SEEN = Sight()


def without_doubles(
    drafts: Sequence[Draft],
) -> tuple[list[Draft], list[tuple[Draft, Finding]]]:
    """Give the rows that are not there already, and with a finding each that is."""
    kept: list[Draft] = []
    findings: list[tuple[Draft, Finding]] = []
    first: dict[tuple[object, ...], int] = {}
    for draft in drafts:
        columns = draft.definition.key_columns
        if any(draft.lacks(column.field) for column in columns):
            kept.append(draft)
            continue
        key = tuple(_comparable(draft, column) for column in columns)
        if key in first:
            findings.append((draft, _double(draft, first[key])))
        else:
            first[key] = draft.row.number
            kept.append(draft)
    return kept, findings


def _comparable(draft: Draft, column: ColumnDefinition) -> object:
    """Give what makes a key the same: codes that differ in capitals only would be mixed up."""
    value = draft.row[column.field]
    return value.casefold() if isinstance(value, str) and column.type != "text" else value


def _double(draft: Draft, first: int) -> Finding:
    columns = [column for column in draft.definition.key_columns if draft.texts.get(column.field)]
    key = ", ".join(f"{column.name} “{draft.texts[column.field]}”" for column in columns)
    shown = columns or draft.definition.key_columns
    where = draft.row.cell(shown[0].field)
    return FAULTS["F-54"].at(where, row=draft.row.number, first=first, key=key)


class Targets:
    """What rows of one sheet can be referred to as."""

    def __init__(
        self,
        definition: SheetDefinition,
        drafts: Sequence[Draft],
        doubtful: set[int],
        unseen: frozenset[int] = frozenset(),
    ):
        self._codes: set[str] = set()
        self._seen: set[str] = set()
        self._endings: set[str] = set()
        self._beginnings: set[str] = set()
        fields = [column.field for column in definition.key_columns]
        for draft in drafts:
            texts = [draft.texts.get(field, "").strip() for field in fields]
            codes = {"-".join(text for text in texts if text), draft.row.code} - {""}
            self._codes |= codes
            self._seen |= codes if draft.row.number not in unseen else set()
            if draft.row.number in doubtful and len(texts) > 1:
                self._endings.add(f"-{texts[-1]}")
            if fields[-1] in draft.spoilt:
                self._beginnings.add("".join(f"{text}-" for text in texts[:-1]))

    def has(self, code: str) -> bool:
        """Whether a row has this code, or would have it but for a mistake in that row."""
        nearly = code.endswith(tuple(self._endings)) or code.startswith(tuple(self._beginnings))
        return code in self._codes or nearly

    def hides(self, code: str) -> bool:
        """Whether only rows that are not seen have this code."""
        return code in self._codes and code not in self._seen

    def near(self, code: str) -> str | None:
        """Give the code that was probably meant, of a row that is seen."""
        squeezed = {_squeezed(known): known for known in sorted(self._seen)}
        if _squeezed(code) in squeezed:
            return squeezed[_squeezed(code)]
        near = get_close_matches(_squeezed(code), squeezed, n=1, cutoff=0.8)
        return squeezed[near[0]] if near else None


def _squeezed(code: str) -> str:
    return "".join(sign for sign in code.casefold() if not sign.isspace() and sign not in "-_")


class References:
    """The references of a deal, judged against the rows that are there.

    ``uncertain`` names the sheets of which not all rows are known: nothing is said of those.
    """

    def __init__(
        self,
        definitions: Sequence[SheetDefinition],
        drafts: Drafts,
        uncertain: frozenset[str],
        sight: Sight = ALL_SEEN,
    ) -> None:
        self._definitions = {definition.name: definition for definition in definitions}
        self._drafts = drafts
        self._uncertain = uncertain
        self._sight = sight
        self._known: dict[str, Targets] = {}
        self._absent: set[str] = set()

    def check(self, draft: Draft) -> tuple[Draft, list[Finding]]:
        """Judge the references of a row, and give the row without those that are wrong."""
        findings: list[Finding] = []
        wrong: set[str] = set()
        for column in draft.definition.columns:
            code = draft.row.get(column.field)
            if column.to is None or code is None:
                continue
            found = self._findings(draft, column, code)
            findings += found
            if found or not self._is_certain(column.to):
                wrong.add(column.field)
        values = {name: value for name, value in draft.row.values.items() if name not in wrong}
        keys = {column.field for column in draft.definition.key_columns}
        code = "" if keys & wrong else draft.row.code
        return replace(draft, row=replace(draft.row, values=values, code=code)), findings

    def told(self, draft: Draft, double: Finding) -> list[Finding]:
        """What is said of a row that is there already: to who does not see what it names, what is
        said of a code that is not there.
        """
        unseen = [
            finding
            for column in draft.definition.columns
            if column.to and self._sight.judges(draft, "") and draft.row.get(column.field)
            for finding in self._findings(draft, column, draft.row.get(column.field))
        ]
        return unseen or [double]

    def absences(self) -> list[Finding]:
        """Give a finding for each optional sheet that is not there though others refer to it."""
        return [FAULTS["F-22"].at(Cell(name, "A", 1), name=name) for name in sorted(self._absent)]

    def _findings(self, draft: Draft, column: ColumnDefinition, code: Any) -> list[Finding]:
        """Judge a reference, or each of a list of them."""
        codes = code if isinstance(code, tuple) else (code,)
        found = (self._finding(draft, column, each) for each in codes)
        return [finding for finding in found if finding is not None]

    def _finding(self, draft: Draft, column: ColumnDefinition, code: str) -> Finding | None:
        where = draft.row.cell(column.field)
        target = column.to or ""
        if target == draft.definition.name and code == draft.row.code:
            return FAULTS["F-56"].at(where)
        if not self._is_certain(target):
            return None
        if target not in self._drafts:
            self._absent.add(target)
            return None
        targets = self._targets(target)
        hidden = targets.hides(code) and self._sight.judges(draft, code)
        if targets.has(code) and not hidden:
            return None
        hint = suggestion(targets.near(code))
        return FAULTS["F-55"].at(where, text=code, sheet=target, hint=hint)

    def _is_certain(self, sheet: str) -> bool:
        if sheet in self._uncertain:
            return False
        drafts = self._drafts.get(sheet, ())
        fields = [column.field for column in self._definitions[sheet].key_columns]
        # A key column that is not in the file at all was found already.
        return all(field in drafts[0].row.cells for field in fields) if drafts else True

    def _targets(self, sheet: str) -> Targets:
        if sheet not in self._known:
            definition = self._definitions[sheet]
            drafts = self._drafts[sheet]
            doubtful = {draft.row.number for draft in drafts if self._is_doubtful(draft)}
            unseen = self._sight.unseen.get(sheet, frozenset())
            self._known[sheet] = Targets(definition, drafts, doubtful, unseen)
        return self._known[sheet]

    def _is_doubtful(self, draft: Draft) -> bool:
        """Whether the first part of the key of a row is wrong, so that it may be any."""
        for column in draft.definition.key_columns[:-1]:
            if draft.lacks(column.field):
                return True
            code = draft.row.get(column.field)
            if column.to is None or code is None or not self._is_certain(column.to):
                continue
            if column.to in self._drafts and not self._targets(column.to).has(code):
                return True
        return False
