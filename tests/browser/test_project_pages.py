"""Choosing projects, the map and the printed sheet in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.states import STATES

pytestmark = pytest.mark.browser


def test_projects_are_chosen_with_the_keyboard_alone(page: Page, told: str) -> None:
    page.goto(told + STATES["projects"])
    page.get_by_role("checkbox", name="Wonen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("exloermond")
    page.keyboard.press("Enter")
    page.wait_for_url("**woorden=exloermond**")
    expect(page.get_by_role("heading", level=2).first).to_have_text("1 van 3 projecten")
    assert page.get_by_role("checkbox", name="Wonen").is_checked()
    assert page.get_by_label("Zoek in projecten").input_value() == "exloermond"


def test_a_choice_is_taken_away_with_a_link(page: Page, told: str) -> None:
    page.goto(told + "/kleine-deal/projecten/?pijler=wonen&penvoerder=zuid")
    page.get_by_role("link", name="pijler Wonen").click()
    page.wait_for_url("**/projecten/?penvoerder=zuid#lijst")
    assert not page.get_by_role("checkbox", name="Wonen").is_checked()
    assert page.get_by_label("Penvoerder").input_value() == "zuid"


def test_on_the_map_a_municipality_leads_to_its_sheet(page: Page, told: str) -> None:
    page.goto(told + "/kleine-deal/")
    page.get_by_role("listitem").get_by_role("link", name="Noord 1 project").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noord")


def test_a_printed_sheet_has_two_sides_at_most(page: Page, told: str) -> None:
    page.goto(told + STATES["municipality"])
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= printed.count(b"/Type /Page\n") <= 2
