"""Documents for Word, in real styles, so that an editor can restyle and work on them."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from noaber.documents import blocks as b
from noaber.documents import docx_styles as s
from noaber.documents.checking import check_document
from noaber.documents.docx_parts import Words, element, field, run
from noaber.documents.docx_table import WordTable
from noaber.documents.payload import moment_line
from noaber.documents.png import png
from noaber.imports.same_bytes import without_times

_LONG, _SHORT, _MARGIN = 297, 210, 20
_SOFT_HYPHEN = "\u00ad"
_WIDEST_PICTURE = 500.0
_THUMBNAIL = "thumbnail"


def write_docx(document: b.Document) -> bytes:
    """The document for Word: the same document always gives the same bytes.

    Pictures carry their alternative text. Notes stand numbered under their table. The numbers of
    pages in the contents come when Word updates the field.

    :raises Refused: when what a reader needs is missing (`checking`).
    :raises FontsMissing: when frontend/build.py has not made the fonts of the drawings.
    """
    check_document(document)
    return without_times(_Writer(document).whole(), document.as_of)


class _Writer:
    def __init__(self, document: b.Document) -> None:
        self.document = document
        self.word = docx.Document()
        _without_thumbnail(self.word)
        self.styles = s.Styles(self.word, document)
        self.words = Words(document, self.word.part, self.styles)
        self.lying = False
        self.writers: dict[type, Callable[[Any], None]] = {
            b.Cover: self.cover,
            b.Contents: self.contents,
            b.Chapter: self.chapter,
            b.PillarOpening: self.opening,
            b.Heading: self.heading,
            b.Paragraph: self.said,
            b.KeyFigures: self.key_figures,
            b.Table: self.table,
            b.Picture: self.picture,
            b.ProjectEntry: self.project,
            b.Terms: self.terms,
        }

    def whole(self) -> bytes:
        self.properties()
        section = self.word.sections[0]
        _paper(section, lying=False)
        section.different_first_page_header_footer = True
        self.running(section)
        for block in self.document.blocks:
            self.writers[type(block)](block)
        result = BytesIO()
        self.word.save(result)
        return result.getvalue()

    def properties(self) -> None:
        document, about = self.document, self.word.core_properties
        made = datetime.combine(document.as_of, time(), UTC).replace(tzinfo=None)
        about.title, about.subject, about.author = (
            document.title, document.subject, document.author,
        )  # fmt: skip
        about.keywords, about.language = ", ".join(document.keywords), self.styles.language
        about.comments, about.last_modified_by = "", document.author
        about.created, about.modified, about.revision = made, made, 1

    def running(self, section: Section, *, lying: bool = False) -> None:
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        header = section.header.paragraphs[0]
        header.text = "  ".join(self.document.running)
        footer = section.footer.paragraphs[0]
        footer.text = f"{moment_line(self.document)}\t"
        if lying:
            # Past the stop of an upright page, to that of this one.
            footer.add_run("\t")
            stop = Mm(_LONG - 2 * _MARGIN)
            footer.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)
        footer._p.extend(field("PAGE", run("1")))

    def paragraph(self, style: str, words: b.Words = (), *, character: str = "") -> Paragraph:
        made = self.empty(style)
        self.words.add(made._p, words, style=character)
        return made

    def empty(self, style: str) -> Paragraph:
        made = self.word.add_paragraph()
        made._p.style = self.styles.id(style)
        return made

    def titled(self, style: str, text: str, key: str, character: str = "") -> Paragraph:
        made = self.empty(style)
        self.words.marked(made._p, key, [run(text.replace(_SOFT_HYPHEN, ""), character)])
        return made

    def cover(self, block: b.Cover) -> None:
        if block.logo:
            self.drawing(block.logo, height=Mm(20))
        self.paragraph(s.OVERLINE, (block.overline,))
        self.titled("Title", block.title, "")
        for line in block.lines:
            self.paragraph("Subtitle", (line,))
        if block.signs:
            parts: list[b.Inline] = []
            for sign in block.signs:
                parts += [sign, "   "]
            self.paragraph("Subtitle", tuple(parts[:-1]))
        if block.picture:
            self.picture(block.picture)
        self.paragraph(s.QUIET, (moment_line(self.document),))

    def contents(self, block: b.Contents) -> None:
        self.paragraph(s.TOC_TITLE, (block.title,))
        entries = [
            (x.title if isinstance(x, b.Chapter) else x.sign.name, x.key)
            for x in self.document.blocks
            if isinstance(x, b.Chapter | b.PillarOpening)
        ]
        links = [
            element("w:hyperlink", {"w:anchor": self.words.bookmark(key)}, run(title))
            for title, key in entries
        ]
        begin, code, separate, *_, end = field(r'TOC \o "1-2" \h \z \u')
        for number, link in enumerate(links):
            line = self.paragraph(s.TOC)._p
            line.extend([begin, code, separate, link] if number == 0 else [link])
            if number == len(links) - 1:
                line.append(end)
        if block.box:
            self.paragraph(s.BOX_TITLE, (block.box_title,))
            for term, said in block.box:
                self.paragraph(s.TERM, (*term, "\t", *said))

    def chapter(self, block: b.Chapter) -> None:
        self.turn(lying=block.layout is b.Layout.LANDSCAPE)
        self.titled("Heading 1", block.title, block.key)

    def opening(self, block: b.PillarOpening) -> None:
        self.turn(lying=False)
        self.titled("Heading 1", block.sign.name, block.key, self.styles.sign(block.sign))
        if block.introduction:
            self.paragraph(s.LEAD, (block.introduction,))
        self.key_figures(b.KeyFigures(block.figures, block.sign))
        if block.picture:
            self.picture(block.picture)
        for listed in block.listed:
            words: b.Words = (f"{listed.number}\t", b.Reference(listed.key, listed.name))
            self.paragraph("List", (*words, "  ", listed.mark) if listed.mark else words)

    def turn(self, *, lying: bool) -> None:
        """Turn the paper, if need be: a section of its own."""
        if lying != self.lying:
            section = self.word.add_section(WD_SECTION.NEW_PAGE)
            _paper(section, lying=lying)
            section.different_first_page_header_footer = False
            self.running(section, lying=lying)
            self.lying = lying

    def heading(self, block: b.Heading) -> None:
        character = self.styles.sign(block.sign) if block.sign else ""
        made = self.titled("Heading 2", block.text, block.key, character)
        if block.new_page:
            made.paragraph_format.page_break_before = True

    def said(self, block: b.Paragraph) -> None:
        style = s.LEAD if block.lead else s.QUIET if block.quiet else "Normal"
        self.paragraph(style, block.words)

    def key_figures(self, block: b.KeyFigures) -> None:
        great = self.styles.id(s.GREAT)
        for item in block.items:
            line = self.paragraph(s.KEY_FIGURE, item.words, character=great)
            self.words.add(line._p, ("  ", *item.label))

    def table(self, block: b.Table) -> None:
        caption = self.paragraph("Caption", (block.caption,))
        caption.paragraph_format.keep_with_next = True
        width = (_LONG if self.lying else _SHORT) - 2 * _MARGIN
        written = WordTable(self.words, block, width)
        self.append(written.written())
        # Word joins tables that follow each other directly.
        for paragraph in written.below() or [written.paragraph(s.NOTE)]:
            self.append(paragraph)

    def append(self, made: BaseOxmlElement) -> None:
        """Put an element at the end of the text, before what closes the section."""
        body = self.word.element.body
        body.insert(len(body) - 1, made)

    def picture(self, block: b.Picture) -> None:
        room = (_LONG if self.lying else _SHORT) - 2 * _MARGIN
        width = min(1.0, _svg_width(block.svg) / _WIDEST_PICTURE) * min(room, 170)
        made = self.drawing(block, width=Mm(width))
        if block.caption:
            made.paragraph_format.keep_with_next = True
            self.paragraph(s.QUIET, block.caption)

    def drawing(
        self, block: b.Picture, *, width: Length | None = None, height: Length | None = None
    ) -> Paragraph:
        """A drawing in a paragraph of its own, with its words for who cannot see it."""
        made = self.word.add_paragraph()
        shape = made.add_run().add_picture(BytesIO(png(block.svg)), width=width, height=height)
        properties = shape._inline.docPr
        properties.set("descr", block.alt)
        properties.set("name", f"Tekening {properties.get('id')}")
        return made

    def project(self, block: b.ProjectEntry) -> None:
        made = self.empty("Heading 3")
        number = run(f"{block.number} ", self.styles.sign(block.sign))
        self.words.marked(made._p, block.key, [number, run(block.name)])
        money: list[b.Inline] = [block.mark, "  "] if block.mark else []
        if block.awarded or block.mark:
            self.paragraph(s.FACTS, (*money, *block.awarded)).paragraph_format.keep_with_next = True
        for fact in block.facts:
            self.paragraph(s.FACTS, fact).paragraph_format.keep_with_next = bool(block.text)
        for line in block.text.split("\n"):
            if line.strip():
                self.paragraph(s.ABOUT, (line,))
        if block.after:
            self.paragraph(s.FACTS, block.after)

    def terms(self, block: b.Terms) -> None:
        for term, said in block.items:
            self.paragraph(s.TERM, (b.Strong(term), "\t", *said))


def _paper(section: Section, *, lying: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    wide, high = (_LONG, _SHORT) if lying else (_SHORT, _LONG)
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(24)


def _svg_width(svg: str) -> float:
    """The width that a drawing gives itself."""
    return float(svg.partition(' width="')[2].partition('"')[0] or _WIDEST_PICTURE)


def _without_thumbnail(word: Any) -> None:
    """Leave out the picture of an empty page that comes with the template."""
    rels = word.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith(_THUMBNAIL)]:
        del rels[key]
