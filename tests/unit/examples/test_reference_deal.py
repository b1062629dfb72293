"""The reference deal holds the published figures, and its sheets are as the definitions say."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "examples" / "zuid-en-oost-drenthe"

Row = dict[str, str]
Column = dict[str, Any]

PUBLISHED = {
    "werken": (957_880, 3_390_972, 25_000, 1_292_000, 3_352_000, 2_355_000),
    "wonen": (420_000, 268_000, 846_865, 180_000, 1_192_500, 95_000),
    "welzijn": (1_066_500, 851_671, 483_000, 0, 1_247_800, 607_170),
}
"""Totals per pillar of tranches 1 to 6, in euros, as implementation programme 6 prints them."""

FORMS = {
    "code": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"),
    "number": re.compile(r"[0-9]+(\.[0-9]+)?[a-z]?"),
    "amount": re.compile(r"[0-9]+"),
    "integer": re.compile(r"[0-9]+"),
    "decimal": re.compile(r"-?[0-9]+(,[0-9]+)?"),
    "date": re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"),
    "colour": re.compile(r"#[0-9a-f]{6}"),
    "outline": re.compile(r"[0-9.]+ [0-9.]+(, [0-9.]+ [0-9.]+){3,}"),
    "address": re.compile(r"[a-z_]+(\?[a-z]+=[^&=]+(&[a-z]+=[^&=]+)*)?"),
}

FILTERS = {
    "pillar": "pijlers",
    "tranche": "tranches",
    "project": "projecten",
    "party": "partijen",
    "contribution": "bijdragen",
    "goal": "doelen",
    "result": "resultaten",
    "code": "metingen",
}
"""Which sheet a filter in the address of a figure points to."""


def _sheets() -> dict[str, dict[str, Any]]:
    text = (ROOT / "definitions" / "sheets.yaml").read_text(encoding="utf-8")
    sheets = {sheet["name"]: sheet for sheet in yaml.safe_load(text)["sheets"]}
    for sheet in sheets.values():
        shared = (part if isinstance(part, list) else [part] for part in sheet["columns"])
        sheet["columns"] = [column for part in shared for column in part]
    return sheets


SHEETS = _sheets()


PRESENT = [sheet for sheet in SHEETS if (FOLDER / f"{sheet}.csv").exists()]


def _read(sheet: str) -> list[Row]:
    if sheet not in PRESENT:
        return []
    with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


DEAL = {sheet: _read(sheet) for sheet in SHEETS}
CODES = {
    sheet: {
        f"{row['pijler']}-{row['nummer']}" if sheet == "projecten" else row[definition["key"][0]]
        for row in DEAL[sheet]
    }
    for sheet, definition in SHEETS.items()
}


def _awarded() -> dict[tuple[str, str], int]:
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for award in DEAL["toekenningen"]:
        totals[award["project"].split("-")[0], award["tranche"]] += int(award["bedrag"])
    return totals


def _cells(kind: str) -> list[tuple[str, Column, Row]]:
    return [
        (sheet, column, row)
        for sheet, definition in SHEETS.items()
        for column in definition["columns"]
        if column["type"] == kind
        for row in DEAL[sheet]
        if row[column["name"]]
    ]


def test_the_folder_holds_the_sheets_and_nothing_else() -> None:
    required = {name for name, sheet in SHEETS.items() if not sheet.get("optional")}
    assert required <= {path.stem for path in FOLDER.glob("*.csv")} <= set(SHEETS)


@pytest.mark.parametrize("sheet", PRESENT)
def test_a_sheet_has_the_columns_of_its_definition(sheet: str) -> None:
    header = (FOLDER / f"{sheet}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert header.split(",") == [column["name"] for column in SHEETS[sheet]["columns"]]


@pytest.mark.parametrize("sheet", PRESENT)
def test_a_sheet_has_rows_each_with_its_own_key(sheet: str) -> None:
    keys = Counter(tuple(row[name] for name in SHEETS[sheet]["key"]) for row in DEAL[sheet])
    assert keys
    assert max(keys.values()) == 1
    assert len(DEAL[sheet]) == 1 or not SHEETS[sheet].get("single")


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_required_cell_is_empty(sheet: str) -> None:
    required = [column["name"] for column in SHEETS[sheet]["columns"] if column.get("required")]
    assert [row for row in DEAL[sheet] if not all(row[name] for name in required)] == []


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_written_has_the_form_of_its_kind(kind: str) -> None:
    cells = [(sheet, column["name"], row[column["name"]]) for sheet, column, row in _cells(kind)]
    assert cells
    assert [cell for cell in cells if not FORMS[kind].fullmatch(cell[2])] == []


def test_choices_are_among_those_offered() -> None:
    assert [
        (sheet, row[column["name"]])
        for sheet, column, row in _cells("choice")
        if row[column["name"]] not in column["choices"]
    ] == []


def test_references_resolve() -> None:
    assert [
        (sheet, column["name"], row[column["name"]])
        for sheet, column, row in _cells("reference")
        if row[column["name"]] not in CODES[column["to"]]
    ] == []


def test_stated_figures_are_about_what_is_in_the_register() -> None:
    unknown = []
    for row in DEAL["gesteld"]:
        for name, value in parse_qsl(row["adres"].partition("?")[2]):
            known = {"state", "region"} if name == "side" else CODES[FILTERS[name]]
            unknown += [(row["code"], name, value)] if value not in known else []
    assert unknown == []


@pytest.mark.parametrize("pillar", PUBLISHED)
@pytest.mark.parametrize("tranche", range(1, 7))
def test_awards_add_up_to_each_printed_total(pillar: str, tranche: int) -> None:
    assert _awarded()[pillar, str(tranche)] == PUBLISHED[pillar][tranche - 1]


def test_the_printed_totals_are_kept_as_stated() -> None:
    stated = {row["code"]: row["waarde"] for row in DEAL["gesteld"]}
    for pillar, totals in PUBLISHED.items():
        for tranche, total in enumerate(totals, start=1):
            assert stated[f"up6-{pillar}-{tranche}"] == str(total)


def test_tranche_6_and_all_awards_come_to_the_known_totals() -> None:
    awarded = _awarded()
    assert sum(awarded[pillar, "6"] for pillar in PUBLISHED) == 3_057_170
    assert sum(awarded.values()) == 18_631_358
    assert len(DEAL["toekenningen"]) == 73


def test_there_are_46_projects_of_which_ten_pilots() -> None:
    assert Counter(row["pijler"] for row in DEAL["projecten"]) == {
        "werken": 22,
        "wonen": 12,
        "welzijn": 12,
    }
    assert sum(row["soort"] == "proeftuin" for row in DEAL["projecten"]) == 10


def test_a_project_belongs_to_the_deal_from_its_first_award() -> None:
    decided = {row["nummer"]: row["besloten"] for row in DEAL["tranches"]}
    first: dict[str, str] = {}
    for award in DEAL["toekenningen"]:
        day = decided[award["tranche"]]
        first[award["project"]] = min(day, first.get(award["project"], day))
    since = {f"{row['pijler']}-{row['nummer']}": row["sinds"] for row in DEAL["projecten"]}
    assert {code: day for code, day in since.items() if first.get(code) != day} == {
        "welzijn-4.1": "2021-08"
    }


def test_every_project_has_a_place_and_a_text_of_two_or_three_sentences() -> None:
    assert {row["project"] for row in DEAL["plaatsen"]} == CODES["projecten"]
    lengths = {r["project"]: len(re.findall(r"[.?!](?=\s|$)", r["tekst"])) for r in DEAL["teksten"]}
    assert set(lengths) == CODES["projecten"]
    assert set(lengths.values()) == {2, 3}


def test_thirteen_parties_sign_in_the_order_of_the_covenant() -> None:
    assert [row["nummer"] for row in DEAL["partijen"]] == [str(n) for n in range(1, 14)]
    assert Counter(row["zijde"] for row in DEAL["partijen"]) == {"rijk": 6, "regio": 7}
    assert sum(row["organisatie"] == "BZK" for row in DEAL["partijen"]) == 2


def test_forty_million_is_promised_and_divided() -> None:
    assert sum(int(row["bedrag"]) for row in DEAL["verdeling"]) == 40_000_000
    assert sum(int(row["bedrag"]) for row in DEAL["bijdragen"]) == 40_000_000


def test_published_contributions_are_one_euro_more_than_the_municipalities_promise() -> None:
    published = [
        int(row["waarde"])
        for row in DEAL["gesteld"]
        if row["bron"] == "omroep-2019" and row["adres"].startswith("promised?party=")
    ]
    assert (len(published), sum(published)) == (6, 10_000_001)
    assert sum(int(row["sleutel"]) for row in DEAL["verdeelsleutels"]) == 309_590


def test_three_projects_have_money_reserved_that_is_not_yet_awarded() -> None:
    reserved = {row["project"]: int(row["bedrag"]) for row in DEAL["reserveringen"]}
    assert reserved == {"werken-9": 180_000, "werken-16": 2_995_000, "werken-17": 6_000_000}
    awarded: Counter[str] = Counter()
    for award in DEAL["toekenningen"]:
        awarded[award["project"]] += int(award["bedrag"])
    assert sum(reserved.values()) - sum(awarded[p] for p in reserved) == 6_810_000


def test_no_email_address_or_phone_number_is_in_the_folder() -> None:
    private = re.compile(r"\S@\S|\+31|(?<![\d.,])0\d{1,3}[-\s]?\d{6,8}(?!\d)|(?<!\d)0\d{9}(?!\d)")
    found = [
        (path.name, hit[0])
        for path in FOLDER.iterdir()
        for hit in private.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
