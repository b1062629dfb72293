"""Files made to do harm, or broken by accident: each is refused with its reason in ten seconds."""

import os
import struct
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.unit.imports.workbooks import (
    CONTENT_TYPES,
    inline,
    ods_parts,
    written,
    xlsx_parts,
    zipped,
)

SECONDS = 10
READ = """
import sys
from pathlib import Path
from noaber.core.finding import Refused
from noaber.imports.checking import check
from noaber.imports.reading import read
try:
    check(read(Path(sys.argv[1])))
except Refused as refusal:
    print(refusal)
else:
    print("read")
"""

ROW = f'<row r="1">{inline("A1", "code")}{inline("B1", "naam")}</row>'
P = "<text:p>code</text:p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
ENTITIES = "<!DOCTYPE a [" + '<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PADDING: dict[str, str | bytes] = {"xl/media/a.bin": Random(1).randbytes(300_000)}


def sheet(content: str) -> dict[str, str | bytes]:
    return xlsx_parts(content)


def encrypted_zip() -> bytes:
    """Give a workbook whose parts say that they are encrypted."""
    content = bytearray(zipped(sheet(ROW)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def lying_zip() -> bytes:
    """Give a workbook that says its sheet is small while it unpacks to far more."""
    content = bytearray(zipped(sheet(ROW + " " * 30_000_000)))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rfind(mark)
        struct.pack_into("<I", content, at + place, 1000)
    return bytes(content)


HOSTILE: dict[str, tuple[str, str, bytes]] = {
    "far cell": (
        "F-12", "a.xlsx", zipped(sheet(ROW + f'<row r="1048576">{inline("XFD1048576", "x")}</row>'))
    ),
    "far column": ("F-13", "a.xlsx", zipped(sheet(ROW + f'<row r="2">{inline("XFD2", "x")}</row>'))),
    "many rows": (
        "F-12", "a.xlsx", zipped(sheet("".join(f"<row>{inline(f'A{n}', 'x')}</row>" for n in range(1, 20_010)))),
    ),
    "millions of empty cells": ("F-11", "a.xlsx", zipped(sheet("<row>" + "<c/>" * 11_000_000 + "</row>") | PADDING)),
    "zip bomb": ("F-08", "a.xlsx", zipped(sheet(ROW) | {"xl/b.xml": b" " * 150_000_000})),
    "zip bomb within the total": ("F-08", "a.xlsx", zipped(sheet(ROW) | {"xl/b.xml": b" " * 50_000_000})),
    "zip that lies": ("F-09", "a.xlsx", lying_zip()),
    "truncated": ("F-09", "a.xlsx", zipped(sheet(ROW))[:-40]),
    "cut in half": ("F-09", "a.xlsx", zipped(sheet(ROW))[:200]),
    "no parts": ("F-09", "a.xlsx", zipped({"[Content_Types].xml": CONTENT_TYPES})),
    "broken xml": ("F-09", "a.xlsx", zipped(sheet("<row><c"))),
    "encrypted zip": ("F-04", "a.xlsx", encrypted_zip()),
    "encrypted office": ("F-04", "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le")),
    "encrypted ods": (
        "F-04", "a.ods", zipped(ods_parts("") | {"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    ),
    "old excel": ("F-02", "a.xlsx", OLE + "Workbook".encode("utf-16-le")),
    "old word": ("F-02", "a.xls", OLE + "WordDocument".encode("utf-16-le")),
    "pdf": ("F-02", "a.ods", b"%PDF-1.7\n"),
    "word": ("F-02", "a.xlsx", zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<a/>"})),
    "web page": ("F-02", "a.xls", b"<html><table></table></html>"),
    "one csv": ("F-02", "deal.csv", b"code,naam\n"),
    "empty": ("F-02", "a.xlsx", b""),
    "macro": ("F-05", "a.xlsx", zipped(sheet(ROW) | {"xl/vbaProject.bin": b"\1"})),
    "macro type": (
        "F-05", "a.xlsx",
        zipped(sheet(ROW) | {"[Content_Types].xml": CONTENT_TYPES.replace("application/xml", "macroEnabled")}),
    ),
    "macro in ods": ("F-05", "a.ods", zipped(ods_parts("") | {"Basic/Standard/a.xml": "<a/>"})),
    "other file": ("F-06", "a.xlsx", zipped(sheet(ROW) | {"xl/externalLinks/externalLink1.xml": "<a/>"})),
    "other file in ods": ("F-06", "a.ods", zipped(ods_parts("<table:table-source/>"))),
    "nested by name": ("F-07", "a.xlsx", zipped(sheet(ROW) | {"xl/more.zip": b"x"})),
    "nested by content": ("F-07", "a.xlsx", zipped(sheet(ROW) | {"xl/a.xml": zipped({"b": "c"})})),
    "embedded": ("F-07", "a.xlsx", zipped(sheet(ROW) | {"xl/embeddings/a.bin": b"x"})),
    "entities": ("F-10", "a.xlsx", zipped(xlsx_parts(ROW, before=ENTITIES))),
    "entity outside": ("F-10", "a.xlsx", zipped(xlsx_parts(ROW, before=OUTSIDE))),
    "entity in utf-16": (
        "F-10", "a.xlsx",
        zipped(sheet(ROW) | {"xl/worksheets/sheet1.xml": f"{OUTSIDE}<a>&x;</a>".encode("utf-16")}),
    ),
    "entity in ods": (
        "F-10", "a.ods", zipped(ods_parts("") | {"content.xml": f"{OUTSIDE}<a>&x;</a>"})
    ),
    "many parts": ("F-14", "a.xlsx", zipped(sheet(ROW) | {f"xl/{n}.xml": "" for n in range(2_001)})),
    "repeated cells": (
        "F-13", "a.ods",
        zipped(ods_parts(
            f'<table:table-row><table:table-cell table:number-columns-repeated="999999999">{P}'
            "</table:table-cell></table:table-row>"
        )),
    ),
    "repeated rows": (
        "F-12", "a.ods",
        zipped(ods_parts(
            f'<table:table-row table:number-rows-repeated="999999999"><table:table-cell>{P}'
            "</table:table-cell></table:table-row>"
        )),
    ),
    "far row in ods": (
        "F-12", "a.ods",
        zipped(ods_parts(
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
            f"</table:table-row><table:table-row><table:table-cell>{P}</table:table-cell>"
            "</table:table-row>"
        )),
    ),
    "repeated spaces": (
        "F-14", "a.ods",
        zipped(ods_parts(
            "<table:table-row><table:table-cell><text:p>a"
            + '<text:s text:c="999999999"/>' * 200 + "b</text:p></table:table-cell></table:table-row>"
        )),
    ),
    "formula": (
        "F-32", "a.xlsx",
        zipped(sheet(ROW + '<row r="2"><c r="A2"><f>HYPERLINK("x")</f><v>1</v></c></row>')),
    ),
    "merged cells": (
        "F-33", "a.xlsx",
        zipped(xlsx_parts(
            ROW + f'<row r="2">{inline("A2", "a")}</row>',
            after='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>',
        )),
    ),
}  # fmt: skip


def outcome(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    rule, file, content = HOSTILE[name]
    assert f"({rule})" in outcome(written(tmp_path, file, content))


def test_an_endless_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    assert "(F-01)" in outcome(tmp_path / "a.xlsx")


def test_a_device_is_refused() -> None:
    assert "(F-01)" in outcome(Path("/dev/zero"))


def test_a_file_that_is_too_large_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(10_000_000_000)
    assert "a.xlsx is te groot: meer dan 20 MB." in outcome(path)


def test_a_folder_does_not_lead_elsewhere(tmp_path: Path) -> None:
    outside = written(tmp_path, "geheim.txt", b"code,naam\n")
    folder = tmp_path / "deal"
    folder.mkdir()
    (folder / "deal.csv").symlink_to(outside)
    assert "(F-01)" in outcome(folder)


CSV: dict[str, tuple[str, bytes, str]] = {
    "wrong encoding": ("F-15", "code,naam\na,b\nc,Exloërmond\n".encode("latin-1"), "regel 3"),
    "utf-16": ("F-15", "code,naam\n".encode("utf-16"), "regel 1"),
    "nul": ("F-16", b"code,naam\na,\0\n", "regel 2"),
    "endless line": ("F-17", b"code,naam\n" + b"a" * 200_001, "Regel 2"),
    "open quote": ("F-18", b'code,naam\na,b\nc,"d\n', "rij 3"),
    "text after quote": ("F-18", b'code,naam\na,"b"c\n', "rij 2"),
    "tabs": ("F-19", b"code\tnaam\na\tb\n", "deal.csv"),
    "many rows": ("F-12", b"code\n" + b"a\n" * 20_001, "A20001"),
    "many columns": ("F-13", b"code" + b",x" * 100, "kolom CV"),
}


@pytest.mark.parametrize("name", CSV)
def test_a_broken_csv_file_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    rule, content, words = CSV[name]
    written(tmp_path, "deal.csv", content)
    [line] = [line for line in outcome(tmp_path).splitlines() if line.endswith(f"({rule})")]
    assert line.startswith("deal, cel A")
    assert words in line


def test_a_row_with_a_column_too_many_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "bronnen.csv", b"code,titel,soort\nup6,Programma, 6,besluit\n")
    assert "bronnen, cel A2: Deze rij heeft 4 waarden en er zijn 3 kolommen." in outcome(tmp_path)


def test_a_folder_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    for number in range(9):
        written(tmp_path, f"blad{number}.csv", b"a,b,c,d\n" + b",,,x\n" * 19_999)
    assert "te veel cellen" in outcome(tmp_path)
