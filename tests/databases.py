"""Fresh databases for tests that need real commits, several processes or threads.

Append-only triggers refuse the flush with which Django's TransactionTestCase cleans up; a database
restored from a snapshot is as quick and truly empty. SQLite copies a file, PostgreSQL a template.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.db import connection, connections


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database as it was, to make fresh ones from: a file on SQLite, a template on PostgreSQL."""

    name: str


@dataclass(frozen=True, slots=True)
class RealDatabase:
    """A database of one test.

    `url` is what NOABER_DATABASE must be in other processes; it is set in the environment already.
    """

    name: str
    url: str
    vendor: str


def take_snapshot(folder: Path) -> Snapshot:
    """Keep the database of the default connection as it is now; nobody else may be using it.

    On SQLite the snapshot is a file in `folder`.
    """
    name = f"noaber_snapshot_{uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        file = folder / f"{name}.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return Snapshot(str(file))
    source = str(connection.settings_dict["NAME"])
    connections.close_all()
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return Snapshot(name)


def drop_snapshot(snapshot: Snapshot) -> None:
    if connection.vendor == "sqlite":
        Path(snapshot.name).unlink(missing_ok=True)
    else:
        _drop_database(snapshot.name)


@contextmanager
def empty(folder: Path) -> Iterator[RealDatabase]:
    """Point the default connection to a database without any table; remove it afterwards."""
    with _pointed(folder) as database:
        yield database


@contextmanager
def restored(snapshot: Snapshot, folder: Path) -> Iterator[RealDatabase]:
    """Point the default connection, in every thread, to a fresh copy; remove the copy afterwards."""
    with _pointed(folder, snapshot) as database:
        yield database


@contextmanager
def _pointed(folder: Path, snapshot: Snapshot | None = None) -> Iterator[RealDatabase]:
    usual = connection.settings_dict["NAME"]
    name = f"noaber_{uuid4().hex[:12]}"
    connections.close_all()
    if connection.vendor == "sqlite":
        name = str(folder / f"{name}.sqlite3")
        if snapshot:
            shutil.copyfile(snapshot.name, name)
    else:
        template = snapshot.name if snapshot else "template0"
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    # The same dictionary serves the connections that other threads open.
    connection.settings_dict["NAME"] = name
    try:
        yield RealDatabase(name, _url(), connection.vendor)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = usual
        if connection.vendor == "sqlite":
            for left in Path(name).parent.glob(Path(name).name + "*"):
                left.unlink()
        else:
            _drop_database(name)


def _url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    person = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    # A folder with a socket does not fit between @ and /, so it goes into the query.
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    if host.startswith("/"):
        return f"postgres://{person}@{port}/{settings['NAME']}?host={host}"
    return f"postgres://{person}@{host}{port}/{settings['NAME']}"


def _drop_database(name: str) -> None:
    _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    """Run a statement that PostgreSQL refuses in a transaction or on the database itself."""
    import psycopg

    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    wanted = {
        k: parameters[k]
        for k in ("dbname", "user", "password", "host", "port")
        if parameters.get(k)
    }
    with closing(psycopg.connect(**wanted, autocommit=True)) as server:
        server.execute(statement.encode())
