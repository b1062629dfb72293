"""The log says what was asked and how it went, and nothing about who asked."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from noaber.config.logs import FIELDS, Lines
from noaber.record.queries import latest
from tests.databases import RealDatabase

SECRETS = (
    "Annechien", "Noordenveld", "annechien@voorbeeld.example", "0612345678", "geheim-wachtwoord",
    "203.0.113.77", "sessie-van-anna", "Mozilla-van-Anna",
)  # fmt: skip
NAME, _, EMAIL, PHONE, PASSWORD, PLACE, COOKIE, BROWSER = SECRETS


def _fails(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("naam") or request.GET.get("naam") or ""
    try:
        return HttpResponse(int(typed))
    except ValueError as error:
        raise RuntimeError(f"{typed} {EMAIL} kan niet") from error


def _warns(request: HttpRequest) -> HttpResponse:
    logging.getLogger("someone.else").error(f"{NAME} deed iets")  # noqa: G004
    logging.getLogger("someone.else").error("%s deed iets", NAME, extra={"naam": NAME})
    logging.getLogger("gunicorn.error").warning(f"Invalid request from ip={PLACE}: {NAME}")  # noqa: G004
    return HttpResponse("gedaan")


urlpatterns = [
    path("mis/", _fails, name="fails"),
    path("waarschuw/", _warns, name="warns"),
    path("", include("noaber.config.urls")),
]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What goes to standard error, of every logger and level."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Lines())
    names = ("", "noaber.requests", "django.request", "django.security", "gunicorn.error")
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG if logger.name != "root" else logging.INFO)
    yield written
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_leaves_one_line_with_route_status_time_and_revision(
    client: Client, reference_register: RealDatabase, log: io.StringIO
) -> None:
    answer = client.get(
        "/zuid-en-oost-drenthe/projecten/", headers={"X-Request-ID": "0123456789abcdef"}
    )
    (line,) = [line for line in lines(log) if line["logger"] == "noaber.requests"]
    assert {name: line[name] for name in FIELDS if name != "milliseconds"} == {
        "request_id": "0123456789abcdef",
        "route": "projects",
        "method": "GET",
        "status": 200,
        "revision": latest(),
    }
    assert isinstance(line["milliseconds"], int)
    assert answer.headers["X-Request-ID"] == "0123456789abcdef"


def test_nothing_that_a_visitor_sends_is_in_the_log(
    reference_register: RealDatabase, log: io.StringIO, settings: Any
) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(
        raise_request_exception=False,
        REMOTE_ADDR=PLACE,
        headers={"User-Agent": BROWSER, "X-Request-ID": NAME, "X-Forwarded-For": PLACE},
    )
    client.cookies["sessionid"] = COOKIE
    form = {"naam": f"{NAME} Noordenveld", "email": EMAIL, "wachtwoord": PASSWORD}
    upload = {"bestand": SimpleUploadedFile(f"{NAME}.csv", PHONE.encode())}
    for address in (
        f"/zuid-en-oost-drenthe/zoeken/?zoek={NAME}+{EMAIL}",
        f"/zuid-en-oost-drenthe/projecten/{NAME}/",
        f"/zuid-en-oost-drenthe/herkomst/awarded?{NAME}={PHONE}",
        f"/zuid-en-oost-drenthe/?peildatum={NAME}",
        f"/{NAME}/{EMAIL}",
        f"/mis/?naam={NAME}",
        "/waarschuw/",
    ):
        client.get(address)
    client.post("/mis/", form)
    client.post("/mis/", {**form, **upload})
    client.post("/zuid-en-oost-drenthe/", form)
    client.get("/", headers={"Host": f"{NAME}.example"})
    client.generic("POST", "/mis/", b"\xff" + NAME.encode(), content_type="multipart/form-data")
    client.generic(NAME.upper(), "/")
    written = log.getvalue()
    assert [secret for secret in SECRETS if secret.lower() in written.lower()] == []
    found = lines(log)
    assert len([line for line in found if line["logger"] == "noaber.requests"]) == 13
    failed = next(line for line in found if "error" in line)
    assert failed["error"] == ["RuntimeError", "ValueError"]
    assert any("_fails" in place for place in failed["where"])
