"""NOABER_SMTP says where mail goes out."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from noaber.config.smtp import smtp


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://relay", 25, False, False),
        ("smtp://127.0.0.1:1025", 1025, False, False),
        ("smtp+tls://relay", 587, True, False),
        ("smtps://relay", 465, False, True),
    ],
)
def test_an_address_says_server_port_and_encryption(
    address: str, port: int, tls: bool, ssl: bool
) -> None:
    found = smtp(address)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_name_and_password_may_hold_any_sign() -> None:
    found = smtp("smtp+tls://a%40b:p%2Fw%3A@relay")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("a" + "@" + "b", "p/w:")


@pytest.mark.parametrize(
    "wrong", ["relay:25", "http://relay", "smtp://", "smtp://relay:x", "smtp://relay/x", "smtp:"]
)
def test_any_other_address_is_refused_with_the_form(wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="smtp://SERVER:POORT"):
        smtp(wrong)


def test_a_password_never_goes_over_a_line_that_others_can_read() -> None:
    with pytest.raises(ImproperlyConfigured, match="TLS"):
        smtp("smtp://name:word@relay")
    assert smtp("smtp://name:word@localhost")
