"""Noaber starts only where its register is safe."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from noaber.config import sqlite
from tests.databases import RealDatabase


def start(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NOABER_")}
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_serving_without_a_secret_key_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    refused = start("import noaber.config.wsgi", NOABER_VAR=str(tmp_path))
    assert refused.returncode != 0
    assert "zet NOABER_SECRET_KEY" in refused.stderr


def test_serving_a_database_without_its_triggers_is_refused(tmp_path: Path) -> None:
    refused = start(
        "import noaber.config.wsgi", NOABER_VAR=str(tmp_path), NOABER_SECRET_KEY="for this test"
    )
    assert refused.returncode != 0
    assert "TriggersMissing" in refused.stderr


def test_all_pages_are_read_before_the_server_forks(
    tmp_path: Path, real_database: RealDatabase
) -> None:
    """Else each process reads them again while its first visitor waits, after every start."""
    shown = start(
        "import sys, noaber.config.wsgi; print('noaber.web.office.urls' in sys.modules)",
        NOABER_VAR=str(tmp_path),
        NOABER_SECRET_KEY="for this test",
        NOABER_DATABASE=real_database.url,
    )
    assert shown.stdout.strip() == "True", shown.stderr


def test_the_server_starts_without_reading_what_it_seldom_needs(
    tmp_path: Path, real_database: RealDatabase
) -> None:
    """Libraries for spreadsheets, and every migration: a quarter of the time until it is ready."""
    seldom = ("openpyxl", "odf", "docx", "lxml", "PIL", "noaber.ledger.migrations.0001_initial")
    shown = start(
        f"import sys, noaber.config.wsgi; print([name for name in {seldom} if name in sys.modules])",
        NOABER_VAR=str(tmp_path),
        NOABER_SECRET_KEY="for this test",
        NOABER_DATABASE=real_database.url,
    )
    assert shown.stdout.strip() == "[]", shown.stderr


def test_a_secret_key_in_the_var_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("kept\n", "ascii")
    shown = start(
        "from noaber.config import settings as s; print(s.SECRET_KEY)", NOABER_VAR=str(tmp_path)
    )
    assert shown.stdout == "kept\n"


def test_an_old_sqlite_is_replaced_by_the_packaged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setitem(sys.modules, "sqlite3", sys.modules["sqlite3"])
    monkeypatch.setitem(sys.modules, "sqlite3.dbapi2", sys.modules["sqlite3.dbapi2"])
    monkeypatch.setattr(sqlite, "sqlite3", sqlite3)
    assert sqlite.ensure_safe() >= sqlite.OLDEST_SAFE
    assert sys.modules["sqlite3"].__name__ == "pysqlite3"


def test_where_no_sqlite_is_new_enough_noaber_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sqlite, "OLDEST_SAFE", (99, 0, 0))
    with pytest.raises(sqlite.SQLiteTooOld, match="te oud"):
        sqlite.ensure_safe()


@pytest.mark.django_db
def test_every_answer_forbids_inline_script_other_hosts_and_framing(client: Client) -> None:
    answer = client.get("/bestaat-niet-en-komt-niet/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "http" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
