"""Documents as an ODS workbook, the open format that government must offer.

With `imports.ods_writer` the one place where odfpy, which has no types, is met.
"""

from typing import Any

from odf import dc, meta
from odf.number import Number, NumberStyle
from odf.number import Text as NumberText
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import (
    Map,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TextProperties,
)
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import A, P

from noaber.documents.blocks import Document
from noaber.documents.drawing.colours import SAND, legible
from noaber.documents.sheets import ABOUT, Entry, Sheet, sheets
from noaber.imports.harmless import harmless
from noaber.imports.ods_writer import fill, frozen_headers, ods_bytes

_NARROW, _WIDE, _LONG = "narrow", "wide", 18


def write_ods(document: Document) -> bytes:
    """The document as a workbook: the same document always gives the same bytes.

    :raises Refused: when what a reader needs is missing (`checking`).
    """
    made = sheets(document)
    book = OpenDocumentSpreadsheet()
    for element in (
        dc.Title(text=document.title),
        dc.Subject(text=document.subject),
        dc.Creator(text=document.author),
        dc.Language(text=document.language),
        *(meta.Keyword(text=word) for word in document.keywords),
    ):
        book.meta.addElement(element)
    _styles(book, document)
    for sheet in made:
        book.spreadsheet.addElement(_table(sheet))
    book.settings.addElement(frozen_headers([sheet.name for sheet in made]))
    return ods_bytes(book, document.as_of)


def _styles(book: Any, document: Document) -> None:
    zero = NumberStyle(name="zero")
    zero.addElement(NumberText(text="–"))
    styles: list[Any] = [zero]
    for name, decimals in (("whole", 0), ("cents", 2)):
        number = NumberStyle(name=name)
        number.addElement(Number(decimalplaces=decimals, minintegerdigits=1, grouping="true"))
        number.addElement(Map(condition="value()=0", applystylename="zero"))
        styles.append(number)
    count = NumberStyle(name="count")
    count.addElement(Number(decimalplaces=0, minintegerdigits=1, grouping="true"))
    styles.append(count)
    for kind in ("whole", "cents", "count", "text"):
        for strong in ("", "-strong"):
            given = {} if kind == "text" else {"datastylename": kind}
            style = Style(name=f"{kind}-cell{strong}", family="table-cell", **given)
            style.addElement(TableCellProperties(verticalalign="top", wrapoption="wrap"))
            style.addElement(TextProperties(fontweight="bold" if strong else "normal"))
            styles.append(style)
    header = Style(name="header", family="table-cell")
    header.addElement(
        TableCellProperties(backgroundcolor=SAND, verticalalign="bottom", wrapoption="wrap")
    )
    header.addElement(TextProperties(fontweight="bold"))
    link = Style(name="link", family="text")
    link.addElement(TextProperties(color=legible(document.accent)))
    styles += [header, link]
    for name, width in ((_NARROW, "3.2cm"), (_WIDE, "9cm")):
        column = Style(name=name, family="table-column")
        column.addElement(TableColumnProperties(columnwidth=width))
        styles.append(column)
    for style in styles:
        book.automaticstyles.addElement(style)


def _table(sheet: Sheet) -> Any:
    table = Table(name=sheet.name)
    for place in range(len(sheet.header)):
        longest = max((len(row[place].text) for row in sheet.rows), default=0)
        table.addElement(TableColumn(stylename=_WIDE if longest > _LONG else _NARROW))
    heads = TableHeaderRows()
    header = TableRow()
    for name in sheet.header:
        header.addElement(_text(Entry(name), "header"))
    heads.addElement(header)
    table.addElement(heads)
    first_total = len(sheet.rows) - sheet.totals
    for number, entries in enumerate(sheet.rows):
        row = TableRow()
        for place, entry in enumerate(entries):
            strong = number >= first_total or (sheet.name == ABOUT and place == 0)
            row.addElement(_cell(entry, "-strong" if strong else ""))
        table.addElement(row)
    return table


def _cell(entry: Entry, strong: str) -> Any:
    if entry.exact is None:
        return _text(entry, f"text-cell{strong}")
    kind = "count"
    if entry.euro:
        kind = "cents" if (entry.number or 0) % 100 else "whole"
    cell = TableCell(stylename=f"{kind}-cell{strong}", valuetype="float", value=str(entry.exact))
    cell.addElement(_line(str(entry.exact), entry.address))
    return cell


def _text(entry: Entry, style: str) -> Any:
    if not entry.text:
        return TableCell(stylename=style)
    cell = TableCell(stylename=style, valuetype="string")
    for line in harmless(entry.text).split("\n"):
        cell.addElement(_line(line, entry.address))
    return cell


def _line(text: str, address: str) -> Any:
    paragraph = P()
    if address:
        link = A(href=address, type="simple", stylename="link")
        fill(link, text)
        paragraph.addElement(link)
    else:
        fill(paragraph, text)
    return paragraph
