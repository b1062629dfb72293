"""The pages of projects and municipalities in a browser: accessible, by keyboard, on paper."""

import pytest
from playwright.sync_api import Page

from tests.browser.test_pages import WIDTHS, open_all, violations
from tests.integration.web.test_project_pages import tell_more

pytestmark = pytest.mark.browser

STATES = {
    "projects": "/kleine-deal/projecten/",
    "projects chosen": "/kleine-deal/projecten/?pijler=wonen&volgorde=bedrag&status=afgerond",
    "projects without a match": "/kleine-deal/projecten/?pijler=werken&woorden=zzz",
    "projects of an unknown choice": "/kleine-deal/projecten/?pijler=lucht&tranche=9",
    "projects on another day": "/kleine-deal/projecten/?peildatum=2019-11-15",
    "project": "/kleine-deal/projecten/wonen-1/",
    "project with a reservation": "/kleine-deal/projecten/werken-1/",
    "project paid from another": "/kleine-deal/projecten/wonen-2/",
    "unknown project": "/kleine-deal/projecten/bestaat-niet/",
    "municipalities": "/kleine-deal/gemeenten/",
    "municipality": "/kleine-deal/gemeenten/noord/",
    "unknown municipality": "/kleine-deal/gemeenten/nergens/",
    "parties": "/kleine-deal/partijen/",
    "results": "/kleine-deal/resultaten/",
    "projects of twelve themes": "/brede-deal/projecten/",
    "project of twelve themes": "/brede-deal/projecten/thema-1-1/",
    "municipalities of none": "/brede-deal/gemeenten/",
    "projects without facts": "/lege-deal/projecten/",
    "parties without facts": "/lege-deal/partijen/",
    "results without facts": "/lege-deal/resultaten/",
}
BY_NIGHT = ("projects chosen", "project", "municipality", "results")


@pytest.fixture
def told(site: str) -> str:
    """The site, with all there is to tell of the small deal."""
    tell_more()
    return site


@pytest.mark.parametrize("path", STATES.values(), ids=STATES.keys())
def test_a_page_is_accessible_and_fits_every_screen(page: Page, told: str, path: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(told + path)
        open_all(page)
        assert violations(page) == [], width
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, width


@pytest.mark.parametrize("state", BY_NIGHT)
def test_by_night_a_page_is_as_accessible(page: Page, told: str, state: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(told + STATES[state])
    open_all(page)
    assert violations(page) == []


def test_projects_are_chosen_with_the_keyboard_alone(page: Page, told: str) -> None:
    page.goto(told + STATES["projects"])
    page.get_by_role("checkbox", name="Wonen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("exloermond")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projecten/?**")
    assert page.get_by_role("heading", level=2).first.inner_text() == "1 van 3 projecten"
    assert page.get_by_role("checkbox", name="Wonen").is_checked()
    assert page.get_by_label("Zoek in projecten").input_value() == "exloermond"


def test_a_choice_is_taken_away_with_a_link(page: Page, told: str) -> None:
    page.goto(told + "/kleine-deal/projecten/?pijler=wonen&penvoerder=zuid")
    page.get_by_role("link", name="pijler Wonen").click()
    page.wait_for_url("**/projecten/?penvoerder=zuid#lijst")
    assert not page.get_by_role("checkbox", name="Wonen").is_checked()
    assert page.get_by_label("Penvoerder").input_value() == "zuid"


@pytest.mark.parametrize("state", ["projects chosen", "project", "municipality"])
def test_everything_is_reached_with_the_tab_key(page: Page, told: str, state: str) -> None:
    page.goto(told + STATES[state])
    wanted = page.locator("a[href], button, select, input:not([type=hidden]), summary")
    number = wanted.evaluate_all("all => all.filter(each => each.checkVisibility()).length")
    seen = set()
    for _ in range(number):
        page.keyboard.press("Tab")
        focus = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        seen.add(focus)
        drawn = (
            "[document.activeElement, document.activeElement.closest('.pill')].some("
            "each => each && getComputedStyle(each).outlineWidth === '3px')"
        )
        if not page.evaluate("document.activeElement.closest('svg') !== null"):
            assert page.evaluate(drawn)
    assert len(seen) == number


def test_on_the_map_a_municipality_leads_to_its_sheet(page: Page, told: str) -> None:
    page.goto(told + "/kleine-deal/")
    page.get_by_role("listitem").get_by_role("link", name="Noord 1 project").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Noord"


def test_a_printed_sheet_has_two_sides_at_most(page: Page, told: str) -> None:
    page.goto(told + STATES["municipality"])
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= printed.count(b"/Type /Page\n") <= 2
