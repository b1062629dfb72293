"""The implementation programme holds what the deal was at its tranche, and nothing later."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from noaber.core.notation import amount
from noaber.documents.blocks import (
    Chapter,
    Cover,
    Document,
    Heading,
    Mark,
    PillarOpening,
    ProjectEntry,
    Reference,
    Table,
)
from noaber.documents.payload import payload
from noaber.documents.typst import write_pdf
from noaber.editions.programme import compose
from noaber.editions.rules import UnknownTranche
from noaber.monitor.views import DealView
from tests.factories import reference_deal, strange_deals
from tests.factories.documents import blocks, lines, read, table, words, written

END_OF_MAY_2021 = date(2021, 5, 31)


@pytest.fixture(scope="module")
def programme_6() -> Document:
    return compose(reference_deal.view(), "6")


@pytest.fixture(scope="module")
def programme_4() -> Document:
    return compose(reference_deal.view(END_OF_MAY_2021), "4")


def entry(document: Document, number: str, pillar: str) -> ProjectEntry:
    return next(
        e for e in blocks(document, ProjectEntry) if e.number == number and e.sign.name == pillar
    )


def test_totals_per_pillar_and_tranche_are_the_printed_ones(programme_6: Document) -> None:
    printed = {
        (r["adres"].split("pillar=")[1].split("&")[0], r["adres"].split("tranche=")[1]): r["waarde"]
        for r in reference_deal.rows("gesteld")
        if re.fullmatch(r"up6-(werken|wonen|welzijn)-\d", r["code"])
    }
    assert len(printed) == 18
    for code, name in (("werken", "Werken"), ("wonen", "Wonen"), ("welzijn", "Welzijn")):
        made = written(programme_6, f"Toegekend per project en tranche: pijler {name}")
        (total,) = lines(made["totals"])
        expected = [int(printed[code, str(n)]) for n in range(1, 7)]
        assert total[1:7] == [amount(e * 100) if e else "–" for e in expected]
        assert total[7] == amount(sum(expected) * 100)


def test_the_sixth_tranche_is_eleven_projects_of_which_five_are_new(programme_6: Document) -> None:
    made = written(programme_6, "Toegekend in tranche 6")
    assert lines(made["totals"]) == [["Totaal", "11", "5", "6", "3.057.170"]]
    marked = [e for e in blocks(programme_6, ProjectEntry) if e.mark]
    assert sum(e.mark is Mark.NEW for e in marked) == 5
    assert sum(e.mark is Mark.FOLLOW_UP for e in marked) == 6


def test_room_left_and_reservations_stand_beside_what_is_awarded(programme_6: Document) -> None:
    made = written(programme_6, "Afgesproken, toegekend")
    rows = lines(made["groups"][0]["rows"])
    assert rows[0] == ["Werken", "19.200.000", "11.372.852", "6.810.000", "1.017.148", "59%"]
    assert rows[4] == ["Overheadkosten", "1.600.000", "geen cijfer over de besteding"]
    assert lines(made["totals"])[0][:2] == ["Totaal van de deal", "40.000.000"]


def test_every_project_of_the_deal_is_in_it_once(programme_6: Document) -> None:
    entries = blocks(programme_6, ProjectEntry)
    assert len(entries) == len({e.key for e in entries}) == 46
    numbers = [e.number for e in entries if e.sign.name == "Wonen"]
    assert (
        numbers.index("2.3") < numbers.index("2.4a") < numbers.index("2.4b") < numbers.index("2.5")
    )


def test_a_project_paid_by_another_says_so(programme_6: Document) -> None:
    assert "betaald uit project" in read_entry(programme_6, "4.1", "Welzijn")
    assert "Kansen4Kinderen" in read_entry(programme_6, "4.1", "Welzijn")
    made = written(programme_6, "Toegekend per project en tranche: pijler Welzijn")
    cells = next(row for row in lines(made["groups"][0]["rows"]) if row[0] == "4.1")
    assert cells[3] == "betaald uit project 4 Kansen4Kinderen"


def read_entry(document: Document, number: str, pillar: str) -> str:
    parts = [part for fact in entry(document, number, pillar).facts for part in fact]
    return " ".join(p.text if isinstance(p, Reference) else str(p) for p in parts)


def test_names_of_before_and_beside_are_told(programme_6: Document) -> None:
    assert "Ook bekend als DOC33" in read_entry(programme_6, "10", "Werken")
    assert "Voorheen Voldoende gekwalificeerd personeel" in read_entry(programme_6, "2", "Welzijn")


def test_reservations_are_footnotes_with_what_is_left(programme_6: Document) -> None:
    found = notes(table(programme_6, "Toegekend per project en tranche: pijler Werken"))
    assert len(found) == 3
    made = written(programme_6, "Toegekend per project en tranche: pijler Werken")
    said = [words(c["note"]) for r in made["groups"][0]["rows"] for c in r["cells"] if c["note"]]
    assert said[0] == (
        "Voor het hele project is € 180.000 gereserveerd. Het bedrag wordt in fasen toegekend. "
        "€ 65.000 is nog niet toegekend."
    )


def notes(found: Table) -> list[object]:
    return [c.note for g in found.groups for r in g.rows for c in r.cells if c.note]


def test_inferred_amounts_carry_a_sign_and_a_note(programme_6: Document) -> None:
    found = table(programme_6, "Toegekend per project en tranche: pijler Werken")
    inferred = [c for g in found.groups for r in g.rows for c in r.cells if c.inferred]
    stated = [
        r for r in reference_deal.rows("toekenningen")
        if r["basis"] == "afgeleid" and r["project"].startswith("werken")
    ]  # fmt: skip
    assert len(inferred) == len(stated) > 0
    assert "° Afgeleid" in str(found.notes)


def test_progress_of_another_round_gives_its_date(programme_6: Document) -> None:
    made = written(programme_6, "Toegekend per project en tranche: pijler Wonen")
    assert "Voortgang per augustus 2021" in made["caption"]
    below = {lines([row])[0][0]: words(row["below"]) for row in made["groups"][0]["rows"]}
    assert below["1"].startswith("» Maart 2021: ")
    assert below["2.9"] == "Geen voortgang gemeld. Eerste toekenning in tranche 6."


def test_published_shares_stand_beside_computed_ones_with_one_euro_difference(
    programme_6: Document,
) -> None:
    made = written(programme_6, "Berekend: het bedrag verdeeld naar inwoners op 1 januari 2019")
    assert lines(made["totals"]) == [["Totaal", "309.590", "10.000.000", "10.000.001", "+1"]]


def test_differences_between_sources_and_register_are_told(programme_6: Document) -> None:
    made = written(programme_6, "Getallen en kenmerken die afwijken")
    rows = lines(made["groups"][0]["rows"])
    assert ["Projecten, tranche 1", "24", "21", "+3"] in rows
    assert any(row[0].startswith("Nieuw of vervolg, 17 Regiocampus") for row in rows)


def test_the_fourth_programme_holds_four_tranches_only(programme_4: Document) -> None:
    text = read(programme_4)
    assert "Tranche 4" in text
    assert not re.search(r"[Tt]ranche [56]", text)
    for later in ("Regiocampus", "IQ BLVD", "Levensloopbestendig wonen"):
        assert later not in text
    assert "gereserveerd" not in text.replace("Gereserveerd", "")
    for found in blocks(programme_4, Table):
        assert not notes(found)


def test_the_fourth_programme_has_a_pillar_without_awards(programme_4: Document) -> None:
    rows = lines(written(programme_4, "Toegekend in tranche 4")["groups"][0]["rows"])
    assert rows[2] == ["Welzijn", "–", "–", "–", "–"]
    text = read(programme_4)
    assert "€ 9.781.888" in text or "€ 9,8 mln" in text


def test_the_cover_names_the_municipalities_of_the_map(programme_6: Document) -> None:
    (cover,) = blocks(programme_6, Cover)
    assert cover.picture is not None
    assert "Borger-Odoorn" in cover.picture.alt
    assert cover.lines == ("Tranche 6, december 2021",)


def test_an_unknown_tranche_is_refused() -> None:
    with pytest.raises(UnknownTranche, match=r"heeft geen tranche 7\. Kies uit: 1, 2"):
        compose(reference_deal.view(), "7")


def test_the_same_document_gives_the_same_bytes(programme_6: Document) -> None:
    assert write_pdf(programme_6) == write_pdf(compose(reference_deal.view(), "6"))


def test_the_address_of_the_site_is_the_callers(programme_6: Document) -> None:
    assert b"https://deal.example/zuid-en-oost-drenthe/herkomst" in write_pdf(
        compose(reference_deal.view(END_OF_MAY_2021), "4", base_url="https://deal.example/")
    )


def test_every_figure_that_is_shown_is_a_link_in_the_pdf(programme_6: Document) -> None:
    shown = {
        address.replace("(", "\\(").replace(")", "\\)").encode()
        for address in addresses(payload(programme_6))
    }
    in_pdf = set(re.findall(rb"/URI ?\((.*?[^\\])\)", write_pdf(programme_6)))
    assert len(shown) > 150
    assert shown == in_pdf


def addresses(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from addresses(item)
    elif isinstance(value, dict):
        if isinstance(value.get("address"), str):
            yield value["address"]
        for item in value.values():
            yield from addresses(item)


# Deals that are unlike the reference deal.


def test_flat_themes_and_many_tranches_have_tables_that_fit() -> None:
    document = compose(strange_deals.flat_themes(), "8")
    for found in blocks(document, Table):
        fixed = sum(column.width for column in found.columns if not column.share)
        lying = any(c.title[0] == "Tranche 1" for c in found.columns)
        assert fixed <= (261 - 40 if lying else 166 - 25)
    assert "Tranche 2b" in read(document)
    assert write_pdf(document).startswith(b"%PDF")


def test_a_theme_with_few_projects_has_them_on_its_opening_page() -> None:
    document = compose(strange_deals.flat_themes(), "8")
    few = [o for o in blocks(document, PillarOpening) if o.follows_on]
    assert few
    assert all(not opening.listed for opening in few)


def test_a_single_tranche_has_a_programme() -> None:
    document = compose(strange_deals.single_tranche(), "1")
    text = read(document)
    assert "In tranche 1 kende de stuurgroep € 100.000 toe aan één project . Het is nieuw." in (
        text.replace("project.", "project .")
    )
    assert "Opgegaan in project" in text
    assert [h.text for h in blocks(document, Heading)][1:4] == [
        "Projecten",
        "Overig",
        "Overige projecten",
    ]
    assert write_pdf(document).startswith(b"%PDF")


def test_a_deal_with_nothing_awarded_yet_says_so() -> None:
    document = compose(strange_deals.nothing_yet(), "1")
    text = read(document)
    assert "In tranche 1 is geen geld toegekend." in text
    assert "Bij Wonen horen nog geen projecten." in text
    assert "Bijdragen" not in [c.title for c in blocks(document, Chapter)]
    assert blocks(document, Cover)[0].picture is None
    assert write_pdf(document).startswith(b"%PDF")


def test_a_name_that_does_not_fit_its_municipality_breaks_nothing() -> None:
    document = compose(strange_deals.with_a_narrow_municipality(), "1")
    assert write_pdf(document).startswith(b"%PDF")


def test_a_very_long_text_runs_on_to_the_next_page() -> None:
    view: DealView = strange_deals.with_text("Een zin die vaak terugkomt. " * 400)
    assert write_pdf(compose(view, "1")).startswith(b"%PDF")
