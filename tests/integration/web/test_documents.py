"""The list of documents, and the documents themselves."""

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.web.portal import documents
from tests.integration.web import registers
from tests.integration.web.test_pages import text

pytestmark = pytest.mark.django_db

PROGRAMME = "/kleine-deal/documenten/uitvoeringsprogramma-2b"


@pytest.fixture
def small() -> None:
    registers.small_deal()


def test_there_is_a_programme_per_tranche_in_every_format(client: Client, small: None) -> None:
    page = text(client.get("/kleine-deal/documenten/"))
    for tranche in ("1", "2", "2b"):
        for suffix in documents.FORMS:
            address = f"/kleine-deal/documenten/uitvoeringsprogramma-{tranche}.{suffix}"
            assert f'href="{address}"' in page


@pytest.mark.parametrize("suffix", documents.FORMS)
def test_every_format_is_made_and_says_what_it_is(client: Client, small: None, suffix: str) -> None:
    response = client.get(f"{PROGRAMME}.{suffix}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == documents.FORMS[suffix].content_type
    name = f"uitvoeringsprogramma-2b.{suffix}"
    assert f'filename="{name}"' in response.headers["Content-Disposition"]
    assert response.content


def test_a_document_has_the_same_bytes_on_whatever_host(
    client: Client, small: None, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["een.example", "ander.example"]
    first, second = (
        client.get(f"{PROGRAMME}.pdf", headers={"host": host}).content
        for host in settings.ALLOWED_HOSTS
    )
    settings.SITE = "https://deal.example"
    other = client.get(f"{PROGRAMME}.pdf", headers={"host": "een.example"}).content
    assert first == second
    assert first != other


def test_an_unknown_format_names_those_there_are(client: Client, small: None) -> None:
    response = client.get(f"{PROGRAMME}.wpd")
    assert response.status_code == 404
    assert "De vorm wpd is er niet. Kies uit: PDF, " in text(response)


def test_without_a_tranche_there_is_no_document(client: Client) -> None:
    registers.empty_deal()
    assert "nog geen uitvoeringsprogramma" in text(client.get("/lege-deal/documenten/"))
