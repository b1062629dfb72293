"""Where a name stands in a file that people sent, and what of it nobody can search.

Runs in a process of its own with little memory and time (`child`), as `inspecting` does.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from html import unescape
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath
from zipfile import ZipFile

from noaber.files.rules import Searched, holds

_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"</(?:w:p|a:p|text:p|text:h|si|c)>")
_TABLE = re.compile(r'<table:table\s[^>]*?table:name="([^"]*)"')
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp"})
_TEXTS = frozenset({".xml", ".rels", ".vml", ".txt", ""})
_IN_CELLS = ("xl/sharedstrings.xml", "xl/worksheets/")

Places = Iterator[tuple[bool, str]]
"""A place and whether the name stands there; when not, it could not be searched."""


def searched(name: str, content: bytes, words: Collection[str]) -> Searched:
    """The places in a file where any of the words stands, and those that cannot be searched."""
    suffix = PurePosixPath(name).suffix.lower()
    look: Callable[[bytes, Collection[str]], Places] = _LOOKS.get(suffix, _unknown)
    places: dict[bool, dict[str, None]] = {True: {}, False: {}}
    try:
        for found, place in look(content, words):
            places[found][place] = None
    except Exception:  # noqa: BLE001  a reader can fail in any way; that it did is what is told
        places[False]["de rest: beschadigd of niet te lezen"] = None
    return Searched(tuple(places[True]), tuple(places[False]))


def _unknown(_content: bytes, _words: Collection[str]) -> Places:
    yield False, "alles: van dit soort bestand wordt geen tekst gelezen"


def _picture(_content: bytes, _words: Collection[str]) -> Places:
    yield False, "alles: het is een plaatje"


def _text(content: bytes, words: Collection[str]) -> Places:
    lines = content.decode("utf-8-sig").splitlines()
    yield from ((True, f"regel {n}") for n, line in enumerate(lines, 1) if holds(line, words))
    # A name can be broken off at the end of a line.
    for n, pair in enumerate(pairwise(lines), 1):
        if holds(" ".join(pair), words) and not any(holds(line, words) for line in pair):
            yield True, f"regel {n}"


def _pdf(content: bytes, words: Collection[str]) -> Places:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    if any(holds(text, words) for text in _strings(reader.trailer)):
        yield True, "eigenschappen, opmerking of formulierveld"
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        if holds(text, words):
            yield True, f"bladzijde {number}"
        if not text.strip():
            yield False, f"bladzijde {number}: geen tekst, misschien een scan"
        elif page.images:
            yield False, f"bladzijde {number}: de plaatjes"


def _strings(root: object) -> Iterator[str]:
    """Every text that stands in a PDF outside its pages, that about it in XMP included."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    waiting, seen = [root], set[int]()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in seen:
                continue
            seen.add(item.idnum)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            waiting += [item.raw_get(key) for key in item]
            if isinstance(item, StreamObject) and item.get("/Type") == "/Metadata":
                yield _bare(item.get_data().decode("utf-8", "replace"))
        elif isinstance(item, ArrayObject):
            waiting += list(item)
        elif isinstance(item, str):
            yield item


def _office(content: bytes, words: Collection[str]) -> Places:
    with ZipFile(BytesIO(content)) as archive:
        for part in archive.infolist():
            suffix = PurePosixPath(part.filename).suffix.lower()
            if suffix in _PICTURES:
                yield False, f"het plaatje {part.filename}"
            elif part.is_dir() or part.filename == "mimetype":
                continue
            elif suffix in _TEXTS:
                text = _decoded(archive.read(part))
                yield from ((True, place) for place in _in_part(part.filename, text, words))
            else:
                yield False, f"het onderdeel {part.filename}"


def _in_part(part: str, text: str, words: Collection[str]) -> Iterable[str]:
    """The paragraphs of the text itself; of any other part that it holds the name at all."""
    if part == "content.xml" and "<table:table " in text and "office:spreadsheet" in text:
        tables = _TABLE.split(text)
        found = [
            f"blad {unescape(tables[n])}"
            for n in range(1, len(tables), 2)
            if any(holds(piece, words) for piece in _paragraphs(tables[n + 1]))
        ]
    elif part in ("word/document.xml", "content.xml"):
        found = [
            f"alinea {n}"
            for n, piece in enumerate(_paragraphs(text), start=1)
            if holds(piece, words)
        ]
    else:
        found = [part] if any(holds(piece, words) for piece in _paragraphs(text)) else []
    # Also where a mark holds it, such as who wrote a remark; or over the edge of a paragraph.
    anywhere = holds(unescape(text), words) or holds(_bare(text), words)
    return found or ([part] if anywhere else [])


def _workbook(content: bytes, words: Collection[str]) -> Places:
    from openpyxl import load_workbook

    cells = [
        f"blad {sheet.title}, cel {cell.coordinate}"
        for sheet in load_workbook(BytesIO(content), read_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and holds(cell.value, words)
    ]
    yield from ((True, cell) for cell in cells)
    for found, place in _office(content, words):
        # What the cells tell is not told again of the parts that hold them.
        if not (found and cells and place.lower().startswith(_IN_CELLS)):
            yield found, place


def _paragraphs(text: str) -> list[str]:
    return [unescape(_TAG.sub("", piece)) for piece in _PARAGRAPH.split(text)]


def _bare(text: str) -> str:
    return unescape(_TAG.sub(" ", text))


def _decoded(content: bytes) -> str:
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return content.decode("utf-16" if wide else "utf-8-sig", "replace")


_LOOKS = {
    ".pdf": _pdf,
    ".png": _picture,
    ".jpg": _picture,
    ".docx": _office,
    ".odt": _office,
    ".ods": _office,
    ".xlsx": _workbook,
    ".csv": _text,
    ".txt": _text,
}
