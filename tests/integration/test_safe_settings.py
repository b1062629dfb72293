"""What the settings promise browsers, and what they refuse behind HTTPS."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from noaber.config import settings
from noaber.web.signin.adapters import OrganisationAdapter

SHOWN = (
    "import json; from noaber.config import settings as s; "
    "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.isupper() "
    "and isinstance(getattr(s, n), (bool, int, str))}))"
)


def settings_with(tmp_path: Path, **environment: str) -> dict[str, Any]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NOABER_")}
    told = subprocess.run(
        [sys.executable, "-c", SHOWN],
        env={**clean, "NOABER_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    shown: dict[str, Any] = json.loads(told.stdout)
    return shown


def test_behind_https_cookies_are_of_this_host_only_and_browsers_keep_to_https(
    tmp_path: Path,
) -> None:
    shown = settings_with(tmp_path, NOABER_HTTPS="1")
    for cookie in ("SESSION", "CSRF"):
        # What the prefix asks of a cookie; a browser throws it away otherwise.
        assert shown[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert shown[f"{cookie}_COOKIE_SECURE"] is True
        assert shown.get(f"{cookie}_COOKIE_PATH", "/") == "/"
        assert f"{cookie}_COOKIE_DOMAIN" not in shown
        assert shown[f"{cookie}_COOKIE_HTTPONLY"] is True
    assert shown["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert shown["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_on_one_machine_without_https_cookies_have_names_that_work_there(tmp_path: Path) -> None:
    shown = settings_with(tmp_path)
    assert not shown["SESSION_COOKIE_NAME"].startswith("__")
    assert not shown["SECURE_HSTS_SECONDS"]


@pytest.mark.parametrize(
    ("name", "setting"), [("NOABER_DEBUG", "DEBUG"), ("NOABER_TRYOUT", "TRYOUT")]
)
def test_what_is_for_one_machine_only_is_off_behind_https(
    name: str, setting: str, tmp_path: Path
) -> None:
    assert settings_with(tmp_path, **{name: "1"})[setting] is True
    assert settings_with(tmp_path, **{name: "1", "NOABER_HTTPS": "1"})[setting] is False


@pytest.mark.django_db
def test_a_static_file_carries_the_policy_too(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "some.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    settings.STATIC_ROOT = tmp_path
    answer = Client().get("/static/some.svg")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    for needed in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert needed in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_many_attempts_by_others_do_not_push_out_the_count_of_ours() -> None:
    cache.clear()
    cache.set("a-first-in-order", "counted")
    for number in range(400):
        cache.set(f"attempt-{number:04}", "counted")
    assert cache.get("a-first-in-order") == "counted"


def service(**of_its_settings: Any) -> Any:
    return SimpleNamespace(
        provider=SimpleNamespace(app=SimpleNamespace(settings=of_its_settings), get_settings=dict)
    )


def test_a_service_says_who_somebody_is_for_its_own_domains_only() -> None:
    may = OrganisationAdapter().can_authenticate_by_email
    own = service(domains=["gemeente.example"])
    assert may(own, "bas@Gemeente.example")
    assert not may(own, "anna@provincie.example")
    assert not may(own, "x@gemeente.example.provincie.example")
    assert not may(own, "bas@onder.gemeente.example")
    assert not may(service(), "bas@gemeente.example"), "without domains: for nobody"


def test_a_form_may_lead_to_the_services_to_sign_in_with_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = [
        {"settings": {"server_url": "https://dienst.example/realms/gemeente"}},
        {"settings": {"server_url": "https://a.example", "sign_in_at": "https://b.example/in"}},
    ]
    file = tmp_path / "services.json"
    file.write_text(json.dumps(services), "utf-8")
    assert settings._hosts_of_services() == []
    monkeypatch.setenv("NOABER_SIGN_IN_SERVICES", str(file))
    assert settings._hosts_of_services() == ["https://b.example", "https://dienst.example"]
