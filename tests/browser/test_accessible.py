"""Every page in every state: accessible, within the screen, quiet, with script and without."""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import WIDTHS, complaints, open_all, too_wide, violations
from tests.browser.states import STATES

pytestmark = pytest.mark.browser

# Between the two it differs from one of them in nothing that axe looks at.
EXAMINED = (320, 1280)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_every_screen(
    page: Page, told: str, scheme: str, language: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found: dict[str, list[str]] = {}
    for state, path in STATES.items():
        page.goto(told + language + path)
        open_all(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong = violations(page) if width in EXAMINED else []
            if over := too_wide(page):
                wrong.append(f"{over} pixels te breed")
            if wrong:
                found[f"{state} op {width}"] = wrong
    assert found == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_breaks_the_policy_or_asks_another_host(
    page: Page, told: str, language: str
) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    faults = complaints(page)
    for path in STATES.values():
        page.goto(told + language + path)
    assert hosts == {told.removeprefix("http://")}
    # The browser itself notes each answer that is not a success.
    assert [f for f in faults if not f.startswith("Failed to load resource")] == []


def test_every_page_says_the_same_without_script(page: Page, plain_page: Page, told: str) -> None:
    for state, path in STATES.items():
        page.goto(told + path)
        plain_page.goto(told + path)
        assert plain_page.locator("body").inner_text() == page.locator("body").inner_text(), state
