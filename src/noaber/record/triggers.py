"""Database triggers that keep append-only tables append-only, on both engines.

SQLite: UPDATE, DELETE and INSERT OR REPLACE are refused, and amounts that are not stored as
integers. PostgreSQL: UPDATE, DELETE and TRUNCATE are refused. Django's table remake on SQLite
drops triggers silently, so they are installed again after every migration and required at start.
"""

from collections.abc import Iterator
from itertools import chain

from django.db import connection
from django.db.models import Model, UniqueConstraint

from noaber.record.fields import CentsField
from noaber.record.queries import append_only_models

MESSAGE = "append-only: rows of {table} are never changed or removed"


class TriggersMissing(Exception):
    """The database lacks triggers that keep the record whole; writing would be unsafe."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            "De database mist bewaking op tabellen waar alleen bij mag komen: "
            f"{', '.join(names)}. Herstel met: noaber setup"
        )
        self.names = names


def install() -> None:
    """Put every trigger in place, replacing what is there.

    While only some apps are migrated, on the tables that are there; `require` asks for all.
    """
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for name, table, statement in _triggers():
            if table in present:
                cursor.execute(_drop(name, table))
                cursor.execute(statement)


def missing() -> list[str]:
    """Names of the triggers that should be there and are not, or are disabled."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
                "AND n.nspname = ANY (current_schemas(false))"
            )
            present = set(cursor.fetchall())
            wanted = {(name, table, _POSTGRES_BODY) for name, table, _ in _triggers()}
        else:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = set(cursor.fetchall())
            wanted = set(_triggers())
    return sorted(row[0] for row in wanted - present)


def require() -> None:
    """:raises TriggersMissing: when a trigger is missing."""
    names = missing()
    if names:
        raise TriggersMissing(names)


def _triggers() -> Iterator[tuple[str, str, str]]:
    """Name, table and statement of every trigger for this engine."""
    make = _postgres if connection.vendor == "postgresql" else _sqlite
    return chain.from_iterable(make(model) for model in append_only_models())


def _drop(name: str, table: str) -> str:
    if connection.vendor == "postgresql":
        return f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
    return f'DROP TRIGGER IF EXISTS "{name}"'


def _sqlite(model: type[Model]) -> Iterator[tuple[str, str, str]]:
    table = model._meta.db_table
    message = MESSAGE.format(table=table)
    for event in ("UPDATE", "DELETE"):
        name = f"{table}_no_{event.lower()}"
        yield (
            name,
            table,
            (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ),
        )
    # Table and columns come from our own models, so there is nothing to inject.
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {_same(table, key)})"  # noqa: S608
        for key in _unique_columns(model)
    )
    yield (
        f"{table}_no_replace",
        table,
        (
            f'CREATE TRIGGER "{table}_no_replace" BEFORE INSERT ON "{table}" WHEN {taken} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ),
    )
    cents = [f.column for f in model._meta.concrete_fields if isinstance(f, CentsField)]
    if cents:
        wrong = " OR ".join(
            f"typeof(NEW.\"{column}\") NOT IN ('integer', 'null')" for column in cents
        )
        yield (
            f"{table}_whole_cents",
            table,
            (
                f'CREATE TRIGGER "{table}_whole_cents" BEFORE INSERT ON "{table}" WHEN {wrong} '
                f"BEGIN SELECT RAISE(ABORT, 'amounts in {table} are whole cents'); END"
            ),
        )


def _same(table: str, key: tuple[str, ...]) -> str:
    """The row that already holds the new row's `key`."""
    return f'"{table}" WHERE ' + " AND ".join(f'"{column}" = NEW."{column}"' for column in key)


def _unique_columns(model: type[Model]) -> Iterator[tuple[str, ...]]:
    # Also where it is no column of ours: REPLACE can aim at SQLite's own number of a row.
    yield ("rowid",)
    for field in model._meta.concrete_fields:
        if field.unique:
            yield (str(field.column),)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            names = set(constraint.fields)
            yield tuple(str(f.column) for f in model._meta.concrete_fields if f.name in names)


_POSTGRES_BODY = """
BEGIN
  RAISE EXCEPTION 'append-only: rows of % are never changed or removed', TG_TABLE_NAME;
END """
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION noaber_append_only() RETURNS trigger LANGUAGE plpgsql "
    f"AS $${_POSTGRES_BODY}$$"
)


def _postgres(model: type[Model]) -> Iterator[tuple[str, str, str]]:
    table = model._meta.db_table
    for event, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"{table}_no_{'truncate' if each == 'STATEMENT' else 'change'}"
        yield (
            name,
            table,
            (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
                f"FOR EACH {each} EXECUTE FUNCTION noaber_append_only()"
            ),
        )
