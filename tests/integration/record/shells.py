"""A plain shell on the database of a test, without Django, and the ways to change a table in it."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, Protocol

import psycopg
from django.db import connection

from noaber.record.queries import append_only_models
from tests import postgres
from tests.databases import RealDatabase

Statement = tuple[str, tuple[Any, ...]]


class Shell(Protocol):
    """What the tests ask of a database."""

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Run one statement and commit it; raises what the driver raises."""

    def attempts(self, table: str) -> Iterator[Statement]:
        """Statements that would change, remove or replace a row of the table."""


REFUSED = (sqlite3.DatabaseError, psycopg.DatabaseError)


def tables() -> list[str]:
    """Names of all append-only tables."""
    return [model._meta.db_table for model in append_only_models()]


@contextmanager
def shell(database: RealDatabase) -> Iterator[Shell]:
    """A plain shell on the database."""
    connection.close()
    if database.vendor == "sqlite":
        with closing(sqlite3.connect(database.name, isolation_level=None)) as plain:
            yield SQLite(plain)
    else:
        with closing(psycopg.connect(database.url, autocommit=True)) as server:
            yield PostgreSQL(server)


def contents(session: Shell, table: str) -> list[Any]:
    """All rows of the table, in a fixed order."""
    return sorted(tuple(map(str, row)) for row in session.run(f'SELECT * FROM "{table}"'))


class SQLite:
    """No foreign keys, no recursive triggers, and checks ignored: triggers alone must hold."""

    def __init__(self, plain: sqlite3.Connection) -> None:
        self.plain = plain
        plain.row_factory = sqlite3.Row
        plain.execute("PRAGMA ignore_check_constraints = ON")
        plain.execute("PRAGMA recursive_triggers = OFF")

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self.plain.execute(sql, values).fetchall()

    def attempts(self, table: str) -> Iterator[Statement]:
        row = dict(self.run(f'SELECT rowid AS "rowid", * FROM "{table}"')[0])
        some = next(name for name in row if name != "rowid")
        yield f'UPDATE "{table}" SET "{some}" = "{some}"', ()
        yield f'UPDATE OR REPLACE "{table}" SET "{some}" = "{some}"', ()
        yield f'DELETE FROM "{table}"', ()
        yield f'DELETE FROM "{table}" WHERE "{some}" = "{some}"', ()
        keys = self.keys(table)
        for key in [*keys, ("rowid",)]:
            if any(row[name] is None for name in key):
                continue
            other = self._other_row(table, row, keys, key)
            columns = ", ".join(f'"{name}"' for name in other)
            marks = ", ".join("?" * len(other))
            target = f'"{table}" ({columns}) VALUES ({marks})'
            yield f"INSERT OR REPLACE INTO {target}", tuple(other.values())
            yield f"REPLACE INTO {target}", tuple(other.values())
            if key != ("rowid",):
                on = ", ".join(f'"{name}"' for name in key)
                upsert = (
                    f'INSERT INTO {target} ON CONFLICT ({on}) DO UPDATE SET "{some}" = "{some}"'
                )
                yield upsert, tuple(other.values())

    def keys(self, table: str) -> list[tuple[str, ...]]:
        """Columns of every unique index and of the primary key, as the database itself has them."""
        info = self.run(f'PRAGMA table_info("{table}")')
        found = {tuple(c["name"] for c in sorted(info, key=lambda c: c["pk"]) if c["pk"])}
        for index in self.run(f'PRAGMA index_list("{table}")'):
            if index["unique"]:
                columns = self.run(f'PRAGMA index_info("{index["name"]}")')
                found.add(tuple(c["name"] for c in columns))
        return sorted(found)

    def _other_row(
        self,
        table: str,
        row: Mapping[str, Any],
        keys: list[tuple[str, ...]],
        kept: tuple[str, ...],
    ) -> dict[str, Any]:
        """A new row that collides with `row` in the key `kept` and in no other."""
        info = self.run(f'PRAGMA table_info("{table}")')
        alias = {c["name"] for c in info if c["pk"] and c["type"].lower() == "integer"}
        other = {name: value for name, value in row.items() if name != "rowid"}
        for key in keys:
            free = [name for name in key if name not in kept]
            for name in free[:1]:
                other[name] = _different(other[name])
        if kept == ("rowid",):
            # Where the key is the row number under another name, that name says it.
            other.update(dict.fromkeys(alias, row["rowid"]) or {"rowid": row["rowid"]})
        return other


class PostgreSQL:
    """The owner of the tables, with every right but that of switching triggers off."""

    def __init__(self, server: "psycopg.Connection[Any]") -> None:
        self.server = server

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        answer = self.server.execute(sql.encode(), values)
        return answer.fetchall() if answer.description else []

    def attempts(self, table: str) -> Iterator[Statement]:
        names = [
            row[0]
            for row in self.run(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
                (table,),
            )
        ]
        some = names[0]
        columns = ", ".join(f'"{name}"' for name in names)
        yield f'UPDATE "{table}" SET "{some}" = "{some}"', ()
        yield f'DELETE FROM "{table}"', ()
        yield f'DELETE FROM "{table}" WHERE "{some}" = "{some}"', ()
        yield f'TRUNCATE "{table}" CASCADE', ()
        yield f'TRUNCATE "{table}" RESTART IDENTITY CASCADE', ()
        for (key,) in self.run(
            "SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_index i "
            "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
            "WHERE i.indrelid = %s::regclass AND i.indisprimary GROUP BY i.indexrelid",
            (table,),
        ):
            upsert = (
                f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE '
                f'SELECT {columns} FROM "{table}" '
                f'ON CONFLICT ({key}) DO UPDATE SET "{some}" = EXCLUDED."{some}"'
            )
            yield upsert, ()
        merge = (
            f'MERGE INTO "{table}" t USING "{table}" s ON t."{some}" = s."{some}" '
            f'WHEN MATCHED THEN UPDATE SET "{some}" = s."{some}"'
        )
        yield merge, ()


def program(database: RealDatabase) -> list[str] | None:
    """The engine's own shell program on the database, ready for a statement; None if not here."""
    if database.vendor == "sqlite":
        found = shutil.which("sqlite3")
        return [found, "-bail", database.name] if found else None
    folder = postgres.binaries()
    found = shutil.which("psql") or (str(folder / "psql") if folder else None)
    return [found, database.url, "-v", "ON_ERROR_STOP=1", "-c"] if found else None


def say(command: list[str], statement: str) -> subprocess.CompletedProcess[str]:
    """What the shell program answers."""
    return subprocess.run([*command, statement], capture_output=True, text=True, check=False)


def _different(value: Any) -> Any:
    return value + 1000 if isinstance(value, int) else f"{value}~"
