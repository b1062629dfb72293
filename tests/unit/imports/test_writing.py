"""What goes out can come in again, runs nowhere as a formula and is the same to the byte."""

import csv
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from noaber.core.finding import Refused
from noaber.imports.checking import check
from noaber.imports.csv_file import read_csv
from noaber.imports.definitions import sheet_definitions
from noaber.imports.grid import Budget
from noaber.imports.harmless import harmless, restored
from noaber.imports.reading import read
from noaber.imports.rules import Sheets
from noaber.imports.writing import UnknownFormat, format_value, write_book, write_template
from tests.unit.imports.books import Texts, book, deal

FORMATS = ["deal", "deal.xlsx", "deal.ods"]
WORKBOOKS = ["deal.xlsx", "deal.ods"]
DANGEROUS = ["=1+1", "+31", "-kort-", "@som", "'=al voorzien", "=cmd|'/c calc'!A1", "'s avonds"]


def exported(sheets: Sheets) -> Texts:
    """Write typed rows as an export does."""
    return {
        definition.name: [
            {column.name: format_value(column, row[column.field]) for column in definition.columns}
            for row in sheets.of(definition.kind)
        ]
        for definition in sheet_definitions()
        if definition.kind in sheets.present
    }


def values(sheets: Sheets) -> object:
    return {kind: [row.values for row in rows] for kind, rows in sheets.rows.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_reads_back_the_same(name: str, tmp_path: Path) -> None:
    texts = deal()
    for row, text in zip(texts["organisaties"] * 2, DANGEROUS, strict=False):
        row["naam"] = text
    texts["pijlers"][0]["inleiding"] = 'Twee\nregels, met  "spaties" & <haken> _x0041_ 2.10'
    before = check(book(texts))
    write_book(exported(before), tmp_path / name)
    assert values(check(read(tmp_path / name))) == values(before)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_twice_is_the_same_to_the_byte(name: str, tmp_path: Path) -> None:
    results = []
    for folder in ("een", "twee"):
        (tmp_path / folder).mkdir()
        write_book(exported(check(book(deal()))), tmp_path / folder / name)
        files = sorted(path for path in (tmp_path / folder).rglob("*") if path.is_file())
        results.append([path.read_bytes() for path in files])
    assert results[0] == results[1]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_says_nothing_of_when_it_was_written(name: str, tmp_path: Path) -> None:
    write_template(tmp_path / name)
    with ZipFile(tmp_path / name) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        if name.endswith(".xlsx"):
            assert archive.read("docProps/core.xml").count(b">1980-01-01T00:00:00Z<") == 2


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula_in_any_program(text: str, tmp_path: Path) -> None:
    rows = {"bronnen": [{"code": "a", "titel": text}]}
    write_book(rows, tmp_path / "a.xlsx")
    write_book(rows, tmp_path / "a")
    cell = load_workbook(tmp_path / "a.xlsx")["bronnen"]["B2"]
    with (tmp_path / "a" / "bronnen.csv").open(encoding="utf-8", newline="") as file:
        in_csv = list(csv.reader(file))[1][1]
    assert cell.data_type == "s"
    assert cell.value == in_csv
    assert in_csv[0] not in "=+-@\t\r"


@pytest.mark.parametrize("text", ["-5", "-0,05", "1200000,50"])
def test_a_number_below_zero_stays_a_number(text: str, tmp_path: Path) -> None:
    write_book({"waarnemingen": [{"indicator": "a", "waarde": text}]}, tmp_path / "a")
    with (tmp_path / "a" / "waarnemingen.csv").open(encoding="utf-8", newline="") as file:
        assert text in list(csv.reader(file))[1]


@given(st.text(st.sampled_from("'=+-@\t\ra＝")))
def test_making_harmless_is_undone_by_reading(text: str) -> None:
    assert restored(harmless(text)) == text
    assert harmless(text)[:1] not in set("=+-@\t\r＝")


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0")).map(str.strip), min_size=3
    )
)
def test_any_text_survives_a_csv_file(texts: list[str]) -> None:
    file = BytesIO()
    lines = ["naam,x", *(f'"{harmless(text).replace(chr(34), chr(34) * 2)}",x' for text in texts)]
    file.write("\n".join(lines).encode())
    sheet = read_csv(file.getvalue(), "a.csv", Budget("a"))
    assert [row.cells[0].text for row in sheet.rows[1:]] == texts


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_template_lacks_only_the_deal_itself(name: str, tmp_path: Path) -> None:
    write_template(tmp_path / name)
    with pytest.raises(Refused) as refusal:
        check(read(tmp_path / name))
    assert [(finding.rule, str(finding.where)) for finding in refusal.value.findings] == [
        ("F-30", "deal, cel A2")
    ]


def test_a_template_explains_every_column_and_offers_its_choices(tmp_path: Path) -> None:
    write_template(tmp_path / "leeg.xlsx")
    workbook = load_workbook(tmp_path / "leeg.xlsx")
    assert workbook.sheetnames == ["uitleg", *(sheet.name for sheet in sheet_definitions())]
    explained = {(row[0].value, row[1].value) for row in workbook["uitleg"].iter_rows(min_row=2)}
    for definition in sheet_definitions():
        sheet = workbook[definition.name]
        assert sheet.freeze_panes == "A2"
        offered = {str(rule.formula1) for rule in sheet.data_validations.dataValidation}
        for cell, column in zip(sheet[1], definition.columns, strict=True):
            assert cell.value == column.name
            assert cell.comment is not None
            assert column.about in cell.comment.text
            assert (definition.name, column.name) in explained
            if column.choices:
                assert f'"{",".join(column.choices)}"' in offered


def test_an_ods_template_explains_every_column_and_keeps_its_header_in_sight(
    tmp_path: Path,
) -> None:
    write_template(tmp_path / "leeg.ods")
    with ZipFile(tmp_path / "leeg.ods") as archive:
        content = archive.read("content.xml").decode()
        settings = archive.read("settings.xml").decode()
        first = archive.infolist()[0]
    columns = sum(len(sheet.columns) for sheet in sheet_definitions())
    assert content.count("<office:annotation") == columns
    assert settings.count("VerticalSplitPosition") == len(sheet_definitions()) + 1
    assert (first.filename, first.compress_type) == ("mimetype", 0)


def test_a_name_that_says_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"eindigt niet op \.xlsx of \.ods"):
        write_template(tmp_path / "leeg.xls")
    with pytest.raises(UnknownFormat, match="is geen map"):
        write_book({}, tmp_path / "deal.csv")


def test_sheets_of_another_export_in_the_folder_are_not_mixed_in(tmp_path: Path) -> None:
    (tmp_path / "rondes.csv").write_text("code\n", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"rondes\.csv"):
        write_book({"bronnen": []}, tmp_path)
    assert not (tmp_path / "bronnen.csv").exists()


@pytest.mark.parametrize("rows", [{"blad": []}, {"bronnen": [{"kleur": "rood"}]}])
def test_only_what_is_defined_is_written(
    rows: dict[str, list[dict[str, str]]], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"not defined|no columns"):
        write_book(rows, tmp_path / "a.xlsx")


def test_a_text_that_no_cell_can_hold_is_not_cut_off(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32768 signs"):
        write_book({"bronnen": [{"titel": "a" * 32_768}]}, tmp_path / "a.xlsx")
