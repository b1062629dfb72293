"""The web page of a document, as a browser shows it."""

import pytest
from playwright.sync_api import Page

from noaber.documents.html import write_html
from noaber.editions.programme import compose
from noaber.monitor.views import DealView
from tests.browser.looking import WIDTHS, too_wide, violations
from tests.factories import reference_deal, strange_deals

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("view", "tranche"),
    [
        (reference_deal.view(), "6"),
        (strange_deals.flat_themes(), "8"),
        (strange_deals.nothing_yet(), "1"),
    ],
)
def test_the_page_of_a_document_is_accessible_and_fits_every_screen(
    page: Page, view: DealView, tranche: str
) -> None:
    page.set_content(write_html(compose(view, tranche)).decode())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
        assert too_wide(page) == 0, width
