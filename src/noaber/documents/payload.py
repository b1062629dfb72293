"""A document as plain data for the typst template: everything written out, nothing computed."""

from collections.abc import Callable, Sequence
from itertools import groupby, takewhile
from typing import Any

from noaber.core.notation import day
from noaber.documents import blocks as b
from noaber.documents.drawing.colours import (
    GREY,
    INK,
    LINE,
    SAND,
    legible,
    readable_on,
)
from noaber.documents.links import explanation
from noaber.documents.wording import MARKS, written

Data = dict[str, Any]

_TEXT_SIZE = 9.4
_SMALL_SIZE = 8.4
_SIGN_ROOM = {0: 0, 1: 6, 2: 10}
"""Points after every amount of a column, by the signs that follow one, so that digits align."""
_MANY_ENTRIES = 28
_LONG_TEXT = 1_500
_WHOLE = 9


def payload(document: b.Document) -> Data:
    """The document as JSON-able data, chapters with their blocks in them."""
    writer = _Writer(document)
    cover = next((x for x in document.blocks if isinstance(x, b.Cover)), None)
    contents = next((x for x in document.blocks if isinstance(x, b.Contents)), None)
    headings = sum(isinstance(x, b.Chapter | b.PillarOpening | b.Heading) for x in document.blocks)
    signs = [x.sign for x in document.blocks if isinstance(x, b.PillarOpening)]
    return {
        "title": document.title,
        "subject": document.subject,
        "author": document.author,
        "keywords": list(document.keywords),
        "language": document.language,
        "date": [document.as_of.year, document.as_of.month, document.as_of.day],
        "running": list(document.running),
        "moment_line": moment_line(document),
        "accent": document.accent,
        "accent_ink": legible(document.accent),
        "accent_on_sand": legible(document.accent, SAND),
        "on_accent": readable_on(document.accent),
        "colours": {"ink": INK, "sand": SAND, "line": LINE, "grey": GREY},
        "outline_depth": 2 if headings <= _MANY_ENTRIES else 1,
        "signs": [sign(s) for s in signs],
        "cover": writer.cover(cover) if cover else None,
        "contents": writer.contents(contents) if contents else None,
        "chapters": writer.chapters(),
    }


def moment_line(document: b.Document) -> str:
    """Which moment the figures are of, as at the foot of every page."""
    line = f"Cijfers per {day(document.as_of)}"
    return f"{line}, zoals bekend op {day(document.known_on)}" if document.known_on else line


def sign(value: b.Sign) -> Data:
    """A sign with the colours in which it can be read on each background."""
    return {
        "kind": "sign",
        "name": value.name,
        "mark": value.mark,
        "colour": value.colour,
        "ink": legible(value.colour),
        "on_sand": legible(value.colour, SAND),
        "on": readable_on(value.colour),
    }


