"""A grid in a browser: accessible in every state, by keyboard alone, pasted into, without script."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings

from tests.browser.test_office import OFFICE, admitted, cookie_of, examined

pytestmark = pytest.mark.browser

INSTALMENTS = f"{OFFICE}gegevens/termijnen/invullen/"
FORECASTS = f"{OFFICE}gegevens/prognoses/invullen/"
LOOK = "Bekijk wat er verandert"


@pytest.fixture
def gerda(browser: Browser, reference_site: str, settings: Settings) -> Iterator[BrowserContext]:
    """A browser of the treasurer."""
    settings.TRYOUT = True
    context = browser.new_context(locale="nl-NL", base_url=reference_site)
    value = cookie_of(admitted("treasurer", "Gerda"))
    context.add_cookies([{"name": "sessionid", "value": value, "url": reference_site}])
    yield context
    context.close()


def look(page: Page) -> None:
    page.get_by_role("button", name=LOOK).first.click()


def paste(page: Page, label: str, text: str) -> None:
    """Paste a text into a cell, as a browser does."""
    page.get_by_label(label, exact=True).focus()
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_grid_is_accessible_in_every_state(gerda: BrowserContext) -> None:
    page = gerda.new_page()
    found: dict[str, list[str]] = {}
    page.goto(INSTALMENTS)
    amount = page.get_by_label("Bedrag, Rijksbijdrage uit de Regio Envelop, 1", exact=True)
    amount.fill("12.5")
    page.get_by_label("Nummer, Nieuw 1", exact=True).fill("drie")
    look(page)
    page.get_by_role("alert").wait_for()
    examined(page, "fouten in cellen", found)
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator(":focus")).to_have_value("12.5")
    page.goto(INSTALMENTS)
    amount.fill("9.100.000")
    look(page)
    page.get_by_role("heading", name="Dit verandert").wait_for()
    examined(page, "wat er verandert", found)
    page.goto(FORECASTS)
    page.get_by_text("Plak hier uit een rekenblad").click()
    page.get_by_label("Gekopieerde rijen").fill("\t".join("123456789"))
    page.get_by_role("button", name="Zet in de tabel").click()
    page.get_by_role("alert").wait_for()
    examined(page, "iets dat niet te plakken is", found)
    assert found == {}


def test_a_range_is_pasted_into_a_cell_and_taken_back(gerda: BrowserContext) -> None:
    page = gerda.new_page()
    page.goto(FORECASTS)
    rows = [f"werken-3\t{year}\t2022-01-10\t{year}.000" for year in range(2018, 2024)]
    paste(page, "Project, Nieuw 1", "\r\n".join(rows) + "\r\n")
    last = page.get_by_label("Bedrag, Nieuw 6", exact=True)
    assert last.input_value() == "2023.000"
    assert page.locator("[data-column=bedrag]").count() == 6
    page.get_by_role("button", name="Stap terug").click()
    assert last.input_value() == ""
    paste(page, "Project, Nieuw 1", "werken-3\t2022\t2022-01-10\t600.000")
    page.get_by_label("Bron van nieuwe rijen zonder bron").select_option("up6")
    look(page)
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_text("Vastgelegd.").wait_for()
    amount = page.get_by_label("Bedrag, 3 IT-hub, 2022, 2022-01-10", exact=True)
    assert amount.input_value() == "600.000"
    page.close()


def test_a_step_back_gives_what_was_there_before(gerda: BrowserContext) -> None:
    page = gerda.new_page()
    page.goto(INSTALMENTS)
    back = page.get_by_role("button", name="Stap terug")
    assert back.is_disabled()
    amount = page.get_by_label("Bedrag, Rijksbijdrage uit de Regio Envelop, 1", exact=True)
    for text in ("1", "2"):
        amount.fill(text)
        amount.press("Tab")
    back.click()
    assert amount.input_value() == "1"
    back.click()
    assert amount.input_value() == "9.200.000"
    assert back.is_disabled()


def test_a_grid_is_filled_in_by_keyboard_alone(gerda: BrowserContext) -> None:
    page = gerda.new_page()
    page.goto(INSTALMENTS)
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "rijk~1:bedrag":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("9.100.000")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dit verandert").wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "vastleggen":
            break
    page.keyboard.press("Enter")
    page.get_by_text("Vastgelegd.").wait_for()


def test_without_script_rows_are_added_pasted_and_recorded(
    browser: Browser, gerda: BrowserContext, reference_site: str
) -> None:
    cookies = gerda.cookies()
    context = browser.new_context(
        locale="nl-NL", base_url=reference_site, java_script_enabled=False
    )
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(FORECASTS)
    page.get_by_label("Bedrag, Nieuw 1", exact=True).fill("1")
    page.get_by_role("button", name="Meer rijen").click()
    expect(page.get_by_label("Bedrag, Nieuw 13", exact=True)).to_have_value("")
    assert page.get_by_label("Bedrag, Nieuw 1", exact=True).input_value() == "1"
    page.get_by_role("button", name="Alles ongedaan maken").click()
    expect(page.get_by_label("Bedrag, Nieuw 1", exact=True)).to_have_value("")
    page.get_by_text("Plak hier uit een rekenblad").click()
    page.get_by_label("Gekopieerde rijen").fill("3 IT-hub\t2022\t2022-01-10\t600.000\t\tup6")
    page.get_by_role("button", name="Zet in de tabel").click()
    expect(page.get_by_label("Bedrag, Nieuw 1", exact=True)).to_have_value("600.000")
    look(page)
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_text("Vastgelegd.").wait_for()
    context.close()


def many(count: int) -> str:
    """Forecasts as a spreadsheet copies them: each of another day."""
    days = (date(2020, 1, 1) + timedelta(days=number) for number in range(count))
    return "".join(f"werken-3\t2022\t{day}\t1.000\t\tup6\n" for day in days)


def test_five_hundred_rows_are_pasted_and_one_of_them_is_changed(gerda: BrowserContext) -> None:
    page = gerda.new_page()
    page.goto(FORECASTS)
    paste(page, "Project, Nieuw 1", many(1001))
    assert page.get_by_text("Dit zijn 1.001 rijen; hoogstens 1.000 tegelijk.").is_visible()
    paste(page, "Project, Nieuw 1", many(500))
    page.get_by_label("Bedrag, Nieuw 500", exact=True).fill("12.5")
    look(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator(":focus")).to_have_value("12.5")
    page.keyboard.press("Control+A")
    page.keyboard.type("2.000")
    look(page)
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_text("Vastgelegd.").wait_for()
    amounts = page.locator(".grid:not(.is-new) [data-column=bedrag]")
    expect(amounts).to_have_count(500)
    amounts.last.fill("3.000")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        look(page)
    # One cell of the five hundred rows was typed in, so one is sent.
    names = parse_qs(sent.value.post_data or "")
    assert [name for name in names if name.endswith(":bedrag")] == [
        "werken-3~2022~2021-05-14:bedrag"
    ]
    expect(page.locator(".grid-preview tbody tr")).to_have_count(1)
    page.get_by_label("Toelichting, 3 IT-hub, 2022, 2020-01-01", exact=True).fill("Ook")
    look(page)
    # What was typed before the first look is still there at the second.
    expect(page.locator(".grid-preview tbody tr")).to_have_count(2)


def test_without_script_five_hundred_rows_are_recorded_and_changed(
    browser: Browser, gerda: BrowserContext, reference_site: str
) -> None:
    context = browser.new_context(
        locale="nl-NL", base_url=reference_site, java_script_enabled=False
    )
    context.add_cookies(gerda.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(FORECASTS)
    page.get_by_text("Plak hier uit een rekenblad").click()
    page.get_by_label("Gekopieerde rijen").fill(many(500))
    page.get_by_role("button", name="Zet in de tabel").click()
    expect(page.get_by_label("Bedrag, Nieuw 500", exact=True)).to_have_value("1.000")
    look(page)
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_text("Vastgelegd.").wait_for()
    amounts = page.locator(".grid:not(.is-new) [data-column=bedrag]")
    amounts.last.fill("3.000")
    look(page)
    expect(page.locator(".grid-preview tbody tr")).to_have_count(1)
    expect(amounts).to_have_count(500)
    context.close()
