"""Where mail goes out, from one address in the environment."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})


def smtp(address: str) -> dict[str, Any]:
    """Django's settings for a mail server: smtp://HOST:PORT, smtp+tls:// (STARTTLS), smtps://.

    Name and password stand before the host, percent-encoded: smtp+tls://NAME:WORD@HOST:587.

    :raises ImproperlyConfigured: for any other address, and for a password without encryption.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or SCHEMES[parts.scheme]
    except (ValueError, KeyError):
        raise ImproperlyConfigured(_FORM) from None
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(_FORM)
    if parts.password and parts.scheme == "smtp" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("NOABER_SMTP: een wachtwoord gaat alleen over TLS (smtp+tls).")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # Seconds, for each answer of the server.
        "EMAIL_TIMEOUT": 20,
    }


_FORM = "NOABER_SMTP is smtp://SERVER:POORT, of smtp+tls:// of smtps://."
