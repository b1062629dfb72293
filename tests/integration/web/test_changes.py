"""What changed between two dates, and between two revisions."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.integration.web import registers
from tests.integration.web.test_pages import text

pytestmark = pytest.mark.django_db

CHANGES = "/kleine-deal/wijzigingen/"


@pytest.fixture
def small() -> None:
    registers.small_deal()


def test_by_default_it_shows_what_the_latest_tranche_changed(client: Client, small: None) -> None:
    page = text(client.get(CHANGES))
    assert "Tranches (1)" in page
    assert "Toekenningen (1)" in page
    assert "30 december 2020" in page


def test_between_two_dates_it_shows_what_was_decided(client: Client, small: None) -> None:
    page = text(client.get(CHANGES, {"van": "2019-11-15", "tot": "2020-08-01"}))
    assert "Reserveringen (1)" in page
    effect = page.partition("Toegekend op beide momenten")[2].partition("</table>")[0]
    assert "+30" in effect
    assert "peildatum=2019-11-15" in effect
    assert "peildatum=2020-08-01" in effect


def test_a_correction_shows_between_two_revisions_of_one_date(client: Client, small: None) -> None:
    registers.correct_award("kleine-deal")
    asked = {"van": "2020-01-01", "bekend-van": "1", "tot": "2020-01-01", "bekend-tot": "2"}
    page = text(client.get(CHANGES, asked))
    assert "Eén ding is veranderd" in page
    row = page.partition("Toekenningen (1)")[2].partition("</tbody>")[0]
    for said in ("gewijzigd", '<data value="100">', '<data value="120">', "+20"):
        assert said in row


def test_before_there_was_a_deal_everything_is_new(client: Client, small: None) -> None:
    page = text(client.get(CHANGES, {"van": "2018-01-01"}))
    assert "Toen was de deal er nog niet" in page
    assert "Bijdragen (2)" in page


def test_when_nothing_changed_it_says_so(client: Client, small: None) -> None:
    page = text(client.get(CHANGES, {"van": "2021-02-01", "tot": "2021-02-02"}))
    assert "Er is niets veranderd" in page
    assert "Kies een langere periode" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"van": "gisteren"}, "is geen datum"),
        ({"van": "2020-01-01", "bekend-van": "99"}, "Revisie 99 bestaat nog niet"),
        ({"tot": "31-13-2020"}, "Maand 13 bestaat niet"),
        ({"bekend-tot": "99"}, "Revisie 99 bestaat nog niet"),
        ({"van": "2021-01-01", "tot": "2020-01-01"}, "Draai ze om"),
    ],
)
def test_a_period_that_cannot_be_is_explained_and_kept(
    client: Client, small: None, asked: dict[str, str], says: str
) -> None:
    response = client.get(CHANGES, asked)
    page = text(response)
    assert response.status_code == 400
    assert says in page
    for name, typed in asked.items():
        assert f'name="{name}" value="{typed}"' in page


def test_more_projects_ask_no_more_of_the_database(
    client: Client, small: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(64) as few:
        client.get(CHANGES, {"van": "2018-01-01"})
    registers.more_projects("kleine-deal", 5)
    with django_assert_max_num_queries(64) as many:
        client.get(CHANGES, {"van": "2018-01-01"})
    assert len(few) == len(many)
