"""Proposals in a browser: accessible in every state, by keyboard alone, with and without script."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page

from noaber.access.rules import OFFICE
from noaber.proposals import actions, queries
from noaber.proposals.rules import Comment, Content
from noaber.proposals.texts import written
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.browser.looking import complaints, fill
from tests.browser.test_office import (  # noqa: F401  `anna` is a fixture
    ADMIN,
    DEAL,
    admitted,
    anna,
    cookie_of,
    examined,
)
from tests.factories.advice import advised
from tests.factories.proposals import complete
from tests.integration.decisions.meetings import decide, meet, order

pytestmark = pytest.mark.browser

HERE = f"/kantoor/{DEAL}/voorstellen/"
AT = datetime(2022, 2, 1, 10, tzinfo=UTC)


def made(content: Content | None = None) -> str:
    return actions.write(deal=DEAL, code="", content=content or complete(), by=ADMIN, at=AT)


def done(action: Any, code: str, **given: Any) -> None:
    action(deal=DEAL, code=code, by=ADMIN, at=AT, **given)


def prepared() -> None:
    """A concept from which much lacks, one that was returned, and one that is advised."""
    made(complete(reason="", places=(), title="Een plan met een lange naam voor op de telefoon"))
    for code in (made(complete(title="Terug")), made(complete(title="Goed"))):
        done(actions.send_in, code)
    done(actions.send_back, "v2", text="Bijna.", comments=[Comment("geld", "Te duur.")])
    changed = complete(title="Terug, maar beter")
    actions.write(deal=DEAL, code="v2", content=changed, base=latest(), by=ADMIN, at=AT)
    advised(
        "v3", deal=DEAL, by=ADMIN, at=AT, opinion="conditional", text="Mits de scholen tekenen."
    )


SHOWN = {
    "alle voorstellen": HERE,
    "geen voorstel dat past": f"{HERE}?zoek=bestaat+niet",
    "een leeg voorstel": f"{HERE}nieuw/",
    "een concept": f"{HERE}v1/",
    "wat ontbreekt": f"{HERE}v1/schrijven/?ontbreekt=ja",
    "een voorstel dat terug is": f"{HERE}v2/",
    "schrijven met opmerkingen": f"{HERE}v2/schrijven/",
    "versies": f"{HERE}v2/versies/",
    "versies zonder verschil": f"{HERE}v2/versies/?van=1&tot=1",
    "een voorstel met advies": f"{HERE}v3/",
}


def test_every_page_of_proposals_is_accessible_in_every_state(
    anna: Page,  # noqa: F811
    reference_site: str,
) -> None:
    found: dict[str, list[str]] = {}
    anna.goto(reference_site + HERE)
    examined(anna, "nog geen voorstellen", found)
    prepared()
    for state, path in SHOWN.items():
        anna.goto(reference_site + path)
        examined(anna, state, found)
    anna.goto(f"{reference_site}{HERE}nieuw/")
    anna.get_by_label("Begint").fill("ooit")
    anna.locator('[name="bedragen-0-bedrag"]').fill("veel")
    anna.get_by_role("button", name="Bewaren", exact=True).first.click()
    anna.get_by_role("alert").wait_for()
    examined(anna, "een voorstel met fouten", found)
    anna.goto(f"{reference_site}{HERE}v3/")
    anna.locator("summary", has_text="Teruggeven").click()
    anna.get_by_role("button", name="Teruggeven").click()
    anna.get_by_role("alert").wait_for()
    examined(anna, "niets gezegd bij het teruggeven", found)
    anna.goto(f"{reference_site}{HERE}v2/schrijven/")
    theirs = complete(title="Van een ander")
    actions.write(deal=DEAL, code="v2", content=theirs, base=latest(), by=ADMIN, at=AT)
    anna.get_by_label("Naam", exact=True).first.fill("Van Anna")
    anna.get_by_role("button", name="Bewaren", exact=True).first.click()
    anna.get_by_role("alert").wait_for()
    examined(anna, "een ander was eerder", found)
    assert found == {}


def test_what_everybody_reads_of_a_proposal_is_accessible(
    anna: Page,  # noqa: F811
    reference_site: str,
) -> None:
    goes_on = complete(
        project="werken-9", title="Een werkplaats met een lange naam voor op de telefoon"
    )
    code = made(goes_on)
    done(actions.send_in, code)
    advised(code, deal=DEAL, by=ADMIN, at=AT)
    done(actions.nominate, code)
    meet()
    decide(order(euros=1_000, proposal=code))
    found: dict[str, list[str]] = {}
    for language in ("", "/en"):
        anna.goto(f"{reference_site}{language}/{DEAL}/projecten/werken-9/")
        anna.get_by_role("heading", name="Een werkplaats met een lange naam").wait_for()
        examined(anna, f"project met voorstel {language}", found)
    assert found == {}


def test_no_page_of_proposals_breaks_the_policy(
    anna: Page,  # noqa: F811
    reference_site: str,
) -> None:
    """Without what judges pages, which sets styles of its own."""
    prepared()
    faults = complaints(anna)
    for path in SHOWN.values():
        anna.goto(reference_site + path, wait_until="networkidle")
    told = ("Failed to load resource", "[DOM]")
    assert [f for f in faults if not f.startswith(told)] == []


def test_a_proposal_is_written_without_script(browser: Browser, reference_site: str) -> None:
    with override_settings(TRYOUT=True):
        context = browser.new_context(locale="nl-NL", java_script_enabled=False)
        value = cookie_of(admitted("programme_office", "Bas"))
        context.add_cookies([{"name": "sessionid", "value": value, "url": reference_site}])
        page = context.new_page()
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(f"{reference_site}{HERE}nieuw/")
        fill(page, written(complete()))
        page.get_by_role("button", name="Bewaren en indienen").click()
        page.get_by_role("status").filter(has_text="Het voorstel is ingediend.").wait_for()
        context.close()
    found = queries.proposal(DEAL, "v1", Moment.ever(latest()), OFFICE)
    assert found is not None
    assert found.content == complete()


def test_a_row_is_added_by_keyboard_in_its_place(anna: Page, reference_site: str) -> None:  # noqa: F811
    anna.goto(f"{reference_site}{HERE}nieuw/")
    anna.locator('[name="risicos-0-wat"]').fill("Regen")
    for _ in range(3):
        anna.keyboard.press("Tab")
    anna.keyboard.press("Enter")
    anna.locator('[name="risicos-1-wat"]').wait_for()
    assert anna.locator('[name="risicos-0-wat"]').input_value() == "Regen"
    # The page stayed, and so did the focus: what comes next is below the new row.
    assert anna.evaluate("document.activeElement.id") == "erbij-risicos"
    assert anna.url.endswith("/nieuw/")