class _Writer:
    def __init__(self, document: b.Document) -> None:
        self.document = document
        self.about = ""

    def chapters(self) -> list[Data]:
        found: list[Data] = []
        sharing = _sharing(self.document.blocks)
        for block in self.document.blocks:
            if isinstance(block, b.Cover | b.Contents):
                continue
            if isinstance(block, b.Chapter):
                self.about = block.title
                if block.follows and found and found[-1]["layout"] == block.layout.value:
                    title = {"kind": "chapter", "title": block.title, "key": block.key}
                    found[-1]["blocks"].append(title)
                else:
                    found.append(_chapter(block.layout, title=block.title, key=block.key))
            elif isinstance(block, b.PillarOpening):
                self.about = ""
                opening = self.opening(block)
                if block.key not in sharing:
                    found.append(_chapter(b.Layout.TEXT, opening=opening))
                    continue
                if sharing[block.key]:
                    found.append(_chapter(b.Layout.TEXT))
                found[-1]["blocks"].append(opening)
            else:
                _keep_with_table(found[-1]["blocks"], self.block(block))
        return found

    def block(self, block: b.Block) -> Data:
        writers: dict[type, Callable[[Any], Data]] = {
            b.Heading: self.heading,
            b.Paragraph: self.paragraph,
            b.KeyFigures: self.key_figures,
            b.Table: self.table,
            b.Picture: self.picture,
            b.ProjectEntry: self.project,
            b.Terms: self.terms,
        }
        return writers[type(block)](block)

    def cover(self, cover: b.Cover) -> Data:
        return {
            "overline": cover.overline,
            "title": cover.title,
            "signs": [sign(s) for s in cover.signs],
            "lines": list(cover.lines),
            "picture": self.picture(cover.picture) if cover.picture else None,
            "logo": self.picture(cover.logo) if cover.logo else None,
        }

    def contents(self, contents: b.Contents) -> Data:
        return {
            "title": contents.title,
            "box_title": contents.box_title,
            "box": [[self.words(term), self.words(said)] for term, said in contents.box],
        }

    def opening(self, block: b.PillarOpening) -> Data:
        return {
            "kind": "opening",
            "sign": sign(block.sign),
            "key": block.key,
            "term": block.term,
            "introduction": block.introduction,
            "size": _title_size(block.sign.name, beside_picture=block.picture is not None),
            "figures": self.key_figures(b.KeyFigures(block.figures, block.sign)),
            "picture": self.picture(block.picture) if block.picture else None,
            "listed": [
                {"key": x.key, "number": x.number, "name": x.name, "mark": _mark(x.mark)}
                for x in block.listed
            ],
            "follows_on": block.follows_on,
        }

    def heading(self, block: b.Heading) -> Data:
        return {
            "kind": "heading",
            "text": block.text,
            "key": block.key,
            "sign": sign(block.sign) if block.sign else None,
            "page": block.new_page,
            "about": self.about,
        }

    def paragraph(self, block: b.Paragraph) -> Data:
        words = self.words(block.words)
        return {
            "kind": "paragraph",
            "words": words,
            "lead": block.lead,
            "quiet": block.quiet,
            "keep": False,
        }

    def key_figures(self, block: b.KeyFigures) -> Data:
        items = [{"words": self.words(x.words), "label": self.words(x.label)} for x in block.items]
        return {
            "kind": "key-figures",
            "items": items,
            "sign": sign(block.sign) if block.sign else None,
        }

    def picture(self, block: b.Picture) -> Data:
        caption = self.words(block.caption)
        return {"kind": "picture", "svg": block.svg, "alt": block.alt, "caption": caption}

    def project(self, block: b.ProjectEntry) -> Data:
        return {
            "kind": "project",
            "key": block.key,
            "sign": sign(block.sign),
            "number": block.number,
            "name": block.name,
            "mark": _mark(block.mark),
            "awarded": self.words(block.awarded),
            "facts": [self.words(fact) for fact in block.facts],
            "text": block.text,
            "after": self.words(block.after),
            "tranches": list(block.tranches),
            "long": len(block.text) > _LONG_TEXT,
        }

    def terms(self, block: b.Terms) -> Data:
        return {
            "kind": "terms",
            "items": [[term, self.words(said)] for term, said in block.items],
        }

    def table(self, block: b.Table) -> Data:
        current = [i for i, column in enumerate(block.columns) if column.current]
        return {
            "kind": "table",
            "caption": block.caption,
            "sign": sign(block.sign) if block.sign else None,
            "small": block.small,
            "whole": _lines(block) <= _WHOLE,
            "size": _SMALL_SIZE if block.small else _TEXT_SIZE,
            "tail": current[0] if current else len(block.columns),
            "columns": [self.column(block, index) for index in range(len(block.columns))],
            "groups": [
                {
                    "sign": sign(group.sign) if group.sign else None,
                    "rows": [self.row(row, block.columns) for row in group.rows],
                }
                for group in block.groups
            ],
            "totals": [self.row(row, block.columns, strong=True) for row in block.totals],
            "notes": [self.words(note) for note in block.notes],
        }

    def column(self, table: b.Table, index: int) -> Data:
        column = table.columns[index]
        # Columns of one kind, such as tranches, keep the same room.
        alike = [
            i for i, c in enumerate(table.columns) if i == index or (column.subtitle and c.subtitle)
        ]
        signs = max(max(table.columns[i].estimated, _most_signs(table, i)) for i in alike)
        return {
            "title": self.words(column.title),
            "subtitle": column.subtitle,
            "numeric": column.numeric,
            "width": column.width,
            "share": column.share,
            "current": column.current,
            "estimated": column.estimated,
            "signs": _SIGN_ROOM[signs],
        }

    def row(self, row: b.Row, columns: Sequence[b.Column], *, strong: bool = False) -> Data:
        cells, at = [], 0
        for cell in row.cells:
            cells.append(
                {
                    "words": self.words(cell.words, in_cell=True),
                    "note": self.words(cell.note),
                    "inferred": cell.inferred,
                    "quiet": cell.quiet or _is_zero(cell),
                    "strong": cell.strong or strong,
                    "span": cell.span,
                    "numeric": columns[at].numeric,
                }
            )
            at += cell.span
        below = self.words(row.below)
        return {"cells": cells, "below": below, "quiet": row.below_quiet}

    def words(self, words: b.Words, *, in_cell: bool = False) -> list[Data]:
        return [self.inline(part, in_cell=in_cell) for part in words]

    def inline(self, part: b.Inline, *, in_cell: bool) -> Data:
        if isinstance(part, b.Number):
            return self.number(part, in_cell=in_cell)
        if isinstance(part, b.Plain):
            return {"kind": "text", "text": written(part.value, part.form, in_cell=in_cell)}
        return _word(part)

    def number(self, part: b.Number, *, in_cell: bool) -> Data:
        figure = part.figure
        text = written(figure.value, part.form, in_cell=in_cell)
        if not figure.value:
            return {"kind": "text", "text": text}
        address = explanation(self.document.base_url, figure.address, self.document.moment)
        return {"kind": "link", "text": text, "address": address}


