"""Search, changes and the other language in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.states import STATES

pytestmark = pytest.mark.browser


def test_from_the_home_page_a_search_leads_to_a_project(page: Page, site: str) -> None:
    page.goto(f"{site}/kleine-deal/?peildatum=2020-12-31")
    page.locator("main").get_by_label("Zoek een project, plaats of partij").fill("wonen")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("wonen")
    page.get_by_role("link", name="1 Eerste van wonen").click()
    page.wait_for_url("**/projecten/wonen-1/?peildatum=2020-12-31**")


def test_the_switch_changes_the_language_and_keeps_the_page(page: Page, site: str) -> None:
    page.goto(site + STATES["tranche"])
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
    assert page.url == f"{site}/en{STATES['tranche']}"
    page.get_by_role("link", name="Nederlands").click()
    page.wait_for_url(site + STATES["tranche"])


def test_a_period_is_chosen_with_the_form(page: Page, site: str) -> None:
    page.goto(site + STATES["no changes"])
    page.get_by_role("group", name="Van").get_by_label("Stand op").fill("2018")
    page.get_by_role("button", name="Toon wat veranderde").click()
    expect(page.get_by_role("table", name="Toekenningen (3)")).to_be_visible()
    assert "veranderd" in page.locator("h1").inner_text()
