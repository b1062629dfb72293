"""Two versions of a proposal side by side, by section: pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from noaber.core.notation import euro, partial
from noaber.proposals.definitions import FormDefinition, Question, Section, form
from noaber.proposals.rules import Content, Known
from noaber.proposals.texts import of_part, written

NOTHING = Known({}, {}, {}, {}, {}, {}, date.min, date.max)


@dataclass(frozen=True)
class Changed:
    """A question whose answer differs: the lines that it was and the lines that it became."""

    part: Question
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class ChangedSection:
    """A section with what differs in it."""

    section: Section
    parts: tuple[Changed, ...]


def differences(
    before: Content,
    after: Content,
    known: Known = NOTHING,
    definition: FormDefinition | None = None,
) -> tuple[ChangedSection, ...]:
    """What differs between two versions, only sections in which anything does."""
    found = []
    for section in (definition or form()).sections:
        parts = tuple(
            Changed(part, said(part, before, known), said(part, after, known))
            for part in section.parts
            if getattr(before, part.field) != getattr(after, part.field)
        )
        if parts:
            found.append(ChangedSection(section, parts))
    return tuple(found)


def said(part: Question, content: Content, known: Known = NOTHING) -> tuple[str, ...]:
    """The answer to a question as people read it: one line for each row or paragraph."""
    value = getattr(content, part.field)
    if part.type == "rows":
        return tuple(row_said(part, row, known) for row in value)
    if part.type == "choices":
        return tuple(_said(part, code, known) for code in value)
    text = _said(part, value, known)
    return tuple(line for line in text.split("\n") if line.strip())


def row_said(part: Question, row: Any, known: Known = NOTHING) -> str:
    """A row as one line: its cells that are filled in."""
    cells = (_said(column, getattr(row, column.field), known) for column in part.columns)
    return ", ".join(text for text in cells if text)


def cells_said(part: Question, row: Any, known: Known) -> tuple[tuple[Question, str], ...]:
    """The cells of a row as people read them, each with its column; "" for what is open."""
    return tuple((c, _said(c, getattr(row, c.field), known)) for c in part.columns)


def _said(question: Question, value: Any, known: Known) -> str:
    if value is None or value == "":
        return ""
    if question.to:
        named = getattr(known, question.to).get(value)
        return named.name if named else str(value)
    return _WRITTEN.get(question.type, question.word)(value)


def _number(value: Any) -> str:
    return f"{value:f}".replace(".", ",")


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "amount": euro,
    "date": partial,
    "year": str,
    "number": _number,
}


def merged(
    before: Content, mine: Mapping[str, str], theirs: Content
) -> tuple[dict[str, str], tuple[Question, ...]]:
    """The texts of a form after somebody else wrote meanwhile, and the questions both changed.

    What I did not touch is theirs; what I changed stays mine, so that nothing that was typed is
    lost, and where both changed it I am the one to choose.
    """
    was, now = written(before), written(theirs)
    texts: dict[str, str] = {}
    both = []
    for part in form().parts:
        at_first, my_own, their_own = (of_part(part, t) for t in (was, mine, now))
        if my_own == at_first:
            texts |= their_own
            continue
        texts |= my_own
        if their_own not in (at_first, my_own):
            both.append(part)
    return texts, tuple(both)
