"""Foreword, governance, contact and logo in the programme: what is known and nothing else."""

from dataclasses import replace
from typing import Any

from noaber.core.dates import PartialDate
from noaber.deals.rules import ContactPoint
from noaber.decisions.rules import Board, Foreword, Seat
from noaber.documents import blocks as b
from noaber.documents.payload import payload
from noaber.documents.sheets import sheets
from noaber.documents.spans import plain
from noaber.editions.programme import compose
from noaber.monitor.views import DealView
from tests.factories.snapshots import a_deal, a_pillar, a_snapshot, a_tranche

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1" viewBox="0 0 2 1"/>'
GROUP = Board("stuurgroep", "steering_group", "Stuurgroep", 1, "Beslist over projecten.")
TEAMS = (
    Board("team-a", "development_team", "Ontwikkelteam A", 2, "Werkt A uit.", "a"),
    Board("team-b", "development_team", "Ontwikkelteam B", 3, "Werkt B uit."),
)


def composed(**parts: Any) -> b.Document:
    tranche = a_tranche("2", 1)
    snapshot = a_snapshot(pillars=(a_pillar("a"),), tranches=(tranche,), **parts)
    return compose(DealView(snapshot), "2")


def chapter(document: b.Document, title: str) -> list[b.Block]:
    """The blocks of the chapter with this title."""
    found: list[b.Block] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, b.Chapter | b.PillarOpening):
            inside = isinstance(block, b.Chapter) and block.title == title
        if inside:
            found.append(block)
    return found


def titles(document: b.Document) -> list[str]:
    return [block.title for block in document.blocks if isinstance(block, b.Chapter)]


def rows(block: b.Block) -> list[list[str]]:
    assert isinstance(block, b.Table)
    return [[plain(cell.words) for cell in row.cells] for row in block.groups[0].rows]


def table(blocks: list[b.Block]) -> b.Table:
    return next(block for block in blocks if isinstance(block, b.Table))


def test_without_facts_there_is_no_foreword_no_governance_no_contact_and_no_logo() -> None:
    document = composed()
    assert titles(document)[0] == "In het kort"
    assert titles(document)[-1] == "Colofon"
    assert not any("beslist" in title for title in titles(document))
    cover = document.blocks[0]
    assert isinstance(cover, b.Cover)
    assert cover.logo is None


def test_the_foreword_of_the_tranche_comes_first_with_who_signed() -> None:
    forewords = (
        Foreword("1", "Oud", "Van toen.", "stuurgroep"),
        Foreword("2", "Vooraf", "Eerst dit.\n\nDan dat.", "stuurgroep", "namens de partijen"),
    )
    found = chapter(composed(boards=(GROUP,), forewords=forewords), "Vooraf")
    told = [plain(block.words) for block in found if isinstance(block, b.Paragraph)]
    assert told == ["Eerst dit.", "Dan dat.", "Stuurgroep", "namens de partijen", "Juni 2023"]


def test_chapters_come_in_the_order_in_which_a_council_reads() -> None:
    document = composed(
        boards=(GROUP,),
        forewords=(Foreword("2", "Voorwoord", "Tekst.", "stuurgroep"),),
        contacts=(ContactPoint("bureau", "Bureau", 1),),
    )
    assert titles(document)[:3] == ["Voorwoord", "In het kort", "Nieuw in deze tranche"]
    assert titles(document)[-2:] == ["Wie beslist en wie u kunt spreken", "Contact en colofon"]


def test_who_sits_in_a_board_is_a_table_of_what_is_known() -> None:
    seats = (
        Seat("stuurgroep", "v", 1, "voorzitter", "wethouder", "GM1", "An de Vries"),
        Seat("stuurgroep", "l", 2, "lid", "bestuurder", "school", erased=True),
        Seat("stuurgroep", "m", 3, "lid", "bestuurder"),
    )
    found = table(
        chapter(composed(boards=(GROUP,), seats=seats), "Wie beslist en wie u kunt spreken")
    )
    assert [plain(c.title) for c in found.columns] == [
        "Naam", "Rol", "Ambt of functie", "Organisatie",
    ]  # fmt: skip
    assert rows(found) == [
        ["An de Vries", "Voorzitter", "Wethouder", "Gemeente Noordwolde"],
        ["naam gewist", "Lid", "Bestuurder", "Het Grote College"],
        ["", "Lid", "Bestuurder", ""],
    ]
    assert found.caption == "Stuurgroep: wie er zitten op 31 december 2025"


