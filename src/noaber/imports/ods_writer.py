"""Writes pages as an ODS workbook; every cell is text, so that nothing is made of “2.10”.

The one place where odfpy, which has no types, is met.
"""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from odf import teletype
from odf.config import (
    ConfigItem,
    ConfigItemMapEntry,
    ConfigItemMapIndexed,
    ConfigItemMapNamed,
    ConfigItemSet,
)
from odf.element import Element
from odf.namespaces import nsdict
from odf.number import TextContent, TextStyle
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

from noaber.imports.pages import Page, note
from noaber.imports.same_bytes import BEGIN_OF_ZIP_TIME, without_times

_NAMESPACES = dict(sorted(nsdict.items()))
_TEXT = "text"
_HEADER = "header"
_COLUMN = "column"


def ods(pages: Sequence[Page], *, notes: bool) -> bytes:
    """Give a workbook; with ``notes`` a note on each column."""
    document = OpenDocumentSpreadsheet()
    _add_styles(document)
    for page in pages:
        document.spreadsheet.addElement(_table(page, notes=notes))
    document.settings.addElement(frozen_headers([page.name for page in pages]))
    return ods_bytes(document)


def ods_bytes(document: Any, day: date = BEGIN_OF_ZIP_TIME) -> bytes:
    """Give a document of odfpy as bytes: the same document always gives the same."""
    # odfpy declares the namespaces that the process has met so far; always all is always the same.
    Element.namespaces.clear()
    Element.namespaces.update(_NAMESPACES)
    result = BytesIO()
    document.write(result)
    return without_times(result.getvalue(), day)


def fill(element: Any, text: str) -> None:
    """Put text in an element, its runs of spaces kept."""
    teletype.addTextToElement(element, text)


def _add_styles(document: Any) -> None:
    as_text = TextStyle(name="as-text")
    as_text.addElement(TextContent())
    cell = Style(name=_TEXT, family="table-cell", datastylename=as_text)
    header = Style(name=_HEADER, family="table-cell", datastylename=as_text)
    header.addElement(TextProperties(fontweight="bold"))
    column = Style(name=_COLUMN, family="table-column")
    column.addElement(TableColumnProperties(columnwidth="3.5cm"))
    for style in (as_text, cell, header, column):
        document.automaticstyles.addElement(style)


def _table(page: Page, *, notes: bool) -> Any:
    table = Table(name=page.name)
    table.addElement(
        TableColumn(
            stylename=_COLUMN,
            defaultcellstylename=_TEXT,
            numbercolumnsrepeated=len(page.header),
        )
    )
    header = TableRow()
    for place, name in enumerate(page.header):
        cell = _cell(name, _HEADER)
        if notes and page.columns:
            cell.insertBefore(_note(note(page.columns[place])), cell.firstChild)
        header.addElement(cell)
    table.addElement(header)
    for texts in page.rows:
        row = TableRow()
        for text in texts:
            row.addElement(_cell(text, _TEXT))
        table.addElement(row)
    return table


def _cell(text: str, style: str) -> Any:
    if not text:
        return TableCell(stylename=style)
    cell = TableCell(stylename=style, valuetype="string")
    for line in text.split("\n"):
        paragraph = P()
        fill(paragraph, line)
        cell.addElement(paragraph)
    return cell


def _note(text: str) -> Any:
    annotation = Annotation()
    for line in text.split("\n"):
        annotation.addElement(P(text=line))
    return annotation


def frozen_headers(names: Sequence[str]) -> Any:
    """Keep the first row of every sheet in sight: an ODS workbook has that in its settings."""
    tables = ConfigItemMapNamed(name="Tables")
    for table in names:
        entry = ConfigItemMapEntry(name=table)
        for name, kind, value in (
            ("VerticalSplitMode", "short", "2"),
            ("VerticalSplitPosition", "int", "1"),
            ("ActiveSplitRange", "short", "2"),
            ("PositionBottom", "int", "1"),
        ):
            entry.addElement(ConfigItem(name=name, type=kind, text=value))
        tables.addElement(entry)
    view = ConfigItemMapEntry()
    view.addElement(ConfigItem(name="ViewId", type="string", text="view1"))
    view.addElement(tables)
    views = ConfigItemMapIndexed(name="Views")
    views.addElement(view)
    settings = ConfigItemSet(name="ooo:view-settings")
    settings.addElement(views)
    return settings
