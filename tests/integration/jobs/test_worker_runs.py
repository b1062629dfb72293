"""A worker runs until it is told to stop."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from noaber.cli import working
from noaber.jobs import queries
from noaber.jobs.actions import enqueue
from noaber.jobs.rules import State
from noaber.jobs.running import Running
from noaber.jobs.working import Handler, Worker
from tests.databases import RealDatabase

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)


def test_it_works_until_it_is_told_to_stop_and_tidies_every_hour(
    real_database: RealDatabase,
) -> None:
    stop = threading.Event()
    tidied: list[datetime] = []
    clock = iter(AT + timedelta(minutes=20 * n) for n in range(100))

    def work(_: Running) -> None:
        stop.set()

    def chore(at: datetime) -> None:
        tidied.append(at)
        if len(tidied) == 2:
            with transaction.atomic():
                enqueue("count", {}, at=AT)
        if len(tidied) == 1:
            raise DatabaseError("a chore that fails stops nothing")

    made = Worker([Handler("count", work)], now=lambda: next(clock), chores=[chore], poll=0.001)
    made.run(stop)
    assert queries.counts()[State.DONE] == 1
    assert [at - AT for at in tidied] == [timedelta(0), timedelta(hours=1, minutes=20)]


def test_a_worker_inside_the_web_that_breaks_down_begins_again(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the seat: as long as its process lives nobody else would be at work."""
    settings.VAR = tmp_path
    monkeypatch.setattr(working, "SEAT_AGAIN", 0.01)
    at_work = threading.Event()
    times: list[int] = []

    class Breaking:
        def run(self, stop: threading.Event) -> None:
            times.append(len(times))
            if len(times) == 1:
                raise ZeroDivisionError
            at_work.set()
            stop.wait()

    monkeypatch.setattr(working, "worker", Breaking)
    inside = working.Inside()
    inside.start()
    assert at_work.wait(30)
    inside.stop()
    assert times == [0, 1]
