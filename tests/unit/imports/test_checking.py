"""A deal in sheets: each mistake is found once, with its cell, and nothing follows from it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from noaber.core.dates import PartialDate
from noaber.core.finding import Cell, Finding
from noaber.core.notation import euro
from noaber.imports.checking import check
from noaber.imports.faults import FAULTS, shortened
from noaber.imports.rules import Book, RawCell, RawRow, RawSheet
from tests.unit.imports.books import Texts, book, deal, findings, found, raw_sheet


def test_a_right_deal_gives_typed_rows() -> None:
    sheets = check(book(deal()))
    assert sheets.of("award")[1].values == {
        "project": "werken-9",
        "tranche": "1",
        "amount": 1_000_50,
        "basis": "printed",
        "decision": None,
        "source": "up6",
        "locator": "tabel Werken",
    }
    assert sheets.of("award")[1].cells["amount"] == Cell("toekenningen", "C", 3)
    assert sheets.of("deal")[0]["starts"] == PartialDate(2019, 6)
    assert sheets.of("observation")[0]["value"] == Decimal("41.2")
    assert sheets.of("organisation")[0]["country"] == "NL"
    assert sheets.of("project")[0]["kind"] == "project"
    assert sheets.of("project")[0]["also_known_as"] is None
    assert sheets.of("stated")[0]["address"] == "awarded?pillar=werken&tranche=1"


def test_rows_have_the_code_by_which_others_refer_to_them() -> None:
    sheets = check(book(deal()))
    assert [row.code for row in sheets.of("project")] == [
        "werken-1.1",
        "werken-9",
        "wonen-2.4a",
        "wonen-2.10",
    ]
    assert sheets.of("allocation")[1].code == "2019-06"


def test_a_sheet_that_is_not_there_is_known_as_such() -> None:
    sheets = check(book(deal()))
    assert sheets.of("round") == ()
    assert "round" not in sheets.present
    assert {"project", "deal"} <= sheets.present


def change(sheet: str, row: int, **values: str) -> Callable[[Texts], None]:
    def make(texts: Texts) -> None:
        texts[sheet][row - 2].update(values)

    return make


def add(sheet: str, **values: str) -> Callable[[Texts], None]:
    def make(texts: Texts) -> None:
        texts.setdefault(sheet, []).append({"bron": "up6"} | values)

    return make


def copy(sheet: str, row: int, **values: str) -> Callable[[Texts], None]:
    def make(texts: Texts) -> None:
        texts[sheet].append(texts[sheet][row - 2] | values)

    return make


MISTAKES: list[tuple[str, str, Callable[[Texts], None]]] = [
    ("F-38", "organisaties, cel B3", change("organisaties", 3, naam="")),
    ("F-39", "pijlers, cel F2", change("pijlers", 2, inleiding="a" * 4001)),
    ("F-40", "pijlers, cel F3", change("pijlers", 3, inleiding="a\x07b")),
    ("F-41", "partners, cel C2", change("partners", 2, rol="-")),
    ("F-42", "bronnen, cel A3", copy("bronnen", 2, code="op één")),
    ("F-43", "projecten, cel B6", copy("projecten", 5, nummer="2,11")),
    ("F-44", "verdeling, cel B2", change("verdeling", 2, bedrag="1.2.3")),
    ("F-45", "partijen, cel B2", change("partijen", 2, nummer="één")),
    ("F-46", "waarnemingen, cel D2", change("waarnemingen", 2, waarde="41.2")),
    ("F-47", "bijdragen, cel G2", change("bijdragen", 2, ingang="31-2-2019")),
    ("F-48", "deal, cel K2", change("deal", 2, kleur="paars")),
    ("F-49", "omtrekken, cel B2", change("omtrekken", 2, omtrek="6 52, 7 52, 7 53, 6 53")),
    ("F-50", "gesteld, cel B2", change("gesteld", 2, adres="Toegekend")),
    ("F-51", "organisaties, cel D5", change("organisaties", 5, soort="onderwys")),
    ("F-52", "resultaten, cel F2", change("resultaten", 2, doelwaarde="-8")),
    ("F-53", "waarnemingen, cel D3", change("waarnemingen", 3, waarde="9" * 16)),
    ("F-54", "toekenningen, cel A6", copy("toekenningen", 2, bedrag="90000")),
    ("F-55", "plaatsen, cel B2", change("plaatsen", 2, gemeente="GM9999")),
    ("F-56", "projecten, cel I3", change("projecten", 3, betaald_uit="werken-9")),
    ("F-60", "deal, cel A2", change("deal", 2, code="Zuid_Oost")),
    ("F-61", "partijen, cel J4", change("partijen", 4, vanaf="2021", tot="2020-12-31")),
    ("F-62", "organisaties, cel E4", change("organisaties", 4, land="Nederland")),
    ("F-63", "pijlers, cel C3", change("pijlers", 3, volgorde="1")),
    ("F-64", "bijdragen, cel C4", copy("bijdragen", 3, code="derde")),
    ("F-65", "bijdragen, cel C3", change("bijdragen", 3, partij="GM0114")),
    ("F-67", "verdeelsleutels, cel D3", change("verdeelsleutels", 3, eenheid="hectare")),
    ("F-68", "termijnen, cel D3", copy("termijnen", 2, nummer="2", bedrag="900000")),
    ("F-69", "toekenningen, cel B2", change("projecten", 2, sinds="2019-11")),
    ("F-70", "reserveringen, cel B2", change("reserveringen", 2, bedrag="3000,49")),
    ("F-71", "tranches, cel C2", change("tranches", 2, besloten="2018-10")),
    ("F-72", "tranches, cel C4", copy("tranches", 2, nummer="3", volgorde="3")),
    ("F-74", "toekenningen, cel C5", change("toekenningen", 5, bedrag="0")),
    ("F-75", "partners, cel B2", change("partners", 2, organisatie="GM0114")),
    ("F-76", "dwarsverbanden, cel B2", change("dwarsverbanden", 2, pijler="werken")),
    ("F-77", "plaatsen, cel B2", change("plaatsen", 2, gemeente="PV22")),
    ("F-78", "resultaten, cel F3", change("resultaten", 3, doelwaarde="8")),
    ("F-79", "gesteld, cel D2", change("gesteld", 2, waarde="veel")),
    ("F-80", "gesteld, cel E2", change("gesteld", 2, afgerond_op="0")),
    ("F-81", "waarnemingen, cel C3", change("waarnemingen", 3, jaar="202")),
    ("F-55", "projecten, cel P2", change("projecten", 2, themas="leren; lenen")),
    ("F-93", "projecten, cel P4", change("projecten", 4, themas="regio; leren")),
    ("F-94", "projecten, cel P5", change("projecten", 5, themas="regio; regio")),
    ("F-95", "metingen, cel K2", change("metingen", 2, resultaat="huizen")),
    ("F-96", "metingen, cel G2", change("metingen", 2, eenheid="uren")),
    ("F-97", "metingen, cel E2", change("metingen", 2, waarde="2,5")),
    ("F-98", "metingen, cel L3", change("metingen", 3, telt_op="ja")),
    ("F-99", "metingen, cel H3", change("metingen", 3, peildatum="2021")),
]


@pytest.mark.parametrize(
    ("rule", "place", "make"), MISTAKES, ids=[f"{rule} {place}" for rule, place, _ in MISTAKES]
)
def test_a_mistake_is_found_once_in_its_cell(
    rule: str, place: str, make: Callable[[Texts], None]
) -> None:
    texts = deal()
    make(texts)
    assert found(texts) == [(rule, place)]


BOARDS: list[tuple[str, str, Callable[[Texts], None]]] = [
    ("F-57", "contact, cel F2", change("contact", 2, website="www.regiodeal.nl")),
    ("F-57", "contact, cel F2", change("contact", 2, website="javascript:alert(1)")),
    ("F-58", "contact, cel G2", change("contact", 2, e_mail="regiodeal(at)provincie.nl")),
    ("F-59", "deal, cel L2", change("deal", 2, logo="<svg/>")),
    ("F-82", "deal, cel A2", change("deal", 2, code="kantoor")),
    ("F-83", "zetels, cel J3", change("zetels", 3, vervangt="team-leider")),
    ("F-84", "zetels, cel H3", change("zetels", 3, vanaf="2021-04")),
    ("F-84", "zetels, cel H3", change("zetels", 3, vanaf="")),
    ("F-84", "zetels, cel H3", change("zetels", 2, tot="")),
    ("F-85", "voorwoorden, cel E2", change("voorwoorden", 2, overleg="")),
    ("F-61", "zetels, cel I2", change("zetels", 2, vanaf="2021-06")),
    ("F-54", "zetels, cel A5", copy("zetels", 2)),
    ("F-55", "zetels, cel J3", change("zetels", 3, vervangt="stuurgroep-hoogeveen")),
]
"""Mistakes about boards, contact and logo, several of them in one cell."""


@pytest.mark.parametrize(("rule", "place", "make"), BOARDS)
def test_a_mistake_about_boards_contact_or_logo_is_found_once(
    rule: str, place: str, make: Callable[[Texts], None]
) -> None:
    texts = deal()
    make(texts)
    assert found(texts) == [(rule, place)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"voorstel": "v1", "oordeel": "positief", "lezers": "overleggen"}, []),
        ({"voorstel": "v1", "oordeel": "positief"}, [("F-121", "besluiten, cel O2")]),
        ({"soort": "anders", "oordeel": "negatief"}, [("F-122", "besluiten, cel F2")]),
        ({"soort": "anders", "voorstel": "v1"}, []),
        ({}, []),
    ],
)
def test_advice_on_a_proposal_is_not_public_and_nothing_else_has_an_opinion(
    values: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    texts = deal()
    texts["vergaderingen"] = [
        {"code": "team-1", "overleg": "team", "datum": "2021-03-01", "titel": "Team"}
    ]
    of = {
        "vergadering": "team-1",
        "nummer": "1",
        "soort": "advies",
        "titel": "Punt",
        "tekst": "Goed.",
    }
    texts["besluiten"] = [of | values]
    assert found(texts) == expected


ALONE = ("F-69", "F-72", "F-77", "F-95", "F-96", "F-97", "F-98", "F-99")
TOGETHER = [mistake for mistake in MISTAKES if mistake[0] not in ALONE]


def test_a_project_serves_a_theme_of_a_pillar_it_crosses_over_to() -> None:
    texts = deal()
    change("projecten", 3, themas="wijken; leren; regio")(texts)
    assert found(texts) == []


@pytest.mark.parametrize(
    "values",
    [
        {"stand": "gepland"},
        {"gebied": "groter"},
        {"waarde": ""},
        {"resultaat": ""},
        {"peildatum": "2021-12-30"},
        {"peildatum": ""},
    ],
)
def test_only_figures_that_could_both_count_are_in_each_others_way(values: dict[str, str]) -> None:
    texts = deal()
    change("metingen", 3, peildatum="2021-12")(texts)
    assert found(texts) == [("F-99", "metingen, cel H3")]
    change("metingen", 3, **values)(texts)
    assert found(texts) == []


def test_figures_that_add_up_are_each_of_their_own_project() -> None:
    texts = deal()
    change("metingen", 2, telt_op="ja", project="werken-9")(texts)
    change("metingen", 3, telt_op="ja", project="werken-1.1", peildatum="2021-12")(texts)
    assert found(texts) == []
    change("metingen", 3, project="werken-9")(texts)
    assert found(texts) == [("F-99", "metingen, cel H3")]


def test_thirty_different_mistakes_give_thirty_findings() -> None:
    assert len({rule for rule, _, _ in TOGETHER}) >= 30
    texts = deal()
    for _, _, make in TOGETHER:
        make(texts)
    assert sorted(found(texts)) == sorted((rule, place) for rule, place, _ in TOGETHER)


def test_findings_come_in_the_order_of_sheets_rows_and_columns() -> None:
    texts = deal()
    for sheet, row, column in (("tranches", 2, "volgorde"), ("deal", 2, "regio")):
        change(sheet, row, **{column: ""})(texts)
    change("deal", 2, naam="")(texts)
    assert [place for _, place in found(texts)] == [
        "deal, cel B2",
        "deal, cel C2",
        "tranches, cel B2",
    ]


def test_an_unknown_pillar_of_a_project_says_nothing_of_who_refers_to_that_project() -> None:
    texts = deal()
    change("projecten", 3, pijler="wreken")(texts)
    assert [(finding.rule, finding.message) for finding in findings(book(texts))] == [
        ("F-55", "“wreken” staat niet op het blad pijlers. Bedoelt u “werken”?")
    ]


def test_a_reference_to_no_project_is_found_beside_a_project_of_an_unknown_pillar() -> None:
    texts = deal()
    change("projecten", 3, pijler="wreken")(texts)
    change("partners", 2, project="werken-99")(texts)
    assert [rule for rule, _ in found(texts)] == ["F-55", "F-55"]


def test_a_code_that_is_none_is_not_unknown_to_those_that_refer_to_it() -> None:
    texts = deal()
    change("organisaties", 5, code="de hogeschool")(texts)
    change("partners", 2, organisatie="de hogeschool")(texts)
    assert found(texts) == [("F-42", "organisaties, cel A5")]


@pytest.mark.parametrize("written", ["Werken-9", "werken - 9", "werken 9"])
def test_a_reference_in_other_capitals_or_spaces_is_refused_with_the_right_one(
    written: str,
) -> None:
    texts = deal()
    change("partners", 2, project=written)(texts)
    assert [finding.message for finding in findings(book(texts))] == [
        f"“{written}” staat niet op het blad projecten. Bedoelt u “werken-9”?"
    ]


def test_codes_that_differ_in_capitals_only_are_the_same_row() -> None:
    texts = deal()
    add("organisaties", code="gm0114", naam="Emmen", soort="gemeente")(texts)
    [finding] = findings(book(texts))
    assert finding.message == "Rij 6 en rij 3 zijn dezelfde: code “gm0114”."


def test_an_optional_sheet_that_others_refer_to_is_missed_once() -> None:
    texts = deal()
    for project in ("werken-9", "wonen-2.10"):
        add("voortgang", project=project, ronde="2021-08", tekst="Het loopt.")(texts)
    assert found(texts) == [("F-22", "rondes, cel A1")]


def test_a_required_sheet_that_is_not_there_is_the_only_finding() -> None:
    texts = deal()
    del texts["organisaties"]
    assert found(texts) == [("F-22", "organisaties, cel A1")]


def test_a_circle_of_projects_is_found_once() -> None:
    texts = deal()
    change("projecten", 2, opgegaan_in="werken-9")(texts)
    change("projecten", 3, opgegaan_in="wonen-2.4a")(texts)
    change("projecten", 4, opgegaan_in="werken-1.1")(texts)
    assert found(texts) == [("F-73", "projecten, cel J2")]


def test_keys_that_weigh_nothing_are_refused() -> None:
    texts = deal()
    change("verdeelsleutels", 2, sleutel="0")(texts)
    change("verdeelsleutels", 3, sleutel="0")(texts)
    assert found(texts) == [("F-66", "verdeelsleutels, cel C2")]


def test_the_largest_reservation_that_is_too_low_is_a_cent_below_its_awards() -> None:
    texts = deal()
    change("reserveringen", 2, bedrag="3000,50")(texts)
    assert found(texts) == []


def test_a_tranche_outside_the_deal_says_nothing_of_its_awards() -> None:
    texts = deal()
    change("tranches", 3, besloten="2024-02")(texts)
    assert found(texts) == [("F-71", "tranches, cel C3")]


def replaced(name: str, rows: list[list[str]]) -> Book:
    whole = book(deal())
    lines = tuple(RawRow(number, tuple(map(RawCell, row))) for number, row in enumerate(rows, 1))
    sheets = (sheet for sheet in whole.sheets if sheet.name != name)
    return replace(whole, sheets=(*sheets, RawSheet(name, lines)))


def short(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, str(finding.where)) for finding in found]


SOURCES = ["code", "titel", "soort"]
PROGRAMME = ["up6", "Programma 6", "besluit"]


@pytest.mark.parametrize(
    ("rows", "rule", "place"),
    [
        ([], "F-24", "bronnen, cel A1"),
        ([["titel", "soort"], PROGRAMME[1:]], "F-26", "bronnen, cel A1"),
        ([["kode", "titel", "soort"], PROGRAMME], "F-25", "bronnen, cel A1"),
        ([[*SOURCES, "kleur"], [*PROGRAMME, "rood"]], "F-25", "bronnen, cel D1"),
        ([[*SOURCES, "Titel"], [*PROGRAMME, "x"]], "F-27", "bronnen, cel D1"),
        ([SOURCES, [*PROGRAMME, "x"], ["b", "t", "brief", "x"]], "F-29", "bronnen, cel D2"),
    ],
)
def test_a_mistake_in_the_columns_of_a_sheet_is_found_once(
    rows: list[list[str]], rule: str, place: str
) -> None:
    assert short(findings(replaced("bronnen", rows))) == [(rule, place)]


def test_columns_may_stand_in_any_order_and_capitals() -> None:
    rows = [["Soort ", "CODE", "titel", ""], ["besluit", "up6", "Programma 6"]]
    assert findings(replaced("bronnen", rows)) == ()


def test_a_misspelt_sheet_is_found_and_not_missed_as_well() -> None:
    whole = book(deal())
    sheets = tuple(
        replace(sheet, name="projekten") if sheet.name == "projecten" else sheet
        for sheet in whole.sheets
    )
    [finding] = findings(replace(whole, sheets=sheets))
    assert finding.message == "Het blad “projekten” is niet bekend. Bedoelt u “projecten”?"


def test_a_sheet_that_is_there_twice_is_found_once() -> None:
    whole = book(deal())
    twice = replace(whole.sheets[2], name="Organisaties")
    assert short(findings(replace(whole, sheets=(*whole.sheets, twice)))) == [
        ("F-23", "Organisaties, cel A1")
    ]


def test_an_empty_sheet_that_is_not_ours_is_left_alone() -> None:
    whole = book(deal())
    assert findings(replace(whole, sheets=(*whole.sheets, RawSheet("Blad1")))) == ()


@pytest.mark.parametrize(("count", "rule", "row"), [(0, "F-30", 2), (2, "F-31", 3)])
def test_a_deal_is_one_row(count: int, rule: str, row: int) -> None:
    texts = deal()
    texts["deal"] = texts["deal"] * count
    assert found(texts) == [(rule, f"deal, cel A{row}")]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (RawCell("2.10", "formula"), "F-32"),
        (RawCell("2.10", "merged"), "F-33"),
        (RawCell("2.10", "boolean"), "F-34"),
        (RawCell("2.10", "error"), "F-35"),
        (RawCell("2.1", "number"), "F-36"),
        (RawCell("2021-03-02", "date"), "F-37"),
    ],
)
def test_what_a_workbook_made_of_a_value_is_refused(cell: RawCell, rule: str) -> None:
    texts = deal()
    texts["partners"][0]["project"] = "wonen-2.10"
    whole = book(texts)
    projects = next(sheet for sheet in whole.sheets if sheet.name == "projecten")
    last = projects.rows[-1]
    spoilt = replace(last, cells=(last.cells[0], cell, *last.cells[2:]))
    changed = replace(projects, rows=(*projects.rows[:-1], spoilt))
    others = tuple(sheet for sheet in whole.sheets if sheet is not projects)
    found = short(findings(replace(whole, sheets=(*others, changed))))
    assert found == [(rule, "projecten, cel B5")]


def test_a_skewed_row_is_one_finding() -> None:
    whole = book(deal())
    sheet = raw_sheet("partners", deal()["partners"])
    skewed = replace(sheet.rows[1], cells=sheet.rows[1].cells[:2], skewed=True)
    sheets = tuple(
        replace(sheet, rows=(sheet.rows[0], skewed)) if other.name == "partners" else other
        for other in whole.sheets
    )
    assert short(findings(replace(whole, sheets=sheets))) == [("F-28", "partners, cel A2")]


def test_every_rule_has_its_own_number_in_order() -> None:
    assert list(FAULTS) == sorted(FAULTS, key=lambda code: int(code.removeprefix("F-")))
    assert all(fault.message.endswith((".", "}")) for fault in FAULTS.values())


def test_an_amount_in_what_is_said_stays_on_one_line_with_its_sign() -> None:
    said = shortened(f"nog {euro(80_000_00)}\n te   betalen\x07")
    assert said == "nog €\N{NO-BREAK SPACE}80.000 te betalen\N{REPLACEMENT CHARACTER}"
