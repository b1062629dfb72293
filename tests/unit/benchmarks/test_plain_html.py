"""The other program gets the same words and amounts as ours."""

from datetime import date

from benchmarks.plain_html import as_html
from noaber.documents import blocks as b
from noaber.record.rules import Moment


def a_document(*blocks: b.Block) -> b.Document:
    return b.Document(
        "Programma", "", "", (), ("", ""), Moment(date(2021, 12, 31), 1), date(2021, 12, 31),
        None, "#6b2c70", blocks,
    )  # fmt: skip


def test_words_amounts_and_notes_are_all_there() -> None:
    table = b.Table(
        "Geld",
        (b.Column(("Project",)), b.Column(("Bedrag",), numeric=True)),
        (b.Group((b.Row((b.Cell(("Fablab",)), b.Cell((b.Plain(1_212_000_00),))), below=("Klaar",)),)),),
        notes=(("Zonder btw",),),
    )  # fmt: skip
    html = as_html(
        a_document(b.Chapter("Financiën", "geld"), b.Paragraph(("Zo staat het",)), table)
    )
    for words in (
        "Financiën",
        "Zo staat het",
        "Geld",
        "Fablab",
        "1.212.000",
        "Klaar",
        "Zonder btw",
    ):
        assert words in html


def test_signs_of_html_in_a_text_are_text() -> None:
    html = as_html(a_document(b.Chapter("<b>", "x"), b.Paragraph(("a & b < c",))))
    assert "&lt;b&gt;" in html
    assert "a &amp; b &lt; c" in html


def test_a_chapter_that_follows_on_the_same_page_is_there_too() -> None:
    first = b.Chapter("Geld", "geld")
    html = as_html(a_document(first, b.Chapter("Wie trekt", "wie", follows=True)))
    assert "<h1>Geld</h1>" in html
    assert "<h1>Wie trekt</h1>" in html
