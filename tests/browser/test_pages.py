"""The public pages in a browser: accessible, within the screen, by keyboard, from one host."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STATES = {
    "list of deals": "/",
    "home": "/kleine-deal/",
    "home on another day": "/kleine-deal/?peildatum=2019-11-15",
    "money": "/kleine-deal/geld/",
    "origin": "/kleine-deal/herkomst/awarded?pillar=wonen",
    "origin that differs": "/kleine-deal/herkomst/awarded?pillar=wonen&tranche=2b",
    "origin of room": "/kleine-deal/herkomst/room?pillar=werken",
    "origin of a text": "/kleine-deal/herkomst/ends",
    "stated and computed": "/kleine-deal/gesteld-en-berekend/",
    "unknown figure": "/kleine-deal/herkomst/bestaat-niet",
    "wrong moment": "/kleine-deal/?peildatum=31-13-2021",
    "before the deal": "/kleine-deal/?peildatum=2010-01-01",
    "not found": "/nergens/te/vinden/",
    "home of twelve themes": "/brede-deal/",
    "money of twelve themes": "/brede-deal/geld/",
    "home without facts": "/lege-deal/",
    "money without facts": "/lege-deal/geld/",
}
WIDTHS = (320, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds: the rule and the elements."""
    axe = (Path(settings.FRONTEND) / "test" / "axe.min.js").read_text("utf-8")
    page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", RULES
    )
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("path", STATES.values(), ids=STATES.keys())
def test_a_page_is_accessible_and_fits_every_screen(page: Page, site: str, path: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site + path)
        open_all(page)
        assert violations(page) == [], width
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, width


@pytest.mark.parametrize("path", [STATES["home"], STATES["money"], STATES["origin that differs"]])
def test_by_night_a_page_is_as_accessible(page: Page, site: str, path: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site + path)
    open_all(page)
    assert violations(page) == []


def test_an_empty_register_has_an_accessible_page(page: Page, server: str) -> None:
    page.goto(server)
    assert violations(page) == []


@pytest.mark.parametrize("path", [STATES["home"], STATES["money"], STATES["origin"]])
def test_everything_is_reached_with_the_tab_key_and_seen_to_be(
    page: Page, site: str, path: str
) -> None:
    page.goto(site + path)
    wanted = page.locator("a[href], button, input:not([type=hidden]), summary")
    number = wanted.evaluate_all("all => all.filter(each => each.checkVisibility()).length")
    seen = set()
    for _ in range(number):
        page.keyboard.press("Tab")
        focus = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        seen.add(focus)
        if not page.evaluate("document.activeElement.closest('svg') !== null"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    assert len(seen) == number


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, site: str) -> None:
    page.goto(site + STATES["home"])
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Ga direct naar de inhoud")
    assert link.evaluate("each => each === document.activeElement")
    assert link.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_no_page_asks_another_host_for_anything(page: Page, site: str) -> None:
    hosts: set[str] = set()
    faults: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.on("console", lambda message: faults.append(message.text))
    for path in (STATES["home"], STATES["money"], STATES["origin"]):
        page.goto(site + path)
    assert hosts == {site.removeprefix("http://")}
    assert faults == []


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
    assert page.locator(".answer-sum").inner_text().replace("\u00a0", " ") == "€ 100"
    assert page.get_by_label("Stand op").input_value() == "november 2019"
