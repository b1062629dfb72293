"""A workbook with thirty different mistakes: thirty findings, each with its cell, nothing loaded."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from noaber.access.rules import OFFICE
from noaber.cli import main
from noaber.imports.exporting import exported
from noaber.imports.register import facts
from noaber.imports.writing import write_book
from noaber.record.queries import latest

DEAL = "zuid-en-oost-drenthe"

MISTAKES = (
    ("toekenningen", "C2", "1.00"), ("toekenningen", "C3", "veel"), ("toekenningen", "C4", None),
    ("toekenningen", "D5", "gokje"), ("toekenningen", "B6", "9"), ("toekenningen", "A7", "werken-99"),
    ("toekenningen", "E8", "up7"), ("toekenningen", "C9", "-5"), ("toekenningen", "C10", "=1+1"),
    ("tranches", "C2", "31-02-2019"), ("tranches", "D3", "x"), ("tranches", "C4", "12-20"),
    ("projecten", "H2", "GM9999"), ("projecten", "F3", "proef"), ("projecten", "L4", "ooit"),
    ("projecten", "C5", None), ("projecten", "K6", "klaar"), ("projecten", "M8", "2021-13"),
    ("pijlers", "D2", "blauw"), ("pijlers", "E3", "vlag"), ("pijlers", "C4", "drie"),
    ("verdeling", "B2", "1e6"), ("verdeling", "C3", None), ("partijen", "F2", "links"),
    ("partijen", "B3", "twee"), ("partijen", "C4", "XYZ"), ("metingen", "E2", "12.3.4"),
    ("resultaten", "E2", "ding"), ("verdeelsleutels", "C2", "-3"), ("gesteld", "B2", "geen adres"),
)  # fmt: skip


@pytest.mark.usefixtures("reference_register")
def test_thirty_mistakes_give_thirty_findings_and_an_unchanged_register(tmp_path: Path) -> None:
    file = tmp_path / "deal.xlsx"
    write_book(exported(DEAL, latest(), OFFICE), file)
    book = openpyxl.load_workbook(file)
    for sheet, cell, value in MISTAKES:
        page = book[sheet]
        assert isinstance(page, Worksheet)
        page[cell].value = value
    book.save(file)
    before = facts(DEAL, latest(), OFFICE)

    refused = CliRunner().invoke(main, ["load", str(file)])

    assert refused.exit_code == 1
    lines = [line for line in refused.stderr.splitlines() if line.startswith("- ")]
    places = {line.removeprefix("- ").split(": ")[0] for line in lines}
    assert places == {f"{sheet}, cel {cell}" for sheet, cell, _ in MISTAKES}
    assert len(lines) == len(MISTAKES) == 30
    assert facts(DEAL, latest(), OFFICE) == before