def _word(part: str | b.Mark | b.Strong | b.Reference | b.Web | b.Sign) -> Data:
    match part:
        case b.Mark():  # before plain text: a mark is a text too
            return {"kind": "mark", "mark": _mark(part)}
        case b.Strong():
            return {"kind": "strong", "text": part.text}
        case b.Reference():
            return {
                "kind": "reference" if part.text else "page",
                "key": part.key,
                "text": part.text or part.before,
            }
        case b.Web():
            return {"kind": "web", "address": part.address, "text": part.text}
        case b.Sign():
            return sign(part)
        case str():
            return {"kind": "text", "text": part}


def _chapter(
    layout: b.Layout, *, title: str = "", key: str = "", opening: Data | None = None
) -> Data:
    """A chapter that starts a page; without title and opening its first block names it."""
    return {"title": title, "key": key, "layout": layout.value, "opening": opening, "blocks": []}


def _sharing(blocks: Sequence[b.Block]) -> dict[str, bool]:
    """The openings that share pages with their neighbours; for each whether it is the first."""
    found: dict[str, bool] = {}
    openings = [block for block in blocks if isinstance(block, b.PillarOpening)]
    for small, run in groupby(openings, key=lambda o: o.follows_on and o.picture is None):
        keys = [opening.key for opening in run]
        if small and len(keys) > 1:
            found |= {key: place == 0 for place, key in enumerate(keys)}
    return found


def _keep_with_table(blocks: list[Data], block: Data) -> None:
    """Add a block; the paragraphs that tell about a short table stay on one page with it."""
    if block.get("whole"):
        for told in takewhile(lambda x: x["kind"] == "paragraph", reversed(blocks)):
            told["keep"] = True
    blocks.append(block)


def _mark(mark: b.Mark | None) -> Data | None:
    return None if mark is None else {"kind": mark.value, "word": MARKS[mark]}


def _most_signs(table: b.Table, index: int) -> int:
    """How many signs follow one amount in a column: ° and a footnote's mark."""
    most = 0
    for group in table.groups:
        for row in group.rows:
            at = 0
            for cell in row.cells:
                if at == index and cell.span == 1:
                    most = max(most, bool(cell.note) + cell.inferred)
                at += cell.span
    return most


def _lines(table: b.Table) -> int:
    """About how many lines a table takes."""
    rows = [row for group in table.groups for row in group.rows]
    return len(rows) + sum(1 + len(row.below) for row in rows if row.below)


def _is_zero(cell: b.Cell) -> bool:
    """A dash is quieter than an amount."""
    match cell.words:
        case (b.Number(figure=figure),):
            return not figure.value
        case (b.Plain(value=value),):
            return not value
    return False


def _title_size(name: str, *, beside_picture: bool) -> int:
    """Points in which a pillar's name fits in its band, beside the map if there is one."""
    wide, high = (285, 130) if beside_picture else (470, 130)
    longest = max((len(word) for word in name.split()), default=1)
    for size in range(58, 18, -2):
        per_letter = size * 0.62
        lines = -(-len(name) * per_letter // (wide * 0.9))
        if longest * per_letter <= wide and lines * size * 1.15 <= high:
            return size
    return 18
