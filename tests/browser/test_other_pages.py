"""Tranches, documents, changes, search and statements in a browser, in Dutch and in English."""

import pytest
from playwright.sync_api import Page

from tests.browser.test_pages import WIDTHS, open_all, violations

pytestmark = pytest.mark.browser

STATES = {
    "tranches": "/kleine-deal/tranches/",
    "tranche": "/kleine-deal/tranches/2b/",
    "tranche with inferred amounts": "/kleine-deal/tranches/2/",
    "no such tranche": "/kleine-deal/tranches/9/",
    "tranches without facts": "/lege-deal/tranches/",
    "documents": "/kleine-deal/documenten/",
    "documents without facts": "/lege-deal/documenten/",
    "no such document": "/kleine-deal/documenten/uitvoeringsprogramma-9.pdf",
    "changes": "/kleine-deal/wijzigingen/?van=2018-01-01&tot=2020-12-31",
    "no changes": "/kleine-deal/wijzigingen/?van=2021-02-01&tot=2021-02-02",
    "changes of twelve themes": "/brede-deal/wijzigingen/?van=2018-01-01",
    "changes without facts": "/lege-deal/wijzigingen/",
    "wrong period": "/kleine-deal/wijzigingen/?van=2021-01-01&tot=2020-01-01",
    "search": "/kleine-deal/zoeken/?q=wonen",
    "search without words": "/kleine-deal/zoeken/",
    "search without hits": "/kleine-deal/zoeken/?q=waterstof",
    "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/",
}
IN_FULL = ("/kleine-deal/", "/kleine-deal/geld/", "/kleine-deal/herkomst/awarded?pillar=wonen")


@pytest.mark.parametrize("path", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_accessible_and_fits_every_screen(
    page: Page, site: str, path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for language in ("", "/en"):
            page.goto(site + language + path)
            open_all(page)
            assert violations(page) == [], (width, language)
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(over) == 0, (width, language)


@pytest.mark.parametrize("path", [*IN_FULL, "/", "/nergens/", "/kleine-deal/?peildatum=x"])
def test_in_english_the_other_pages_are_as_accessible(page: Page, site: str, path: str) -> None:
    page.goto(f"{site}/en{path}")
    open_all(page)
    assert violations(page) == []


def test_no_page_asks_another_host_for_anything(page: Page, site: str) -> None:
    hosts: set[str] = set()
    faults: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in (STATES["tranche"], STATES["changes"], STATES["search"], STATES["privacy"]):
        page.goto(site + path)
        page.goto(f"{site}/en{path}")
    assert hosts == {site.removeprefix("http://")}
    assert faults == []


def test_from_the_home_page_a_search_leads_to_a_project(page: Page, site: str) -> None:
    page.goto(f"{site}/kleine-deal/?peildatum=2020-12-31")
    page.locator("main").get_by_label("Zoek een project, plaats of partij").fill("wonen")
    page.keyboard.press("Enter")
    assert page.locator("mark").first.inner_text() == "wonen"
    page.get_by_role("link", name="1 Eerste van wonen").click()
    assert "/projecten/wonen-1/?peildatum=2020-12-31" in page.url


def test_the_switch_changes_the_language_and_keeps_the_page(page: Page, site: str) -> None:
    page.goto(site + STATES["tranche"])
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("navigation", name="Main menu").is_visible()
    assert page.url == f"{site}/en{STATES['tranche']}"
    page.get_by_role("link", name="Nederlands").click()
    assert page.url == site + STATES["tranche"]


def test_a_period_is_chosen_with_the_form(page: Page, site: str) -> None:
    page.goto(site + STATES["no changes"])
    page.get_by_role("group", name="Van").get_by_label("Stand op").fill("2018")
    page.get_by_role("button", name="Toon wat veranderde").click()
    assert "veranderd" in page.locator("h1").inner_text()
    assert page.get_by_role("table", name="Toekenningen (3)").is_visible()
