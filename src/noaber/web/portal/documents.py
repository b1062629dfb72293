"""The documents of a deal: the implementation programme of each tranche, in several formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from noaber.documents import blocks
from noaber.documents.formats import WRITERS
from noaber.monitor.rules import Overview, TrancheView
from noaber.monitor.views import DealView
from noaber.web.portal.links import Links


@dataclass(frozen=True)
class Form:
    """A format of documents: what it is called, what it is good for, and what writes it."""

    suffix: str
    name: str
    purpose: str
    content_type: str
    write: Callable[[blocks.Document], bytes]


@dataclass(frozen=True)
class FormLink:
    """A document in a format."""

    form: Form
    address: str


@dataclass(frozen=True)
class Document:
    """The programme of a tranche, in all formats."""

    view: TrancheView
    name: str
    estimated: bool
    tranche_link: str
    forms: tuple[FormLink, ...]


@dataclass(frozen=True)
class DocumentsPage:
    """All documents, newest first, and the formats there are."""

    overview: Overview
    documents: tuple[Document, ...]
    forms: tuple[Form, ...]


_PURPOSES = {
    "pdf": "om te lezen en te drukken",
    "docx": "om verder aan te schrijven",
    "html": "om te bewaren en in de browser te lezen",
    "xlsx": "om mee te rekenen",
    "ods": "om mee te rekenen, in de open norm",
    "csv": "om in andere programma's te laden",
}

FORMS: Mapping[str, Form] = {
    code: Form(code, writer.name, _PURPOSES.get(code, ""), writer.media_type, writer.write)
    for code, writer in WRITERS.items()
}
"""The formats by suffix, the one to read first."""


def present(seen: DealView, links: Links) -> DocumentsPage:
    """The list of documents from a deal at a moment."""
    overview = seen.overview
    documents = tuple(programme_of(view, links) for view in reversed(overview.tranches))
    return DocumentsPage(overview, documents, tuple(FORMS.values()))


def programme_of(view: TrancheView, links: Links) -> Document:
    """The implementation programme of a tranche, with the address of each format."""
    number = view.tranche.number
    return Document(
        view,
        f"Uitvoeringsprogramma {number}",
        view.tranche.date_basis == "estimated",
        links.tranche(number),
        tuple(FormLink(form, links.programme(number, form.suffix)) for form in FORMS.values()),
    )
