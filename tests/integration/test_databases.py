"""The databases that tests run on behave as in production."""

import os
import subprocess
import sys
import threading

import pytest
from django.db import connection

from tests.databases import RealDatabase


@pytest.mark.django_db
def test_sqlite_is_a_file_that_writers_lock_from_the_start_of_a_transaction() -> None:
    if connection.vendor != "sqlite":
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
        return
    with connection.cursor() as cursor:
        answers = {}
        for pragma in ("journal_mode", "synchronous", "recursive_triggers", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            answers[pragma] = cursor.fetchone()[0]
    assert answers == {
        "journal_mode": "wal",
        "synchronous": 2,
        "recursive_triggers": 1,
        "foreign_keys": 1,
    }
    assert connection.get_database_version() >= (3, 51, 3)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_what_one_thread_commits_is_seen_by_another_and_by_another_process(
    real_database: RealDatabase,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE neighbour (name text)")
        cursor.execute("INSERT INTO neighbour VALUES ('noaber')")
    seen: list[str] = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM neighbour")
            seen.extend(row[0] for row in cursor.fetchall())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    program = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('SELECT name FROM neighbour')\n"
        "print(cursor.fetchone()[0])"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], env=os.environ, capture_output=True, text=True, check=True
    )
    assert seen == ["noaber"]
    assert other.stdout.strip() == "noaber"


def test_the_next_test_finds_an_empty_database_again(real_database: RealDatabase) -> None:
    assert "neighbour" not in connection.introspection.table_names()
    assert "record_revision" in connection.introspection.table_names()
