"""Who waits longest to write goes first, on either engine."""

import threading
from datetime import UTC, datetime
from functools import partial

from django.db import connection, transaction

from noaber.jobs.actions import enqueue
from noaber.jobs.models import Job
from noaber.record import locking
from tests.databases import RealDatabase
from tests.integration.turns.beside import beside

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
WRITERS = 8
PAUSE = 0.3
"""Seconds between two that come: by then SQLite's own way of waiting looks only now and then."""


def _note(name: str) -> None:
    with transaction.atomic():
        locking.lock()
        enqueue("count", {}, key=name, at=AT)


def test_who_came_first_writes_first(real_database: RealDatabase) -> None:
    names = [f"schrijver-{number}" for number in range(WRITERS)]
    opened, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locking.lock()
            opened.set()
            go_on.wait()

    with beside(hold):
        opened.wait()
        works = [partial(_note, name) for name in names]
        try:
            with beside(*works, pause=PAUSE):
                go_on.set()
        finally:
            go_on.set()
    assert list(Job.objects.order_by("id").values_list("key", flat=True)) == names


def test_a_reader_waits_for_nobody(real_database: RealDatabase) -> None:
    seen: list[int] = []
    with transaction.atomic():
        locking.lock()
        enqueue("count", {}, at=AT)
        with beside(lambda: seen.append(Job.objects.count())) as (reader,):
            reader.join(10)
            assert seen == [0]
    assert Job.objects.count() == 1
    connection.close()
