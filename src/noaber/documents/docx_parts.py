"""Pieces of a Word document that python-docx has no words for: links, fields, bookmarks, runs."""

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from noaber.documents import blocks as b
from noaber.documents.docx_styles import FIGURE, INFERRED_SIGN, MARK, NOTE_SIGN, STRONG, WEB, Styles
from noaber.documents.spans import Span, spans
from noaber.documents.wording import INFERRED

_LONGEST_BOOKMARK = 40


def element(
    tag: str, attributes: dict[str, str] | None = None, *children: BaseOxmlElement
) -> BaseOxmlElement:
    """An element such as ``w:p``, with attributes and what it holds."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    made.extend(children)
    return made


def run(text: str, style: str = "") -> BaseOxmlElement:
    """Text in a character style; a line break stays one."""
    made = element("w:r")
    if style:
        made.append(element("w:rPr", None, element("w:rStyle", {"w:val": style})))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("w:br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(element("w:tab"))
            words = element("w:t", {"xml:space": "preserve"})
            words.text = piece
            made.append(words)
    return made


def field(instruction: str, *shown: BaseOxmlElement) -> list[BaseOxmlElement]:
    """A field that Word fills in, with what stands there until then."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = instruction
    return [
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "begin"})),
        element("w:r", None, code),
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "separate"})),
        *shown,
        element("w:r", None, element("w:fldChar", {"w:fldCharType": "end"})),
    ]


class Words:
    """Writes words of one document into paragraphs; knows its links, bookmarks and notes."""

    def __init__(self, document: b.Document, part: Any, styles: Styles) -> None:
        self.document = document
        self.part = part
        self.styles = styles
        self.bookmarks: dict[str, str] = {}
        self.notes = 0

    def add(
        self, paragraph: BaseOxmlElement, words: b.Words, *, in_cell: bool = False, style: str = ""
    ) -> None:
        """Add the words; `style` is the character style of what has none of its own."""
        for span in spans(self.document, words, in_cell=in_cell):
            paragraph.append(self.span(span, style))

    def span(self, span: Span, style: str) -> BaseOxmlElement:
        """A piece of text: as a link when it is one."""
        if span.mark:
            return run(span.text, self.styles.id(MARK))
        if span.sign:
            return run(span.text, self.styles.sign(span.sign))
        if span.strong:
            return run(span.text, self.styles.id(STRONG))
        if not span.address and not span.key:
            return run(span.text, style)
        own = style or self.styles.id(FIGURE if span.number or span.key else WEB)
        return self.link(span, run(span.text, own))

    def link(self, span: Span, shown: BaseOxmlElement) -> BaseOxmlElement:
        """What is shown, as a link to the web or to a block."""
        if span.address:
            related = self.part.relate_to(
                span.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            return element("w:hyperlink", {"r:id": related}, shown)
        return element("w:hyperlink", {"w:anchor": self.bookmark(span.key)}, shown)

    def bookmark(self, key: str) -> str:
        """The name of a block within the document, as Word allows it."""
        if key not in self.bookmarks:
            ascii_only = normalize("NFKD", key).encode("ascii", "ignore").decode()
            name = f"b{len(self.bookmarks) + 1}_{re.sub(r'[^A-Za-z0-9]+', '_', ascii_only)}"
            self.bookmarks[key] = name[:_LONGEST_BOOKMARK]
        return self.bookmarks[key]

    def marked(
        self, paragraph: BaseOxmlElement, key: str, inner: Iterable[BaseOxmlElement]
    ) -> None:
        """Put what is inside between the ends of a bookmark, so that links come here."""
        if not key:
            paragraph.extend(inner)
            return
        name = self.bookmark(key)
        number = name[1:].partition("_")[0]
        paragraph.append(element("w:bookmarkStart", {"w:id": number, "w:name": name}))
        paragraph.extend(inner)
        paragraph.append(element("w:bookmarkEnd", {"w:id": number}))

    def next_note(self) -> tuple[str, BaseOxmlElement]:
        """The number of the next note, and its sign as it stands in the text."""
        self.notes += 1
        return str(self.notes), run(str(self.notes), self.styles.id(NOTE_SIGN))

    def inferred(self) -> BaseOxmlElement:
        """The sign after an inferred amount."""
        return run(INFERRED, self.styles.id(INFERRED_SIGN))
