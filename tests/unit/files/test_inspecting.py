"""What people send is judged by what is in it, and pictures lose what nobody meant to send."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from noaber.core.finding import Refused
from noaber.files.child import inspect
from noaber.files.inspecting import inspected
from noaber.files.rules import FAULTS, TYPES, refused_file, safe_name


def pdf(*, script: bool = False, attached: bool = False, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if script:
        action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject(name): value for name, value in action.items()}
        )
    if attached:
        writer.add_attachment("x.exe", b"MZ")
    if password:
        writer.encrypt(password)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return zipped({**parts, **{name.replace("__", "/"): text for name, text in more.items()}})


def photo(kind: str = "JPEG") -> bytes:
    kept = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera van Bas"
    exif[0x0112] = 6
    Image.new("RGB", (60, 40), "#6b2c70").save(kept, kind, exif=exif)
    return kept.getvalue()


def rule(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        inspected(name, content)
    return refused.value.findings[0].rule


def test_ordinary_files_are_taken_as_they_are() -> None:
    odt = zipped({"mimetype": TYPES[".odt"].encode(), "content.xml": b"<x/>"})
    for name, content in (
        ("stuk.pdf", pdf()),
        ("stuk.docx", docx()),
        ("stuk.odt", odt),
        ("lijst.csv", "naam;bedrag\nBås;€ 5\n".encode()),
        ("tekst.TXT", b"\xef\xbb\xbfGewoon."),
    ):
        assert inspected(name, content) == content


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_loses_what_the_camera_wrote_and_stands_upright(kind: str) -> None:
    sent = photo(kind)
    assert b"Camera van Bas" in sent
    kept = inspected("foto.jpg" if kind == "JPEG" else "foto.png", sent)
    assert b"Camera van Bas" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (40, 60)
        assert not dict(picture.getexif())


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("leeg.pdf", b"", "S-02"),
        ("groot.txt", b"a" * 20_000_001, "S-03"),
        ("programma.exe", b"MZ", "S-04"),
        ("pagina.html", b"<script>", "S-04"),
        ("tekening.svg", b"<svg/>", "S-04"),
        ("zonder", b"x", "S-04"),
        ("geen.pdf", b"<html>", "S-05"),
        ("geen.png", photo("JPEG"), "S-05"),
        ("geen.docx", pdf(), "S-05"),
        ("geen.xlsx", docx(), "S-05"),
        ("geen.txt", b"\x00\x01\x02", "S-05"),
        ("geen.csv", b"\xff\xfe\x00", "S-05"),
        ("oud.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 64, "S-07"),
        ("kapot.pdf", b"%PDF-1.7 en verder niets", "S-06"),
        ("kapot.jpg", photo()[:200], "S-06"),
        ("kapot.docx", b"PK\x03\x04 en verder niets", "S-06"),
        ("slot.pdf", pdf(password="geheim"), "S-07"),
        ("script.pdf", pdf(script=True), "S-08"),
        ("bijlage.pdf", pdf(attached=True), "S-08"),
        ("macro.docx", docx(word__vbaProject=b"x"), "S-08"),
        ("ingesloten.docx", docx(word__embeddings__ole=b"x"), "S-08"),
        ("bom.docx", docx(bom=b"\x00" * 210_000_000), "S-10"),
    ],
)
def test_what_is_not_what_it_says_or_can_do_harm_is_refused(
    name: str, content: bytes, expected: str
) -> None:
    assert rule(name, content) == expected


def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked() -> None:
    kept = BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")
    assert rule("bom.png", kept.getvalue()) == "S-09"


def test_the_process_apart_gives_the_same_answers() -> None:
    assert inspect("stuk.pdf", pdf()) == inspected("stuk.pdf", pdf())
    with pytest.raises(Refused) as refused:
        inspect("script.pdf", pdf(script=True))
    assert refused.value.findings[0].rule == "S-08"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\bas\\Begroting 2022.XLSX", "Begroting 2022.xlsx"),
        ('a"\r\nSet-Cookie: x=1.pdf', "a Set-Cookie x 1.pdf"),
        ("plan\u202efdp.exe.pdf", "plan fdp.exe.pdf"),
        (".pdf.pdf", "pdf.pdf"),
        ("x" * 300 + ".jpeg", "x" * 116 + ".jpg"),
    ],
)
def test_a_name_is_made_safe(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_every_refusal_says_what_is_wrong_and_how_to_put_it_right() -> None:
    for known in FAULTS:
        (finding,) = refused_file(known).findings
        assert finding.message
        assert finding.remedy.endswith(".")
