"""The text of a cell and the value it means."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core import logo
from noaber.core.dates import PartialDate
from noaber.imports.definitions import TYPES, ColumnDefinition, sheet_definitions
from noaber.imports.rules import EMPTY, RawCell
from noaber.imports.values import Mistake, format_value, parse_value

COLUMNS = [
    pytest.param(sheet, column, id=f"{sheet.name}.{column.name}")
    for sheet in sheet_definitions()
    for column in sheet.columns
]


def column(kind: str, **parts: Any) -> ColumnDefinition:
    return ColumnDefinition("kolom", "field", kind, **parts)


CHOICE = column("choice", choices={"in natura": "in_kind", "geld": "cash"})


def parsed(kind: str, text: str) -> Any:
    return parse_value(column(kind), RawCell(text))


def rule(definition: ColumnDefinition, cell: RawCell) -> str:
    with pytest.raises(Mistake) as mistake:
        parse_value(definition, cell)
    return mistake.value.rule


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "Eén\r\ntwee", "Eén\ntwee"),
        ("text", "Cafe\N{COMBINING ACUTE ACCENT}", "Café"),
        ("code", "01_07_NW", "01_07_NW"),
        ("number", "2.10", "2.10"),
        ("number", "2.4a", "2.4a"),
        ("amount", "€ 1.212.000,-", 1_212_000_00),
        ("amount", "12,5", 12_50),
        ("integer", "107.113", 107_113),
        ("integer", "2020", 2020),
        ("decimal", "1.234,5", Decimal("1234.5")),
        ("decimal", "\N{MINUS SIGN}3", Decimal(-3)),
        ("decimal", "1.234", Decimal(1234)),
        ("date", "december 2021", PartialDate(2021, 12)),
        ("colour", "#1D5C8a", "#1d5c8a"),
        ("list", "a; b ;;c", ("a", "b", "c")),
        ("address", "awarded?tranche=6&pillar=werken", "awarded?pillar=werken&tranche=6"),
        ("reference", "werken-9", "werken-9"),
    ],
)
def test_a_text_means_a_value(kind: str, text: str, value: object) -> None:
    assert parsed(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("amount", "817726", 817_726_00),
        ("amount", "12.5", 12_50),
        ("integer", "6", 6),
        ("decimal", "41.2", Decimal("41.2")),
        ("decimal", "1.234", Decimal("1.234")),
        ("number", "6", "6"),
        ("code", "12", "12"),
        ("reference", "6", "6"),
        ("date", "2022", PartialDate(2022)),
        ("text", "1.5", "1,5"),
    ],
)
def test_a_number_in_a_workbook_means_a_value(kind: str, text: str, value: object) -> None:
    assert parse_value(column(kind), RawCell(text, "number")) == value


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("code", "een code", "F-42"),
        ("code", "-", "F-42"),
        ("code", "a" * 61, "F-42"),
        ("number", "2,4", "F-43"),
        ("integer", "1.2", "F-45"),
        ("integer", "1.23.4", "F-45"),
        ("integer", "1e3", "F-45"),
        ("decimal", "1,2,3", "F-46"),
        ("decimal", "12.34", "F-46"),
        ("integer", "9" * 16, "F-53"),
        ("integer", "-1", "F-52"),
        ("amount", "-0,01", "F-52"),
        ("amount", "1,234", "F-44"),
        ("date", "30-2-2021", "F-47"),
        ("date", "31-12-21", "F-47"),
        ("colour", "#12345", "F-48"),
        ("address", "awarded?pillar", "F-50"),
        ("list", " ; - ", "F-41"),
        ("text", "...", "F-41"),
        ("text", "a\u202eb", "F-40"),
        ("code", "a\nb", "F-40"),
        ("text", "a\tb", "F-40"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(kind: str, text: str, expected: str) -> None:
    assert rule(column(kind), RawCell(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 52, 7 52, 6 52", "een vlak heeft 3 punten"),
        ("6 52, 7 52, 7 53, 6 53", "het laatste punt is niet gelijk aan het eerste"),
        ("6 52, 6 52, 6 52, 6 52", "de punten vormen geen vlak"),
        ("6,1 52, 7 52, 7 53, 6 52", "“6” is geen punt"),
        ("6 52, 181 52, 7 53, 6 52", "“181 52” ligt niet op aarde"),
        ("6 52, 7 91, 7 53, 6 52", "“7 91” ligt niet op aarde"),
    ],
)
def test_an_outline_that_is_none_is_refused_with_the_reason(text: str, expected: str) -> None:
    with pytest.raises(Mistake) as mistake:
        parsed("outline", text)
    assert mistake.value.rule == "F-49"
    assert str(mistake.value.parts["what"]) == expected


def test_an_outline_has_rings_of_points() -> None:
    rings = parsed("outline", "6 52, 7 52, 7 53, 6 52 | 5.5 51, 5.6 51, 5.6 51.5, 5.5 51")
    assert [len(ring) for ring in rings] == [4, 4]
    assert rings[1][0] == (Decimal("5.5"), Decimal(51))


@pytest.mark.parametrize("written", ["in natura", "In  Natura", " IN NATURA "])
def test_a_choice_is_found_in_any_capitals(written: str) -> None:
    assert parse_value(CHOICE, RawCell(written)) == "in_kind"


def test_an_unknown_choice_names_the_allowed_ones() -> None:
    with pytest.raises(Mistake) as mistake:
        parse_value(CHOICE, RawCell("gelt"))
    assert mistake.value.rule == "F-51"
    assert mistake.value.parts["allowed"] == "in natura, geld"
    assert mistake.value.parts["hint"] == " Bedoelt u “geld”?"


def test_an_empty_cell_is_the_default_or_nothing_or_missed() -> None:
    assert parse_value(column("text"), EMPTY) is None
    assert parse_value(column("text", default="NL"), EMPTY) == "NL"
    assert rule(column("text", required=True), RawCell(" \N{NO-BREAK SPACE}")) == "F-38"


@pytest.mark.parametrize(("length", "fits"), [(4_000, True), (4_001, False)])
def test_a_text_has_a_longest_length(length: int, fits: bool) -> None:
    cell = RawCell("a" * length)
    if fits:
        assert parse_value(column("text"), cell) == cell.text
    else:
        assert rule(column("text"), cell) == "F-39"


@pytest.mark.parametrize("kind", ["number", "code", "reference"])
def test_what_a_spreadsheet_made_of_a_number_is_not_guessed(kind: str) -> None:
    assert rule(column(kind), RawCell("2.1", "number")) == "F-36"
    assert rule(column(kind), RawCell("2021-03-02", "date")) == "F-37"


@pytest.mark.parametrize(("sheet", "definition"), COLUMNS)
def test_the_example_of_every_column_can_be_read(sheet: object, definition: Any) -> None:
    if definition.example:
        value = parse_value(definition, RawCell(definition.example))
        assert parse_value(definition, RawCell(format_value(definition, value))) == value


def dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
    return st.one_of(
        days.map(lambda day: PartialDate(day.year, day.month, day.day)),
        days.map(lambda day: PartialDate(day.year, day.month)),
        days.map(lambda day: PartialDate(day.year)),
    )


def texts() -> st.SearchStrategy[str]:
    """Give texts as they are once read: composed, trimmed and with something to read."""
    signs = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
    return st.text(signs, min_size=1).map(lambda text: parsed("text", f"x{text}") if text else "x")


WORDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda word: len(word) < 60)
RINGS = st.lists(
    st.tuples(
        st.decimals(-180, 180, places=3),
        st.decimals(-90, 90, places=4),
    ),
    min_size=3,
    unique=True,
).map(lambda points: (*points, points[0]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": texts(),
    "code": WORDS,
    "reference": WORDS,
    "number": st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}[a-z]?", fullmatch=True),
    "amount": st.integers(0, 999_999_999_999_00),
    "integer": st.integers(0, 10**15 - 1),
    "decimal": st.decimals(-(10**9), 10**9, places=4),
    "date": dates(),
    "colour": st.from_regex(r"#[0-9a-f]{6}", fullmatch=True),
    "outline": st.lists(RINGS, min_size=1, max_size=3).map(tuple),
    "address": WORDS.map(lambda word: f"awarded?pillar={word}"),
    "list": st.lists(WORDS, min_size=1).map(tuple),
    "website": WORDS.map(lambda word: f"https://{word}.nl/deal?jaar=2021"),
    "mail": WORDS.map(lambda word: f"regiodeal@{word}.nl"),
    "logo": st.integers(1, 9).map(
        lambda size: logo.parse_logo(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Een &lt; twee</title>'
            f'<rect width="{size}" height="1" fill="#6b2c70"/></svg>'
        )
    ),
}


@pytest.mark.parametrize("kind", sorted(TYPES - {"choice"}))
@given(data=st.data())
def test_writing_a_value_and_reading_it_gives_the_value(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert parsed(kind, format_value(column(kind), value)) == value


@given(st.sampled_from(["in_kind", "cash"]))
def test_writing_a_choice_and_reading_it_gives_the_choice(code: str) -> None:
    assert parse_value(CHOICE, RawCell(format_value(CHOICE, code))) == code


def test_what_a_column_cannot_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="no choice of kolom"):
        format_value(CHOICE, "gold")
    with pytest.raises(ValueError, match="semicolon"):
        format_value(column("list"), ("a;b",))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("amount", 1_200_000_00, "1200000"),
        ("amount", 1_200_000_50, "1200000,50"),
        ("amount", -5, "-0,05"),
        ("decimal", Decimal("41.20"), "41,20"),
        ("list", ("a", "b"), "a; b"),
        ("date", PartialDate(2021, 12), "2021-12"),
        ("text", None, ""),
    ],
)
def test_a_value_is_written_plainly(kind: str, value: object, text: str) -> None:
    assert format_value(column(kind), value) == text
