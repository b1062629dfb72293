"""The implementation programme as PDF, beside WeasyPrint on the same content."""

import re
from collections.abc import Iterator

from benchmarks.measuring import Result, duration, seconds
from benchmarks.place import REFERENCE_CODE, Place, settle
from benchmarks.plain_html import as_html
from benchmarks.reference import load_reference_deal
from noaber.access.rules import PUBLIC
from noaber.documents import blocks
from noaber.documents.typst import write_pdf
from noaber.editions import queries
from noaber.record.queries import latest

TRANCHE = "6"
GOAL_SECONDS = 1
GOAL_RATIO = 5
TIMES = 5


def results(place: Place) -> Iterator[Result]:
    """The document from the database to bytes, and drawn by the other program."""
    load_reference_deal()
    settle(place)
    write_pdf(_programme())  # the first one reads fonts, as the start of a server does
    mine, pdf = seconds(lambda: write_pdf(_programme()), times=TIMES)
    document = _programme()
    drawn, _ = seconds(lambda: write_pdf(document), times=TIMES)
    other, other_pages = _weasyprint(as_html(document))
    yield Result(
        f"uitvoeringsprogramma {TRANCHE}, {_pages(pdf)} pagina's, PDF/UA-1, uit de database",
        duration(mine),
        f"WeasyPrint, zelfde inhoud, {other_pages} pagina's, alleen zetten: {duration(other)}",
        other / mine,
        "minder dan 1 s en minstens 5 x",
        mine < GOAL_SECONDS and other / mine >= GOAL_RATIO,
    )
    yield Result("uitvoeringsprogramma: waarvan zetten", duration(drawn), "", other / drawn)


def _programme() -> blocks.Document:
    return queries.programme(REFERENCE_CODE, TRANCHE, latest(), PUBLIC)


def _weasyprint(page: str) -> tuple[float, int]:
    """Seconds to set a page of HTML, and on how many pages it came."""
    import weasyprint

    def draw() -> int:
        document = weasyprint.HTML(string=page).render()
        document.write_pdf(pdf_variant="pdf/ua-1")
        return len(document.pages)

    draw()
    return seconds(draw, times=2)


def _pages(pdf: bytes) -> int:
    """Pages of a PDF: what the root of its tree of pages counts."""
    counts = [int(found) for found in re.findall(rb"/Count (\d+)", pdf)]
    return max(counts)
