"""A row of a sheet as fields of a form, with the reason beside each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.core.finding import Field, Finding
from noaber.core.notation import with_full_stop
from noaber.imports.definitions import ColumnDefinition, SheetDefinition
from noaber.imports.editing import Texts

LONG = 80
"""From this many characters on a text gets several lines."""

_LONG_FIELDS = frozenset(
    {"text", "ambition", "introduction", "note", "continuation", "outline", "what"}
)


@dataclass(frozen=True)
class Difference:
    """What a field was and what somebody else made of it while the form was open."""

    before: str
    theirs: str


@dataclass(frozen=True)
class Option:
    """A value that can be chosen, with what people call it."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class FormField:
    """A question: its label, why it is asked, what stands there, and what is wrong with it."""

    name: str
    label: str
    hint: str
    text: str
    required: bool
    fixed: bool
    long: bool
    options: tuple[Option, ...]
    wrong: tuple[str, ...]
    difference: Difference | None


def place_of(finding: Finding) -> str:
    """The name of the field that a finding is at; "" for none."""
    return finding.where.name if isinstance(finding.where, Field) else ""


def form_fields(
    sheet: SheetDefinition,
    texts: Texts,
    choices: Mapping[str, Sequence[tuple[str, str]]],
    findings: Sequence[Finding],
    differences: Mapping[str, Difference],
    *,
    fixed: bool,
) -> tuple[FormField, ...]:
    """The fields of a form for a row; `fixed` says that what it is known by cannot change."""
    keys = set(sheet.key)
    return tuple(
        FormField(
            name=column.name,
            label=column.label,
            hint=_hint(column),
            text=texts.get(column.name, ""),
            required=column.required,
            fixed=fixed and column.name in keys,
            long=column.field in _LONG_FIELDS or len(texts.get(column.name, "")) > LONG,
            options=_options(column, texts.get(column.name, ""), choices.get(column.name, ())),
            wrong=tuple(f.said for f in findings if place_of(f) == column.name),
            difference=differences.get(column.name),
        )
        for column in sheet.columns
        if column.field != "base_revision"
    )


def _hint(column: ColumnDefinition) -> str:
    asked = "" if column.required else " Mag leeg blijven."
    example = f" Bijvoorbeeld: {column.example}." if column.example and not column.to else ""
    about = column.about.rstrip(".")
    # What only says the label again helps nobody.
    said = "" if about.casefold() == column.label.casefold() else with_full_stop(column.about)
    return f"{said}{example}{asked}".strip()


def _options(
    column: ColumnDefinition, text: str, offered: Sequence[tuple[str, str]]
) -> tuple[Option, ...]:
    pairs = [(word, word) for word in column.choices] if column.choices else list(offered)
    if not pairs or column.type == "list":
        return ()
    if text and text not in {value for value, _ in pairs}:
        # What was typed stays, also when it is not one of what can be chosen.
        pairs.append((text, text))
    first = [] if column.required and text else [("", "Kies …" if column.required else "Geen")]
    return tuple(Option(value, name, value == text) for value, name in [*first, *pairs])
