"""Figures read back from a PDF: every link to an explanation, with the text it stands on.

The one place where PDFium, which has no types, is met.
"""

import ctypes
from collections.abc import Iterator

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


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    words = page.get_textpage()
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        found = words.get_text_bounded(box.left, box.bottom, box.right, box.top)
        yield address(document, raw.FPDFLink_GetAction(link)), found.strip()


def address(document: pypdfium2.PdfDocument, action: object) -> str:
    """Where an action leads on the web; nothing for a place in the document."""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not size:
        return ""
    found = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, found, size)
    return found.value.decode()
