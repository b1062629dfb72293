"""Signing in through the service of an organisation, with a real one in a process of its own."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from noaber.access import actions
from noaber.access.models import User
from noaber.access.rules import Assignment
from noaber.mail.models import Message
from tests.browser.test_office import ADMIN, AT, DEAL, OFFICE
from tests.openid.provider import CLIENT, PASSWORD, PEOPLE, SECRET

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
NAME = "gemeente"
STARTS_WITHIN = 60


@pytest.fixture
def service(reference_site: str, tmp_path: Path) -> Iterator[str]:
    """The address of the service, which knows Noaber."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    callback = f"{reference_site}/aanmelden/dienst/{NAME}/terug/"
    command = [sys.executable, "-m", "tests.openid.provider", str(port), str(tmp_path / "db")]
    with subprocess.Popen([*command, callback], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        address = f"http://localhost:{port}"
        _wait_for(f"{address}/.well-known/openid-configuration", process)
        yield address
        process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the sign-in service did not start")


@pytest.fixture
def site(reference_site: str, service: str, settings: Settings) -> str:
    """Noaber with the service in its settings, and who is invited."""
    cache.clear()
    app: dict[str, Any] = {
        "provider_id": NAME,
        "name": "Gemeente",
        "client_id": CLIENT,
        "secret": SECRET,
    }
    app |= {"settings": {"server_url": service, "domains": ["gemeente.example"]}}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    }
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**policy, "form-action": [*policy["form-action"], service]}
    }
    for name, role in {
        **dict.fromkeys(PEOPLE, "steering_group"),
        "dirk": "programme_office",
    }.items():
        if name != "eva":
            wanted = Assignment("", "", role, DEAL, since=AT.date())
            actions.admit(wanted, email=PEOPLE[name][0], name=name.title(), by=ADMIN, at=AT)
    return reference_site


def sign_in(page: Page, site: str, name: str) -> None:
    """Sign in through the service as one of those who work there."""
    page.goto(f"{site}/aanmelden/")
    page.get_by_role("button", name="Aanmelden met Gemeente").click()
    page.wait_for_url("http://localhost:*/accounts/login/**")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action*=login] [type=submit], form button").first.click()
    page.wait_for_url(f"{site}/**")


def is_in(page: Page, site: str) -> bool:
    answer = page.context.request.get(f"{site}{OFFICE}", max_redirects=0)
    return answer.status == 200


def test_who_is_invited_signs_in_through_the_organisation(page: Page, site: str) -> None:
    sign_in(page, site, "anna")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert is_in(page, site)
    person = User.objects.get(email=PEOPLE["anna"][0].lower())
    assert not person.has_usable_password()
    (letter,) = Message.objects.filter(person=person.code)
    assert "via uw organisatie" in letter.subject


@pytest.mark.parametrize("name", ["bert", "cor", "eva"])
def test_an_address_that_is_not_proved_of_another_or_not_invited_is_not_let_in(
    page: Page, site: str, name: str
) -> None:
    before = User.objects.count()
    sign_in(page, site, name)
    expect(page.get_by_role("heading", name="Aanmelden kan alleen op uitnodiging")).to_be_visible()
    assert not is_in(page, site)
    assert User.objects.count() == before


def test_who_writes_sets_up_a_second_step_of_ours(page: Page, site: str) -> None:
    sign_in(page, site, "dirk")
    assert not is_in(page, site)
    page.goto(f"{site}{OFFICE}")
    page.wait_for_url("**/tweede-stap/instellen/**")
    page.get_by_role("link", name="Een app op mijn telefoon").click()
    page.wait_for_url("**/beveiliging/app/**")
    expect(page.locator("[name=code]")).to_be_visible()


def answered(context: BrowserContext, page: Page, site: str) -> str:
    """The address to which the service sends back somebody whom it knows already."""
    page.goto(f"{site}/aanmelden/")
    token = page.locator("form[action*=dienst] [name=csrfmiddlewaretoken]").get_attribute("value")
    to = page.locator("form[action*=dienst]").get_attribute("action") or ""
    form: dict[str, Any] = {"csrfmiddlewaretoken": token or ""}
    asked = context.request.post(f"{site}{to}", form=form, max_redirects=0)
    assert asked.status == 302, asked.status
    assert "code_challenge_method=S256" in asked.headers["location"]
    given = context.request.get(asked.headers["location"], max_redirects=0)
    assert given.status == 302, given.status
    return given.headers["location"]


def test_an_answer_that_was_tampered_with_or_used_before_is_refused(page: Page, site: str) -> None:
    sign_in(page, site, "anna")

    def out() -> None:
        page.context.clear_cookies(name="sessionid")

    tampered: dict[str, Callable[[str], str]] = {
        "state": lambda query: re.sub(r"state=[^&]+", "state=anders", query),
        "no state": lambda query: re.sub(r"&?state=[^&]+", "", query),
        "code": lambda query: re.sub(r"code=[^&]+", "code=anders", query),
        "refusal": lambda query: query + "&" + urlencode({"error": "access_denied"}),
    }
    for what, change in tampered.items():
        out()
        parts = urlsplit(answered(page.context, page, site))
        page.goto(parts._replace(query=change(parts.query)).geturl())
        assert not is_in(page, site), what
        heading = page.get_by_role("heading", name=re.compile("lukte niet|gestopt"))
        expect(heading, what).to_be_visible()

    # What is for the browser of one is nothing to another; and it serves once.
    out()
    address = answered(page.context, page, site)
    out()
    page.goto(address)
    assert not is_in(page, site)
    out()
    address = answered(page.context, page, site)
    page.goto(address)
    assert is_in(page, site)
    out()
    page.goto(address)
    assert not is_in(page, site)
