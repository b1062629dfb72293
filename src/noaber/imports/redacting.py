"""Taking names out of files that were kept, so that the rest can stay as evidence: pure.

A name is looked for whatever its capitals, and with any white space between its parts. In a
workbook it can be cut in pieces by styles, or stand in a picture: what is not certain to be clean
is given up as a whole.
"""

import re
from collections.abc import Collection
from html import escape, unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from noaber.core.finding import Refused
from noaber.imports.container import open_workbook

GONE = "[gewist]"
"""Stands where a name stood."""

_TAG = re.compile(r"<[^>]*>")
_WORKBOOK = b"PK\x03\x04"


def holds(name: str, content: bytes, words: Collection[str]) -> bool:
    """Whether a file holds any of the words."""
    return redacted(name, content, words) is not None


def redacted(name: str, content: bytes, words: Collection[str]) -> bytes | None:
    """The file without the words; None when they are not in it, b"" when only all of it can go."""
    wanted = [word for word in words if word.strip()]
    if not wanted:
        return None
    if content.startswith(_WORKBOOK):
        return _workbook(name, content, wanted)
    text, encoding = _decoded(content)
    changed = _without(text, [_pattern(word) for word in wanted])
    return None if changed == text else changed.encode(encoding)


def _pattern(words: str) -> re.Pattern[str]:
    """The words as words of their own: "Jan" is no part of "januari"."""
    return re.compile(rf"(?<!\w){_spaced(words)}(?!\w)", re.IGNORECASE)


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _without(text: str, patterns: Collection[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(GONE, text)
    return text


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        # Latin-1 gives every byte a sign and back, so what is no text stays as it was.
        return (
            (content.decode("utf-16"), "utf-16") if wide else (content.decode("latin-1"), "latin-1")
        )


def _workbook(name: str, content: bytes, words: Collection[str]) -> bytes | None:
    try:
        archive, _ = open_workbook(content, name)
    except Refused:
        # Never read, so what is in it is not known.
        return b""
    # Also as XML writes a name: with & and quotes spelt out.
    patterns = [_pattern(form) for word in words for form in {word, escape(word)}]
    pieces = [re.compile(_spaced(word), re.IGNORECASE) for word in words if len(word.split()) > 1]
    out = BytesIO()
    changed = False
    with archive, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for part in archive.infolist():
            text, encoding = _decoded(archive.read(part))
            clean = _without(text, patterns)
            changed |= clean != text
            made.writestr(part, clean.encode(encoding))
            # Whether a name is still there once the marks between its letters are taken away.
            bare = unescape(_TAG.sub("", clean))
            if any(piece.search(bare) for piece in pieces):
                return b""
    return out.getvalue() if changed else None
