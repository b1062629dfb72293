"""Figures read back from a PDF, every link to an explanation with the text it stands on; and
PDFs changed on purpose, to see that a fault is found.

The one place where PDFium, which has no types, is met.
"""

import ctypes
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from pypdfium2 import raw

from tests.reading.shown import ORIGIN, Shown, is_address, linked


def figures(content: bytes, place: str = "pdf") -> list[Shown]:
    """Every figure that is a link, in the order of the pages."""
    with pypdfium2.PdfDocument(content) as document:
        return [
            linked(target, said, f"{place}, page {number}")
            for number, page in enumerate(document, start=1)
            for target, said in _links(document, page)
            if ORIGIN in target and not is_address(said)
        ]


def text(content: bytes) -> str:
    """All text of a PDF, a page after a page."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def with_other_text(content: bytes, was: str, new: str) -> bytes:
    """The PDF with the first amount that reads `was` changed, and its link left as it is.

    :raises LookupError: when that amount is nowhere.
    """
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            words = page.get_textpage()
            for piece in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
                said = _said(piece, words)
                if said.strip().removeprefix("€\u00a0") == was:
                    coded = (said.replace(was, new) + "\0").encode("utf-16-le")
                    points = (raw.FPDF_WCHAR * (len(coded) // 2)).from_buffer_copy(coded)
                    raw.FPDFText_SetText(piece, points)
                    raw.FPDFPage_GenerateContent(page)
                    return _saved(document)
    raise LookupError(was)


def without_links(content: bytes, to: str) -> bytes:
    """The PDF without the links whose address has `to` in it; their text stays."""
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            for number in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
                link = raw.FPDFAnnot_GetLink(raw.FPDFPage_GetAnnot(page, number))
                if link and to in _address(document, raw.FPDFLink_GetAction(link)):
                    raw.FPDFPage_RemoveAnnot(page, number)
        return _saved(document)


def _said(piece: pypdfium2.PdfObject, words: pypdfium2.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(piece, words, None, 0)
    found = (raw.FPDF_WCHAR * size)()
    raw.FPDFTextObj_GetText(piece, words, found, size)
    return bytes(found).decode("utf-16-le").rstrip("\0")


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    words = page.get_textpage()
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        # A link reaches to the top of a capital, and so may the tail of a letter on the line above.
        top = box.top - (box.top - box.bottom) / 5
        found = words.get_text_bounded(box.left, box.bottom, box.right, top)
        yield _address(document, raw.FPDFLink_GetAction(link)), found.strip()


def _address(document: pypdfium2.PdfDocument, action: object) -> str:
    """Where an action leads on the web; nothing for a place in the document."""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not size:
        return ""
    found = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, found, size)
    return found.value.decode()
