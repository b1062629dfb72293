"""Documents as an XLSX workbook: amounts as numbers, each a link to its explanation."""

from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from noaber.documents.blocks import Document
from noaber.documents.drawing.colours import INK, SAND, legible
from noaber.documents.sheets import ABOUT, Entry, Sheet, sheets
from noaber.imports.same_bytes import without_times
from noaber.imports.xlsx_writer import cell_text

WHOLE, CENTS, COUNT = '#,##0;-#,##0;"–"', '#,##0.00;-#,##0.00;"–"', "#,##0"
_WIDEST, _LONG, _HIGHEST = 60, 24, 400.0
_LETTER, _POINTS, _LINE = "Calibri", 11, 15.0
_TOP = Alignment(vertical="top")
_RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def write_xlsx(document: Document) -> bytes:
    """The document as a workbook: the same document always gives the same bytes.

    :raises Refused: when what a reader needs is missing (`checking`).
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    about = workbook.properties
    about.title, about.subject, about.creator = document.title, document.subject, document.author
    about.keywords, about.language = ", ".join(document.keywords), document.language
    for sheet in sheets(document):
        _fill(workbook.create_sheet(sheet.name), sheet, legible(document.accent))
    result = BytesIO()
    workbook.save(result)
    return without_times(result.getvalue(), document.as_of)


def _fill(page: Worksheet, sheet: Sheet, accent: str) -> None:
    page.freeze_panes = "A2"
    widths = [_width(sheet, place) for place in range(len(sheet.header))]
    for place, name in enumerate(sheet.header, start=1):
        head = cast(Cell, page.cell(1, place))
        head.value = cell_text(name)
        head.data_type = "s"
        head.font = _font(strong=True, colour=INK)
        head.fill = PatternFill("solid", fgColor=SAND[1:])
        head.border = Border(bottom=Side("medium", color=INK[1:]))
        head.alignment = _RIGHT if _numeric(sheet, place - 1) else _WRAPPED
        page.column_dimensions[get_column_letter(place)].width = widths[place - 1]
    first_total = len(sheet.rows) - sheet.totals
    for number, row in enumerate(sheet.rows):
        for place, entry in enumerate(row, start=1):
            strong = number >= first_total or (sheet.name == ABOUT and place == 1)
            _put(cast(Cell, page.cell(number + 2, place)), entry, accent, strong=strong)
        lines = max(_lines(entry, widths[at]) for at, entry in enumerate(row))
        # Only Excel itself makes rows higher for text that wraps.
        page.row_dimensions[number + 2].height = min(_LINE * lines, _HIGHEST)
    _print(page)


def _put(cell: Cell, entry: Entry, accent: str, *, strong: bool) -> None:
    if entry.exact is not None:
        cell.value = entry.exact
        cents = entry.euro and (entry.number or 0) % 100
        cell.number_format = (CENTS if cents else WHOLE) if entry.euro else COUNT
        cell.alignment = _TOP
    elif entry.text:
        cell.value = cell_text(entry.text)
        # Text whatever it looks like: openpyxl makes an error of “#N/A”.
        cell.data_type = "s"
        cell.alignment = _WRAPPED if len(entry.text) > _LONG and not entry.address else _TOP
    if entry.address:
        cell.hyperlink = entry.address
    cell.font = _font(strong=strong, colour=accent if entry.address else INK)


def _font(*, strong: bool, colour: str) -> Font:
    return Font(name=_LETTER, size=_POINTS, bold=strong, color=colour[1:])


def _numeric(sheet: Sheet, place: int) -> bool:
    return any(row[place].exact is not None for row in sheet.rows)


def _lines(entry: Entry, width: float) -> int:
    """About how many lines a text takes in a column of this width."""
    if entry.address or entry.exact is not None:
        return 1
    return sum(int(len(line) // width) + 1 for line in entry.text.split("\n"))


def _width(sheet: Sheet, place: int) -> float:
    """Room for the longest line of a column, within reason."""
    longest = max((_length(row[place]) for row in sheet.rows if place < len(row)), default=0)
    return min(_WIDEST, max(10, len(sheet.header[place]) * 0.8, longest) + 3)


def _length(entry: Entry) -> int:
    if entry.exact is not None:
        return len(f"{entry.exact:,}")
    return max((len(line) for line in entry.text.split("\n")), default=0)


def _print(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = "9"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
