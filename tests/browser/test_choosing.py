"""Forms that change a part of the page at once, with script and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import complaints, violations

pytestmark = pytest.mark.browser

PROJECTS = "/kleine-deal/projecten/"
SEARCH = "/kleine-deal/zoeken/"
ORIGIN = "/kleine-deal/herkomst/awarded?pillar=wonen"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.value"))


def test_a_choice_shows_at_once_and_keeps_address_and_focus(page: Page, told: str) -> None:
    faults = complaints(page)
    page.goto(told + PROJECTS)
    page.evaluate("window.kept = true")
    page.get_by_role("checkbox", name="Wonen").focus()
    page.keyboard.press("Space")
    heading = page.locator("#lijst")
    expect(heading).to_have_text("2 van 3 projecten")
    assert heading.get_attribute("aria-live") == "polite"
    assert page.evaluate("window.kept")
    assert "pijler=wonen" in page.url
    assert page.title().startswith("Projecten: 2 van 3 projecten")
    assert focused(page) == "wonen"
    page.get_by_label("Zoek in projecten").fill("zzz")
    expect(heading).to_have_text("0 van 3 projecten")
    assert focused(page) == "woorden"
    assert faults == []
    assert violations(page) == []


def test_the_heading_that_is_announced_is_the_same_element_all_along(page: Page, told: str) -> None:
    page.goto(told + PROJECTS)
    page.evaluate("document.querySelector('#lijst').kept = true")
    page.get_by_label("Tranche").select_option("1")
    page.wait_for_url("**tranche=1**")
    expect(page.locator("#lijst")).to_contain_text("van 3")
    assert page.evaluate("document.querySelector('#lijst').kept")


def test_the_address_of_a_choice_shows_the_same_when_opened_or_gone_back_to(
    page: Page, told: str
) -> None:
    page.goto(told + PROJECTS)
    page.get_by_role("checkbox", name="Wonen").check()
    expect(page.locator("#lijst")).to_have_text("2 van 3 projecten")
    page.reload()
    expect(page.locator("#lijst")).to_have_text("2 van 3 projecten")
    assert page.get_by_role("checkbox", name="Wonen").is_checked()
    page.go_back()
    expect(page.locator("#lijst")).to_have_text("Alle 3 projecten")


def test_of_a_choice_only_the_address_is_kept_until_the_tab_is_closed(
    page: Page, told: str
) -> None:
    page.goto(told + PROJECTS)
    page.get_by_role("checkbox", name="Wonen").check()
    expect(page.locator("#lijst")).to_have_text("2 van 3 projecten")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("Object.keys(sessionStorage)") == ["htmx-current-path-for-history"]
    assert page.context.cookies() == []


def test_search_shows_hits_while_typing(page: Page, told: str) -> None:
    faults = complaints(page)
    page.goto(told + SEARCH)
    field = page.locator("main").get_by_label("Zoek een project, plaats of partij")
    field.press_sequentially("wonen")
    expect(page.locator("h1")).to_contain_text("“wonen” gevonden")
    expect(page.locator("mark").first).to_have_text("wonen")
    assert "q=wonen" in page.url
    assert field.evaluate("each => each === document.activeElement")
    field.fill("waterstof")
    expect(page.locator("h1")).to_have_text("Niets gevonden voor “waterstof”")
    assert faults == []


def test_another_moment_shows_in_place_and_links_keep_it(page: Page, told: str) -> None:
    faults = complaints(page)
    page.goto(told + ORIGIN)
    page.evaluate("window.kept = true")
    page.get_by_label("Stand op").fill("november 2019")
    page.get_by_role("button", name="Toon dit moment").press("Enter")
    outcome = page.get_by_role("status")
    expect(outcome).to_contain_text("Cijfers per 30 november 2019")
    assert "€\u00a0100" in outcome.inner_text()
    assert page.locator(".answer-sum").inner_text() == "€\u00a0100"
    assert page.evaluate("window.kept")
    assert focused(page) == "toon-moment"
    menu = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Geld")
    assert "peildatum=2019-11-30" in str(menu.get_attribute("href"))
    expect(page.locator("#momentbalk")).to_contain_text("Terug naar nu")
    assert faults == []
    assert violations(page) == []


def test_a_moment_that_cannot_be_read_is_told_and_can_be_put_right(page: Page, told: str) -> None:
    page.goto(told + ORIGIN)
    page.get_by_label("Stand op").fill("31-13-2021")
    page.get_by_role("button", name="Toon dit moment").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("Stand op").input_value() == "31-13-2021"
    page.get_by_label("Stand op").fill("november 2019")
    page.get_by_role("button", name="Toon dit moment").click()
    expect(page.locator(".answer-sum")).to_have_text("€\u00a0100")


def test_without_script_the_same_forms_do_the_same(plain_page: Page, told: str) -> None:
    page = plain_page
    page.goto(told + PROJECTS)
    page.get_by_role("checkbox", name="Wonen").check()
    page.get_by_role("button", name="Toon projecten").click()
    expect(page.locator("#lijst")).to_have_text("2 van 3 projecten")
    page.goto(told + SEARCH)
    page.locator("main").get_by_label("Zoek een project, plaats of partij").fill("wonen")
    page.locator("main").get_by_role("button", name="Zoek").click()
    expect(page.locator("mark").first).to_have_text("wonen")
    page.goto(told + ORIGIN)
    page.get_by_label("Stand op").fill("november 2019")
    page.get_by_role("button", name="Toon dit moment").click()
    expect(page.locator(".answer-sum")).to_have_text("€\u00a0100")