def test_seats_that_differ_in_organisation_only_share_a_row() -> None:
    seats = tuple(
        Seat("stuurgroep", code, place, "lid", organisation=code)
        for place, code in enumerate(("GM1", "school"), 1)
    )
    found = chapter(composed(boards=(GROUP,), seats=seats), "Wie beslist en wie u kunt spreken")
    assert rows(table(found)) == [["Lid", "Gemeente Noordwolde en Het Grote College"]]


def test_of_a_board_of_which_only_roles_are_known_these_are_a_sentence() -> None:
    seats = (Seat("stuurgroep", "a", 1, "manager"), Seat("stuurgroep", "b", 2, "secretaris"))
    found = chapter(composed(boards=(GROUP,), seats=seats), "Wie beslist en wie u kunt spreken")
    assert not any(isinstance(block, b.Table) for block in found)
    assert isinstance(found[-1], b.Paragraph)
    assert plain(found[-1].words) == "Rollen: manager en secretaris."


def test_a_seat_of_which_only_the_role_is_known_is_told_below_the_table() -> None:
    seats = (
        Seat("stuurgroep", "a", 1, "lid", organisation="GM1"),
        Seat("stuurgroep", "b", 2, "voor de pijler A"),
    )
    found = chapter(composed(boards=(GROUP,), seats=seats), "Wie beslist en wie u kunt spreken")
    assert rows(table(found)) == [["Lid", "Gemeente Noordwolde"]]
    assert isinstance(found[-1], b.Paragraph)
    assert plain(found[-1].words) == (
        "Verder aan tafel: voor de pijler A. Wie dat zijn, is niet vastgelegd."
    )


def test_boards_of_one_kind_stand_together_and_each_says_what_it_does() -> None:
    seats = tuple(Seat(team.code, "t", 1, "trekker", "regisseur") for team in TEAMS)
    found = chapter(composed(boards=TEAMS, seats=seats), "Wie beslist en wie u kunt spreken")
    headings = [block.text for block in found if isinstance(block, b.Heading)]
    terms = next(block for block in found if isinstance(block, b.Terms))
    assert headings == ["Ontwikkelteams"]
    assert [(name, plain(said)) for name, said in terms.items] == [
        ("Ontwikkelteam A", "Werkt A uit."),
        ("Ontwikkelteam B", "Werkt B uit."),
    ]
    assert rows(table(found))[1] == ["Ontwikkelteam B", "Trekker", "Regisseur"]


def test_contact_is_a_table_with_links_that_sheets_have_too() -> None:
    point = ContactPoint(
        "bureau", "Het bureau", 1, "Vragen", "", "https://www.deal.nl/", "info@deal.nl"
    )
    document = composed(contacts=(point,))
    found = table(chapter(document, "Contact en colofon"))
    assert rows(found) == [["Het bureau", "Vragen", "www.deal.nl, info@deal.nl"]]
    links = [word for word in found.groups[0].rows[0].cells[2].words if isinstance(word, b.Web)]
    assert [link.address for link in links] == ["https://www.deal.nl/", "mailto:info@deal.nl"]
    assert any(found.caption == sheet.caption for sheet in sheets(document))


def test_the_logo_stands_on_the_cover_with_its_words() -> None:
    cover = composed(deal=a_deal(logo=LOGO)).blocks[0]
    assert isinstance(cover, b.Cover)
    assert cover.logo == b.Picture(LOGO, "Logo van de Regio Deal Noordenveld.")


def test_a_task_stays_on_one_page_with_the_short_table_below_it() -> None:
    seats = (Seat("stuurgroep", "v", 1, "lid", "wethouder", since=PartialDate(2023)),)
    chapters = payload(composed(boards=(GROUP,), seats=seats))["chapters"]
    found = next(c for c in chapters if c.get("title") == "Wie beslist en wie u kunt spreken")
    kept = [(block["kind"], block.get("keep")) for block in found["blocks"]]
    assert kept == [("paragraph", False), ("heading", None), ("paragraph", True), ("table", None)]


def test_small_openings_without_a_picture_share_a_page_and_a_chapter_may_follow() -> None:
    def opening(key: str, *, small: bool = True) -> b.PillarOpening:
        sign = b.Sign(key, "#1d5c8a", "square")
        return b.PillarOpening(sign, key, "Thema", "", (), follows_on=small)

    blocks = (
        opening("large", small=False),
        opening("one"),
        opening("two"),
        b.Chapter("Geld", "money"),
        b.Chapter("Penvoerders", "leads", follows=True),
    )
    made = payload(replace(composed(), blocks=blocks))["chapters"]
    assert [(c["title"], [x["kind"] for x in c["blocks"]]) for c in made] == [
        ("", []),
        ("", ["opening", "opening"]),
        ("Geld", ["chapter"]),
    ]
    assert made[0]["opening"]["key"] == "large"
