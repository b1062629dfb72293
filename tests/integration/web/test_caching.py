"""A page that did not change is not made again."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from noaber.access.rules import PUBLIC
from noaber.web import caching
from tests.integration.web import registers

pytestmark = pytest.mark.django_db

PAGES = (
    "",
    "geld/",
    "gesteld-en-berekend/",
    "herkomst/awarded?pillar=wonen",
    "tranches/",
    "tranches/2b/",
    "documenten/",
    "documenten/uitvoeringsprogramma-2b.pdf",
    "wijzigingen/",
    "zoeken/?q=wonen",
    "projecten/",
    "kleuren.css",
    "?peildatum=2020-01-01&bekend=1",
)


@pytest.fixture
def small() -> None:
    registers.small_deal()


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_answered_with_one_query(
    client: Client, small: None, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(f"/kleine-deal/{path}")
    with django_assert_num_queries(1):
        again = client.get(f"/kleine-deal/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]


@pytest.mark.parametrize("path", ["", "tranches/", "wijzigingen/", "kleuren.css"])
def test_after_a_revision_a_page_is_made_again(client: Client, small: None, path: str) -> None:
    first = client.get(f"/kleine-deal/{path}")
    registers.correct_award("kleine-deal")
    again = client.get(f"/kleine-deal/{path}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_another_day_language_or_release_is_another_version(
    client: Client, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ("/kleine-deal/", "/en/kleine-deal/", "/kleine-deal/?peildatum=2020-01-01")
    versions = {client.get(path)["ETag"] for path in paths}
    monkeypatch.setattr(caching, "release", lambda: "the next one")
    versions.add(client.get(paths[0])["ETag"])
    assert len(versions) == 4


def test_what_is_not_there_is_never_unchanged(client: Client, small: None) -> None:
    for path in ("/kleine-deal/herkomst/niets", "/kleine-deal/tranches/9/", "/andere-deal/"):
        response = client.get(path, headers={"If-None-Match": "*"})
        assert response.status_code == 404


def test_a_page_varies_by_nothing_but_its_address(client: Client, small: None) -> None:
    assert "Vary" not in client.get("/kleine-deal/").headers
    assert client.get("/kleine-deal/").cookies == {}


def test_while_developing_nothing_is_answered_unmade(
    client: Client, small: None, settings: Settings
) -> None:
    settings.DEBUG = True
    assert caching.page_version([], PUBLIC) == ""
