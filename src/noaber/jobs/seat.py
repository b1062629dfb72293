"""One at a time on a machine: a lock on a file."""

import fcntl
import os
from pathlib import Path


class Seat:
    """A seat that one process (or thread) has; the system frees it when its process ends, however.

    Jobs need no seat to be safe: it only keeps several processes from all looking for work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: int | None = None

    def take(self) -> bool:
        """Whether the seat is ours now."""
        if self._held is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(opened)
            return False
        self._held = opened
        return True

    def leave(self) -> None:
        """Free the seat, if it is ours."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
