"""The public pages: what they show, at which moment, and what they say when something is wrong."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.integration.web import registers

pytestmark = pytest.mark.django_db

HOME = "/kleine-deal/"
MONEY = "/kleine-deal/geld/"
STATED = "/kleine-deal/gesteld-en-berekend/"
ORIGIN = "/kleine-deal/herkomst/awarded?pillar=wonen&tranche=1"
MOST_QUERIES = 32
"""A page reads one snapshot of a deal; an origin its transfers too."""
PAGES = (HOME, MONEY, STATED, ORIGIN)
LINK = re.compile(r'<a class="figure[^"]*" href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
DATA = re.compile(r'<data value="([^"]+)">')


@pytest.fixture
def small() -> None:
    registers.small_deal()


def text(response: HttpResponse | Any) -> str:
    return unescape(response.content.decode()).replace("\u00a0", " ")


def test_without_a_deal_the_first_page_says_how_to_load_one(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "noaber load" in text(response)


def test_with_one_deal_the_first_page_is_that_deal(client: Client, small: None) -> None:
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, HOME)


def test_with_more_deals_the_first_page_lists_them(client: Client, small: None) -> None:
    registers.wide_deal()
    page = text(client.get("/"))
    assert "Kleine Deal" in page
    assert 'href="/brede-deal/"' in page


def test_home_says_what_is_promised_awarded_and_by_whom(client: Client, small: None) -> None:
    page = text(client.get(HOME))
    assert "Twee gemeenten en het Rijk: samen voor Oost" in page
    assert "€ 1.100" in page
    assert "€ 180" in page
    assert "82%" not in page


def test_the_map_is_a_list_of_links(client: Client, small: None) -> None:
    page = text(client.get(HOME))
    assert 'aria-label="Noord 1 project"' in page
    assert page.count('role="listitem"') == 2


def test_money_shows_every_cell_of_the_matrix(client: Client, small: None) -> None:
    page = text(client.get(MONEY))
    for place in ("pillar=wonen&tranche=1", "pillar=werken&tranche=2", "tranche=2b"):
        assert f"/kleine-deal/herkomst/awarded?{place}" in page


def test_money_shows_shares_next_to_what_was_published(client: Client, small: None) -> None:
    page = text(client.get(MONEY))
    assert "66,67" in page
    assert "+0,33" in page


def test_a_difference_stands_in_the_cell_it_concerns(client: Client, small: None) -> None:
    page = text(client.get(MONEY))
    assert 'href="#verschil-anders"' in page
    assert 'id="verschil-anders"' in page
    assert "De krant rondde af." in page


@pytest.mark.parametrize("page", [HOME, MONEY])
def test_every_figure_leads_to_a_page_with_the_same_figure(
    client: Client, small: None, page: str
) -> None:
    links = LINK.findall(client.get(page).content.decode())
    assert len(links) > 10
    for link, inside in links:
        shown = DATA.search(inside)
        response = client.get(unescape(link))
        assert response.status_code == 200, link
        if shown:
            behind = response.content.decode().partition('class="answer-sum">')[2]
            assert DATA.search(behind).group(1) == shown.group(1), link  # type: ignore[union-attr]


def test_the_parts_of_a_figure_add_up_to_it(client: Client, small: None) -> None:
    page = client.get("/kleine-deal/herkomst/awarded?pillar=wonen").content.decode()
    body, _, foot = page.partition('<table class="utrecht-table stacks parts"')[2].partition(
        "<tfoot"
    )
    parts = [int(number) for number in DATA.findall(body)]
    assert parts == [100, 50]
    assert DATA.findall(foot)[0] == str(sum(parts))


def test_a_part_names_its_decision_and_its_source(client: Client, small: None) -> None:
    page = text(client.get(ORIGIN))
    for word in ("Tranche 1", "oktober 2019", "Programma 2", "tabel 1", "toekenningen.csv, rij 2"):
        assert word in page


def test_an_inferred_amount_is_marked_and_explained(client: Client, small: None) -> None:
    page = text(client.get("/kleine-deal/herkomst/awarded?pillar=werken"))
    assert "(afgeleid)" in page
    assert "past in alle gedrukte totalen" in page


def test_a_page_shows_what_held_on_the_day_that_is_asked(client: Client, small: None) -> None:
    page = text(client.get(HOME, {"peildatum": "2019-11-15"}))
    assert "€ 100" in page
    assert "€ 180" not in page
    assert "Cijfers per 15 november 2019" in page


def test_links_keep_the_moment(client: Client, small: None) -> None:
    page = text(client.get(MONEY, {"peildatum": "december 2019", "bekend": "1"}))
    links = [link for link, _ in LINK.findall(page)]
    assert all(link.endswith("peildatum=2019-12-31&bekend=1") for link in links)
    assert 'href="/kleine-deal/?peildatum=2019-12-31&bekend=1"' in page


def test_a_permanent_address_shows_the_figure_of_before_a_correction(
    client: Client, small: None
) -> None:
    now = text(client.get(ORIGIN))
    address = re.search(r'class="address"><a class="nl-link" href="([^"]+)"', now)
    assert address
    registers.correct_award("kleine-deal")
    assert '<span class="answer-sum"><data value="120">' in text(client.get(ORIGIN))
    assert '<span class="answer-sum"><data value="100">' in text(client.get(address.group(1)))


def test_what_was_known_on_a_day_is_shown_as_it_was_known(client: Client, small: None) -> None:
    registers.correct_award("kleine-deal")
    page = text(client.get(ORIGIN, {"pillar": "wonen", "tranche": "1", "bekend": "31-03-2021"}))
    assert '<data value="100">' in page.partition('class="answer-sum">')[2]
    assert "zoals bekend op 1 maart 2021" in page


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("peildatum", "31-13-2021", "Maand 13 bestaat niet"),
        ("peildatum", "gisteren", "is geen datum"),
        ("bekend", "99", "Revisie 99 bestaat nog niet"),
        ("bekend", "9" * 30, "bestaat nog niet"),
    ],
)
def test_a_moment_that_cannot_be_is_explained_and_kept(
    client: Client, small: None, field: str, typed: str, says: str
) -> None:
    response = client.get(ORIGIN, {"pillar": "wonen", field: typed})
    page = text(response)
    assert response.status_code == 400
    assert says in page
    assert f'name="{field}" value="{typed}"' in page
    assert '<input type="hidden" name="pillar" value="wonen">' in page


@pytest.mark.parametrize(
    "address",
    [
        "bestaat-niet", "Awarded", "awarded?pillar=lucht", "awarded?kleur=rood", "awarded?pillar=",
        "awarded?pillar=wonen&pillar=werken", "awarded?tranche=%00", "awarded?tranche=9",
    ],
)  # fmt: skip
def test_an_unknown_figure_is_a_page_that_says_so(
    client: Client, small: None, address: str
) -> None:
    response = client.get(f"/kleine-deal/herkomst/{address}")
    assert response.status_code == 404
    assert "Dit getal kennen we niet" in text(response)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/andere-deal/", "Deze deal kennen we niet"),
        ("/kleine-deal/?peildatum=2010-01-01", "was de deal er nog niet"),
        ("/kleine-deal/?bekend=0", "was de deal er nog niet"),
        ("/kleine-deal/documenten/uitvoeringsprogramma-9.pdf", "heeft geen tranche 9"),
        ("/kleine-deal/bestaat/niet/", "Deze bladzijde bestaat niet"),
    ],
)
def test_what_is_not_there_is_said_in_the_theme(
    client: Client, small: None, path: str, says: str
) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert says in text(response)
    assert "noaber.css" in text(response)


def test_a_fault_of_ours_is_said_in_the_theme(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[str, ...]:
        raise RuntimeError

    monkeypatch.setattr("noaber.web.portal.views.queries.deals", broken)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Er ging bij ons iets mis" in text(response)


@pytest.mark.parametrize("code", ["brede-deal", "lege-deal"])
@pytest.mark.parametrize("path", ["", "geld/", "gesteld-en-berekend/", "herkomst/awarded"])
def test_a_deal_of_which_little_is_known_has_all_its_pages(
    client: Client, code: str, path: str
) -> None:
    registers.wide_deal()
    registers.empty_deal()
    response = client.get(f"/{code}/{path}")
    assert response.status_code == 200
    assert "nan" not in text(response).split()


def test_what_nobody_recorded_is_missing_and_not_zero(client: Client) -> None:
    registers.wide_deal()
    page = text(client.get("/brede-deal/"))
    assert "geen cijfer" in page.partition("<dt>Toegezegd</dt>")[2].partition("<dt>")[0]
    assert "Het geld is nog niet verdeeld over thema's." in page


def test_of_twelve_themes_the_matrix_has_a_row_each(client: Client) -> None:
    registers.wide_deal(awarded=100)
    page = text(client.get("/brede-deal/geld/"))
    matrix = page.partition("matrix")[2].partition("</table>")[0]
    assert matrix.count('scope="row"') == 13
    assert "Tranche 2b" in matrix


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_the_database_a_constant_number_of_times(
    client: Client, small: None, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(path)
    registers.more_projects("kleine-deal", 5)
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        client.get(path)
    assert len(few) == len(many)


@pytest.mark.parametrize("path", [*PAGES, "/", "/nergens/", "/kleine-deal/?peildatum=x"])
def test_a_page_has_no_inline_script_or_style_and_no_other_host(
    client: Client, small: None, path: str
) -> None:
    response = client.get(path, follow=True)
    page = response.content.decode()
    assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//(?!testserver)', page)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_only_reading_is_possible(client: Client, small: None) -> None:
    assert client.post(HOME).status_code == 405


def test_a_page_of_now_is_asked_for_again_and_one_of_a_fixed_moment_is_kept(
    client: Client, small: None
) -> None:
    assert client.get(HOME).headers["Cache-Control"] == "no-cache"
    fixed = client.get(HOME, {"peildatum": "2020-01-01", "bekend": "1"})
    # Not for long: what is withdrawn from publication must be gone within a minute.
    assert fixed.headers["Cache-Control"] == "public, max-age=60"


def test_the_colours_of_a_deal_are_a_style_sheet(client: Client, small: None) -> None:
    response = client.get("/kleine-deal/kleuren.css")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert ".tone-werken { --tone: #1d5c8a;" in text(response)


def test_health_is_one_word(client: Client) -> None:
    response = client.get("/gezond")
    assert (response.status_code, response.content) == (200, b"ok")


def test_the_programme_of_a_tranche_is_a_pdf(client: Client, small: None) -> None:
    response = client.get("/kleine-deal/documenten/uitvoeringsprogramma-2b.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
