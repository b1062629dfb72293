"""The reference deal with a person for each role, and a browser without a picture for each."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.access import actions
from noaber.access.models import User
from noaber.access.roles import roles
from noaber.access.rules import EVERYWHERE, Actor, Assignment
from noaber.web.access import TRIED_OUT
from tests.databases import RealDatabase

DEAL = "zuid-en-oost-drenthe"
ADMIN = Actor("set-up")
AT = datetime(2022, 1, 12, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))

SignIn = Callable[..., Client]


def admitted(
    role: str, *, organisation: str = "", pillar: str = "", deal: str = DEAL, name: str = ""
) -> User:
    """A person with a role, who has not signed in."""
    everywhere = roles()[role].everywhere
    wanted = Assignment(
        "",
        "",
        role,
        EVERYWHERE if everywhere else deal,
        organisation,
        pillar,
        since=date(2019, 1, 1),
    )
    called = name or f"{role}{organisation}{pillar}"
    code, _ = actions.admit(
        wanted, email=f"{called}@voorbeeld.example".lower(), name=called, by=ADMIN, at=AT
    )
    return User.objects.get(code=code)


@pytest.fixture
def sign_in(reference_register: RealDatabase, settings: Settings) -> SignIn:
    """Sign somebody in who has a role, with a second step taken."""
    assert reference_register.vendor

    def signed_in(role: str, *, second_step: bool = True, **given: str) -> Client:
        client = Client()
        client.force_login(
            admitted(role, **given), "allauth.account.auth_backends.AuthenticationBackend"
        )
        if second_step:
            settings.TRYOUT = True
            session = client.session
            session[TRIED_OUT] = True
            session.save()
        return client

    return signed_in
