"""The documents of a deal: the implementation programme of each tranche, in several formats."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from noaber.documents import blocks
from noaber.documents.formats import WRITERS
from noaber.editions.adoption import AdoptedEdition
from noaber.monitor.rules import Overview, TrancheView
from noaber.monitor.views import DealView
from noaber.web.language import later, text
from noaber.web.portal.links import Links
from noaber.web.portal.moments import KNOWN_ON


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
class Adopted:
    """An adopted edition, with the address of each format.

    `changes` leads to what was corrected in the register since; empty when nothing was.
    """

    name: str
    edition: AdoptedEdition
    source: str
    forms: tuple[FormLink, ...]
    changes: str


@dataclass(frozen=True)
class Document:
    """The programme of a tranche, in all formats.

    `adopted` is the edition that holds, None when none was adopted; `earlier` are those it
    replaced. `forms` are made from the register; `said` is how they stand beside what was
    adopted, empty when they do not.
    """

    view: TrancheView
    name: str
    estimated: bool
    tranche_link: str
    forms: tuple[FormLink, ...]
    said: str
    adopted: Adopted | None
    earlier: tuple[Adopted, ...]


@dataclass(frozen=True)
class DocumentsPage:
    """All documents, newest first, and the formats there are."""

    overview: Overview
    documents: tuple[Document, ...]
    forms: tuple[Form, ...]


_PURPOSES = {
    "pdf": later("om te lezen en te drukken"),
    "docx": later("om verder aan te schrijven"),
    "html": later("om te bewaren en in de browser te lezen"),
    "xlsx": later("om mee te rekenen"),
    "ods": later("om mee te rekenen, in de open norm"),
    "csv": later("om in andere programma's te laden"),
}

FORMS: Mapping[str, Form] = {
    code: Form(code, writer.name, _PURPOSES.get(code, ""), writer.media_type, writer.write)
    for code, writer in WRITERS.items()
}
"""The formats by suffix, the one to read first."""


def present(seen: DealView, links: Links, editions: Sequence[AdoptedEdition] = ()) -> DocumentsPage:
    """The list of documents from a deal at a moment, with the editions that were adopted."""
    overview = seen.overview
    documents = tuple(
        programme_of(view, seen, links, editions) for view in reversed(overview.tranches)
    )
    return DocumentsPage(overview, documents, tuple(FORMS.values()))


def programme_of(
    view: TrancheView, seen: DealView, links: Links, editions: Sequence[AdoptedEdition]
) -> Document:
    """The implementation programme of a tranche, with the address of each format."""
    number = view.tranche.number
    kept = [_adopted(e, seen, links) for e in editions if e.tranche == number]
    made, said = links, ""
    if kept and links.query:
        said = text("Zo is het document op het moment dat u koos:")
    elif kept:
        # Without a moment the address gives what was adopted.
        made = Links(links.deal, urlencode({KNOWN_ON: seen.overview.moment.revision}))
        said = text("Zo zou het document nu zijn:") if kept[-1].changes else ""
    return Document(
        view,
        f"Uitvoeringsprogramma {number}",
        view.tranche.date_basis == "estimated",
        links.tranche(number),
        tuple(FormLink(form, made.programme(number, form.suffix)) for form in FORMS.values()),
        said,
        kept[-1] if kept else None,
        tuple(kept[:-1]),
    )


def _adopted(edition: AdoptedEdition, seen: DealView, links: Links) -> Adopted:
    latest = not edition.replaced and not links.query
    forms = tuple(
        FormLink(
            FORMS[file.form],
            links.programme(edition.tranche, file.form)
            if latest
            else links.adopted(edition.tranche, edition.number, file.form),
        )
        for file in edition.files
        if file.form in FORMS
    )
    return Adopted(
        f"Uitvoeringsprogramma {edition.tranche}, uitgave {edition.number}",
        edition,
        seen.sources.cite(edition.source) if edition.source else "",
        forms,
        links.changed_since(edition.moment) if edition.changed else "",
    )
