"""Characters that no font of the house can show, found before a document is made."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import name as name_of

from fontTools.ttLib import TTFont

from noaber.core.finding import Field, Finding, Refused

RULE = "D-01"
_NAMED_BY = ("name", "title", "term", "caption", "text", "overline")
_NOT_SHOWN = frozenset({"address", "key", "kind", "svg", "mark", "layout", "language"})
_BREAKS = frozenset("\n")


def check_glyphs(payload: dict[str, Any], fonts: Sequence[Path]) -> None:
    """Check that every character of the document is in one of the fonts.

    :raises Refused: with each text that has a character that cannot be shown.
    """
    known = frozenset().union(*(_characters(font) for font in fonts)) | _BREAKS
    found = [
        _finding(place, text, missing)
        for place, text in _texts(payload, "document")
        if (missing := sorted(set(text) - known))
    ]
    if found:
        raise Refused(dict.fromkeys(found))


def _finding(place: str, text: str, missing: Sequence[str]) -> Finding:
    signs = ", ".join(
        f"{_shown(sign)} (U+{ord(sign):04X}, {name_of(sign, 'onbekend teken')})" for sign in missing
    )
    start = " ".join(text.split())[:60]
    return Finding(
        RULE,
        f"De tekst “{start}” heeft een teken dat niet gedrukt kan worden: {signs}",
        Field(place),
        "Vervang het teken door een letter of teken dat in Europese talen voorkomt.",
    )


def _shown(sign: str) -> str:
    return f"“{sign}”" if sign.isprintable() else "een onzichtbaar teken"


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text that is shown, with where it stands: the block's name and the field."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, place)
    elif isinstance(value, dict):
        own = next((value[k] for k in _NAMED_BY if isinstance(value.get(k), str) and value[k]), "")
        block = f"{value.get('kind', '')} {own[:40]}".strip() if value.get("kind") else place
        for key, item in value.items():
            if key not in _NOT_SHOWN:
                inner = key if isinstance(item, str) else ""
                yield from _texts(item, f"{block}, {inner}" if inner else block)


@cache
def _characters(font: Path) -> frozenset[str]:
    with TTFont(font, lazy=True) as file:
        return frozenset(chr(code) for code in file.getBestCmap())
