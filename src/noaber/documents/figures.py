"""Every figure of a document once, with the place where it is read."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from noaber.core.address import Address
from noaber.documents import blocks as b
from noaber.documents.spans import pageless, placed, plain
from noaber.monitor.rules import CENTS, Figure


@dataclass(frozen=True)
class Shown:
    """A figure and where it stands: chapter, and in a table its row and column."""

    figure: Figure
    chapter: str
    table: str = ""
    row: str = ""
    column: str = ""


def shown(document: b.Document) -> tuple[Shown, ...]:
    """Every figure once, in the order of the document; where one is in a table, that place."""
    found: dict[Address, Shown] = {}
    for place in _places(document):
        before = found.get(place.figure.address)
        if before is None or (place.table and not before.table):
            found[place.figure.address] = place
    return tuple(found.values())


def exact(value: int, unit: str = CENTS) -> str:
    """A value for machines: euros with a point before cents, if there are any; or a count."""
    if unit != CENTS:
        return str(value)
    euros, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{euros}" + (f".{rest:02}" if rest else "")


def heading_of(block: b.Block, chapter: str) -> str:
    """The name of the chapter from this block on, with its heading within the chapter."""
    match block:
        case b.Chapter(title=title):
            return title
        case b.PillarOpening(sign=sign):
            return sign.name
        case b.Heading(text=text):
            return f"{chapter.partition(': ')[0]}: {text}"
        case b.ProjectEntry(name=name, number=number):
            return f"{chapter.partition(': ')[0]}: {number} {name}"
    return chapter


def _places(document: b.Document) -> Iterator[Shown]:
    chapter = ""
    for block in document.blocks:
        chapter = heading_of(block, chapter)
        if isinstance(block, b.Table):
            yield from _in_table(pageless(block), chapter)
        else:
            for figure in _figures(block):
                yield Shown(figure, chapter)


def _in_table(table: b.Table, chapter: str) -> Iterator[Shown]:
    for row in (*(row for group in table.groups for row in group.rows), *table.totals):
        name = ", ".join(
            text
            for at, cell in placed(row)
            if not table.columns[at].numeric
            if (text := " ".join(plain(cell.words).split()))
        )
        for at, cell in placed(row):
            column = plain(table.columns[at].title)
            for figure in _figures((cell.words, cell.note)):
                yield Shown(figure, chapter, table.caption, name, column)
        for figure in _figures(row.below):
            yield Shown(figure, chapter, table.caption, name)
    for figure in _figures(table.notes):
        yield Shown(figure, chapter)


def _figures(value: Any) -> Iterator[Figure]:
    if isinstance(value, b.Number):
        yield value.figure
    elif isinstance(value, tuple):
        for item in value:
            yield from _figures(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _figures(getattr(value, field.name))
