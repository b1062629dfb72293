"""The sign-in service itself: django-allauth's own identity provider, in a project of one file.

`python -m tests.openid.provider PORT DATABASE CALLBACK` serves until it is stopped. Everybody in
it has the same password; who is in it is `PEOPLE`.
"""

import sys
from wsgiref.simple_server import make_server

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

CLIENT, SECRET, PASSWORD = "noaber", "een-geheim-van-de-dienst", "zomaar een lang woord"
PEOPLE = {
    "anna": ("Anna@gemeente.example", True),
    "bert": ("bert@gemeente.example", False),
    "cor": ("cor@elders.example", True),
    "dirk": ("dirk@gemeente.example", True),
    "eva": ("eva@gemeente.example", True),
}
"""Per name the address, and whether the service says that it is proved."""


def configure(database: str) -> None:
    """Settings of the service, with a key of its own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    processors = ["django.template.context_processors.request"]
    settings.configure(
        SECRET_KEY="alleen voor de test, op deze machine",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="tests.openid.urls",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": processors},
        }],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_LOGIN_METHODS={"username"},
        ACCOUNT_RATE_LIMITS=False,
        LOGIN_URL="/accounts/login/",
        SESSION_COOKIE_NAME="service",
        IDP_OIDC_PRIVATE_KEY=pem,
    )  # fmt: skip


def fill(callback: str) -> None:
    """Who works there, and that Noaber is known."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    for name, (address, proved) in PEOPLE.items():
        user = User.objects.create_user(name, address, PASSWORD)
        EmailAddress.objects.create(user=user, email=address, verified=proved, primary=True)
    client = Client(id=CLIENT, name="Noaber", skip_consent=True)
    client.set_secret(SECRET)
    client.set_redirect_uris([callback])
    client.set_scopes(["openid", "profile", "email"])
    client.save()


def main() -> None:
    """Make the service and serve it."""
    port, database, callback = sys.argv[1:]
    configure(database)
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    fill(callback)
    make_server("127.0.0.1", int(port), get_wsgi_application()).serve_forever()


if __name__ == "__main__":
    main()
