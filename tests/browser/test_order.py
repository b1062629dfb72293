"""The order of pages: for the keyboard, and for who hears them read out."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.states import KINDS, STATES

pytestmark = pytest.mark.browser

_STOPS = "a[href]:not([tabindex='-1']), button, select, input:not([type=hidden]), summary, [tabindex='0']"
_VISIBLE = f"""() => [...document.querySelectorAll("{_STOPS}")]
    .filter(each => each.checkVisibility()).length"""
_FOCUS = """() => {
    const each = document.activeElement, box = each.getBoundingClientRect();
    const drawn = [each, each.closest('.pill'), each.closest('label')].some(
        seen => seen && getComputedStyle(seen).outlineStyle !== 'none'
            && parseFloat(getComputedStyle(seen).outlineWidth) >= 2);
    return {
        place: [...document.querySelectorAll('*')].indexOf(each),
        seen: drawn || each.closest('svg') !== null,
        within: box.bottom > 0 && box.top < innerHeight,
        name: each.outerHTML.slice(0, 120),
    };
}"""
_OUTLINE = """() => ({
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .filter(each => each.checkVisibility())
        .map(each => Number(each.tagName[1])),
    landmarks: ['header', 'main', 'footer'].map(
        name => [...document.querySelectorAll(name)].filter(each => !each.closest('article'))
            .length),
    navigation: [...document.querySelectorAll('nav')].map(each => each.getAttribute('aria-label')),
    tables: [...document.querySelectorAll('table')].map(table => ({
        caption: table.caption ? table.caption.textContent.trim() : '',
        unscoped: [...table.querySelectorAll('th')].filter(each => !each.scope).length,
        unheaded: [...table.querySelectorAll('tbody tr')]
            .filter(row => !row.querySelector('th')).length,
        columns: table.querySelectorAll('thead th').length,
    })),
})"""


def tab_through(page: Page) -> list[dict[str, Any]]:
    """Every place the Tab key stops at, in its order, until it leaves the page."""
    found = []
    for _ in range(int(page.evaluate(_VISIBLE))):
        page.keyboard.press("Tab")
        found.append(page.evaluate(_FOCUS))
    return found


def test_the_tab_key_goes_through_every_page_in_reading_order_and_is_seen(
    page: Page, told: str
) -> None:
    for kind in KINDS:
        page.goto(told + STATES[kind])
        stops = tab_through(page)
        places = [stop["place"] for stop in stops]
        assert "nl-skip-link" in stops[0]["name"], kind
        assert places == sorted(set(places)), kind
        assert [stop["name"] for stop in stops if not stop["seen"]] == [], kind
        assert [stop["name"] for stop in stops if not stop["within"]] == [], kind
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('body, .nl-skip-link')"), kind


def test_every_page_reads_in_order_with_headings_landmarks_and_headed_tables(
    page: Page, told: str
) -> None:
    for state, path in STATES.items():
        page.goto(told + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        outline = page.evaluate(_OUTLINE)
        levels = outline["headings"]
        assert levels[0] == 1, state
        assert levels.count(1) == 1, state
        assert all(b - a <= 1 for a, b in pairwise(levels)), (state, levels)
        assert outline["landmarks"] == [1, 1, 1], state
        assert len(set(outline["navigation"])) == len(outline["navigation"]), state
        for table in outline["tables"]:
            assert table["caption"], state
            assert table["columns"] > 1, (state, table)
            assert (table["unscoped"], table["unheaded"]) == (0, 0), (state, table)


def test_what_a_screen_reader_reads_comes_in_the_order_it_is_seen(page: Page, told: str) -> None:
    """Headings stand below each other, so that the order of the source is that of the eye."""
    page.set_viewport_size({"width": 320, "height": 900})
    for kind in KINDS:
        page.goto(told + STATES[kind])
        tops = page.evaluate(
            "[...document.querySelectorAll('main h1, main h2, main h3')]"
            ".filter(each => each.checkVisibility() && !each.matches('.visually-hidden'))"
            ".map(each => Math.round(each.getBoundingClientRect().top))"
        )
        assert tops == sorted(tops), kind
