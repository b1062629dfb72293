"""The crawl fails when one file or page shows another value, or loses a figure: planted faults."""

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn
from openpyxl import load_workbook

from noaber.access.rules import PUBLIC
from noaber.documents.blocks import Document
from noaber.documents.formats import WRITERS
from noaber.editions.queries import programme
from noaber.record.queries import latest
from tests.integration.web import registers
from tests.integration.web.crawling import check_explained, crawl
from tests.reading import pdf
from tests.reading.comparing import check_document, checked
from tests.reading.pages import Page
from tests.reading.shown import ORIGIN

pytestmark = pytest.mark.django_db

Change = Callable[[bytes], bytes]
WAS, PLANTED = "150", "151"
"""Euros: what Wonen 1 was awarded in all, and what the file says once it is changed."""


@pytest.fixture
def document() -> Document:
    registers.small_deal()
    return programme("kleine-deal", "2b", latest(), PUBLIC)


def in_text(before: str, after: str) -> Change:
    """Change a text file in one place."""

    def changed(content: bytes) -> bytes:
        text = content.decode()
        assert before in text
        return text.replace(before, after, 1).encode()

    return changed


def in_zip(name: str, before: str, after: str) -> Change:
    """Change one file within a zip in one place."""

    def changed(content: bytes) -> bytes:
        result = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(result, "w") as new:
            for item in old.namelist():
                part = old.read(item)
                if item == name:
                    assert re.search(before.encode(), part)
                    part = re.sub(before.encode(), after.encode(), part, count=1)
                new.writestr(item, part)
        return result.getvalue()

    return changed


def in_xlsx(where: Callable[[Any], bool], change: Callable[[Any], None]) -> Change:
    """Change the first cell of a workbook for which something is so."""

    def changed(content: bytes) -> bytes:
        book = load_workbook(BytesIO(content))
        cells = (c for sheet in book.worksheets for row in sheet.iter_rows() for c in row)
        change(next(cell for cell in cells if where(cell)))
        result = BytesIO()
        book.save(result)
        return result.getvalue()

    return changed


def in_csv(change: Callable[[list[dict[str, str]]], object]) -> Change:
    def changed(content: bytes) -> bytes:
        rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
        change(rows)
        text = StringIO()
        out = csv.DictWriter(text, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
        return text.getvalue().encode("utf-8-sig")

    return changed


def in_word(change: Callable[[Any], None]) -> Change:
    """Change the first link to an explanation that shows an amount."""

    def changed(content: bytes) -> bytes:
        word = docx.Document(BytesIO(content))
        links = [
            link
            for link in word.element.body.iter(qn("w:hyperlink"))
            if (key := link.get(qn("r:id"))) and ORIGIN in word.part.rels[key].target_ref
        ]
        change(next(x for x in links if WAS in "".join(t.text for t in x.iter(qn("w:t")))))
        result = BytesIO()
        word.save(result)
        return result.getvalue()

    return changed


def other_words(link: Any) -> None:
    text = next(link.iter(qn("w:t")))
    text.text = text.text.replace(WAS, PLANTED)


def no_link(link: Any) -> None:
    link.getparent().remove(link)


def no_web_link(content: bytes) -> bytes:
    """Take the first figure out of a web page."""
    return re.sub(rb"<a href=[^>]*/herkomst/[^>]*><data.*?</a>", b"", content, count=1)


def value_is(number: int) -> Callable[[Any], bool]:
    return lambda cell: cell.value == number


def linked_value(number: int) -> Callable[[Any], bool]:
    return lambda cell: cell.value == number and bool(cell.hyperlink)


def set_value(cell: Any) -> None:
    cell.value = int(PLANTED)


def unlink(cell: Any) -> None:
    cell.hyperlink = None


OTHER_VALUE: dict[str, tuple[str, Change]] = {
    "pdf": ("pdf", lambda content: pdf.with_other_text(content, WAS, PLANTED)),
    "docx": ("docx", in_word(other_words)),
    "html, for machines": ("html", in_text(f'<data value="{WAS}"', f'<data value="{PLANTED}"')),
    "html, for people": ("html", in_text(f">{WAS}</data>", f">{PLANTED}</data>")),
    "xlsx, in a table": ("xlsx", in_xlsx(linked_value(int(WAS)), set_value)),
    "xlsx, listed": ("xlsx", in_xlsx(lambda c: c.parent.title == "Cijfers" and c.value == int(WAS), set_value)),
    "ods": ("ods", in_zip("content.xml", f'office:value="{WAS}"', f'office:value="{PLANTED}"')),
    "csv": ("csv", in_csv(lambda rows: rows[0].update(waarde=str(int(rows[0]["waarde"]) + 1)))),
}  # fmt: skip

LOST: dict[str, tuple[str, Change]] = {
    "pdf": ("pdf", lambda content: pdf.without_links(content, "awarded?project=wonen-1&")),
    "docx": ("docx", in_word(no_link)),
    "html": ("html", no_web_link),
    "xlsx": ("xlsx", in_xlsx(linked_value(int(WAS)), unlink)),
    "csv": ("csv", in_csv(list.pop)),
}


@pytest.mark.parametrize("form", WRITERS)
def test_a_document_as_it_was_written_passes(document: Document, form: str) -> None:
    assert len(check_document(document, form, WRITERS[form].write(document))) > 10


@pytest.mark.parametrize("name", OTHER_VALUE)
def test_another_value_in_one_form_is_found(document: Document, name: str) -> None:
    form, change = OTHER_VALUE[name]
    with pytest.raises(AssertionError, match=r"Shown\(address=Address\(deal='kleine-deal'"):
        check_document(document, form, change(WRITERS[form].write(document)))


@pytest.mark.parametrize("name", LOST)
def test_a_figure_that_is_lost_in_one_form_is_found(document: Document, name: str) -> None:
    form, change = LOST[name]
    with pytest.raises(AssertionError, match="lost"):
        check_document(document, form, change(WRITERS[form].write(document)))


@pytest.mark.parametrize(
    ("before", "after"), [('value="150"', 'value="151"'), (">150</data>", ">151</data>")]
)
def test_another_value_on_one_page_is_found(
    document: Document, client: Client, before: str, after: str
) -> None:
    path = "/kleine-deal/projecten/?peildatum=2021-02-01"
    html = client.get(path).content.decode()
    assert before in html
    checked(Page.of(html, path).figures, document.moment)
    with pytest.raises(AssertionError, match="wonen"):
        checked(Page.of(html.replace(before, after, 1), path).figures, document.moment)


def test_a_page_behind_a_figure_that_says_otherwise_is_found(
    document: Document, client: Client
) -> None:
    pages = crawl(client, "/kleine-deal/?peildatum=2021-02-01")
    found = [figure for page in pages.values() for figure in page.figures]
    values = checked(found, document.moment)
    check_explained(client, values)
    asked, value = next((asked, value) for asked, value in values.items() if value)
    with pytest.raises(AssertionError, match="kleine-deal"):
        check_explained(client, {asked: value + 1})
