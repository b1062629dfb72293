"""A passkey from a virtual authenticator of Chromium: set up in the office, and signed in with."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from noaber.access.models import User
from tests.browser.looking import complaints
from tests.browser.test_office import OFFICE, admitted, examined

pytestmark = pytest.mark.browser

SEEN = (
    "/aanmelden/beveiliging/passkeys/nieuw/",
    "/aanmelden/beveiliging/passkeys/1/",
    "/aanmelden/beveiliging/passkeys/1/weg/",
    "/aanmelden/tweede-stap/",
    "/aanmelden/nog-eens/passkey/",
)
"""What is looked at here, for `test_office_states`."""

PASSWORD = "een zin die niemand raadt"
SECOND_STEP = re.compile(r"/aanmelden/tweede-stap/(\?.*)?$")
SET_UP = re.compile(r"/aanmelden/tweede-stap/instellen/")


@pytest.fixture
def office(reference_site: str) -> str:
    """The site at a name: a browser keeps no passkey for a bare address of a machine."""
    cache.clear()  # Attempts of other tests.
    return reference_site.replace("127.0.0.1", "localhost")


@pytest.fixture
def writer(reference_site: str) -> User:
    """Somebody of the programme office, who has a password and nothing else yet."""
    user = admitted("programme_office", "Anna")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def key(page: Page) -> Iterator[Page]:
    """A page in a browser with a key in it, as a telephone or laptop has."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "ctap2Version": "ctap2_1",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    devices.send("WebAuthn.disable")


def sign_in(page: Page, office: str, user: User) -> None:
    page.goto(f"{office}/aanmelden/?next={OFFICE}")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def set_up(page: Page, office: str, user: User, found: dict[str, list[str]] | None = None) -> None:
    """Sign in for the first time and set up a passkey as second step."""
    sign_in(page, office, user)
    page.wait_for_url(SET_UP)
    page.get_by_role("link", name="Een passkey").click()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("heading", name="Passkey toevoegen").wait_for()
    if found is not None:
        examined(page, "een passkey toevoegen", found)
    page.get_by_label("Naam").fill("telefoon")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Toevoegen").click()
    page.wait_for_url(lambda address: "/passkeys/nieuw/" not in address)


def test_a_passkey_is_set_up_and_signed_in_with(key: Page, office: str, writer: User) -> None:
    found: dict[str, list[str]] = {}
    set_up(key, office, writer, found)
    assert Authenticator.objects.filter(user=writer, type="webauthn").count() == 1
    key.goto(f"{office}/aanmelden/beveiliging/passkeys/")
    expect(key.get_by_text("telefoon")).to_be_visible()
    examined(key, "passkeys", found)
    for link, heading in (("Naam veranderen", "Naam van de passkey"), ("Weghalen", "weghalen")):
        key.goto(f"{office}/aanmelden/beveiliging/passkeys/")
        key.get_by_role("link", name=link).click()
        key.get_by_role("heading", level=1, name=heading).wait_for()
        examined(key, heading, found)
    key.goto(f"{office}/aanmelden/nog-eens/passkey/")
    examined(key, "nog eens met een passkey", found)
    key.context.clear_cookies()
    key.goto(f"{office}/aanmelden/?next={OFFICE}")
    key.get_by_role("button", name="Aanmelden met een passkey").click()
    key.wait_for_url(f"**{OFFICE}")
    expect(key.get_by_role("heading", level=1)).to_be_visible()
    assert found == {}


def test_a_password_with_the_passkey_as_second_step_lets_in(
    key: Page, office: str, writer: User
) -> None:
    faults = complaints(key)
    set_up(key, office, writer)
    key.context.clear_cookies()
    sign_in(key, office, writer)
    key.wait_for_url(SECOND_STEP)
    assert key.get_by_role("heading", name="Tweede stap").is_visible()
    key.get_by_role("button", name="Gebruik een passkey").click()
    key.wait_for_url(f"**{OFFICE}")
    assert [f for f in faults if not f.startswith(("Failed to load resource", "[DOM]"))] == []


def test_who_writes_is_not_let_in_with_a_password_only(
    key: Page, office: str, writer: User, browser: Browser
) -> None:
    page = browser.new_page()
    sign_in(page, office, writer)
    page.wait_for_url(SET_UP)
    answer = page.goto(f"{office}{OFFICE}")
    assert answer is not None
    assert "/tweede-stap/instellen/" in page.url
    set_up(key, office, writer)
    page.context.clear_cookies()
    sign_in(page, office, writer)
    page.wait_for_url(SECOND_STEP)
    found: dict[str, list[str]] = {}
    examined(page, "tweede stap", found)
    assert found == {}
    page.goto(f"{office}{OFFICE}")
    assert OFFICE not in page.url.partition("?")[0]
    page.close()
