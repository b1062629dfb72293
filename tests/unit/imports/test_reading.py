"""What is read from a folder or a workbook is what a person sees there."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from noaber.core.finding import Cell, Refused
from noaber.imports.reading import read
from noaber.imports.rules import RawCell, RawRow, RawSheet
from tests.unit.imports.workbooks import inline, ods_parts, written, xlsx_parts, zipped


def texts(sheet: RawSheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def refused(path: Path) -> str:
    with pytest.raises(Refused) as refusal:
        read(path)
    return str(refusal.value)


def test_the_bytes_are_kept_with_their_hash(tmp_path: Path) -> None:
    content = b"code,naam\nup6,Programma\n"
    written(tmp_path, "bronnen.csv", content)
    [file] = read(tmp_path).files
    assert (file.name, file.content) == ("bronnen.csv", content)
    assert file.sha256 == sha256(content).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        "code,naam\nup6,Exloërmond\n",
        "code;naam\r\nup6;Exloërmond\r\n",
        "\ufeffcode,naam\n\n , \nup6 ,  Exloërmond\n",
        '"code","naam"\n"up6","Exloërmond"',
        "code,naam,,\nup6,Exloërmond,,,\n",
    ],
)
def test_csv_comes_in_many_forms(content: str, tmp_path: Path) -> None:
    written(tmp_path, "bronnen.csv", content.encode())
    [sheet] = read(tmp_path).sheets
    assert sheet.name == "bronnen"
    assert [row[:2] for row in texts(sheet)] == [["code", "naam"], ["up6", "Exloërmond"]]
    assert not any(row.skewed for row in sheet.rows)


def test_rows_of_csv_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    written(tmp_path, "bronnen.csv", b'code,naam\n\n"a","b\nc"\nd,e\n')
    [sheet] = read(tmp_path).sheets
    assert [row.number for row in sheet.rows] == [1, 3, 4]


def test_notes_and_hidden_files_beside_the_sheets_are_left_alone(tmp_path: Path) -> None:
    for name in ("README.md", ".DS_Store", "deal.csv", "uitleg.csv"):
        written(tmp_path, name, b"code\n")
    book = read(tmp_path)
    assert [sheet.name for sheet in book.sheets] == ["deal"]


def test_everything_that_does_not_belong_in_a_folder_is_named_at_once(tmp_path: Path) -> None:
    for name in ("deal.csv", "deal.xlsx", "foto.png"):
        written(tmp_path, name, b"code\n")
    (tmp_path / "oud").mkdir()
    found = refused(tmp_path).splitlines()
    assert [line.split(" hoort")[0] for line in found] == ["deal.xlsx", "foto.png", "oud"]


def test_a_folder_without_sheets_is_refused(tmp_path: Path) -> None:
    assert "een map zonder CSV-bestanden" in refused(tmp_path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "a.xlsx is er niet" in refused(tmp_path / "a.xlsx")


def test_one_sheet_is_not_a_deal(tmp_path: Path) -> None:
    assert "deal.csv is één los blad" in refused(written(tmp_path, "deal.csv", b"code\n"))


def saved(folder: Path, workbook: Workbook) -> Path:
    path = folder / "deal.xlsx"
    workbook.save(path)
    return path


def test_a_workbook_of_another_program_is_read_with_the_type_of_each_cell(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "deal"
    rows: list[list[Any]] = [
        ["tekst", 12, 41.2, True, "=1+1", date(2021, 12, 31)],
        [None, " met spaties ", "'=geen formule", "'s-Hertogenbosch", 1e20, "#N/A"],
    ]
    for row in rows:
        sheet.append(row)
    workbook.create_sheet("Uitleg").append(["wordt niet gelezen"])
    [found] = read(saved(tmp_path, workbook)).sheets
    assert found.rows == (
        RawRow(
            1,
            (
                RawCell("tekst"),
                RawCell("12", "number"),
                RawCell("41.2", "number"),
                RawCell("1", "boolean"),
                RawCell("", "formula"),
                RawCell("2021-12-31", "date"),
            ),
        ),
        RawRow(
            2,
            (
                RawCell(""),
                RawCell("met spaties"),
                RawCell("=geen formule"),
                RawCell("'s-Hertogenbosch"),
                RawCell("100000000000000000000", "number"),
                RawCell("#N/A", "error"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("dd-mm-yyyy", "2021-12-01"),
        ("mmm-yy", "2021-12"),
        ("yyyy", "2021"),
        ('yyyy"-dag"', "2021"),
        ("[$-413]mmmm yyyy", "2021-12"),
    ],
)
def test_a_date_is_as_precise_as_the_workbook_shows_it(
    shown: str, expected: str, tmp_path: Path
) -> None:
    workbook = Workbook()
    cell = workbook.worksheets[0].cell(1, 1, date(2021, 12, 1))
    cell.number_format = shown
    [sheet] = read(saved(tmp_path, workbook)).sheets
    assert sheet.rows[0].cells == (RawCell(expected, "date"),)


def test_merged_cells_are_known_as_such(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["C2"] = "a", "c"
    sheet.merge_cells("A1:B2")
    [found] = read(saved(tmp_path, workbook)).sheets
    kinds = [[cell.kind for cell in row.cells] for row in found.rows]
    assert kinds == [["merged", "covered"], ["covered", "covered", "text"]]


def test_a_far_cell_is_named_and_the_other_sheets_are_read(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0]["XFD1048576"] = "ver weg"
    workbook.create_sheet("bronnen").append(["code"])
    far, sources = read(saved(tmp_path, workbook)).sheets
    assert far.broken
    assert far.findings[0].where == Cell("Sheet", "XFD", 1_048_576)
    assert texts(sources) == [["code"]]


def test_cells_without_an_address_follow_each_other(tmp_path: Path) -> None:
    row = "<row>" + "".join(
        inline("A1", text).replace(' r="A1"', "") for text in ("a", "b")
    ) + "</row>"  # fmt: skip
    path = written(tmp_path, "a.xlsx", zipped(xlsx_parts(row + '<row r="4">' + row[5:])))
    [sheet] = read(path).sheets
    assert texts(sheet) == [["a", "b"], ["a", "b"]]
    assert [row.number for row in sheet.rows] == [1, 4]


def test_reading_aids_and_runs_of_a_text_are_one_text(tmp_path: Path) -> None:
    runs = '<c r="A1" t="inlineStr"><is><r><t>Een </t></r><r><t>tekst_x000A_erbij</t></r><rPh><t>x</t></rPh></is></c>'
    path = written(tmp_path, "a.xlsx", zipped(xlsx_parts(f'<row r="1">{runs}</row>')))
    assert texts(read(path).sheets[0]) == [["Een tekst\nerbij"]]


ODS_ROWS = """
<table:table-column table:number-columns-repeated="3"/>
<table:table-column table:default-cell-style-name="month"/>
<table:table-header-rows><table:table-row>
  <table:table-cell office:value-type="string"><office:annotation><text:p>uitleg</text:p>
    </office:annotation><text:p>een<text:s text:c="2"/><text:span>twee</text:span></text:p><text:p>drie</text:p></table:table-cell>
  <table:table-cell office:value-type="float" office:value="41.2"><text:p>41,20</text:p></table:table-cell>
  <table:table-cell office:value-type="currency" office:value="817726"><text:p>x</text:p></table:table-cell>
  <table:table-cell office:value-type="date" office:date-value="2021-12-01"><text:p>x</text:p></table:table-cell>
  <table:table-cell table:style-name="day" office:value-type="date" office:date-value="2021-12-01T00:00:00"/>
  <table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>
  <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAAR</text:p></table:table-cell>
  <table:table-cell table:number-columns-spanned="2"><text:p>m</text:p></table:table-cell>
  <table:covered-table-cell/>
  <table:table-cell table:number-columns-repeated="16000"/>
</table:table-row></table:table-header-rows>
<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
"""
ODS_STYLES = """
<office:automatic-styles>
<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>
<number:date-style style:name="N2"><number:day/><number:month/><number:year/></number:date-style>
<style:style style:name="month" style:data-style-name="N1"/>
<style:style style:name="day" style:data-style-name="N2"/>
</office:automatic-styles>
"""


def test_an_ods_workbook_is_read_with_the_type_of_each_cell(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ods", zipped(ods_parts(ODS_ROWS, before=ODS_STYLES)))
    [sheet] = read(path).sheets
    assert sheet.rows[0].cells == (
        RawCell("een  twee\ndrie"),
        RawCell("41.2", "number"),
        RawCell("817726", "number"),
        RawCell("2021-12", "date"),
        RawCell("2021-12-01", "date"),
        RawCell("2", "formula"),
        RawCell("WAAR", "boolean"),
        RawCell("m", "merged"),
        RawCell("", "covered"),
    )
    assert [(row.number, [cell.text for cell in row.cells]) for row in sheet.rows[1:]] == [
        (5, ["a", "a"]),
        (6, ["a", "a"]),
    ]
    assert not sheet.broken
