"""The form of a proposal and what must be there in which phase: ``definitions/proposals.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from noaber.core.definitions import DefinitionError, definition
from noaber.projects.rules import STRENGTHS
from noaber.proposals.rules import (
    ANSWERS,
    CERTAINTIES,
    FUNDING_FORMS,
    PHASES,
    ROWS,
    Content,
)

FILE = "proposals.yaml"
PART_TYPES = frozenset({"line", "text", "choice", "choices", "date", "rows"})
COLUMN_TYPES = frozenset({"line", "choice", "date", "year", "amount", "number"})
REGISTERS = frozenset(
    {"pillars", "themes", "projects", "organisations", "municipalities", "results"}
)
NEEDS = frozenset({"filled", "least", "words", "each", "known"})
CHOICES: Mapping[str, tuple[str, ...]] = {
    "form": FUNDING_FORMS,
    "certainty": CERTAINTIES,
    "strength": STRENGTHS,
    "procurement": ANSWERS,
    "state_aid": ANSWERS,
    "privacy": ANSWERS,
}
"""Which fixed choices a field has."""
LONGEST = 20_000
"""The most characters in a text."""
LONG = 400
"""A line of which so many characters are taken is shown as several."""


@dataclass(frozen=True)
class Question:
    """A question of the form, or a column of one that is rows.

    `field` is its name in `Content` or in a row, `name` that in the form. `to` names what it is
    chosen from in the register, `choices` are fixed: what is said, by what is recorded. `most` is
    the most characters. `one` is what a single row is called, `short` the label where it is read.
    """

    field: str
    name: str
    label: str
    type: str
    about: str = ""
    to: str = ""
    choices: Mapping[str, str] | None = None
    most: int = LONGEST
    one: str = ""
    short: str = ""
    columns: tuple["Question", ...] = ()

    @property
    def read_as(self) -> str:
        """The label where an answer is read."""
        return self.short or self.label

    @property
    def several_lines(self) -> bool:
        """Whether an answer seldom fits on a line of a phone."""
        return self.type == "text" or (self.type == "line" and LONG <= self.most < LONGEST)

    def word(self, value: str) -> str:
        """What is said for a fixed choice."""
        return (self.choices or {}).get(value, value)


@dataclass(frozen=True)
class Section:
    """Questions that belong together; comments are given per section."""

    code: str
    name: str
    about: str
    parts: tuple[Question, ...]


@dataclass(frozen=True)
class Phase:
    """What a phase is called and what it means."""

    code: str
    name: str
    about: str


@dataclass(frozen=True)
class Requirement:
    """What must be there before a proposal enters a phase; see the head of the definition."""

    phase: str
    field: str
    needs: str
    message: str
    remedy: str
    number: int = 1
    column: str = ""
    when: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FormDefinition:
    """The form, the phases and the checklist."""

    sections: tuple[Section, ...]
    phases: Mapping[str, Phase]
    checklist: tuple[Requirement, ...]

    @property
    def parts(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(part for section in self.sections for part in section.parts)

    def part(self, field: str) -> Question:
        """The question about a field of the content."""
        return next(part for part in self.parts if part.field == field)

    def section_of(self, field: str) -> Section:
        """The section in which a field is asked."""
        return next(s for s in self.sections if any(p.field == field for p in s.parts))


@cache
def form() -> FormDefinition:
    """The definition as it stands in the file.

    :raises DefinitionError: when it cannot be used, with what is wrong in it.
    """
    return read_form(definition(FILE))


def read_form(content: Any) -> FormDefinition:
    """The definition from the content of the file.

    :raises DefinitionError: when it cannot be used, with what is wrong in it.
    """
    try:
        found = FormDefinition(
            tuple(_section(entry) for entry in content["sections"]),
            {entry["code"]: Phase(**entry) for entry in content["phases"]},
            tuple(_requirement(entry) for entry in content["checklist"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DefinitionError(f"{FILE}: {error!r} is missing or not known") from error
    _check(found)
    return found


def _section(entry: Mapping[str, Any]) -> Section:
    parts = tuple(_question(part) for part in entry["parts"])
    return Section(entry["code"], entry["name"], entry["about"], parts)


def _question(entry: Mapping[str, Any]) -> Question:
    columns = tuple(_question(column) for column in entry.get("columns", ()))
    said = entry.get("choices")
    choices = {code: word for word, code in said.items()} if said else None
    return Question(**{**entry, "columns": columns, "choices": choices})


def _requirement(entry: Mapping[str, Any]) -> Requirement:
    return Requirement(**{**entry, "when": tuple((entry.get("when") or {}).items())})


def _check(found: FormDefinition) -> None:
    _same("phases", found.phases, PHASES)
    _same("fields", [p.field for p in found.parts], [f.name for f in fields(Content)])
    for names in ([p.name for p in found.parts], [s.code for s in found.sections]):
        _same("names", names, dict.fromkeys(names))
    for part in found.parts:
        _check_question(part, PART_TYPES)
        _same(
            f"rows of {part.field}",
            [part.field] * (part.type == "rows"),
            ROWS.keys() & {part.field},
        )
        if part.columns:
            row = [f.name for f in fields(ROWS[part.field])]
            _same(f"columns of {part.field}", [c.field for c in part.columns], row)
        for column in part.columns:
            _check_question(column, COLUMN_TYPES)
    for requirement in found.checklist:
        _check_requirement(found, requirement)


def _check_question(question: Question, types: frozenset[str]) -> None:
    if question.type not in types:
        raise DefinitionError(f"{FILE}: {question.field} has no type {question.type!r}")
    if question.to and question.to not in REGISTERS:
        raise DefinitionError(f"{FILE}: {question.field} chooses from {question.to!r}")
    _same(f"choices of {question.field}", question.choices or (), CHOICES.get(question.field, ()))


def _check_requirement(found: FormDefinition, needed: Requirement) -> None:
    if needed.phase not in PHASES or needed.needs not in NEEDS:
        raise DefinitionError(f"{FILE}: {needed.phase}, {needed.needs} is not known")
    part = next((p for p in found.parts if p.field == needed.field), None)
    columns = {c.field for c in part.columns} if part else set()
    named = {needed.column, *(column for column, _ in needed.when)} - {""}
    if part is None or not named <= columns or (needed.needs == "each") != bool(needed.column):
        raise DefinitionError(f"{FILE}: {needed.field} {sorted(named)} cannot be asked for")


def _same(what: str, given: Any, wanted: Any) -> None:
    if sorted(given) != sorted(wanted):
        raise DefinitionError(f"{FILE}: {what} are {sorted(given)}, not {sorted(wanted)}")
