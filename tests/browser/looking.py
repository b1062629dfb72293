"""What a test sees of a page in a browser, and how it fills in a form."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page, Request

WIDTHS = (320, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What axe-core finds: the rule and the elements."""
    if not page.evaluate("'axe' in window"):
        axe = Path(settings.FRONTEND) / "test" / "axe.min.js"
        page.evaluate(axe.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", RULES
    )
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]


def open_all(page: Page) -> None:
    """Open all that folds."""
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def complaints(page: Page) -> list[str]:
    """What the browser complains of from now on: a fault, a broken policy, another host."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: _failed(request, found))
    return found


def _failed(request: Request, found: list[str]) -> None:
    # A page that is left before all of it has come is no fault of the page.
    if request.failure != "net::ERR_ABORTED":
        found.append(f"mislukt: {request.url}")


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Fill in fields by their names, adding rows where they are not there yet.

    Waits for the page with the form: a click that leads to it may still be on its way.
    """
    for name, value in values.items():
        field = page.locator(f'[name="{name}"]:not([type=hidden])')
        adding = page.locator(f"#erbij-{name.partition('-')[0]}")
        field.or_(adding).first.wait_for(state="attached")
        if not field.count():
            adding.click()
            field.wait_for()
        if field.get_attribute("type") == "checkbox":
            field.set_checked(bool(value))
        elif field.evaluate("f => f.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
