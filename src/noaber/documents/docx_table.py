"""Tables of a document in Word: heads that repeat, notes numbered under the table."""

from docx.oxml.xmlchemy import BaseOxmlElement

from noaber.documents import blocks as b
from noaber.documents.docx_parts import Words, element, run
from noaber.documents.docx_styles import AMOUNT, CELL, NOTE, NOTE_SIGN, PROGRESS, STRONG, TABLE
from noaber.documents.drawing.colours import SAND
from noaber.documents.spans import pageless, placed
from noaber.documents.wording import INFERRED

_TWIPS = 1440 / 25.4
_SMALLEST_SHARE = 30.0
"""Millimetres that a column with a share has at least."""


class WordTable:
    """One table, `width` millimetres wide."""

    def __init__(self, words: Words, table: b.Table, width: float) -> None:
        self.words = words
        self.table = pageless(table)
        self.columns = self.table.columns
        self.widths = _widths(self.columns, width)
        self.notes: list[tuple[str, b.Words]] = []

    def written(self) -> BaseOxmlElement:
        """The table itself; its notes are in `notes` from then on."""
        grid = (element("w:gridCol", {"w:w": str(width)}) for width in self.widths)
        made = element(
            "w:tbl",
            None,
            element(
                "w:tblPr",
                None,
                element("w:tblStyle", {"w:val": self.words.styles.id(TABLE)}),
                element("w:tblW", {"w:w": str(sum(self.widths)), "w:type": "dxa"}),
                element("w:tblLayout", {"w:type": "fixed"}),
                element("w:tblLook", {"w:firstRow": "1", "w:noHBand": "1", "w:noVBand": "1"}),
                element("w:tblCaption", {"w:val": self.table.caption}),
            ),
            element("w:tblGrid", None, *grid),
            self.head(),
        )
        for group in self.table.groups:
            if group.sign:
                made.append(self.sign(group.sign))
            for row in group.rows:
                made.extend(self.row(row))
        for row in self.table.totals:
            made.extend(self.row(row, total=True))
        return made

    def below(self) -> list[BaseOxmlElement]:
        """The notes, as paragraphs under the table."""
        made = []
        sign = self.words.styles.id(NOTE_SIGN)
        for number, words in self.notes:
            paragraph = self.paragraph(NOTE)
            paragraph.extend((run(number, sign), run(" ")))
            self.words.add(paragraph, words)
            made.append(paragraph)
        for words in self.table.notes:
            paragraph = self.paragraph(NOTE)
            self.words.add(paragraph, words)
            made.append(paragraph)
        return made

    def paragraph(self, style: str, *, keep: bool = False) -> BaseOxmlElement:
        look = element("w:pPr", None, element("w:pStyle", {"w:val": self.words.styles.id(style)}))
        if keep:
            look.append(element("w:keepNext"))
        return element("w:p", None, look)

    def head(self) -> BaseOxmlElement:
        cells = []
        for at, column in enumerate(self.columns):
            paragraph = self.paragraph(AMOUNT if column.numeric else CELL, keep=True)
            self.words.add(paragraph, column.title)
            if column.subtitle:
                sign = INFERRED if column.estimated else ""
                paragraph.append(run(f"\n{column.subtitle}{sign}"))
            cells.append(self.cell(at, 1, paragraph, shaded=column.current))
        look = element("w:trPr", None, element("w:cantSplit"), element("w:tblHeader"))
        return element("w:tr", None, look, *cells)

    def sign(self, sign: b.Sign) -> BaseOxmlElement:
        paragraph = self.paragraph(CELL, keep=True)
        self.words.add(paragraph, (sign,))
        return _whole_row(self.cell(0, len(self.columns), paragraph))

    def row(self, row: b.Row, *, total: bool = False) -> list[BaseOxmlElement]:
        cells = []
        for at, cell in placed(row):
            column = self.columns[at]
            right = column.numeric and cell.span == 1
            paragraph = self.paragraph(AMOUNT if right else CELL, keep=bool(row.below))
            strong = self.words.styles.id(STRONG) if cell.strong or total else ""
            self.words.add(paragraph, cell.words, in_cell=True, style=strong)
            if cell.inferred:
                paragraph.append(self.words.inferred())
            if cell.note:
                number, sign = self.words.next_note()
                self.notes.append((number, cell.note))
                paragraph.append(sign)
            borderless = "w:bottom" if row.below else ""
            cells.append(
                self.cell(at, cell.span, paragraph, shaded=column.current, borderless=borderless)
            )
        made = [_whole_row(*cells)]
        if row.below:
            paragraph = self.paragraph(PROGRESS)
            self.words.add(paragraph, row.below)
            line = self.cell(0, len(self.columns), paragraph, borderless="w:top")
            made.append(_whole_row(line))
        return made

    def cell(
        self,
        at: int,
        span: int,
        paragraph: BaseOxmlElement,
        *,
        shaded: bool = False,
        borderless: str = "",
    ) -> BaseOxmlElement:
        width = sum(self.widths[at : at + span])
        look = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
        if span > 1:
            look.append(element("w:gridSpan", {"w:val": str(span)}))
        if borderless:
            look.append(element("w:tcBorders", None, element(borderless, {"w:val": "nil"})))
        if shaded and span == 1:
            fill = {"w:val": "clear", "w:color": "auto", "w:fill": SAND[1:]}
            look.append(element("w:shd", fill))
        return element("w:tc", None, look, paragraph)


def _whole_row(*cells: BaseOxmlElement) -> BaseOxmlElement:
    """A row that does not break over pages."""
    return element("w:tr", None, element("w:trPr", None, element("w:cantSplit")), *cells)


def _widths(columns: tuple[b.Column, ...], width: float) -> list[int]:
    """Twentieths of a point per column: its own width, or its share of what is left."""
    shares = sum(column.share for column in columns)
    fixed = sum(column.width for column in columns if not column.share)
    least = _SMALLEST_SHARE * sum(1 for column in columns if column.share)
    # Columns shrink together where the page is too narrow for them.
    scale = min(1.0, (width - least) / fixed) if fixed else 1.0
    left = width - fixed * scale
    given = [
        left * column.share / shares if column.share else column.width * scale for column in columns
    ]
    return [round(mm * _TWIPS) for mm in given]
