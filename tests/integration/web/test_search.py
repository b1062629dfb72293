"""Search: what is found, in which order, and what is marked."""

import pytest
from django.test import Client

from noaber.web.portal.search import Entry, find, marked, words_of
from tests.integration.web import registers
from tests.integration.web.test_pages import text

pytestmark = pytest.mark.django_db

SEARCH = "/kleine-deal/zoeken/"


@pytest.fixture
def small() -> None:
    registers.small_deal()


def entry(title: str, names: str = "", said: str = "") -> Entry:
    return Entry("project", title, "/", names, said)


def titles(typed: str, *entries: Entry) -> list[str]:
    return [hit.entry.title for hit in find(entries, words_of(typed))]


def test_a_project_is_found_by_a_word_of_its_name(client: Client, small: None) -> None:
    page = text(client.get(SEARCH, {"q": "wonen"}))
    assert "Projecten (1)" in page
    assert 'href="/kleine-deal/projecten/wonen-1/"' in page
    assert "Eerste van <mark>wonen</mark>" in page


def test_places_parties_tranches_and_documents_are_found(client: Client, small: None) -> None:
    north = text(client.get(SEARCH, {"q": "noord"}))
    assert "Plaatsen (1)" in north
    assert "Partijen (1)" in north
    second = text(client.get(SEARCH, {"q": "2b"}))
    assert "Tranches (1)" in second
    assert "Documenten (1)" in second


def test_every_word_must_be_there(client: Client, small: None) -> None:
    assert "Niets gevonden" in text(client.get(SEARCH, {"q": "eerste waterstof"}))


def test_without_words_it_says_what_can_be_found(client: Client, small: None) -> None:
    for typed in ("", "  ", "?!"):
        assert "Typ een of meer woorden." in text(client.get(SEARCH, {"q": typed}))


def test_what_is_typed_is_never_part_of_the_page(client: Client, small: None) -> None:
    page = client.get(SEARCH, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>" not in page


def test_a_search_keeps_the_moment(client: Client, small: None) -> None:
    page = text(client.get(SEARCH, {"q": "2b", "peildatum": "2020-08-01"}))
    assert "Niets gevonden" in page
    assert '<input type="hidden" name="peildatum" value="2020-08-01">' in page


def test_a_title_comes_before_a_name_and_a_name_before_a_text() -> None:
    found = titles("zorg", entry("A", said="over zorg"), entry("B", "Zorggroep"), entry("C zorg"))
    assert found == ["C zorg", "B", "A"]


def test_a_whole_word_comes_before_a_begin_and_a_begin_before_a_part() -> None:
    found = titles("bank", entry("Databank"), entry("Bankstel"), entry("De bank"))
    assert found == ["De bank", "Bankstel", "Databank"]


def test_accents_and_capitals_make_no_difference() -> None:
    assert titles("ENERGIE coordinatie", entry("Coördinatie énergie")) == ["Coördinatie énergie"]


def test_a_short_word_is_found_only_where_a_word_begins() -> None:
    assert titles("en", entry("Wonen"), entry("Energie")) == ["Energie"]


def test_marks_keep_the_letters_as_they_were_and_join_where_they_touch() -> None:
    assert marked("Coördinatie & zo", words_of("coord ordi")) == "<mark>Coördi</mark>natie &amp; zo"
