"""The interface in English: its addresses, its texts, and what stays Dutch."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_script_prefix

from noaber.web import language
from tests.integration.web import registers
from tests.integration.web.test_pages import text

pytestmark = pytest.mark.django_db

WEB = Path(language.__file__).parent
IN_TEMPLATES = re.compile(
    r'\{%\s*(?:t|label)\s+"([^"]+)"|(?:says|hint|above_name|here|place)="([^"]+)"'
)
IN_CODE = re.compile(r'language\.text\("([^"]+)"\)')


@pytest.fixture
def small() -> None:
    registers.small_deal()


def texts() -> set[str]:
    """Every text of the interface that templates and code name."""
    found = {
        one or other
        for file in WEB.rglob("*.html")
        for one, other in IN_TEMPLATES.findall(file.read_text("utf-8"))
    }
    for file in WEB.rglob("*.py"):
        found |= set(IN_CODE.findall(file.read_text("utf-8")))
    return found


def test_every_text_has_its_english_and_no_english_is_left_over() -> None:
    assert len(texts()) > 50
    assert set(language.catalogue()) == texts()


def test_the_english_has_the_same_places_to_fill() -> None:
    places = re.compile(r"\{\w+\}")
    for dutch, english in language.catalogue().items():
        assert set(places.findall(dutch)) == set(places.findall(english)), dutch


def test_an_english_page_has_an_english_frame_and_dutch_content(
    client: Client, small: None
) -> None:
    page = text(client.get("/en/kleine-deal/"))
    assert '<html lang="en"' in page
    assert '<main id="inhoud" tabindex="-1" lang="nl">' in page
    assert ">Money</a>" in page
    assert "samen voor Oost" in page
    assert "Figures as of" in page


def test_a_dutch_page_says_nothing_of_english_but_the_switch(client: Client, small: None) -> None:
    page = text(client.get("/kleine-deal/"))
    assert '<html lang="nl"' in page
    assert page.count('lang="en"') == page.count('hreflang="en"') + 1 == 2


def test_links_on_an_english_page_stay_english(client: Client, small: None) -> None:
    page = client.get("/en/kleine-deal/geld/?peildatum=2020-01-01").content.decode()
    links = [unescape(link) for link in re.findall(r'<a [^>]*href="(/[^"]*)"', page)]
    dutch = [link for link in links if not link.startswith("/en/")]
    assert dutch == ["/kleine-deal/geld/?peildatum=2020-01-01"]
    assert len(links) > 20


def test_the_switch_leads_to_the_same_page(client: Client, small: None) -> None:
    page = text(client.get("/kleine-deal/tranches/?peildatum=2020-01-01"))
    assert 'href="/en/kleine-deal/tranches/?peildatum=2020-01-01" lang="en"' in page


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/en/nergens/te/vinden/", "This page does not exist"),
        ("/en/andere-deal/", "We do not know this deal"),
        ("/en/kleine-deal/?peildatum=x", "We cannot read this moment"),
        ("/en/kleine-deal/tranches/9/", "There is no such tranche"),
        ("/en/privacy/", "It sets no cookies"),
        ("/en/toegankelijkheid/", "WCAG 2.2"),
    ],
)
def test_what_the_site_says_itself_is_english(
    client: Client, small: None, path: str, says: str
) -> None:
    assert says in text(client.get(path))


def test_after_an_english_page_the_next_is_dutch_again(client: Client, small: None) -> None:
    client.get("/en/kleine-deal/")
    assert (language.current(), get_script_prefix()) == ("nl", "/")
    assert '<html lang="nl"' in text(client.get("/kleine-deal/"))


def test_a_fault_in_english_is_said_in_english(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> tuple[str, ...]:
        raise RuntimeError

    monkeypatch.setattr("noaber.web.portal.views.queries.deals", broken)
    client.raise_request_exception = False
    assert "Something went wrong on our side" in text(client.get("/en/"))


def test_a_text_without_english_is_a_fault_and_not_silent() -> None:
    with language.speaking("en"), pytest.raises(language.NoTranslation):
        language.text("Dit staat nergens.")
