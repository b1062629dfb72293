"""Addresses for signing in: only those views of the library that Noaber uses, each with who may."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as services
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from noaber.web.access import ANYBODY, FORM, SIGNED_IN
from noaber.web.signin.views import second_step_needed, try_out

View = Callable[..., Any]


def _step(address: str, view: View, name: str, access: str) -> URLPattern:
    shown = never_cache(require_http_methods(FORM)(view))
    vars(shown)["access"] = access
    return path(address, shown, name=name)


_ANYBODY = (
    ("", account.login, "account_login"),
    ("afmelden/", account.logout, "account_logout"),
    ("geblokkeerd/", account.account_inactive, "account_inactive"),
    ("alleen-op-uitnodiging/", account.signup, "account_signup"),
    ("wachtwoord-vergeten/", account.password_reset, "account_reset_password"),
    ("wachtwoord-vergeten/verstuurd/", account.password_reset_done, "account_reset_password_done"),
    (
        "wachtwoord-kiezen/<slug:uidb36>/<str:key>/",
        account.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    (
        "wachtwoord-kiezen/klaar/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    ("tweede-stap/", second_step.authenticate, "mfa_authenticate"),
    ("passkey/", passkeys.login_webauthn, "mfa_login_webauthn"),
    ("dienst/geweigerd/", services.login_cancelled, "socialaccount_login_cancelled"),
    ("dienst/fout/", services.login_error, "socialaccount_login_error"),
    ("dienst/onbekend/", services.signup, "socialaccount_signup"),
    ("dienst/<slug:provider_id>/", openid.login, "openid_connect_login"),
    ("dienst/<slug:provider_id>/terug/", openid.callback, "openid_connect_callback"),
)
_SIGNED_IN = (
    ("nog-eens/", account.reauthenticate, "account_reauthenticate"),
    ("nog-eens/tweede-stap/", second_step.reauthenticate, "mfa_reauthenticate"),
    ("nog-eens/passkey/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    ("wachtwoord/", account.password_change, "account_change_password"),
    ("wachtwoord/eerste/", account.password_set, "account_set_password"),
    ("beveiliging/", second_step.index, "mfa_index"),
    ("beveiliging/app/", totp.activate_totp, "mfa_activate_totp"),
    ("beveiliging/app/weg/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("beveiliging/noodcodes/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    (
        "beveiliging/noodcodes/nieuw/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    (
        "beveiliging/noodcodes/bestand/",
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    ("beveiliging/passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    ("beveiliging/passkeys/nieuw/", passkeys.add_webauthn, "mfa_add_webauthn"),
    ("beveiliging/passkeys/<int:pk>/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    ("beveiliging/passkeys/<int:pk>/weg/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    ("sessies/", sessions.list_usersessions, "usersessions_list"),
)

urlpatterns = [
    path("proef/", try_out, name="try_out"),
    path("tweede-stap/instellen/", second_step_needed, name="second_step_needed"),
    *(_step(address, view, name, ANYBODY) for address, view, name in _ANYBODY),
    *(_step(address, view, name, SIGNED_IN) for address, view, name in _SIGNED_IN),
]
