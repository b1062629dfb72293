"""Who does nothing for half an hour is signed out, and what was typed in a form is not lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from noaber.access.models import User
from noaber.imports import editing
from tests.integration.office.conftest import DEAL, SignIn, admitted

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORK = f"/kantoor/{DEAL}/"
TEXT = f"/kantoor/{DEAL}/gegevens/teksten/werken-9~description~/"
NEW = f"/kantoor/{DEAL}/gegevens/teksten/nieuw/"


class Clock:
    """Time goes on when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = timezone.now()
        monkeypatch.setattr("noaber.web.sessions.timezone.now", lambda: self.now)

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def sign_in_again(client: Client, user: User) -> None:
    """As the browser does: in the session that it has."""
    client.force_login(user, BACKEND)
    session = client.session
    session["tried_out"] = True
    session.save()


def text_of_werken_9() -> str:
    sheet = editing.sheet_of("teksten")
    assert sheet is not None
    (item,) = [i for i in editing.items(DEAL, sheet) if i.code == "werken-9~description~"]
    return item.texts["tekst"]


def test_half_an_hour_of_nothing_ends_a_session_and_less_does_not(
    sign_in: SignIn, clock: Clock
) -> None:
    client = sign_in("programme_office")
    assert client.get(WORK).status_code == 200
    for _ in range(4):
        clock.later(29)
        assert client.get(WORK).status_code == 200
    clock.later(31)
    answer = client.get(WORK)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/aanmelden/?next={WORK}")
    clock.later(-31)
    assert client.get(WORK).status_code == 302


def test_pages_of_the_account_end_it_too(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("programme_office")
    assert client.get("/aanmelden/beveiliging/").status_code == 200
    clock.later(31)
    assert client.get("/aanmelden/beveiliging/").status_code == 302


def test_the_setting_says_how_long(sign_in: SignIn, clock: Clock, settings: Any) -> None:
    settings.SESSION_IDLE_AGE = 5 * 60
    client = sign_in("programme_office")
    assert client.get(WORK).status_code == 200
    clock.later(6)
    assert client.get(WORK).status_code == 302


def test_what_was_typed_waits_in_the_form_and_is_then_recorded(
    sign_in: SignIn, clock: Clock
) -> None:
    client = sign_in("programme_office")
    before = text_of_werken_9()
    base = client.get(TEXT).context["base"]
    fields = {"tekst": "Een half uur getypt.", "basis": str(base), "bron": "noaber"}
    clock.later(40)
    answer = client.post(TEXT, fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/aanmelden/?next={TEXT}")
    assert text_of_werken_9() == before
    sign_in_again(client, User.objects.get())
    page = client.get(TEXT)
    shown = page.content.decode()
    assert "Wat u typte staat er nog" in shown
    assert "Een half uur getypt." in shown
    assert page.context["base"] == base
    # Once: a page opened later is as it is in the register.
    assert "Een half uur getypt." not in client.get(TEXT).content.decode()
    texts = {field.name: field.text for field in page.context["fields"]}
    assert client.post(TEXT, {**texts, "basis": str(base)}).status_code == 302
    assert text_of_werken_9() == "Een half uur getypt."


def test_what_was_typed_in_an_empty_form_waits_too(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("programme_office")
    client.get(NEW)
    clock.later(40)
    client.post(NEW, {"tekst": "Nieuwe tekst van iemand.", "basis": "0"})
    sign_in_again(client, User.objects.get())
    assert "Nieuwe tekst van iemand." in client.get(NEW).content.decode()


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(
    sign_in: SignIn, clock: Clock
) -> None:
    client = sign_in("programme_office")
    client.get(TEXT)
    clock.later(40)
    client.post(TEXT, {"tekst": "Van een ander.", "basis": "1"})
    sign_in_again(client, admitted("secretariat"))
    assert "Van een ander." not in client.get(TEXT).content.decode()
    assert "typed" not in client.session


def test_what_can_only_be_sent_leads_back_to_the_office(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("programme_office")
    client.get(WORK)
    clock.later(40)
    answer = client.post(f"/kantoor/{DEAL}/mensen/uitnodigen/", {"naam": "X"})
    assert answer.headers["Location"] == "/aanmelden/?next=/kantoor/"
