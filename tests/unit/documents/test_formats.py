"""Every form of a document: the same bytes twice, every deal, every figure."""

import csv
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from odf.namespaces import OFFICENS, TABLENS
from odf.opendocument import load
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from openpyxl import load_workbook

from noaber.core.address import Address
from noaber.documents.blocks import Document
from noaber.documents.formats import WRITERS
from noaber.documents.links import explanation
from noaber.documents.payload import payload
from noaber.editions.programme import compose
from noaber.monitor.views import DealView
from tests.factories import reference_deal, strange_deals
from tests.factories.documents import figures

COUNTED = ("projects", "new", "follow_up", "parties", "pilots")


@pytest.fixture(scope="module")
def programme() -> Document:
    return compose(reference_deal.view(), "6", base_url="https://deal.example")


@pytest.fixture(scope="module")
def expected(programme: Document) -> dict[str, int | None]:
    found = figures(programme.blocks)
    assert len(found) > 350
    return found


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    ("view", "tranche"),
    [
        (strange_deals.flat_themes(), "2b"),
        (strange_deals.single_tranche(), "1"),
        (strange_deals.nothing_yet(), "1"),
        (strange_deals.with_a_narrow_municipality(), "1"),
        (strange_deals.with_text("=1+1 & <b>vet</b> “aan” 'bij' ]]>"), "1"),
    ],
)
def test_every_deal_can_be_had_in_every_form_with_the_same_bytes_twice(
    form: str, view: DealView, tranche: str
) -> None:
    made = WRITERS[form].write(compose(view, tranche))
    assert made == WRITERS[form].write(compose(view, tranche))


def test_every_figure_of_the_web_page_is_that_of_the_blocks(
    programme: Document, expected: dict[str, int | None]
) -> None:
    page = _Page(WRITERS["html"].write(programme).decode())
    assert {a: cents(a, v) for a, v in page.figures.items()} == expected
    linked = {_link(programme, address) for address, value in expected.items() if value}
    assert linked <= page.links


def test_every_figure_of_the_sheets_is_that_of_the_blocks(
    programme: Document, expected: dict[str, int | None]
) -> None:
    text = WRITERS["csv"].write(programme).decode("utf-8-sig")
    read = {r["adres"]: r["waarde"] for r in csv.DictReader(StringIO(text, newline=""))}
    assert {a: cents(a, v) if v else None for a, v in read.items()} == expected

    sheet = load_workbook(BytesIO(WRITERS["xlsx"].write(programme)))["Cijfers"]
    head, *rows = sheet.iter_rows(values_only=True)
    at, value = head.index("adres"), head.index("waarde")
    found = {
        str(r[at]): None if r[value] == "geen cijfer" else cents(str(r[at]), str(r[value]))
        for r in rows
    }
    assert found == expected

    book = load(BytesIO(WRITERS["ods"].write(programme)))
    assert {a: cents(a, v) if v else None for a, v in _ods_figures(book).items()} == expected


def test_every_figure_in_word_links_to_its_explanation(
    programme: Document, expected: dict[str, int | None]
) -> None:
    word = docx.Document(BytesIO(WRITERS["docx"].write(programme)))
    linked = {
        rel.target_ref
        for rel in word.part.rels.values()
        if rel.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    assert {_link(programme, address) for address, value in expected.items() if value} <= linked


def test_no_form_says_when_it_was_made(programme: Document) -> None:
    for form in ("docx", "xlsx", "ods"):
        with ZipFile(BytesIO(WRITERS[form].write(programme))) as made:
            assert {part.date_time for part in made.infolist()} == {(2021, 12, 31, 0, 0, 0)}


def cents(address: str, written: str | None) -> int | None:
    """A value as it is written, as the register has it: a count, or cents."""
    if written is None:
        return None
    counted = Address.parse(address).figure in COUNTED
    value = Decimal(written) * (1 if counted else 100)
    assert value == int(value)
    return int(value)


def _link(document: Document, address: str) -> str:
    return explanation(document.base_url, Address.parse(address), document.moment)


def _ods_figures(book: object) -> dict[str, str | None]:
    """Values by address on the sheet of figures."""
    tables = book.spreadsheet.getElementsByType(OdsTable)  # type: ignore[attr-defined]
    sheet = next(t for t in tables if t.getAttrNS(TABLENS, "name") == "Cijfers")
    head, *rows = (row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow))
    names = [str(cell) for cell in head]
    at, value = names.index("adres"), names.index("waarde")
    return {str(row[at]): row[value].getAttrNS(OFFICENS, "value") for row in rows}


class _Page(HTMLParser):
    """Figures by address, links and the outline of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.figures: dict[str, str | None] = {}
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if "data-address" in given:
            address = str(given["data-address"])
            value = given.get("value")
            assert self.figures.setdefault(address, value) == value
        if tag == "a":
            self.links.add(str(given["href"]))
        if "id" in given:
            self.ids.append(str(given["id"]))
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))


@pytest.mark.parametrize("view", [reference_deal.view(), strange_deals.flat_themes()])
def test_the_web_page_can_be_read_aloud(view: DealView) -> None:
    tranche = view.overview.tranches[-1].tranche.number
    text = WRITERS["html"].write(compose(view, tranche)).decode()
    page = _Page(text)
    tags = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "nl"}) in page.tags
    assert tags.count("h1") == tags.count("main") == tags.count("nav") == 1
    # A drawing may have a title of its own.
    assert tags[: tags.index("body")].count("title") == 1
    assert all(b <= a + 1 for a, b in zip(page.levels, page.levels[1:], strict=False))
    assert tags.count("table") == tags.count("caption") > 0
    assert all(given.get("scope") for tag, given in page.tags if tag == "th")
    drawings = [given for tag, given in page.tags if tag == "svg"]
    assert all(given.get("aria-label") or given.get("aria-hidden") for given in drawings)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_the_web_page_needs_nothing_but_itself(programme: Document) -> None:
    page = _Page(WRITERS["html"].write(programme).decode())
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not any("style" in given or "src" in given for _, given in page.tags)


def test_text_of_people_is_text_on_the_web_page() -> None:
    made = compose(strange_deals.with_text("<script>alert(1)</script> & <b>"), "1")
    text = WRITERS["html"].write(made).decode()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in text


def test_words_before_the_number_of_a_page_are_only_where_there_are_pages(
    programme: Document,
) -> None:
    assert "bladzijde" in json.dumps(payload(programme))
    assert "bladzijde" not in WRITERS["html"].write(programme).decode()
