"""What the text of a cell means, and how a value is written: the two are each other's inverse."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from noaber.core import logo
from noaber.core.address import Address, AddressError
from noaber.core.dates import DateError, parse_date
from noaber.core.money import AmountError, amount_from_number, parse_amount
from noaber.imports.definitions import ColumnDefinition
from noaber.imports.faults import suggestion
from noaber.imports.outlines import OutlineError, format_outline, parse_outline
from noaber.imports.rules import RawCell

LONGEST_TEXT = 4_000
LONGEST_OUTLINE = 32_000  # What a cell of a workbook can hold.
LONGEST_CODE = 60
LONGEST_NUMBER = 20
_DIGITS = 15

_CODE = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_PRINTED_NUMBER = re.compile(r"[A-Za-z]?[0-9]+(?:\.[0-9]+)*[A-Za-z]?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_WEBSITE = re.compile(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/[A-Za-z0-9._~%/?=&#+-]*)?")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_WHOLE = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)")
_DECIMAL = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_NOT_BELOW_ZERO = frozenset(("amount", "integer"))
_LONGEST = {"outline": LONGEST_OUTLINE, "logo": LONGEST_OUTLINE}
_LINES = {"text": "\n", "logo": "\n\t"}
"""Signs between lines that a text of a type may have."""
_TURNING_SIGNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_DEAL = "deal/"


class Mistake(Exception):
    """A cell that cannot be read: the rule it breaks and what goes in its open places."""

    def __init__(self, rule: str, **parts: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.parts = parts


def parse_value(column: ColumnDefinition, cell: RawCell) -> Any:
    """Read a cell as what its column holds; an empty cell gives the default, or None.

    :raises Mistake: when the cell is missing or cannot be read for certain.
    """
    _check_kind(cell)
    text = unicodedata.normalize("NFC", cell.text.replace("\r\n", "\n")).strip()
    if not text:
        if column.required:
            raise Mistake("F-38", column=column.name)
        if column.default is None:
            return None
        text = column.default
    _check_signs(column, text)
    typed = RawCell(text, cell.kind)
    if column.type == "choice":
        return _choice(column, typed)
    value = _READERS[column.type](typed)
    if column.type in _NOT_BELOW_ZERO and value < 0:
        raise Mistake("F-52", column=column.name, text=text)
    return value


def format_value(column: ColumnDefinition, value: Any) -> str:
    """Write a value as the sheet holds it, so that reading gives the same value; None is empty.

    :raises ValueError: for a value that the column cannot hold.
    """
    if value is None:
        return ""
    written = _WRITERS.get(column.type, str)(value)
    if column.choices is not None:
        words = [word for word, code in column.choices.items() if code == value]
        if not words:
            raise ValueError(f"{value!r} is no choice of {column.name}")
        written = words[0]
    return written


def _check_kind(cell: RawCell) -> None:
    """Refuse what a workbook holds in the place of a value."""
    rule = {"formula": "F-32", "merged": "F-33", "boolean": "F-34", "error": "F-35"}.get(cell.kind)
    if rule is not None:
        raise Mistake(rule, text=cell.text)


def _check_signs(column: ColumnDefinition, text: str) -> None:
    limit = _LONGEST.get(column.type, LONGEST_TEXT)
    if len(text) > limit:
        raise Mistake("F-39", count=len(text), limit=limit)
    for sign in text:
        hidden = unicodedata.category(sign) in ("Cc", "Cs") or sign in _TURNING_SIGNS
        if hidden and sign not in _LINES.get(column.type, ""):
            raise Mistake("F-40", sign=f"U+{ord(sign):04X}")


def _text(cell: RawCell) -> str:
    text = cell.text.replace(".", ",") if cell.kind == "number" else cell.text
    if not any(sign.isalnum() for sign in text):
        raise Mistake("F-41", text=text)
    return text


def _typed(cell: RawCell) -> str:
    """Give what a person typed, unless the spreadsheet may have made something else of it."""
    if cell.kind == "date":
        raise Mistake("F-37", text=cell.text)
    if cell.kind == "number" and not cell.text.isdecimal():
        raise Mistake("F-36", text=cell.text)
    return cell.text


def _code(cell: RawCell) -> str:
    text = _typed(cell)
    if not _CODE.fullmatch(text) or len(text) > LONGEST_CODE:
        raise Mistake("F-42", text=text)
    return text


def _reference(cell: RawCell) -> str:
    # Whether there is such a row is judged when all sheets are read.
    return _typed(cell)


def _printed_number(cell: RawCell) -> str:
    text = _typed(cell)
    if not _PRINTED_NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise Mistake("F-43", text=text)
    return text


def _amount(cell: RawCell) -> int:
    try:
        cents = (
            amount_from_number(Decimal(cell.text))
            if cell.kind == "number"
            else parse_amount(cell.text)
        )
    except AmountError as error:
        raise Mistake("F-44", what=error) from error
    return cents


def _integer(cell: RawCell) -> int:
    plain = _plain(cell.text)
    if cell.kind == "date" or not _WHOLE.fullmatch(plain):
        raise Mistake("F-45", text=cell.text)
    if cell.kind == "number" and "." in plain:
        raise Mistake("F-45", text=cell.text)
    digits = plain.replace(".", "")
    _check_size(cell, digits)
    return int(digits)


def _decimal(cell: RawCell) -> Decimal:
    plain = _plain(cell.text)
    if cell.kind == "number":
        plain = plain.replace(".", ",")
    if cell.kind == "date" or not _DECIMAL.fullmatch(plain):
        raise Mistake("F-46", text=cell.text)
    digits = plain.replace(".", "")
    _check_size(cell, digits)
    return Decimal(digits.replace(",", "."))


def _plain(text: str) -> str:
    """Bring full-width digits, the real minus sign and spaces between digits back to plain ones."""
    return unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip()


def _check_size(cell: RawCell, digits: str) -> None:
    """Judge before converting: Python refuses to convert very long numbers."""
    if len(digits.lstrip("-")) > _DIGITS:
        raise Mistake("F-53", text=cell.text)


def _date(cell: RawCell) -> Any:
    try:
        return parse_date(cell.text)
    except DateError as error:
        raise Mistake("F-47", what=error) from error


def _colour(cell: RawCell) -> str:
    if not _COLOUR.fullmatch(cell.text):
        raise Mistake("F-48", text=cell.text)
    return cell.text.lower()


def _outline(cell: RawCell) -> Any:
    try:
        return parse_outline(cell.text)
    except OutlineError as error:
        raise Mistake("F-49", what=error) from error


def _address(cell: RawCell) -> str:
    try:
        return str(Address.parse(_NO_DEAL + cell.text)).removeprefix(_NO_DEAL)
    except AddressError as error:
        raise Mistake("F-50", what=error) from error


def _website(cell: RawCell) -> str:
    if not _WEBSITE.fullmatch(cell.text):
        raise Mistake("F-57", text=cell.text)
    return cell.text


def _mail(cell: RawCell) -> str:
    if not _MAIL.fullmatch(cell.text):
        raise Mistake("F-58", text=cell.text)
    return cell.text


def _logo(cell: RawCell) -> str:
    try:
        return logo.parse_logo(cell.text)
    except logo.LogoError as error:
        raise Mistake("F-59", what=error) from error


def _list(cell: RawCell) -> tuple[str, ...]:
    items = tuple(item.strip() for item in cell.text.split(";") if item.strip())
    if not any(sign.isalnum() for item in items for sign in item):
        raise Mistake("F-41", text=cell.text)
    return items


def _choice(column: ColumnDefinition, cell: RawCell) -> str:
    choices = column.choices or {}
    codes = {word.casefold(): code for word, code in choices.items()}
    word = " ".join(cell.text.casefold().split())
    if word not in codes:
        near = get_close_matches(word, codes, n=1, cutoff=0.75)
        raise Mistake(
            "F-51",
            text=cell.text,
            column=column.name,
            hint=suggestion(near[0] if near else None),
            allowed=", ".join(choices),
        )
    return codes[word]


def _write_amount(cents: int) -> str:
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}" + (f",{rest:02}" if rest else "")


def _write_decimal(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")


def _write_list(items: tuple[str, ...]) -> str:
    if any(";" in item or not item.strip() for item in items):
        raise ValueError(f"an item of a list is not empty and has no semicolon: {items!r}")
    return "; ".join(items)


_READERS: Mapping[str, Callable[[RawCell], Any]] = {
    "text": _text,
    "code": _code,
    "number": _printed_number,
    "amount": _amount,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "colour": _colour,
    "outline": _outline,
    "address": _address,
    "list": _list,
    "reference": _reference,
    "website": _website,
    "mail": _mail,
    "logo": _logo,
}
_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "amount": _write_amount,
    "decimal": _write_decimal,
    "outline": format_outline,
    "list": _write_list,
}
