"""Word documents: styles that an editor can change, an outline, and what a reader hears."""

import itertools
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from noaber.documents.blocks import (
    Cell,
    Chapter,
    Column,
    Document,
    Group,
    Layout,
    Paragraph,
    PillarOpening,
    ProjectEntry,
    Row,
    Table,
)
from noaber.documents.docx import write_docx
from noaber.editions.programme import compose
from tests.factories import reference_deal, strange_deals
from tests.factories.documents import a_document, blocks


def read(document: Document) -> WordDocument:
    return docx.Document(BytesIO(write_docx(document)))


@pytest.fixture(scope="module")
def programme() -> Document:
    return compose(reference_deal.view(), "6")


@pytest.fixture(scope="module")
def word(programme: Document) -> WordDocument:
    return read(programme)


def styled(word: WordDocument, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style is not None and p.style.name == style]


def test_headings_are_real_headings_in_their_order(word: WordDocument, programme: Document) -> None:
    chapters = [
        x.title if isinstance(x, Chapter) else x.sign.name
        for x in programme.blocks
        if isinstance(x, Chapter | PillarOpening)
    ]
    assert styled(word, "Heading 1") == chapters
    entries = [f"{e.number} {e.name}" for e in blocks(programme, ProjectEntry)]
    assert styled(word, "Heading 3") == entries
    assert styled(word, "Title") == ["Uitvoeringsprogramma 6"]
    levels = [
        int(p.style.name[-1])
        for p in word.paragraphs
        if p.style is not None and p.style.name and p.style.name.startswith("Heading ")
    ]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_looks_are_in_styles_and_not_in_the_text(word: WordDocument) -> None:
    for run in word.element.body.iter(qn("w:rPr")):
        assert [child.tag for child in run] == [qn("w:rStyle")]
    own = {style.name for style in word.styles if style.type is WD_STYLE_TYPE.PARAGRAPH}
    assert {"Inleiding", "Projectgegevens", "Tabelbedrag", "Caption", "List"} <= own
    assert {table.style.name for table in word.tables if table.style} == {"Noaber tabel"}


def test_every_table_has_its_caption_and_a_head_that_repeats(
    word: WordDocument, programme: Document
) -> None:
    captions = [table.caption for table in blocks(programme, Table)]
    assert styled(word, "Caption") == captions
    for table, caption in zip(word.tables, captions, strict=True):
        head = table._tbl.tr_lst[0]
        assert head.trPr is not None
        assert head.trPr.find(qn("w:tblHeader")) is not None
        described = table._tbl.tblPr.find(qn("w:tblCaption"))
        assert described is not None
        assert described.get(qn("w:val")) == caption


def test_every_row_of_a_table_fills_its_grid(word: WordDocument) -> None:
    for table in word.tables:
        wide = len(table.columns)
        for row in table._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == wide


def test_pictures_carry_their_words(word: WordDocument, programme: Document) -> None:
    said = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(said) > 3
    assert all(said)
    assert said[0] == "Logo van de Regio Deal Zuid- en Oost-Drenthe."
    assert said[1].startswith("Kaart van de gemeenten")


def test_finances_lie_down_and_the_rest_stands(word: WordDocument) -> None:
    turned = [section.orientation for section in word.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]


def test_the_document_says_what_it_is_and_in_which_language(
    word: WordDocument, programme: Document
) -> None:
    about = word.core_properties
    assert about.title == programme.title
    assert about.language == "nl-NL"
    assert about.created is not None
    assert about.created.date() == programme.as_of
    languages = {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}


def test_links_within_the_document_lead_somewhere(word: WordDocument) -> None:
    body = word.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    aims = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    assert len(marks) == len(set(marks))
    assert aims <= set(marks)
    assert all(len(mark or "") <= 40 for mark in marks)


def test_notes_are_numbered_under_their_table() -> None:
    rows = (
        Row((Cell(("a",), ("Eerste noot.",)),)),
        Row((Cell(("b",), ("Tweede noot.",)),)),
    )
    word = read(a_document(Table("Bedragen", (Column(("Naam",)),), (Group(rows),))))
    assert styled(word, "Noot") == ["1 Eerste noot.", "2 Tweede noot."]
    assert [cell.text for cell in word.tables[0].columns[0].cells] == ["Naam", "a1", "b2"]


def test_a_table_too_wide_for_the_page_shrinks_to_fit() -> None:
    columns = (Column(("Naam",), share=1), *(Column((str(i),), width=30) for i in range(12)))
    row = Row(tuple(Cell((str(i),)) for i in range(13)))
    document = a_document(
        Chapter("Breed", "wide", Layout.LANDSCAPE), Table("Breed", columns, (Group((row,)),))
    )
    grid = read(document).tables[0]._tbl.tblGrid.gridCol_lst
    assert sum(column.w.mm for column in grid if column.w) == pytest.approx(257, abs=1)


def test_text_of_people_keeps_its_lines_and_signs() -> None:
    made = compose(strange_deals.with_text("=Som & <b>\nTweede regel"), "1")
    assert styled(read(made), "Projecttekst") == ["=Som & <b>", "Tweede regel"]


def test_a_paragraph_without_words_is_no_fault() -> None:
    assert read(a_document(Paragraph(()))).paragraphs
