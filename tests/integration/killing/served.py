"""The web server as it runs in earnest: started, asked whether it is ready, and killed."""

import http.client
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.factories.mail_server import free_port

ROOT = Path(__file__).parents[3]
HASTY = "tests.integration.killing.hasty:application"
"""The control: answers before it has recorded anything."""

LONGEST = 60.0


class NotReady(Exception):
    """The server does not come up at all."""


class Served:
    """A server on a port of its own; with all its processes it is one group, killed as one."""

    def __init__(self, *, application: str = "", workers: int = 2) -> None:
        self.port = free_port()
        self._program = [
            sys.executable, "-m", "gunicorn", "--config", "python:noaber.config.server",
            *([application] if application else []),
        ]  # fmt: skip
        self._environment = {
            **os.environ,
            "NOABER_BIND": f"127.0.0.1:{self.port}",
            "NOABER_WORKERS": str(workers),
            "NOABER_TRYOUT": "1",
            "NOABER_LOG": "CRITICAL",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; gives how many seconds it took until it answered that all is well.

        :raises NotReady: when it never does.
        """
        begun = time.monotonic()
        self._process = subprocess.Popen(
            self._program,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self._until_ready(begun)

    def kill(self) -> None:
        """End every process of it at once, as a machine that fails does."""
        if self._process is not None:
            # The group is our own child's, which keeps its number until it is waited for.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def kill_one(self, chance: random.Random) -> float:
        """End one process that serves; gives the seconds until the site answers again."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        serving = [int(number) for number in children.read_text("ascii").split()]
        begun = time.monotonic()
        if serving:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(serving), signal.SIGKILL)
        return self._until_ready(begun)

    def _until_ready(self, begun: float) -> float:
        while not self._is_ready():
            if time.monotonic() - begun > LONGEST:
                raise NotReady
            time.sleep(0.02)
        return time.monotonic() - begun

    def _is_ready(self) -> bool:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/gezond")
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()


@contextmanager
def served(*, application: str = "", workers: int = 2) -> Iterator[Served]:
    """A server that is gone afterwards; it is not started yet."""
    made = Served(application=application, workers=workers)
    try:
        yield made
    finally:
        made.kill()
