"""Where the sign-in library meets Noaber: who is let in, with which words, and how secrets are kept.

The only module, with `urls` beside it, that knows the library.
"""

import base64
import hashlib
import secrets
import time
from datetime import timedelta
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from noaber.mail import actions as mail
from noaber.mail.rules import Recipient

_LINK_SERVES = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
"""How long a link to choose a password serves; after that its letter is not sent any more."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Only who is invited has an account; mail is in Dutch and from the site of the settings."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_reauthentication_required(self, **asked: Any) -> bool:
        """Who has nothing to confirm with yet, since they came through their organisation, has
        confirmed by signing in just now: else they could never set up a second step.
        """
        if not super().is_reauthentication_required(**asked):
            return False
        request = self.request
        if self.get_reauthentication_methods(request.user):
            return True
        records = get_authentication_records(request, request.user)
        last = max((record["at"] for record in records), default=0)
        return bool(time.time() - last > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        link = context.get("password_reset_url", "")
        _send(template_prefix.rpartition("/")[2], email, {"link": link} if link else {})

    def get_reset_password_from_key_url(self, key: str) -> str:
        person, _, secret = key.partition("-")
        given = {"uidb36": person, "key": secret}
        return settings.SITE + reverse("account_reset_password_from_key", kwargs=given)


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Signing in through one's organisation: for whoever is invited under the same address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Only for the domains in its settings: else one organisation could be anybody of another."""
        domains = login.provider.app.settings.get("domains", ())
        of_its_own = email.rpartition("@")[2].casefold() in {d.casefold() for d in domains}
        return of_its_own and bool(super().can_authenticate_by_email(login, email))


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of the second step are kept encrypted with a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def first_password_link(code: str) -> str:
    """The address at which a person who was invited chooses a password; it serves once."""
    user = get_user_model().objects.get(code=code)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return str(get_adapter().get_reset_password_from_key_url(key))


def send_invitation(code: str) -> None:
    """Send a person the link with which to choose a first password."""
    user = get_user_model().objects.get(code=code)
    _send("invitation", user.email, {"link": first_password_link(code)})


def _send(name: str, email: str, values: dict[str, str]) -> None:
    """Have a letter of this package sent; each time it is asked for is an occasion of its own."""
    person = get_user_model().objects.filter(email__iexact=email).first()
    now = timezone.now()
    with transaction.atomic():
        mail.send(
            mail.letter(__package__, name),
            Recipient(email, person.code if person else ""),
            values,
            key=f"{name}:{secrets.token_hex(8)}",
            until=now + _LINK_SERVES,
            at=now,
        )


def forget_second_step(code: str) -> None:
    """Forget every app, passkey and emergency code of a person, who sets up a new second step."""
    Authenticator.objects.filter(user__code=code).delete()


def renew_secrets(user: Any) -> None:
    """Encrypt the secrets of a person's second step anew, while the key is being replaced."""
    if not settings.SECRET_KEY_FALLBACKS:
        return
    with transaction.atomic():
        for kept in Authenticator.objects.select_for_update().filter(user=user):
            held = {name: kept.data[name] for name in ("secret", "seed") if name in kept.data}
            kept.data |= {name: _cipher().rotate(text).decode() for name, text in held.items()}
            kept.save(update_fields=["data"])


def has_second_step(user: Any) -> bool:
    """Whether a person has set up a second step."""
    return bool(is_mfa_enabled(user))


def used_second_step(request: HttpRequest) -> bool:
    """Whether this session was begun with a second step, or with a passkey that is both."""
    return any(
        record.get("method") == "mfa"
        for record in get_authentication_records(request, request.user)
    )


def _cipher() -> MultiFernet:
    """Encrypts with the key; reads what was encrypted with the one before it as well."""
    digests = (
        hashlib.sha256(b"second step " + key.encode()).digest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
