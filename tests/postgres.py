"""A private PostgreSQL for one run of the tests: its own folder and socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN_BINARIES = Path("/usr/lib/postgresql")
REMEDY = "They need PostgreSQL: apt-get install postgresql"
# PostgreSQL refuses to run as root; the first of these that exists runs it then.
UNPRIVILEGED = ("postgres", "nobody")


class PostgresFailed(Exception):
    """PostgreSQL is there and does not start."""


def binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`; Debian keeps it off the path, newest version last."""
    versions = [path for path in DEBIAN_BINARIES.glob("*/bin") if (path / "initdb").is_file()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name.split(".")[0]))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a cluster with the programs in `folder`; gives the address for NOABER_DATABASE.

    :raises PostgresFailed: with what PostgreSQL said.
    """
    with tempfile.TemporaryDirectory(prefix="noaber-pg-", dir="/tmp") as name:
        home = Path(name)
        data = home / "data"
        runner = _as_other_person(home)
        owner = "noaber"
        create = ["--username", owner, "--auth", "trust", "--encoding", "UTF8", "--no-locale"]
        _run([*runner, f"{folder}/initdb", "--pgdata", str(data), *create, "--no-sync"])
        # No TCP at all: only this socket, in a folder that only we can enter.
        options = f"-c listen_addresses= -k {home} -c fsync=off -c max_connections=300"
        control = [*runner, f"{folder}/pg_ctl", "--pgdata", str(data), "--wait", "--silent"]
        _run([*control, "--log", str(home / "log"), "--options", options, "start"])
        try:
            yield f"postgres://{owner}@/postgres?host={home}"
        finally:
            _run([*control, "--mode", "immediate", "stop"])


def _as_other_person(home: Path) -> list[str]:
    """What to put before a command when we are root; the folder is handed over."""
    if os.geteuid() != 0:
        return []
    people = {person.pw_name for person in pwd.getpwall()}
    person = next(name for name in UNPRIVILEGED if name in people)
    shutil.chown(home, person)
    return ["runuser", "-u", person, "--"]


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        cwd="/tmp",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PostgresFailed(f"{command[-1]}: {done.stdout[-2000:]}")
