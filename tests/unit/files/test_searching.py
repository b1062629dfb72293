"""A name is found in every kind of file that people send, and what cannot be searched is told."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from noaber.files import child
from noaber.files.rules import Searched, holds, without
from noaber.files.searching import searched
from tests.unit.files.test_inspecting import photo, zipped

WHO = ("Jan van der Proef", "jan@proef.example")


def pdf(*pages: str, author: str = "") -> bytes:
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 100)
        if text:
            drawn = DecodedStreamObject()
            drawn.set_data(f"BT /F 12 Tf 10 50 Td ({text}) Tj ET".encode())
            font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
            named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
            fonts = DictionaryObject({NameObject("/F"): named})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            page[NameObject("/Contents")] = writer._add_object(drawn)
    if author:
        writer.add_metadata({"/Author": author})
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def docx(*lines: str, author: str = "") -> bytes:
    document = Document()
    document.core_properties.author = author
    for line in lines:
        paragraph = document.add_paragraph()
        for piece in line.partition("van"):
            paragraph.add_run(piece).bold = piece == "van"
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Leden"
    sheet["B3"] = "de heer Jan van der Proef"
    sheet["C4"] = "Dina"
    sheet["C4"].comment = Comment("Vraag Jan van der Proef", "Dina")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods() -> bytes:
    row = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    tables = "".join(
        f'<table:table table:name="{name}">{row.format(text)}</table:table>'
        for name, text in (("Een", "Dina"), ("Twee", "Jan <text:span>van der</text:span> Proef"))
    )
    text = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": text.encode()})


FOUND = {
    "brief.txt": (b"Beste Dina,\n\nJan van\nder Proef\n", ("regel 3",)),
    "lijst.csv": (b"naam;post\nDina;x\nD;JAN@PROEF.EXAMPLE\n", ("regel 3",)),
    "een.pdf": (pdf("Beste Dina", "van Jan van der Proef"), ("bladzijde 2",)),
    "twee.pdf": (
        pdf("Beste Dina", author="Jan van der Proef"), ("eigenschappen, opmerking of formulierveld",),
    ),
    "een.docx": (docx("Beste Dina", "Groet, Jan van der Proef"), ("alinea 2",)),
    "twee.docx": (docx("Beste Dina", author="Jan van der Proef"), ("docProps/core.xml",)),
    "leden.xlsx": (xlsx(), ("blad Leden, cel B3", "xl/comments/comment1.xml")),
    "leden.ods": (ods(), ("blad Twee",)),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_a_name_is_found_with_its_place(name: str) -> None:
    content, places = FOUND[name]
    assert searched(name, content, WHO).places == places
    assert searched(name, content, ["Piet de Vries"]).places == ()


def test_what_cannot_be_searched_is_told() -> None:
    assert searched("kaart.jpg", photo(), WHO).unread == ("alles: het is een plaatje",)
    scan = searched("scan.pdf", pdf("", "Jan van der Proef"), WHO)
    assert scan.unread == ("bladzijde 1: geen tekst, misschien een scan",)
    assert scan.places == ("bladzijde 2",)
    pictured = zipped(
        {"word/document.xml": b"<w:p>x</w:p>", "word/media/a.png": b"x", "a.bin": b"x"}
    )
    assert searched("a.docx", pictured, WHO).unread == (
        "het plaatje word/media/a.png",
        "het onderdeel a.bin",
    )
    for name in ("stuk.docx", "stuk.pdf", "stuk.xlsx", "stuk.txt"):
        assert searched(name, b"\xff\xfe\xfa", WHO).unread, name
    assert searched("x.exe", b"MZ", WHO).unread


def test_a_file_without_the_name_says_nothing_at_all() -> None:
    assert len(PdfReader(BytesIO(pdf("Beste Dina"))).pages) == 1
    assert searched("een.pdf", pdf("Beste Dina"), WHO) == Searched()
    assert searched("een.txt", b"Beste Janneke", ["Jan"]) == Searched()


def test_a_file_that_takes_too_much_is_told_and_not_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content, places = FOUND["een.docx"]
    assert child.search("een.docx", content, WHO).places == places
    monkeypatch.setattr(child, "_WALL_SECONDS", 0.01)
    assert child.search("een.docx", content, WHO).unread == ("alles: het kost te veel om te lezen",)


def test_a_name_leaves_the_name_of_a_file() -> None:
    assert holds("brief_jan-van.der_proef (2).pdf", WHO)
    assert without("brief_jan-van.der_proef (2).pdf", WHO) == "brief_gewist (2).pdf"
    assert without("Jan van der Proef.docx", WHO) == "gewist.docx"
    assert without("offerte Jan.pdf", ["offerte Jan.pdf"]) == "gewist.pdf"
    assert without("januari.pdf", ["Jan"]) == "januari.pdf"
    assert not holds("januari.pdf", ["Jan"])
