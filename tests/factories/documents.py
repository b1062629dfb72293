"""Looking into documents: their words, tables and projects."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TypeVar

from noaber.documents.blocks import Block, Chapter, Document, Number, Table
from noaber.documents.payload import payload
from noaber.record.rules import Moment

T = TypeVar("T")

MOMENT = Moment(date(2021, 12, 31), 12)


def a_document(*found: Block, starts: bool = True) -> Document:
    """A document with these blocks in a chapter, or without one."""
    before = (Chapter("Hoofdstuk", "chapter"),) if starts else ()
    return Document(
        "Titel", "Onderwerp", "Deal", (), ("Deal", "Titel"), MOMENT, MOMENT.as_of, None, "#6b2c70",
        (*before, *found), base_url="https://deal.example",
    )  # fmt: skip


def figures(value: Any) -> dict[str, int | None]:
    """Every figure within blocks: cents or a count by address."""
    if isinstance(value, Number):
        return {str(value.figure.address): value.figure.value}
    found: dict[str, int | None] = {}
    if isinstance(value, tuple):
        for item in value:
            found |= figures(item)
    elif is_dataclass(value):
        for field in fields(value):
            found |= figures(getattr(value, field.name))
    return found


def blocks(document: Document, kind: type[T]) -> list[T]:
    return [block for block in document.blocks if isinstance(block, kind)]


def table(document: Document, caption: str) -> Table:
    return next(t for t in blocks(document, Table) if t.caption.startswith(caption))


def words(value: Any) -> str:
    """Everything a reader sees in a part of the payload, with a space between parts."""
    return " ".join(" ".join(_texts(value)).replace("\u00a0", " ").split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("text", "word", "name", "number", "caption", "title", "introduction"):
                yield item if isinstance(item, str) else " ".join(_texts(item))
            elif isinstance(item, list | dict):
                yield from _texts(item)


def read(document: Document) -> str:
    """All words of the document."""
    return words(payload(document))


def written(document: Document, caption: str) -> dict[str, Any]:
    """A table as it is written out."""
    for chapter in payload(document)["chapters"]:
        for block in chapter["blocks"]:
            if block["kind"] == "table" and block["caption"].startswith(caption):
                return dict(block)
    raise LookupError(caption)


def lines(rows: list[dict[str, Any]]) -> list[list[str]]:
    """The cells of written rows as words."""
    return [[words(cell["words"]) for cell in row["cells"]] for row in rows]
