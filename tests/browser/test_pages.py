"""What can be done on the public pages in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import violations
from tests.browser.states import STATES

pytestmark = pytest.mark.browser


def test_an_empty_register_has_an_accessible_page(page: Page, server: str) -> None:
    page.goto(server)
    assert violations(page) == []


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, site: str) -> None:
    page.goto(site + STATES["home"])
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Ga direct naar de inhoud")
    assert link.evaluate("each => each === document.activeElement")
    assert link.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_on_a_phone_each_amount_has_its_label_beside_it(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(site + STATES["money"])
    cell = page.locator(".matrix tbody td").first
    assert cell.evaluate("each => getComputedStyle(each, '::before').content") == '"Werken"'
    assert page.get_by_role("table", name="Toegekend per tranche en pijler").count() == 1


def test_the_exact_amount_shows_on_focus(page: Page, site: str) -> None:
    shown = "each => getComputedStyle(each, '::after').display"
    page.goto(site + STATES["home"])
    figure = page.locator(".four .figure").first
    figure.evaluate("each => each.setAttribute('data-exact', '€ 40.000.000')")
    assert figure.evaluate(shown) == "none"
    page.keyboard.press("Tab")
    figure.focus()
    assert figure.evaluate(shown) == "block"


def test_a_form_shows_the_figure_at_another_moment(page: Page, site: str) -> None:
    page.goto(site + STATES["origin"])
    page.get_by_label("Stand op").fill("november 2019")
    page.get_by_role("button", name="Toon dit moment").click()
    expect(page.locator(".answer-sum")).to_have_text("€\u00a0100")
    assert page.get_by_label("Stand op").input_value() == "november 2019"
