"""The office in a browser: accessible in every state, by keyboard alone, without script, quiet."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from noaber.access import actions
from noaber.access.models import User
from noaber.access.rules import EVERYWHERE, Actor, Assignment
from noaber.web.access import TRIED_OUT
from tests.browser.looking import complaints, open_all, too_wide, violations

pytestmark = pytest.mark.browser

DEAL = "zuid-en-oost-drenthe"
OFFICE = f"/kantoor/{DEAL}/"
AT = datetime(2021, 7, 1, 12, tzinfo=UTC)
ADMIN = Actor("set-up")
PROJECT = f"{OFFICE}gegevens/projecten/werken~9/"
SHOWN = {
    "mijn werk": OFFICE,
    "een lijst": f"{OFFICE}gegevens/projecten/",
    "een lijst zonder iets": f"{OFFICE}gegevens/projecten/?zoek=bestaat+niet",
    "een formulier": PROJECT,
    "een leeg formulier": f"{OFFICE}gegevens/bronnen/nieuw/",
    "een tabel om in te vullen": f"{OFFICE}gegevens/termijnen/invullen/",
    "een lege tabel": f"{OFFICE}gegevens/prognoses/invullen/",
    "van euro naar resultaat": f"{OFFICE}sturing/",
    "van euro naar resultaat van een pijler": f"{OFFICE}sturing/?pijler=werken",
    "verdeling": f"{OFFICE}verdeling/",
    "een andere verdeling": f"{OFFICE}verdeling/?deel-werken=18000000",
    "een verdeling die niet te lezen is": f"{OFFICE}verdeling/?deel-werken=veel",
    "geschiedenis": f"{PROJECT}geschiedenis/",
    "mensen": f"{OFFICE}mensen/",
    "geheimhouding": f"{OFFICE}geheimhouding/",
    "bestanden": f"{OFFICE}bestanden/",
    "controlespoor": f"{OFFICE}controlespoor/",
    "een andere deal": "/kantoor/zes-themas/",
    "beveiliging": "/aanmelden/beveiliging/",
    "sessies": "/aanmelden/sessies/",
    "nog eens": "/aanmelden/nog-eens/",
    "wachtwoord": "/aanmelden/wachtwoord/",
}
OPEN = {
    "aanmelden": "/aanmelden/",
    "wachtwoord vergeten": "/aanmelden/wachtwoord-vergeten/",
    "mail verstuurd": "/aanmelden/wachtwoord-vergeten/verstuurd/",
    "alleen op uitnodiging": "/aanmelden/alleen-op-uitnodiging/",
}


def admitted(role: str, name: str) -> User:
    where = EVERYWHERE if role in ("administrator", "auditor") else DEAL
    wanted = Assignment("", "", role, where, since=date(2019, 1, 1))
    code, _ = actions.admit(wanted, email=f"{name}@voorbeeld.example", name=name, by=ADMIN, at=AT)
    return User.objects.get(code=code)


def cookie_of(user: User) -> str:
    """A session in which somebody has signed in and taken the second step."""
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[TRIED_OUT] = True
    session.save()
    return str(client.cookies["sessionid"].value)


@pytest.fixture
def anna(browser: Browser, reference_site: str, settings: Settings) -> Iterator[Page]:
    """A page of somebody of the programme office, without script."""
    settings.TRYOUT = True
    context = browser.new_context(locale="nl-NL", java_script_enabled=True)
    value = cookie_of(admitted("programme_office", "Anna"))
    context.add_cookies([{"name": "sessionid", "value": value, "url": reference_site}])
    page = context.new_page()
    page.goto(reference_site + OFFICE)
    yield page
    context.close()


def examined(page: Page, state: str, found: dict[str, list[str]]) -> None:
    open_all(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wrong = violations(page)
            if over := too_wide(page):
                wrong.append(f"{over} pixels te breed")
            if wrong:
                found[f"{state} op {width}, {scheme}"] = wrong


def test_every_page_of_the_office_is_accessible_in_every_state(
    anna: Page, reference_site: str
) -> None:
    found: dict[str, list[str]] = {}
    for state, path in SHOWN.items():
        anna.goto(reference_site + path)
        examined(anna, state, found)
    anna.goto(reference_site + PROJECT)
    anna.get_by_label("Naam", exact=True).fill("")
    anna.get_by_label("Begint").fill("31-02-2020")
    anna.get_by_role("button", name="Vastleggen").click()
    anna.get_by_role("alert").wait_for()
    examined(anna, "een formulier met fouten", found)
    anna.goto(f"{reference_site}{OFFICE}mensen/")
    anna.get_by_role("button", name="Rol geven").click()
    anna.get_by_role("alert").wait_for()
    examined(anna, "een rol met fouten", found)
    anna.goto(f"{reference_site}{OFFICE}bestanden/")
    anna.get_by_role("button", name="Bestand toevoegen").click()
    anna.get_by_role("alert").wait_for()
    examined(anna, "een bestand met fouten", found)
    assert found == {}


def test_no_page_of_the_office_breaks_the_policy(anna: Page, reference_site: str) -> None:
    faults = complaints(anna)
    for path in (*SHOWN.values(), *OPEN.values()):
        anna.goto(reference_site + path, wait_until="networkidle")
    # The browser itself notes each answer that is not a success, and gives advice on forms.
    told = ("Failed to load resource", "[DOM]")
    assert [f for f in faults if not f.startswith(told)] == []


def test_every_page_to_sign_in_is_accessible(page: Page, reference_site: str) -> None:
    found: dict[str, list[str]] = {}
    for state, path in OPEN.items():
        page.goto(reference_site + path)
        examined(page, state, found)
    page.goto(f"{reference_site}/aanmelden/")
    page.get_by_label("E-mailadres").fill("niemand@voorbeeld.example")
    page.get_by_label("Wachtwoord", exact=True).fill("iets dat niet klopt")
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_role("alert").first.wait_for()
    examined(page, "een verkeerd wachtwoord", found)
    assert found == {}


def test_a_project_is_changed_by_keyboard_alone(anna: Page, reference_site: str) -> None:
    anna.goto(f"{reference_site}{OFFICE}gegevens/projecten/")
    _tab_to(anna, "")
    anna.keyboard.press("Enter")
    anna.wait_for_url("**/gegevens/projecten/*~*/")
    _tab_to(anna, "", tag="INPUT", name="kopje")
    anna.keyboard.press("Control+A")
    anna.keyboard.type("Met de toetsen")
    _tab_to(anna, "Vastleggen", tag="BUTTON")
    anna.keyboard.press("Enter")
    anna.wait_for_url("**/gegevens/projecten/")
    assert "Vastgelegd." in anna.get_by_role("status").first.inner_text()


def _tab_to(page: Page, words: str, *, tag: str = "A", name: str = "") -> None:
    """Press Tab until the focus is on something in the work itself; fails when it never is."""
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement; return {tag: e.tagName, "
            "text: e.innerText || '', name: e.name || '', main: !!e.closest('tbody, .office-form')}; }"
        )
        if here["tag"] == tag and here["main"] and words in here["text"] and name in here["name"]:
            return
    raise AssertionError(f"the Tab key never reaches {tag} {words}{name}")
