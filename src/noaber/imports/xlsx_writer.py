"""Writes pages as an XLSX workbook; every cell is text, so that nothing is made of “2.10”."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from noaber.imports.harmless import harmless
from noaber.imports.limits import MOST_ROWS
from noaber.imports.pages import Page, note
from noaber.imports.same_bytes import without_times

LONGEST_CELL = 32_767
_LONGEST_LIST = 255
_TEXT_FORMAT = "@"
# Excel reads _x0041_ as the sign with that number.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def xlsx(pages: Sequence[Page], *, notes: bool) -> bytes:
    """Give a workbook; with ``notes`` a note on each column and the choices in a list.

    :raises ValueError: for a text that is longer than a cell can hold.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for page in pages:
        sheet: Worksheet = workbook.create_sheet(page.name)
        _fill(sheet, page)
        if notes:
            _explain(sheet, page)
    result = BytesIO()
    workbook.save(result)
    return without_times(result.getvalue())


def _fill(sheet: Worksheet, page: Page) -> None:
    sheet.freeze_panes = "A2"
    for number, row in enumerate((page.header, *page.rows), start=1):
        for place, text in enumerate(row, start=1):
            if len(text) > LONGEST_CELL:
                raise ValueError(f"{page.name}, row {number}: {len(text)} signs in one cell")
            if text:
                cell = cast(Cell, sheet.cell(number, place))
                cell.value = _unescaped(text)
                # Text whatever it looks like: openpyxl makes an error of “#N/A”.
                cell.data_type = "s"
                cell.number_format = _TEXT_FORMAT
    for place, name in enumerate(page.header, start=1):
        sheet.cell(1, place).font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = max(14, len(name) + 4)
        dimension.number_format = _TEXT_FORMAT


def cell_text(text: str) -> str:
    """Text of people as it can stand in a cell: it cannot run as a formula.

    :raises ValueError: for a text that is longer than a cell can hold.
    """
    safe = harmless(text)
    if len(safe) > LONGEST_CELL:
        raise ValueError(f"{len(safe)} signs in one cell")
    return _unescaped(safe)


def _unescaped(text: str) -> str:
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def _explain(sheet: Worksheet, page: Page) -> None:
    for place, column in enumerate(page.columns, start=1):
        comment = Comment(note(column), "Noaber")
        comment.width, comment.height = 320, 160
        sheet.cell(1, place).comment = comment
        words = ",".join(column.choices or ())
        if words and len(words) <= _LONGEST_LIST:
            letter = get_column_letter(place)
            choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{MOST_ROWS}")
            sheet.add_data_validation(choice)
