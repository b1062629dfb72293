"""Documents as sheets: numbers as numbers, nothing that can run, and the moment in front."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from odf.namespaces import OFFICENS, TABLENS
from odf.opendocument import load
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from openpyxl import Workbook, load_workbook

from noaber.core.address import Address
from noaber.documents.blocks import (
    Cell,
    Column,
    Document,
    Form,
    Group,
    Heading,
    Number,
    Paragraph,
    Plain,
    Row,
    Table,
)
from noaber.documents.csv import write_csv
from noaber.documents.ods import write_ods
from noaber.documents.sheets import sheets
from noaber.documents.xlsx import write_xlsx
from noaber.editions.programme import compose
from noaber.monitor.rules import Figure
from tests.factories import reference_deal, strange_deals
from tests.factories.documents import a_document

RUNS = ("=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(1)")


def amounts(*values: int | None) -> Document:
    """A table of amounts in cents, each a figure."""
    cells = [
        Row((Cell((str(n),)), Cell((Number(Figure(Address("deal", f"f{n}"), value)),))))
        for n, value in enumerate(values)
    ]
    columns = (Column(("Naam",), share=1), Column(("Bedrag in €",), numeric=True, width=20))
    return a_document(Heading("Bedragen"), Table("Bedragen", columns, (Group(tuple(cells)),)))


def book(document: Document) -> Workbook:
    return load_workbook(BytesIO(write_xlsx(document)))


def ods_rows(document: Document, name: str) -> list[list[Any]]:
    made: Any = load(BytesIO(write_ods(document)))
    tables = made.spreadsheet.getElementsByType(OdsTable)
    sheet = next(t for t in tables if t.getAttrNS(TABLENS, "name") == name)
    return [row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow)]


def test_amounts_are_numbers_to_the_cent() -> None:
    values = (3_057_170_00, 12_50, 0, None, -1_01, 999_999_999_999_99)
    document = amounts(*values)
    column = [row[1] for row in book(document)["1 Bedragen"].iter_rows(min_row=2)]
    assert [cell.value for cell in column] == [
        3_057_170, 12.5, 0, "geen cijfer", -1.01, 999_999_999_999.99,
    ]  # fmt: skip
    assert [cell.number_format.partition(";")[0] for cell in column[:3]] == [
        "#,##0", "#,##0.00", "#,##0",
    ]  # fmt: skip
    stored = [row[1].getAttrNS(OFFICENS, "value") for row in ods_rows(document, "1 Bedragen")[1:]]
    assert stored == ["3057170", "12.50", "0", None, "-1.01", "999999999999.99"]
    read = csv.DictReader(StringIO(write_csv(document).decode("utf-8-sig"), newline=""))
    assert [r["waarde"] for r in read] == [
        "3057170", "12.50", "0", "", "-1.01", "999999999999.99",
    ]  # fmt: skip


def test_an_amount_links_to_its_explanation_and_nothing_does_not() -> None:
    cells = [row[1] for row in book(amounts(5_00, 0))["1 Bedragen"].iter_rows(min_row=2)]
    assert cells[0].hyperlink is not None
    assert cells[0].hyperlink.target == (
        "https://deal.example/deal/herkomst/f0?peildatum=2021-12-31&bekend=12"
    )
    assert cells[1].hyperlink is None


@pytest.mark.parametrize("text", RUNS)
def test_what_looks_like_a_formula_cannot_run(text: str) -> None:
    columns = (Column((text,), share=1),)
    document = a_document(
        Heading("Namen"), Table("Namen", columns, (Group((Row((Cell((text,)),)),)),))
    )
    for cell in [row[0] for row in book(document)["1 Namen"].iter_rows()]:
        assert cell.data_type == "s"
        assert str(cell.value) == f"'{text}"
    shown = [str(row[0]) for row in ods_rows(document, "1 Namen")]
    assert all(said.startswith("'") for said in shown)


def test_a_name_that_looks_like_a_formula_cannot_run_in_a_csv() -> None:
    figure = Number(Figure(Address("deal", "awarded"), 100))
    columns = (Column(("Naam",), share=1), Column(("€",), numeric=True))
    row = Row((Cell(("=cmd|'/c calc'!A1",)), Cell((figure,))))
    document = a_document(Table("Namen", columns, (Group((row,)),)))
    (read,) = csv.DictReader(StringIO(write_csv(document).decode("utf-8-sig"), newline=""))
    assert read["rij"] == "'=cmd|'/c calc'!A1"


def test_a_long_text_of_a_project_is_whole_on_its_sheet() -> None:
    text = "Eerste regel\n" + "woord " * 500
    sheet = book(compose(strange_deals.with_text(text), "1"))["Projecten"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("Beschrijving") + 1).value == text


def test_the_first_sheet_says_of_which_moment_the_figures_are() -> None:
    made = book(compose(reference_deal.view(), "6"))
    told = {row[0]: row[1] for row in made.worksheets[0].iter_rows(values_only=True)}
    assert made.sheetnames[0] == "Over dit bestand"
    assert told["Cijfers per"] == "31 december 2021"
    assert str(told["Zoals bekend op"]).endswith("revisie 1")


def test_every_sheet_keeps_its_heads_in_sight_and_has_a_name_of_its_own() -> None:
    made = book(compose(strange_deals.flat_themes(), "8"))
    assert {sheet.freeze_panes for sheet in made.worksheets} == {"A2"}
    assert len({name.lower() for name in made.sheetnames}) == len(made.sheetnames)
    assert all(len(name) <= 31 for name in made.sheetnames)


def test_every_row_has_a_cell_for_every_head() -> None:
    for view, tranche in ((reference_deal.view(), "6"), (strange_deals.flat_themes(), "8")):
        for sheet in sheets(compose(view, tranche)):
            assert {len(row) for row in sheet.rows} == {len(sheet.header)}, sheet.name


def test_finances_are_a_row_per_project_with_progress_and_notes() -> None:
    found = next(
        sheet
        for sheet in sheets(compose(reference_deal.view(), "6"))
        if sheet.caption.startswith("Toegekend per project en tranche: pijler Werken")
    )
    assert found.header[:4] == ("Nr.", "Project", "Penvoerder", "Tranche 1, okt 2019")
    assert found.header[-3:] == ("Totaal", "Toelichting", "Noot")
    noted = [row[-1].text for row in found.rows if "gereserveerd" in row[-1].text]
    assert len(noted) == 3
    assert found.totals == 1
    assert found.rows[-1][-3].number == 11_372_852_00


def test_a_number_that_a_source_states_is_a_number_too() -> None:
    row = Row((Cell((Plain(12_34),)), Cell((Plain(3, Form.COUNT),)), Cell((Plain(None),))))
    columns = tuple(Column((name,), numeric=True) for name in "abc")
    found = sheets(a_document(Table("Gesteld", columns, (Group((row,)),))))[1]
    assert [entry.exact for entry in found.rows[0][:2]] == [Decimal("12.34"), 3]
    assert found.rows[0][2].text == "geen cijfer"


def test_a_figure_in_running_text_is_on_the_sheet_of_figures() -> None:
    figure = Number(Figure(Address("deal", "awarded", (("pillar", "wonen"),)), 5_00))
    found = sheets(a_document(Paragraph((figure,))))[-1]
    row = dict(zip(found.header, found.rows[0], strict=True))
    assert (row["adres"].text, row["pijler"].text) == ("deal/awarded?pillar=wonen", "wonen")
    assert row["waarde"].exact == 5
    assert row["hoofdstuk"].text == "Hoofdstuk"
