"""Something that goes on beside a test, with a connection of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def beside(*works: Callable[[], object], pause: float = 0) -> Iterator[list[threading.Thread]]:
    """Begin each work in a thread, `pause` seconds after the one before; all have ended afterwards.

    The threads are added to what is given as they begin.
    """
    threads: list[threading.Thread] = []
    try:
        for work in works:
            begun = threading.Event()
            threads.append(threading.Thread(target=_run, args=(work, begun)))
            threads[-1].start()
            begun.wait()
            threads[-1].join(pause)
        yield threads
    finally:
        for thread in threads:
            thread.join()


def _run(work: Callable[[], object], begun: threading.Event) -> None:
    # Already here, so that what follows takes no longer than asking for the lock.
    connection.ensure_connection()
    begun.set()
    try:
        work()
    finally:
        connection.close()
