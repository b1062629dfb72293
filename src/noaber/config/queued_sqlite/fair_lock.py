"""A queue of writers in front of SQLite's one write lock: locks on two files beside the database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

QUEUE, TURN = "-queue", "-turn"
"""What the files are called, after the name of the database."""


class FairLock:
    """The turn of one connection to write to the database in a file.

    Whoever stands first in the queue waits for the turn, and nobody else does: so who just wrote
    cannot be ahead of who waits. The system lets those behind in one by one, as they came, and
    frees the turn of a process that is killed.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._held: FileIO | None = None

    def take(self) -> None:
        """Wait until it is our turn, however long that takes.

        :raises OSError: when the files cannot be made.
        """
        if self._held is None:
            with self._locked(QUEUE):
                self._held = self._lock(TURN)

    def leave(self) -> None:
        """Let the next one write, if it was our turn."""
        if self._held is not None:
            _unlock(self._held)
            self._held = None

    @contextmanager
    def _locked(self, end: str) -> Iterator[None]:
        held = self._lock(end)
        try:
            yield
        finally:
            _unlock(held)

    def _lock(self, end: str) -> FileIO:
        # An object, not a number: a connection that is thrown away lets go of its turn as well.
        file = FileIO(f"{self._database}{end}", "ab", opener=self._open)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except BaseException:
            file.close()
            raise
        return file

    def _open(self, path: str, flags: int) -> int:
        """Open a file, made for whoever may write to the database: as SQLite does with its own."""
        try:
            return os.open(path, flags & ~os.O_CREAT)
        except FileNotFoundError:
            of = self._database.stat()
            made = os.open(path, flags, 0o600)
            os.fchmod(made, of.st_mode & 0o777)
            if os.geteuid() == 0:
                os.fchown(made, of.st_uid, of.st_gid)
            return made


def _unlock(file: FileIO) -> None:
    # Closing is not enough when a child that was forked meanwhile has the file as well.
    fcntl.flock(file, fcntl.LOCK_UN)
    file.close()
