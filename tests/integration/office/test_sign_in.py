"""From an invitation to the office: a password, a second step, limits, and out again."""

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from noaber.access import actions
from noaber.access.models import User
from noaber.access.rules import EVERYWHERE, Actor, Assignment
from noaber.mail.models import Message
from noaber.web.signin.adapters import first_password_link, send_invitation

pytestmark = pytest.mark.django_db
ADMIN = Actor("set-up")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
ADDRESS = "bas@gemeente.example"
PASSWORD = "een zin die niemand raadt"


@pytest.fixture(autouse=True)
def no_attempts_before() -> None:
    cache.clear()


def invited(role: str = "administrator") -> User:
    wanted = Assignment("", "", role, EVERYWHERE, since=AT.date())
    code, new = actions.admit(wanted, email=ADDRESS, name="Bas", by=ADMIN, at=AT)
    assert new
    return User.objects.get(code=code)


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def choose_password(client: Client, link: str) -> None:
    step = client.get(path(link), follow=True)
    form = step.request["PATH_INFO"]
    sent = client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert sent.status_code == 302, sent.content.decode()


def signed_in(client: Client, password: str = PASSWORD) -> bool:
    answer = client.post("/aanmelden/", {"login": ADDRESS, "password": password})
    return answer.status_code == 302


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_an_invitation_leads_through_a_password_and_a_second_step_to_the_office(
    client: Client,
) -> None:
    user = invited()
    send_invitation(user.code)
    message = Message.objects.get()
    link = re.search(r"http\S+", message.text)
    assert link
    assert not signed_in(client)
    choose_password(client, link[0])
    assert signed_in(client)
    asked = client.get("/kantoor/")
    assert asked.headers["Location"].startswith("/aanmelden/tweede-stap/instellen/")
    assert (
        client.get("/aanmelden/beveiliging/app/")
        .headers["Location"]
        .startswith("/aanmelden/nog-eens/")
    ), "whoever sits down at an open screen cannot set a second step"
    client.post("/aanmelden/nog-eens/", {"password": PASSWORD})
    page = client.get("/aanmelden/beveiliging/app/")
    assert page.status_code == 200, page.headers
    secret = page.context["form"].secret
    sent = client.post("/aanmelden/beveiliging/app/", {"code": code_of(secret)})
    assert sent.headers["Location"] == "/aanmelden/beveiliging/noodcodes/"
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data), "the secret is kept encrypted"
    client.post("/aanmelden/afmelden/")
    first = client.post("/aanmelden/", {"login": ADDRESS, "password": PASSWORD})
    assert first.headers["Location"] == "/aanmelden/tweede-stap/"
    assert client.get("/kantoor/").status_code == 302
    cache.clear()  # A code serves once, also right after it was set up.
    taken = client.post("/aanmelden/tweede-stap/", {"code": code_of(secret)})
    assert taken.status_code == 302
    assert client.get("/kantoor/").status_code == 200


def test_a_link_serves_once_and_leads_to_the_site_of_the_settings(client: Client) -> None:
    link = first_password_link(invited().code)
    assert link.startswith("http://localhost:8000/aanmelden/wachtwoord-kiezen/")
    choose_password(client, link)
    again = Client().get(path(link), follow=True)
    assert "werkt niet meer" in again.content.decode()


def test_a_link_never_leads_to_the_host_that_somebody_asked_with(client: Client) -> None:
    invited()
    client.post(
        "/aanmelden/wachtwoord-vergeten/", {"email": ADDRESS}, headers={"host": "127.0.0.1"}
    )
    message = Message.objects.get()
    assert "http://localhost:8000/" in message.text
    assert "127.0.0.1" not in message.text


def test_whether_an_address_is_known_is_not_told(client: Client) -> None:
    invited()
    answers = [
        client.post("/aanmelden/wachtwoord-vergeten/", {"email": address})
        for address in (ADDRESS, "niemand@gemeente.example")
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {
        (302, "/aanmelden/wachtwoord-vergeten/verstuurd/")
    }


def test_capitals_in_an_address_do_not_matter(client: Client) -> None:
    wanted = Assignment("", "", "auditor", EVERYWHERE, since=AT.date())
    code, _ = actions.admit(wanted, email="Bas@Gemeente.example", name="Bas", by=ADMIN, at=AT)
    choose_password(client, first_password_link(code))
    for typed in ("bas@gemeente.example", "Bas@Gemeente.example", "BAS@gemeente.EXAMPLE"):
        answer = Client().post("/aanmelden/", {"login": typed, "password": PASSWORD})
        assert answer.status_code == 302, typed


def test_attempts_are_limited(client: Client) -> None:
    choose_password(client, first_password_link(invited().code))
    answers = [signed_in(client, "fout wachtwoord 123") for _ in range(12)]
    assert not any(answers)
    assert not signed_in(client), "the right password does not help any more for a while"


def test_a_blocked_person_cannot_sign_in(client: Client) -> None:
    user = invited()
    choose_password(client, first_password_link(user.code))
    actions.set_active(user.code, active=False, by=ADMIN, at=AT)
    client.post("/aanmelden/", {"login": ADDRESS, "password": PASSWORD})
    assert client.get("/kantoor/").status_code == 302


def test_nobody_signs_up_without_an_invitation(client: Client) -> None:
    page = client.get("/aanmelden/alleen-op-uitnodiging/")
    assert "uitnodiging" in page.content.decode()
    client.post(
        "/aanmelden/alleen-op-uitnodiging/", {"email": "x@y.example", "password1": PASSWORD}
    )
    assert not User.objects.exists()


def test_a_short_or_common_password_is_refused(client: Client) -> None:
    form = client.get(path(first_password_link(invited().code)), follow=True).request["PATH_INFO"]
    for weak in ("kort", "wachtwoord", "qwerty123456"):
        answer = client.post(form, {"password1": weak, "password2": weak})
        assert answer.status_code == 200
    assert not User.objects.get().has_usable_password()


def test_trying_out_exists_on_this_machine_only(client: Client, settings: Settings) -> None:
    invited("auditor")
    assert client.get("/aanmelden/proef/").status_code == 404
    settings.TRYOUT = True
    assert client.get("/aanmelden/proef/").status_code == 200
    assert client.get("/aanmelden/proef/", REMOTE_ADDR="192.0.2.7").status_code == 404
    behind = client.get("/aanmelden/proef/", headers={"x-forwarded-for": "192.0.2.7"})
    assert behind.status_code == 404


def test_a_session_ends_after_eight_hours_however_busy_it_was(client: Client) -> None:
    client.force_login(invited("auditor"), "allauth.account.auth_backends.AuthenticationBackend")
    client.get("/kantoor/")
    session = client.session
    session["begun"] -= 8 * 60 * 60 + 1
    session.save()
    assert client.get("/kantoor/").headers["Location"].startswith("/aanmelden/?next=")
    assert "_auth_user_id" not in client.session
