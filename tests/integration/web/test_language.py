"""The interface in English: its addresses, its texts, and what stays Dutch."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_script_prefix

from noaber.monitor.titles import NAMES
from noaber.web import language, register_words
from tests.integration.web import registers
from tests.integration.web.languages import dutch_in_english, english_in_dutch
from tests.integration.web.test_pages import text
from tests.integration.web.test_project_pages import tell_more

pytestmark = pytest.mark.django_db

WEB = Path(language.__file__).parent
IN_TEMPLATES = re.compile(r'\{%\s*t\s+"([^"]+)"|(?:says|hint|above_name|here|place)="([^"{]+)"')
ASKING = frozenset({"text", "later", "things", "counted"})
"""Functions of the code that are given texts of the interface."""


@pytest.fixture
def small() -> None:
    registers.small_deal()


def texts() -> set[str]:
    """Every text of the interface that templates and code name."""
    found = {*register_words.FIGURES, *register_words.WORDS}
    for file in WEB.rglob("*.html"):
        for one, other in IN_TEMPLATES.findall(file.read_text("utf-8")):
            # The office is in Dutch: what one of its templates hands to another has no English.
            if one or "office" not in file.parts:
                found.add(one or other)
    for file in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in ASKING:
                found.update(said for argument in node.args for said in _said(argument))
    return found


def _called(node: ast.Call) -> str:
    named = node.func
    return named.id if isinstance(named, ast.Name) else getattr(named, "attr", "")


def _said(argument: ast.expr) -> list[str]:
    if isinstance(argument, ast.IfExp):
        return _said(argument.body) + _said(argument.orelse)
    value = argument.value if isinstance(argument, ast.Constant) else None
    return [value] if isinstance(value, str) else []


def test_every_text_has_its_english_and_no_english_is_left_over() -> None:
    assert len(texts()) > 500
    assert set(language.catalogue()) == texts()


def test_every_figure_has_an_english_name() -> None:
    assert set(register_words.FIGURES) == set(NAMES.values())


def test_the_english_has_the_same_places_to_fill() -> None:
    places = re.compile(r"\{\w+\}")
    for dutch, english in language.catalogue().items():
        assert set(places.findall(dutch)) == set(places.findall(english)), dutch


def test_an_english_page_has_an_english_frame_and_dutch_content(
    client: Client, small: None
) -> None:
    page = text(client.get("/en/kleine-deal/"))
    assert '<html lang="en"' in page
    assert '<main id="inhoud" tabindex="-1">' in page
    assert ">Money</a>" in page
    assert 'together for <span lang="nl">' in page
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


SAYING = (
    "", "geld/", "projecten/", "projecten/?woorden=zzz&pijler=wonen", "projecten/?pijler=lucht",
    "projecten/nergens/", "gemeenten/", "gemeenten/noord/", "gemeenten/nergens/", "partijen/",
    "resultaten/", "tranches/", "tranches/1/", "tranches/2b/", "tranches/9/", "documenten/",
    "documenten/uitvoeringsprogramma-9.pdf", "documenten/uitvoeringsprogramma-1.doc",
    "wijzigingen/?van=2018-01-01", "wijzigingen/?van=2021-01-01&tot=2020-01-01",
    "wijzigingen/?bekend-van=1", "gesteld-en-berekend/", "zoeken/", "zoeken/?q=wonen",
    "zoeken/?q=zzz", "projecten/wonen-1/", "projecten/werken-1/", "projecten/wonen-2/",
    "herkomst/awarded", "herkomst/awarded?pillar=wonen&tranche=2b", "herkomst/room",
    "herkomst/promised", "herkomst/reserved_open", "herkomst/parties", "herkomst/ends",
    "herkomst/results", "herkomst/new", "herkomst/x", "?peildatum=x", "?bekend=999",
    "?peildatum=2010-01-01",
)  # fmt: skip


IN_DRAWINGS = ("De gemeenten samen", "Eerste van werken", "Eerste van wonen")


@pytest.mark.parametrize("deal", ["kleine-deal", "brede-deal", "lege-deal"])
def test_on_english_pages_all_is_english_but_what_the_deal_says(client: Client, deal: str) -> None:
    registers.small_deal()
    registers.wide_deal(awarded=100)
    registers.empty_deal()
    tell_more()
    for path in (f"/en/{deal}/{rest}" for rest in SAYING):
        page = client.get(path).content.decode()
        assert dutch_in_english(page, IN_DRAWINGS) == [], path
        assert english_in_dutch(page) == [], path


@pytest.mark.parametrize("path", ["/en/", "/en/privacy/", "/en/toegankelijkheid/", "/en/x/y/z/"])
def test_pages_of_the_site_itself_are_english(client: Client, small: None, path: str) -> None:
    assert dutch_in_english(client.get(path, follow=True).content.decode()) == []


def test_dutch_left_on_an_english_page_would_be_found() -> None:
    left = '<html lang="en"><p>Nog geen project</p><p lang="nl">Nog geen</p><i title="van"></i>'
    assert len(dutch_in_english(left)) == 2
    assert english_in_dutch('<html lang="nl"><p>Part of the deal</p>') == ["Part of the deal"]


def test_amounts_on_an_english_page_are_in_english_notation(client: Client, small: None) -> None:
    page = text(client.get("/en/kleine-deal/gesteld-en-berekend/"))
    assert "€100" in page
    assert "€\u00a0" not in page
