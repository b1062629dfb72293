"""A proposal as the texts of a form, and back: pure.

A question that is rows has a text per cell, ``bedragen-0-jaar``; one with boxes to tick has a text
per box, ``themas-werken-a``. What cannot be read is found all at once, each at its own field.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from noaber.core.dates import FIRST_YEAR, LAST_YEAR, DateError, parse_date
from noaber.core.finding import Field, Finding, Refused
from noaber.core.money import AmountError, parse_amount
from noaber.core.notation import amount, partial
from noaber.proposals.definitions import FormDefinition, Question, form
from noaber.proposals.rules import ROWS, Content

Texts = Mapping[str, str]
"""What stands in the form, by the names of its fields."""

MOST_ROWS = 60
"""The most rows that a question takes."""
TICKED = "ja"

_NUMBER = re.compile(r"-?[0-9]{1,12}(?:,[0-9]{1,4})?")
_YEAR = re.compile(r"[0-9]{4}")


def read(texts: Texts, definition: FormDefinition | None = None) -> Content:
    """The content that a form holds.

    :raises Refused: with everything that cannot be read, each at its field.
    """
    findings: list[Finding] = []
    values = {
        part.field: _read_part(part, texts, findings) for part in (definition or form()).parts
    }
    if findings:
        raise Refused(findings)
    return Content(**values)


def written(content: Content, definition: FormDefinition | None = None) -> dict[str, str]:
    """The texts of a form that holds a content."""
    found: dict[str, str] = {}
    for part in (definition or form()).parts:
        value = getattr(content, part.field)
        if part.type == "rows":
            for place, row in enumerate(value):
                for column in part.columns:
                    found[cell(part, place, column)] = _written(column, getattr(row, column.field))
        elif part.type == "choices":
            found |= {box(part, code): TICKED for code in value}
        else:
            found[part.name] = _written(part, value)
    return found


def named(content: Content) -> dict[str, object]:
    """The content by the Dutch names of the form, for who reads it as data; nothing of what is empty."""
    found: dict[str, object] = {}
    for part in form().parts:
        value = getattr(content, part.field)
        if part.type == "rows":
            found[part.name] = [
                {c.name: t for c in part.columns if (t := _written(c, getattr(row, c.field)))}
                for row in value
            ]
        else:
            found[part.name] = list(value) if part.type == "choices" else _written(part, value)
    return {name: value for name, value in found.items() if value}


def cell(part: Question, place: int, column: Question) -> str:
    """The name of the field of a cell; rows are counted from zero."""
    return f"{part.name}-{place}-{column.name}"


def box(part: Question, code: str) -> str:
    """The name of the field of a box to tick."""
    return f"{part.name}-{code}"


def rows_in(part: Question, texts: Texts) -> int:
    """How many rows of a question there are in a form, those that are empty too."""
    pattern = re.compile(rf"{re.escape(part.name)}-([0-9]{{1,3}})-")
    places = [int(m[1]) for name in texts if (m := pattern.match(name))]
    return min(max(places, default=-1) + 1, MOST_ROWS)


def of_part(part: Question, texts: Texts) -> dict[str, str]:
    """The texts of one question, without what is empty."""
    if part.type in ("rows", "choices"):
        return {n: t for n, t in texts.items() if n.startswith(f"{part.name}-") and t.strip()}
    return {part.name: texts[part.name]} if texts.get(part.name, "").strip() else {}


def _read_part(part: Question, texts: Texts, findings: list[Finding]) -> Any:
    if part.type == "rows":
        return tuple(_read_rows(part, texts, findings))
    if part.type == "choices":
        start = f"{part.name}-"
        ticked = (n for n, text in texts.items() if n.startswith(start) and text.strip())
        return tuple(sorted(name.removeprefix(start) for name in ticked))
    return _read(part, texts.get(part.name, ""), part.name, part.label, findings)


def _read_rows(part: Question, texts: Texts, findings: list[Finding]) -> Iterator[Any]:
    for place in range(rows_in(part, texts)):
        cells = {c.field: texts.get(cell(part, place, c), "") for c in part.columns}
        if not any(text.strip() for text in cells.values()):
            continue
        label = f"{part.label}, {place + 1}e {part.one}"
        yield ROWS[part.field](
            **{
                c.field: _read(
                    c, cells[c.field], cell(part, place, c), f"{label}: {c.label}", findings
                )
                for c in part.columns
            }
        )


def _read(question: Question, text: str, name: str, label: str, findings: list[Finding]) -> Any:
    plain = _plain(text, lines=question.type == "text")
    try:
        _check_length(plain, question.most)
        if question.type in ("line", "text", "choice"):
            return _chosen(question, plain)
        return _TYPES[question.type](plain) if plain else None
    except (ValueError, AmountError, DateError) as wrong:
        findings.append(Finding("V-01", f"{label}: {wrong}", Field(name)))
        return "" if question.type in ("line", "text", "choice") else None


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise ValueError(f"Dit zijn {len(text)} tekens; er passen er {most}. Maak het korter.")


def _plain(text: str, *, lines: bool) -> str:
    """Text without signs that cannot be seen; one space between words where it is one line."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\t", " ")
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    if not lines:
        return " ".join(kept.split())
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()


def _chosen(question: Question, text: str) -> str:
    if question.choices and text and text not in question.choices:
        raise ValueError("Deze keuze is er niet. Kies uit de lijst.")
    return text


def _amount(text: str) -> int:
    cents = parse_amount(text)
    if cents <= 0:
        raise ValueError("Het bedrag moet hoger zijn dan nul. Haal de rij leeg als er niets is.")
    return cents


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ValueError("Dit is geen jaar. Schrijf vier cijfers, zoals 2022.")
    return int(text)


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text.replace(".", "")):
        raise ValueError("Dit is geen getal. Schrijf alleen cijfers, zoals 40 of 12,5.")
    return Decimal(text.replace(".", "").replace(",", "."))


_TYPES: Mapping[str, Callable[[str], object]] = {
    "date": parse_date,
    "year": _year,
    "amount": _amount,
    "number": _number,
}


def _written(question: Question, value: Any) -> str:
    if value is None:
        return ""
    return _WRITTEN.get(question.type, str)(value)


def _decimal(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "amount": amount,
    "date": partial,
    "number": _decimal,
}
