"""The queue in front of SQLite's write lock: who stands in it, and when a turn ends."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from noaber.config.queued_sqlite.fair_lock import QUEUE, TURN, FairLock
from noaber.jobs.actions import enqueue
from noaber.jobs.models import Job
from tests.databases import RealDatabase
from tests.integration.turns.beside import beside

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)

HOLDER = """
import time, django; django.setup()
from django.db import transaction
with transaction.atomic():
    print("open", flush=True)
    time.sleep(600)
"""


def _is_free(file: Path) -> bool:
    with file.open("a") as asked:
        try:
            fcntl.flock(asked, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _is_turn_free(database: RealDatabase) -> bool:
    return all(_is_free(Path(f"{database.name}{end}")) for end in (QUEUE, TURN))


def test_a_turn_lasts_as_long_as_its_transaction(real_database: RealDatabase) -> None:
    with transaction.atomic():
        with transaction.atomic():
            enqueue("count", {}, at=AT)
        assert not _is_turn_free(real_database)
    assert _is_turn_free(real_database)


def test_a_turn_ends_with_a_transaction_that_fails(real_database: RealDatabase) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        enqueue("count", {}, at=AT)
        _ = 1 // 0
    assert _is_turn_free(real_database)
    with suppress(ZeroDivisionError), transaction.atomic():
        connection.close()
        _ = 1 // 0
    assert _is_turn_free(real_database)


def test_who_cannot_open_a_transaction_leaves_the_queue(real_database: RealDatabase) -> None:
    """Somebody writes past the queue, for longer than we wait for that."""
    connection.close()
    connection.settings_dict["OPTIONS"]["timeout"] = 0.1
    try:
        past = sqlite3.connect(real_database.name, isolation_level=None)
        past.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            pass
        with pytest.raises(OperationalError, match="locked"):
            Job.objects.update(priority=1)
        assert _is_turn_free(real_database)
        past.close()
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"]["timeout"] = 20


def test_a_write_by_itself_waits_its_turn(real_database: RealDatabase) -> None:
    with transaction.atomic():
        number = enqueue("count", {}, at=AT)
    lock, done = FairLock(Path(real_database.name)), threading.Event()

    def change() -> None:
        Job.objects.filter(pk=number).update(priority=7)
        done.set()

    lock.take()
    try:
        with beside(change):
            assert not done.wait(0.5)
            # Although nobody holds SQLite's own lock.
            assert Job.objects.get().priority == 0
            lock.leave()
    finally:
        lock.leave()
    assert Job.objects.get().priority == 7
    assert _is_turn_free(real_database)


def test_the_turn_of_a_process_that_is_killed_is_free(real_database: RealDatabase) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=os.environ, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    assert not _is_turn_free(real_database)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert _is_turn_free(real_database)
    with transaction.atomic():
        enqueue("count", {}, at=AT)
    assert Job.objects.count() == 1


def test_a_thread_that_forgets_its_connection_gives_up_its_turn(
    real_database: RealDatabase,
) -> None:
    lock = FairLock(Path(real_database.name))
    lock.take()
    with pytest.warns(ResourceWarning):
        del lock
    assert _is_turn_free(real_database)


def test_the_files_are_for_whoever_may_write_to_the_database(tmp_path: Path) -> None:
    database = tmp_path / "register.sqlite3"
    database.touch()
    database.chmod(0o660)
    lock = FairLock(database)
    lock.take()
    lock.leave()
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {0o660}


def test_a_folder_in_which_nothing_can_be_made_is_told_as_any_trouble_of_the_database(
    real_database: RealDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.ensure_connection()
    nowhere = FairLock(Path("/proc/nobody/register.sqlite3"))
    monkeypatch.setattr(connection, "fair_lock", nowhere)
    with pytest.raises(OperationalError, match="no turn to write"), transaction.atomic():
        pass
