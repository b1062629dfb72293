"""The content of a proposal as one text that is kept, and back: pure.

Sorted keys, no spaces, and nothing of what is empty, so that the same content is the same text
and a part that a later release adds changes nothing of what is kept.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from noaber.core.dates import PartialDate, parse_date
from noaber.proposals.rules import ROWS, Content
from noaber.record.rules import canonical


def kept(content: Content) -> str:
    """The text under which a content is kept."""
    return canonical(_plain(content))


def content_of(text: str) -> Content:
    """The content that was kept as a text."""
    return Content(**{name: _part(name, value) for name, value in json.loads(text).items()})


def _plain(value: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    for f in fields(value):
        plain = _value(f.name, getattr(value, f.name))
        if plain not in ("", None, []):
            found[f.name] = plain
    return found


def _value(name: str, value: Any) -> object:
    if name in ROWS and isinstance(value, tuple):
        return [_plain(row) for row in value]
    if isinstance(value, PartialDate | Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _part(name: str, value: Any) -> Any:
    if name in ROWS:
        return tuple(ROWS[name](**_row(row)) for row in value)
    if name in ("starts", "ends"):
        return parse_date(value)
    return tuple(value) if isinstance(value, list) else value


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    types: Mapping[str, Callable[[str], object]] = {"on": parse_date, "target": Decimal}
    return {name: types[name](value) if name in types else value for name, value in row.items()}
