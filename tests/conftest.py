"""What every test may count on: settings, a database per engine, and what this machine can run."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from pytest_django import DjangoDbBlocker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
# Static files straight from their source: no test depends on `noaber setup` having run.
os.environ.setdefault("NOABER_DEBUG", "1")
# Before other conftests are read: those import models.
django.setup()
# Where DJANGO_SETTINGS_MODULE is set, pytest-django has read the settings before this file.
if not importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"]).DEBUG:
    pytest.exit("Run the tests with script/test, or with NOABER_DEBUG=1 in the environment.", 2)

from tests import machine  # noqa: E402
from tests.databases import (  # noqa: E402
    RealDatabase,
    Snapshot,
    drop_snapshot,
    restored,
    take_snapshot,
)

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "real_database",
    "reference_register",
    "django_db_setup",
    "live_server",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what touches the database; leave out, and count, what this machine cannot run."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
    lacking = machine.lacking()
    left_out = [
        item for item in items if any(item.get_closest_marker(part.marker) for part in lacking)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    config.stash[machine.LEFT_OUT] = {
        part: count
        for part in lacking
        if (count := sum(bool(item.get_closest_marker(part.marker)) for item in left_out))
    }


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for part, count in config.stash.get(machine.LEFT_OUT, {}).items():
        terminalreporter.write_line(
            f"Left out: {count} tests marked '{part.marker}'. {part.remedy}", yellow=True
        )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With NOABER_REQUIRE=all a test left out is a failure."""
    if (
        exitstatus == pytest.ExitCode.OK
        and os.environ.get("NOABER_REQUIRE") == "all"
        and session.config.stash.get(machine.LEFT_OUT, {})
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, since in memory it has no WAL and no second process."""
    from django.db import connection

    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Snapshot]:
    """The database just after migration: all tables and triggers, no rows.

    In place of pytest-django's own, which makes no test database in a run without a test that is
    marked django_db; then `real_database` would copy the database of whoever runs the tests.
    """
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        snapshot = take_snapshot(tmp_path_factory.mktemp("snapshots"))
        yield snapshot
        drop_snapshot(snapshot)
        teardown_databases(made, verbosity=0)


@pytest.fixture
def real_database(
    django_db_setup: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[RealDatabase]:
    """A fresh migrated database with real commits, also for other threads and processes."""
    with django_db_blocker.unblock(), restored(django_db_setup, tmp_path) as database:
        monkeypatch.setenv("NOABER_DATABASE", database.url)
        yield database


@pytest.fixture(scope="session")
def reference_snapshot(
    django_db_setup: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Snapshot]:
    """The database with the reference deal loaded."""
    from tests.factories.loading import load_folder
    from tests.factories.reference_deal import FOLDER

    folder = tmp_path_factory.mktemp("reference")
    with django_db_blocker.unblock(), restored(django_db_setup, folder):
        load_folder(FOLDER)
        snapshot = take_snapshot(folder)
    yield snapshot
    with django_db_blocker.unblock():
        drop_snapshot(snapshot)


@pytest.fixture
def reference_register(
    reference_snapshot: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[RealDatabase]:
    """A register of its own with the reference deal in it, as a real database."""
    with django_db_blocker.unblock(), restored(reference_snapshot, tmp_path) as database:
        monkeypatch.setenv("NOABER_DATABASE", database.url)
        yield database
