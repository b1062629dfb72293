"""The styles of a Word document: all looks stand here, so that an editor can restyle it."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from noaber.documents.blocks import Document, Sign
from noaber.documents.drawing.colours import GREY, INK, LINE, SAND, legible

LETTER = "Noto Sans"
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}

OVERLINE, LEAD, QUIET = "Bovenregel", "Inleiding", "Toelichting"
KEY_FIGURE, FACTS, ABOUT, TERM = "Kerncijfer", "Projectgegevens", "Projecttekst", "Begrip"
CELL, AMOUNT, NOTE, PROGRESS = "Tabeltekst", "Tabelbedrag", "Noot", "Voortgang"
BOX_TITLE, TOC_TITLE, TOC = "Kop bij uitleg", "TOC Heading", "toc 1"
TABLE = "Noaber tabel"
FIGURE, WEB, MARK, STRONG, NOTE_SIGN = "Cijfer", "Hyperlink", "Merk", "Strong", "Nootteken"
INFERRED_SIGN = "Afgeleid"
GREAT = "Kerncijfer getal"

_LIST_INDENT = 16
_TERM_INDENT = 42
TEXT_WIDTH = 170
"""Millimetres between the margins of an upright page."""


class Styles:
    """The styles of one document, made when it is opened; a pillar has one with its colour."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.styles = word.styles
        self.accent = legible(document.accent)
        self.language = LANGUAGES.get(document.language, document.language)
        self.signs: dict[Sign, str] = {}
        # python-docx goes through all styles at every look.
        self._ids: dict[str, str] = {}
        self._defaults()
        self._known()
        self._paragraphs()
        self._characters()
        self._table()

    def id(self, name: str) -> str:
        """How the document itself calls a style."""
        if name not in self._ids:
            self._ids[name] = str(self.styles[name].style_id)
        return self._ids[name]

    def sign(self, sign: Sign) -> str:
        """The character style of a pillar: its colour."""
        if sign not in self.signs:
            taken = {style.name for style in self.styles}
            name = f"Pijler {sign.name}"[:60]
            style = self._character(name if name not in taken else f"{name} {len(self.signs)}")
            style.font.color.rgb = _colour(legible(sign.colour))
            style.font.bold = True
            self.signs[sign] = str(style.style_id)
        return self.signs[sign]

    def _defaults(self) -> None:
        for lang in self.styles.element.iter(qn("w:lang")):
            lang.set(qn("w:val"), self.language)
        normal = self.styles["Normal"]
        _letter(normal, 10, INK)
        shape = normal.paragraph_format
        shape.space_after, shape.line_spacing = Pt(8), 1.3

    def _known(self) -> None:
        for name, size, before, after in (
            ("Title", 29, 6, 14), ("Subtitle", 13, 0, 4), ("Heading 1", 24, 0, 14),
            ("Heading 2", 14, 20, 6), ("Heading 3", 11.5, 14, 2),
        ):  # fmt: skip
            style = self.styles[name]
            _letter(style, size, INK, bold=name != "Subtitle")
            style.font.italic = False
            shape = style.paragraph_format
            shape.space_before, shape.space_after = Pt(before), Pt(after)
            shape.line_spacing, shape.keep_with_next = 1.1, True
            for border in list(style.element.iter(qn("w:pBdr"))):
                border.getparent().remove(border)
        self.styles["Heading 1"].paragraph_format.page_break_before = True
        _letter(self.styles["Caption"], 9, INK, bold=True)
        self.styles["Caption"].paragraph_format.space_before = Pt(6)
        for name in ("Header", "Footer"):
            _letter(self.styles[name], 8, GREY)
            for tabs in list(self.styles[name].element.iter(qn("w:tabs"))):
                tabs.getparent().remove(tabs)
            stops = self.styles[name].paragraph_format.tab_stops
            stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        listed = self.styles["List"].paragraph_format
        listed.left_indent, listed.first_line_indent = Mm(_LIST_INDENT), Mm(-_LIST_INDENT)
        listed.tab_stops.add_tab_stop(Mm(_LIST_INDENT))
        listed.space_after = Pt(3)

    def _paragraphs(self) -> None:
        for name, size, colour, after in (
            (OVERLINE, 11, self.accent, 2), (LEAD, 12.5, INK, 12), (QUIET, 8.5, GREY, 8),
            (KEY_FIGURE, 9.5, GREY, 6), (FACTS, 8.5, GREY, 2), (ABOUT, 10, INK, 6), (TERM, 9.5, INK, 5),
            (CELL, 8, INK, 0), (AMOUNT, 8, INK, 0), (PROGRESS, 8, GREY, 0), (NOTE, 8, GREY, 3),
            (BOX_TITLE, 12, INK, 6), (TOC_TITLE, 24, INK, 14), (TOC, 10.5, INK, 4),
        ):  # fmt: skip
            style = self._paragraph(name)
            _letter(style, size, colour, bold=name in (OVERLINE, BOX_TITLE, TOC_TITLE))
            shape = style.paragraph_format
            shape.space_before, shape.space_after = Pt(0), Pt(after)
            if name in (CELL, AMOUNT, PROGRESS):
                shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        self.styles[AMOUNT].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.styles[ABOUT].paragraph_format.space_before = Pt(4)
        self.styles[BOX_TITLE].paragraph_format.space_before = Pt(20)
        self.styles[OVERLINE].paragraph_format.keep_with_next = True
        term = self.styles[TERM].paragraph_format
        term.left_indent, term.first_line_indent = Mm(_TERM_INDENT), Mm(-_TERM_INDENT)
        term.tab_stops.add_tab_stop(Mm(_TERM_INDENT))
        self.styles[TOC_TITLE].paragraph_format.page_break_before = True

    def _characters(self) -> None:
        for name in (FIGURE, WEB, MARK, NOTE_SIGN, INFERRED_SIGN, GREAT):
            self._character(name)
        self.styles[WEB].font.underline = True
        self.styles[WEB].font.color.rgb = _colour(self.accent)
        mark = self.styles[MARK].font
        mark.bold, mark.size, mark.color.rgb = True, Pt(7.5), _colour(self.accent)
        self.styles[NOTE_SIGN].font.superscript = True
        self.styles[NOTE_SIGN].font.bold = True
        self.styles[INFERRED_SIGN].font.bold = True
        self.styles[INFERRED_SIGN].font.color.rgb = _colour(self.accent)
        great = self.styles[GREAT].font
        great.bold, great.size, great.color.rgb = True, Pt(17), _colour(self.accent)

    def _paragraph(self, name: str) -> Any:
        style: Any = (
            self.styles[name]
            if name in self.styles
            else self.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == TOC)
        )
        style.base_style = self.styles["Normal"]
        style.quick_style = True
        return style

    def _character(self, name: str) -> Any:
        style: Any = self.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name == WEB)
        style.quick_style = True
        return style

    def _table(self) -> None:
        style: Any = self.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
        style.base_style = self.styles["Normal Table"]
        style.quick_style = True
        for part in _TABLE.format(ns=nsdecls("w"), ink=INK[1:], line=LINE[1:], sand=SAND[1:]).split(
            "\n\n"
        ):
            style.element.append(parse_xml(part))


_TABLE = """<w:tblPr {ns}><w:tblBorders>
<w:bottom w:val="single" w:sz="8" w:color="{ink}"/>
<w:insideH w:val="single" w:sz="4" w:color="{line}"/></w:tblBorders><w:tblCellMar>
<w:top w:w="40" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>

<w:tblStylePr {ns} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="{ink}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{sand}"/></w:tcPr></w:tblStylePr>"""


def _letter(style: Any, size: float, colour: str, *, bold: bool = False) -> None:
    font = style.font
    font.name, font.size = LETTER, Pt(size)
    # Not bold is said by saying nothing: else the head of a table could not make it bold.
    font.bold = bold or None
    font.color.rgb = _colour(colour)
    # The letter of the theme would win from the one named here.
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.lower().endswith("theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:cs"), LETTER)


def _colour(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())
