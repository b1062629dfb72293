"""The pages of the tranches: what was decided, how that is known, and what sources say of it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.integration.web import registers
from tests.integration.web.test_pages import text

pytestmark = pytest.mark.django_db

TRANCHES = "/kleine-deal/tranches/"
SECOND = "/kleine-deal/tranches/2b/"


@pytest.fixture
def small() -> None:
    registers.small_deal()


def test_the_newest_tranche_stands_first(client: Client, small: None) -> None:
    page = text(client.get(TRANCHES))
    assert "In drie rondes is € 180 toegekend" in page
    assert page.index("Tranche 2b</a>") < page.index("Tranche 1</a>")
    assert "Juli 2020 (geschat)" in page


def test_a_tranche_shows_each_award_with_its_basis_and_its_source(
    client: Client, small: None
) -> None:
    page = text(client.get(SECOND))
    row = page.partition("1 Eerste van wonen")[2].partition("</tr>")[0]
    for said in ("vervolg", "volgens een bericht", "Programma 2", "tabel 1", '<data value="50">'):
        assert said in row
    assert "Eerste van werken" not in page


def test_a_tranche_says_how_its_date_is_known(client: Client, small: None) -> None:
    assert "Deze datum staat gedrukt in de bron." in text(client.get(SECOND))
    estimated = text(client.get("/kleine-deal/tranches/2/"))
    assert "Geen bron noemt deze datum. Hij is geschat." in estimated
    assert "Afgeleid: de bron noemt de tranche niet letterlijk" in estimated


def test_what_a_source_states_of_a_tranche_stands_beside_what_is_computed(
    client: Client, small: None
) -> None:
    page = text(client.get(SECOND))
    assert "Eén van de 1 keer zegt een bron iets anders" in page
    assert "De krant rondde af." in page


def test_a_tranche_leads_to_its_programme_and_to_the_others(client: Client, small: None) -> None:
    page = text(client.get(SECOND))
    assert 'href="/kleine-deal/documenten/uitvoeringsprogramma-2b.pdf"' in page
    assert 'href="/kleine-deal/tranches/2/"' in page
    assert 'rel="next"' not in page


def test_a_tranche_that_is_not_there_yet_names_those_that_are(client: Client, small: None) -> None:
    response = client.get(SECOND, {"peildatum": "2020-08-01"})
    assert response.status_code == 404
    assert "heeft geen tranche 2b. Kies uit: 1 en 2." in text(response)


def test_without_a_tranche_the_list_says_so(client: Client) -> None:
    registers.empty_deal()
    assert "nog niets toegekend" in text(client.get("/lege-deal/tranches/"))


@pytest.mark.parametrize("path", [TRANCHES, "/kleine-deal/tranches/1/"])
def test_more_projects_ask_no_more_of_the_database(
    client: Client, small: None, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(32) as few:
        client.get(path)
    registers.more_projects("kleine-deal", 5)
    with django_assert_max_num_queries(32) as many:
        client.get(path)
    assert len(few) == len(many)
