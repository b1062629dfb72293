"""A finding says on one line what is wrong, where and how to put it right."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.finding import Cell, Field, Finding, Refused, column_letter

MISSING_AMOUNT = Finding("F-12", "Bedrag ontbreekt", Cell("Financiën", "F", 12), "Vul 0 in.")


def test_a_cell_is_named_as_a_person_finds_it() -> None:
    assert str(Cell("Financiën", "F", 12)) == "Financiën, cel F12"
    assert str(Cell("Projecten", "AA", 1)) == "Projecten, cel AA1"


@pytest.mark.parametrize("column", ["", "f", "F1", "É", "1", "Ff"])
def test_a_column_is_named_by_capitals(column: str) -> None:
    with pytest.raises(ValueError, match="a column is named by capitals"):
        Cell("Financiën", column, 1)


def test_rows_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from one, not 0"):
        Cell("Financiën", "F", 0)


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (MISSING_AMOUNT, "Financiën, cel F12: Bedrag ontbreekt. Vul 0 in. (F-12)"),
        (Finding("F-1", "Klopt dit?", Field("bedrag")), "veld bedrag: Klopt dit? (F-1)"),
        (Finding("F-2", "Het blad is leeg."), "Het blad is leeg. (F-2)"),
        (Finding("F-3", "Stop!", remedy="Begin opnieuw"), "Stop! Begin opnieuw. (F-3)"),
        (Finding("F-4", "Een\n  twee"), "Een twee. (F-4)"),
        (Finding("F-5", "€\u00a05 te veel"), "€\u00a05 te veel. (F-5)"),
    ],
)
def test_a_finding_is_one_readable_line(finding: Finding, line: str) -> None:
    assert str(finding) == line


def test_a_refusal_carries_everything_that_was_found() -> None:
    empty = Finding("F-2", "Het blad is leeg.")
    refused = Refused([MISSING_AMOUNT, empty])
    assert refused.findings == (MISSING_AMOUNT, empty)
    assert str(refused) == f"{MISSING_AMOUNT}\n{empty}"


def test_a_refusal_survives_the_way_to_another_process() -> None:
    refused = pickle.loads(pickle.dumps(Refused([MISSING_AMOUNT])))
    assert refused.findings == (MISSING_AMOUNT,)


def test_a_refusal_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one finding"):
        Refused([])


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    numbers = (0, 25, 26, 51, 52, 701, 702, 16383)
    assert [column_letter(n) for n in numbers] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]


def test_there_is_no_column_before_the_first() -> None:
    with pytest.raises(ValueError, match="not -1"):
        column_letter(-1)


@given(st.integers(0, 10**6))
def test_letters_count_in_base_twenty_six(index: int) -> None:
    number = 0
    for letter in column_letter(index):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number - 1 == index


def test_findings_are_values_so_that_the_same_one_is_told_once() -> None:
    again = Finding("F-12", "Bedrag ontbreekt", Cell("Financiën", "F", 12), "Vul 0 in.")
    assert {MISSING_AMOUNT, again} == {again}
    assert {Field("bedrag"), Field("bedrag")} == {Field("bedrag")}
