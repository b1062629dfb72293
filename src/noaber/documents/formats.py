"""The forms a document can be had in: the one place that lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from noaber.documents.blocks import Document


@dataclass(frozen=True)
class Writer:
    """A form of a document: its media type, the ending of its name, and who writes it.

    `name` is what people call it. `write` gives the same bytes for the same document, and raises
    `Refused` when what a reader needs is missing.
    """

    name: str
    media_type: str
    suffix: str
    write: Callable[[Document], bytes]


# The libraries behind a form are loaded when it is asked for: all of them take half a second.


def _pdf(document: Document) -> bytes:
    from noaber.documents.typst import write_pdf

    return write_pdf(document)


def _docx(document: Document) -> bytes:
    from noaber.documents.docx import write_docx

    return write_docx(document)


def _html(document: Document) -> bytes:
    from noaber.documents.html import write_html

    return write_html(document)


def _xlsx(document: Document) -> bytes:
    from noaber.documents.xlsx import write_xlsx

    return write_xlsx(document)


def _ods(document: Document) -> bytes:
    from noaber.documents.ods import write_ods

    return write_ods(document)


def _csv(document: Document) -> bytes:
    from noaber.documents.csv import write_csv

    return write_csv(document)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "pdf": Writer("PDF", "application/pdf", ".pdf", _pdf),
        "docx": Writer("Word", f"{_OFFICE}.wordprocessingml.document", ".docx", _docx),
        "html": Writer("webpagina", "text/html; charset=utf-8", ".html", _html),
        "xlsx": Writer("Excel", f"{_OFFICE}.spreadsheetml.sheet", ".xlsx", _xlsx),
        "ods": Writer("OpenDocument", f"{_OPEN}.spreadsheet", ".ods", _ods),
        "csv": Writer("CSV", "text/csv; charset=utf-8", ".csv", _csv),
    }
)
