"""Printed numbers sort as people count, and names give readable codes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.numbering import code_of, number_key

printed_numbers = st.one_of(st.text(max_size=6), st.from_regex(r"[0-9a-c.]{1,6}", fullmatch=True))


def test_project_numbers_sort_as_they_are_printed_in_the_programme() -> None:
    in_order = [
        "1",
        "1.1",
        "1.2",
        "1.10",
        "2",
        "2.3",
        "2.4",
        "2.4a",
        "2.4b",
        "2.5",
        "2.10",
        "2b",
        "3",
        "9",
        "10",
        "20",
        "100",
    ]
    backwards = in_order[::-1]
    assert sorted(backwards, key=number_key) == in_order


def test_names_come_after_numbers_and_count_too() -> None:
    in_order = ["2", "Tranche 2", "tranche 3", "Tranche 10"]
    backwards = in_order[::-1]
    assert sorted(backwards, key=number_key) == in_order


def test_capitals_and_spaces_do_not_part_what_belongs_together() -> None:
    in_order = ["2.4a", "2. 4B", "2.4c"]
    backwards = in_order[::-1]
    assert sorted(backwards, key=number_key) == in_order


def test_zeros_in_front_do_not_count() -> None:
    in_order = ["002", "03", "4"]
    backwards = in_order[::-1]
    assert sorted(backwards, key=number_key) == in_order


def test_a_number_longer_than_python_converts_has_its_place() -> None:
    assert number_key("9" * 5000) < number_key("1" + "0" * 5000)


@given(printed_numbers, printed_numbers, printed_numbers)
def test_the_order_is_total(one: str, two: str, three: str) -> None:
    a, b, c = sorted(map(number_key, (one, two, three)))
    assert a <= b <= c
    assert a <= c
    assert (number_key(one) == number_key(two)) == (one == two)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_whole_numbers_sort_as_numbers_at_every_level(one: int, other: int) -> None:
    expected = one < other
    assert (number_key(str(one)) < number_key(str(other))) == expected
    assert (number_key(f"7.{one}") < number_key(f"7.{other}")) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Zuid- en Oost-Drenthe", "zuid-en-oost-drenthe"),
        ("Proeftuin Toekomstbestendig 2e Exloërmond", "proeftuin-toekomstbestendig-2e-exloermond"),
        ("2.4a", "2-4a"),
        ("  (EU)Regio!  ", "eu-regio"),
        ("Platform (bio)composieten", "platform-bio-composieten"),
        ("Fryslân", "fryslan"),
        ("Straße Łódź Ærø", "strasse-lodz-aero"),
        ("Ĳssel", "ijssel"),
        ("50 ㎐", "50-hz"),
    ],
)
def test_a_name_gives_a_code_in_lower_case(name: str, code: str) -> None:
    assert code_of(name) == code


@pytest.mark.parametrize("name", ["", " - ", "…"])
def test_a_name_without_letters_has_no_code(name: str) -> None:
    with pytest.raises(ValueError, match="no code in"):
        code_of(name)


@given(st.text().filter(lambda name: re.search("[a-z0-9]", name) is not None))
def test_a_code_is_its_own_code(name: str) -> None:
    code = code_of(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert code_of(code) == code
