"""A copy of the whole database in one file, and a database from such a copy, on either engine."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection, connections, transaction

from noaber.operation.rules import NotARestorable
from noaber.record import queries

DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
_VARIABLES = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
}  # fmt: skip


class ProgramFailed(Exception):
    """A program of PostgreSQL is not there or does not do what it must; says what it said."""


def copy(to: Path) -> tuple[int, str]:
    """Write the database as it is at one moment to a file; returns the head of its chain.

    Others go on reading and writing meanwhile. Outside a transaction.

    :raises ProgramFailed: when pg_dump fails.
    """
    return _copy_postgres(to) if connection.vendor == "postgresql" else _copy_sqlite(to)


def _copy_sqlite(to: Path) -> tuple[int, str]:
    with connection.cursor() as cursor:
        # Reads one snapshot, leaves out free pages, and never sees half of a transaction.
        cursor.execute("VACUUM INTO %s", [str(to)])
    with closing(sqlite3.connect(to)) as made:
        _require_whole(made)
        row = made.execute(
            "SELECT number, hash FROM record_revision ORDER BY number DESC LIMIT 1"
        ).fetchone()
    return row or (0, queries.recorded(0)[1])


def _require_whole(database: sqlite3.Connection) -> None:
    said = database.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise NotARestorable(f"De kopie van de database is beschadigd: {said}")


def _copy_postgres(to: Path) -> tuple[int, str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        # The dump sees what we see, so its head is ours.
        head = queries.head()
        whole = ["--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s"]
        _run("pg_dump", [*whole, f"--snapshot={snapshot}", f"--file={to}"])
    _run("pg_restore", ["--list", str(to)])
    return head


def is_empty() -> bool:
    """Whether the database that is set holds no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def put_back(copy_: Path) -> None:
    """Make the database that is set, which is empty, from a copy; the copy may be used up.

    :raises ProgramFailed: when pg_restore fails; nothing is left in the database then.
    :raises NotARestorable: when the copy is damaged.
    """
    if connection.vendor == "postgresql":
        whole = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        name = str(connection.settings_dict["NAME"])
        _run("pg_restore", [*whole, f"--dbname={name}", str(copy_)])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return
    with closing(sqlite3.connect(copy_)) as made:
        _require_whole(made)
    take_away()
    shutil.move(copy_, str(connection.settings_dict["NAME"]))


def take_away() -> None:
    """Empty the database again after putting back went wrong half-way."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            names = [connection.ops.quote_name(n) for n in connection.introspection.table_names()]
            if names:
                cursor.execute(f"DROP TABLE {', '.join(names)} CASCADE")
            cursor.execute("DROP FUNCTION IF EXISTS noaber_append_only")
        return
    connections.close_all()
    for end in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)


def _run(program: str, arguments: Sequence[str]) -> None:
    path = _find(program)
    given = connection.get_connection_params()
    # In the environment, since everybody on the machine can read a command line.
    environment = {n: str(given[k]) for k, n in _VARIABLES.items() if given.get(k)}
    done = subprocess.run(  # noqa: S603  our own arguments
        [path, "--no-password", *arguments],
        env={**os.environ, **environment, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(f"{program} lukt niet: {done.stderr.strip()[-1000:]}")


def _find(program: str) -> str:
    """The program of the newest PostgreSQL here: it can read any older server."""
    versions = [path for path in DEBIAN_PROGRAMS.glob(f"*/bin/{program}") if path.is_file()]
    newest = max(versions, key=lambda path: int(path.parts[-3].split(".")[0]), default=None)
    found = str(newest) if newest else shutil.which(program)
    if found is None:
        raise ProgramFailed(f"{program} ontbreekt. Op Debian: apt-get install postgresql-client")
    return found
