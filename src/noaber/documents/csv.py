"""The figures of a document as one CSV: a row per figure, as a researcher reads it in.

A CSV holds one table. That table is every figure once (`sheets.figures`): its address, what it is
of, its value, the moment and the address of its explanation. UTF-8 with a byte order mark, commas,
a point before cents: Excel, R and Python read it as it is.
"""

from csv import QUOTE_MINIMAL, writer
from io import StringIO

from noaber.documents.blocks import Document
from noaber.documents.checking import check_document
from noaber.documents.sheets import Entry, figures
from noaber.imports.harmless import harmless


def write_csv(document: Document) -> bytes:
    """The figures as CSV: the same document always gives the same bytes.

    Values are euros, with a point and two decimals when there are cents, or a count; empty when
    there is no figure.

    :raises Refused: when what a reader needs is missing (`checking`).
    """
    check_document(document)
    sheet = figures(document)
    text = StringIO()
    out = writer(text, quoting=QUOTE_MINIMAL, lineterminator="\r\n")
    out.writerow(sheet.header)
    value = sheet.header.index("waarde")
    for row in sheet.rows:
        out.writerow(_written(entry, value=at == value) for at, entry in enumerate(row))
    return text.getvalue().encode("utf-8-sig")


def _written(entry: Entry, *, value: bool) -> str:
    if entry.exact is not None:
        return str(entry.exact)
    return "" if value else harmless(entry.text)
