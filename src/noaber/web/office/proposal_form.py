"""A proposal as a form: its questions with what was typed, what is wrong, and what others made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from noaber.core.finding import Field, Finding
from noaber.proposals.comparing import said
from noaber.proposals.definitions import Question, form
from noaber.proposals.rules import Content, Known, Named
from noaber.proposals.texts import MOST_ROWS, Texts, box, cell, rows_in
from noaber.web.office.forms import Option


@dataclass(frozen=True)
class Asked:
    """A single field: its question, its name, what stands in it and what is wrong with it."""

    question: Question
    name: str
    text: str
    options: tuple[Option, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class AskedRow:
    """A row of fields, with what a row is called and its number from one."""

    number: int
    fields: tuple[Asked, ...]


@dataclass(frozen=True)
class Box:
    """A box to tick."""

    name: str
    label: str
    ticked: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class AskedPart:
    """A question of the form: a field, rows of them, or boxes; and what somebody else made of it."""

    question: Question
    wrong: tuple[str, ...]
    theirs: tuple[str, ...] | None
    field: Asked | None = None
    rows: tuple[AskedRow, ...] = ()
    boxes: tuple[Box, ...] = ()
    full: bool = False


@dataclass(frozen=True)
class AskedSection:
    """Questions that belong together, with what was said of them when it was returned."""

    code: str
    name: str
    about: str
    parts: tuple[AskedPart, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Theirs:
    """What somebody else made of a proposal meanwhile, and the questions that both changed."""

    content: Content
    both: Collection[Question]


@dataclass(frozen=True)
class Shown:
    """All that a form is made of beside its definition."""

    texts: Texts
    known: Known
    findings: Sequence[Finding] = ()
    more: str = ""
    theirs: Theirs | None = None
    comments: Mapping[str, tuple[str, ...]] | None = None
    only: Mapping[str, Collection[str]] | None = None

    def wrong(self, name: str) -> tuple[str, ...]:
        """What is wrong with a field, as it is told beside it."""
        return tuple(
            f.said for f in self.findings if isinstance(f.where, Field) and f.where.name == name
        )

    def named(self, question: Question) -> Mapping[str, Named]:
        """What a question is chosen from, as far as this person may choose it."""
        known: Mapping[str, Named] = getattr(self.known, question.to)
        allowed = (self.only or {}).get(question.field)
        return known if allowed is None else {c: n for c, n in known.items() if c in allowed}


def sections(shown: Shown) -> tuple[AskedSection, ...]:
    """The form, section by section."""
    return tuple(
        AskedSection(
            section.code,
            section.name,
            section.about,
            tuple(_part(part, shown) for part in section.parts),
            (shown.comments or {}).get(section.code, ()),
        )
        for section in form().sections
    )


def anchor(name: str) -> str:
    """Where a finding is put right: the field itself, or its question when that is rows."""
    return f"veld-{name}"


def _part(part: Question, shown: Shown) -> AskedPart:
    theirs = None
    if shown.theirs and part in shown.theirs.both:
        theirs = said(part, shown.theirs.content, shown.known)
    wrong = shown.wrong(part.name)
    if part.type == "rows":
        rows = _rows(part, shown)
        return AskedPart(part, wrong, theirs, rows=rows, full=len(rows) >= MOST_ROWS)
    if part.type == "choices":
        return AskedPart(part, wrong, theirs, boxes=_boxes(part, shown))
    return AskedPart(part, (), theirs, field=_asked(part, part.name, shown))


def _rows(part: Question, shown: Shown) -> tuple[AskedRow, ...]:
    there = rows_in(part, shown.texts)
    wanted = there + 1 if shown.more == part.name else max(there, 1)
    return tuple(
        AskedRow(
            place + 1,
            tuple(_asked(column, cell(part, place, column), shown) for column in part.columns),
        )
        for place in range(min(wanted, MOST_ROWS))
    )


def _boxes(part: Question, shown: Shown) -> tuple[Box, ...]:
    names = shown.known.pillars
    order = [*names]
    found = shown.named(part).items()
    ordered = sorted(found, key=lambda i: order.index(i[1].pillar) if i[1].pillar in order else -1)
    return tuple(
        Box(
            box(part, code),
            f"{named.name} ({names[named.pillar].name})" if named.pillar in names else named.name,
            bool(shown.texts.get(box(part, code), "").strip()),
            shown.wrong(box(part, code)),
        )
        for code, named in ordered
    )


def _asked(question: Question, name: str, shown: Shown) -> Asked:
    text = shown.texts.get(name, "")
    return Asked(question, name, text, _options(question, text, shown), shown.wrong(name))


def _options(question: Question, text: str, shown: Shown) -> tuple[Option, ...]:
    if question.type != "choice":
        return ()
    if question.to:
        pairs = [
            (code, _called(named, question, shown)) for code, named in shown.named(question).items()
        ]
    else:
        pairs = list((question.choices or {}).items())
    if text and text not in dict(pairs):
        # What stands there stays, also when it is not one of what can be chosen.
        known = getattr(shown.known, question.to).get(text) if question.to else None
        pairs.append((text, known.name if known else text))
    return tuple(Option(v, name, v == text) for v, name in [("", "Kies …"), *pairs])


def _called(named: Named, question: Question, shown: Shown) -> str:
    """Results of several pillars say which pillar they are of."""
    pillar = shown.known.pillars.get(named.pillar)
    return f"{pillar.name}: {named.name}" if question.to == "results" and pillar else named.name
