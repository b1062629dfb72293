"""What was copied from a spreadsheet becomes rows of a sheet, or all that is wrong is said."""

import pytest

from noaber.core.finding import Field, Refused
from noaber.imports.definitions import sheet_named
from noaber.imports.pasting import MOST_LINES, coded, pasted

COLUMNS = sheet_named("prognoses").columns
NAMED = {"project": (("werken-3", "3 IT-hub"), ("werken-9", "9 New Jobportunities"))}


def rows(text: str) -> list[dict[str, str]]:
    return [dict(row) for row in pasted(text, COLUMNS, NAMED, "geplakt")]


def test_without_a_head_the_columns_are_those_of_the_grid_in_order() -> None:
    assert rows("werken-3\t2022\t2022-01-10\t600.000\n") == [
        {"project": "werken-3", "jaar": "2022", "gegeven": "2022-01-10", "bedrag": "600.000"}
    ]


def test_with_a_head_columns_stand_in_any_order_and_their_names_in_any_case() -> None:
    assert rows("Bedrag\tPROJECT\r\n1\twerken-3\r\n\r\n2\twerken-9\r\n") == [
        {"bedrag": "1", "project": "werken-3"},
        {"bedrag": "2", "project": "werken-9"},
    ]


def test_a_cell_with_lines_in_it_stays_one_cell() -> None:
    found = rows('toelichting\tbedrag\n"eerst\n""dan"""\t5')
    assert found == [{"toelichting": 'eerst\n"dan"', "bedrag": "5"}]


def test_all_rows_that_are_too_wide_are_named() -> None:
    with pytest.raises(Refused) as refused:
        rows("1\n" + "\t".join("12345678") + "\n2\n" + "\t".join("12345678"))
    messages = [finding.message for finding in refused.value.findings]
    assert messages == [
        "Rij 2 heeft 8 kolommen; hier zijn er 7",
        "Rij 4 heeft 8 kolommen; hier zijn er 7",
    ]
    assert {finding.where for finding in refused.value.findings} == {Field("geplakt")}


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        rows(text)


def test_too_much_at_once_is_refused() -> None:
    rows("1\n" * MOST_LINES)
    with pytest.raises(Refused):
        rows("1\n" * (MOST_LINES + 1))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("werken-3", "werken-3"),
        ("3 it-hub", "werken-3"),
        ("WERKEN-9", "werken-9"),
        ("IT", "IT"),
        ("", ""),
    ],
)
def test_what_people_call_something_is_its_code_and_nothing_is_guessed(
    text: str, code: str
) -> None:
    project = COLUMNS[0]
    assert coded(project, text, NAMED) == code


def test_two_of_the_same_name_are_not_told_apart() -> None:
    both = {"project": (("a-1", "Twee"), ("b-1", "Twee"))}
    assert coded(COLUMNS[0], "Twee", both) == "Twee"
