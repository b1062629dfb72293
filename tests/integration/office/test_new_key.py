"""The secret key is replaced: who has a second step keeps it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.test import Client

from noaber.access import actions
from noaber.access.models import User
from noaber.access.rules import Actor

pytestmark = pytest.mark.django_db
OLD, NEW = "the-key-of-last-year", "the-key-of-this-year"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def bas(settings: Any) -> User:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    at = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
    code = actions.invite(email="bas@gemeente.example", name="Bas", by=Actor("set-up"), at=at)
    user = User.objects.get(code=code)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    return user


def secret() -> str:
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    return str(get_adapter().decrypt(kept.data["secret"]))


def emergency_codes() -> list[str]:
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    return list(RecoveryCodes(kept).generate_codes())


def test_with_another_key_alone_a_second_step_cannot_be_read(bas: User, settings: Any) -> None:
    settings.SECRET_KEY = NEW
    with pytest.raises(InvalidToken):
        secret()


def test_while_a_key_is_replaced_the_one_before_it_still_serves(bas: User, settings: Any) -> None:
    codes = emergency_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert secret() == "JBSWY3DPEHPK3PXP"
    assert emergency_codes() == codes


def test_who_signed_in_meanwhile_needs_the_key_before_it_no_more(
    bas: User, settings: Any, client: Client
) -> None:
    codes = emergency_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    client.force_login(bas, BACKEND)
    settings.SECRET_KEY_FALLBACKS = []
    assert secret() == "JBSWY3DPEHPK3PXP"
    assert emergency_codes() == codes
