"""All settings, from the environment only.

NOABER_DATABASE    address of the database; default an SQLite file in the var folder
NOABER_WEB_ROLE    PostgreSQL: the role of the web, to which `noaber setup`, run as owner, grants what it needs
NOABER_SECRET_KEY  key that signs; default the file `secret-key` in the var folder (script/run makes it)
NOABER_SECRET_KEY_BEFORE  the key before it, while it is being replaced: what was made with it is still read
NOABER_HOSTS       names under which the site is reached, with commas; default this machine only
NOABER_SITE        address of the public site, for links in documents; default http://localhost:8000
NOABER_HTTPS       1: behind a proxy that ends TLS; cookies and redirects for https only
NOABER_SMTP        mail server: smtp://HOST:25, smtp+tls://NAME:WORD@HOST:587 or smtps://; without, and on this
                   machine only, mail is written to the folder `mail` in the var folder
NOABER_MAIL_FROM   address that mail comes from; default noaber@localhost
NOABER_LOG         from which level requests are logged; default INFO, that is all of them
NOABER_DEBUG       1: for development; static files straight from their source, errors with detail; never with NOABER_HTTPS
NOABER_VAR         folder for all that Noaber writes; default `var` in the checkout
NOABER_SIGN_IN_SERVICES  JSON file with OpenID Connect services: provider_id, name, client_id, secret, settings.server_url,
                   settings.domains (the domains of e-mail addresses for which the service may say who somebody is),
                   settings.sign_in_at when people sign in at another host than that of server_url
NOABER_TRYOUT      1: people of the example sign in with one click, from this machine only (script/run)
NOABER_SESSION_IDLE  minutes without doing anything after which somebody is signed out; default 30
NOABER_FRONTEND    folder with what frontend/build.py made; default `frontend` in the var folder
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from noaber.config import logs
from noaber.config.smtp import LOOPBACK, smtp
from noaber.config.sqlite import ensure_safe

BASE_DIR = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("NOABER_VAR") or BASE_DIR / "var").resolve()
FRONTEND = Path(os.environ.get("NOABER_FRONTEND") or VAR / "frontend").resolve()


def _switch(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "ja"}


def _secret_key() -> str:
    """Empty when there is none: commands that sign nothing still work, serving refuses (wsgi)."""
    kept = VAR / "secret-key"
    key = os.environ.get("NOABER_SECRET_KEY", "")
    return key or (kept.read_text(encoding="ascii").strip() if kept.is_file() else "")


def _database() -> dict[str, Any]:
    address = os.environ.get("NOABER_DATABASE") or f"sqlite:///{VAR / 'noaber.sqlite3'}"
    database: dict[str, Any] = dict(dj_database_url.parse(address))
    options: dict[str, Any] = database.setdefault("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        ensure_safe()
        # Writers take turns in the order they come; SQLite itself lets some wait for ever.
        database["ENGINE"] = "noaber.config.queued_sqlite"
        # For what writes past our queue, such as the shell of SQLite.
        options["timeout"] = 20
        # A transaction that writes takes its lock at the start; otherwise it can fail half-way.
        options["transaction_mode"] = "IMMEDIATE"
        options["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON"
        )
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


def _sign_in_services() -> list[dict[str, Any]]:
    """OpenID Connect services, from a file that only the server can read."""
    file = os.environ.get("NOABER_SIGN_IN_SERVICES")
    return list(json.loads(Path(file).read_text(encoding="utf-8"))) if file else []


def _hosts_of_services() -> list[str]:
    """Where signing in through a service leads to; one that asks the person elsewhere than at its
    own address names that in `settings.sign_in_at`.
    """
    found = (service["settings"] for service in _sign_in_services())
    addresses = (urlsplit(each.get("sign_in_at") or each["server_url"]) for each in found)
    return sorted({f"{each.scheme}://{each.netloc}" for each in addresses})


HTTPS = _switch("NOABER_HTTPS")
DEBUG = _switch("NOABER_DEBUG") and not HTTPS
TRYOUT = _switch("NOABER_TRYOUT") and not HTTPS
SITE = os.environ.get("NOABER_SITE", "http://localhost:8000").rstrip("/")
SECRET_KEY = _secret_key() or ("only-for-development" if DEBUG else "")
_BEFORE = os.environ.get("NOABER_SECRET_KEY_BEFORE", "")
SECRET_KEY_FALLBACKS = [_BEFORE] if _BEFORE else []
ALLOWED_HOSTS = os.environ.get("NOABER_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

WEB_ROLE = os.environ.get("NOABER_WEB_ROLE", "")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "noaber.jobs",
    "noaber.record",
    "noaber.access",
    "noaber.files",
    "noaber.mail",
    "noaber.organisations",
    "noaber.deals",
    "noaber.projects",
    "noaber.indicators",
    "noaber.ledger",
    "noaber.awards",
    "noaber.progress",
    "noaber.proposals",
    "noaber.treasury",
    "noaber.decisions",
    "noaber.imports",
    "noaber.editions",
    "noaber.reminders",
    "noaber.web",
]
MIDDLEWARE = [
    "noaber.web.requests.Log",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "noaber.web.language.FromAddress",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "noaber.web.sessions.Ending",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
        for name, options in (
            ("MinimumLengthValidator", {"min_length": 12}),
            ("CommonPasswordValidator", {}),
            ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        )
    ),
    {"NAME": "noaber.web.signin.passwords.BesideOurWords", "OPTIONS": {}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office"
# Addresses of visitors are those that the proxy in front passes on, and nobody else.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_ADAPTER = "noaber.web.signin.adapters.AccountAdapter"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # The link of the invitation proves the address.
ACCOUNT_LOGOUT_REDIRECT_URL = "deals"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "noaber.web.signin.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "noaber.web.signin.forms.AddPasskeyForm",
    "edit_webauthn": "noaber.web.signin.forms.RenamePasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # Browsers themselves allow it on localhost only.
MFA_TOTP_ISSUER = "Noaber"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # An address is proved by the invitation that was sent to it.
SOCIALACCOUNT_ADAPTER = "noaber.web.signin.adapters.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": _sign_in_services(), "OAUTH_PKCE_ENABLED": True}
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_ONLY = False
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_AGE = int(os.environ.get("NOABER_SESSION_IDLE") or 30) * 60
# By this prefix a browser refuses a cookie that another host, or a line without TLS, would set.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Shared by all processes, since limits on attempts must be.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "noaber_cache",
        # By default 300: whoever tries many addresses would push out the counts of attempts.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
ROOT_URLCONF = "noaber.config.urls"
WSGI_APPLICATION = "noaber.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parents[1] / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [FRONTEND / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = VAR / "media"

DEFAULT_FROM_EMAIL = os.environ.get("NOABER_MAIL_FROM", "noaber@localhost")
SMTP = os.environ.get("NOABER_SMTP", "")
MAIL_FOLDER = VAR / "mail" if not SMTP and LOOPBACK.issuperset(ALLOWED_HOSTS) else None
EMAIL_BACKEND = "noaber.mail.folder.FolderBackend"
if SMTP:
    globals().update(smtp(SMTP))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A browser holds a form to this also where it is sent on to.
        "form-action": [SELF, *_hosts_of_services()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Asked by the machine itself, past the proxy that ends TLS.
SECURE_REDIRECT_EXEMPT = [r"^gezond$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Django accepts 200 MB by default; a workbook of a whole programme is well under one.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A grid of a thousand rows sends each of its cells, also without script.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

LOGGING = logs.configuration(os.environ.get("NOABER_LOG", "INFO").upper())
