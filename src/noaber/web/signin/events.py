"""What happens around signing in is noted: who, what, with what result, from where, when (BIO2)."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import signals as second_step
from django.contrib.auth import get_user_model, signals
from django.http import HttpRequest
from django.utils import timezone

from noaber.access import actions
from noaber.web.signin.adapters import renew_secrets


def connect() -> None:
    """Note every sign-in, sign-out, failed attempt and change of a second step from now on."""
    for signal, what, succeeded in (
        (signals.user_logged_in, "signed_in", True),
        (signals.user_logged_out, "signed_out", True),
        (second_step.authenticator_added, "second_step_added", True),
        (second_step.authenticator_removed, "second_step_removed", True),
        (second_step.authentication_failed, "second_step", False),
    ):
        _note(signal, what, succeeded=succeeded)
    signals.user_login_failed.connect(_failed, dispatch_uid="noaber.failed", weak=False)
    signals.user_logged_in.connect(_renew, dispatch_uid="noaber.renew", weak=False)


def _note(signal: Any, what: str, *, succeeded: bool) -> None:
    def noted(user: Any = None, request: HttpRequest | None = None, **_: Any) -> None:
        if user is not None:
            _write(user.code, what, request, succeeded=succeeded)

    signal.connect(noted, dispatch_uid=f"noaber.{what}", weak=False)


def _renew(user: Any = None, **_: Any) -> None:
    renew_secrets(user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A failed attempt is noted with the person it was for; what was typed is not."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = get_user_model().objects.filter(email__iexact=typed).first() if typed else None
    _write(user.code if user else "", "signed_in", request, succeeded=False)


def _write(person: str, what: str, request: HttpRequest | None, *, succeeded: bool) -> None:
    came = request is not None and "REMOTE_ADDR" in request.META
    address = get_adapter().get_client_ip(request) if came else None
    actions.note_sign_in(
        person, what, succeeded=succeeded, address=address or None, at=timezone.now()
    )
