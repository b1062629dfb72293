"""Where personal values stand in the database, and leaving no copy of what was erased.

SQLite overwrites what is deleted (`secure_delete`, see apps) but keeps it in the log beside the
file until that is emptied. PostgreSQL keeps deleted rows until the table is rewritten, and copies
values into its statistics. Its own log, archives of that, and older backups are beyond us.
"""

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model


def tables() -> tuple[type[Model], ...]:
    """Every table with personal columns; such a table names them in `PERSONAL`."""
    return tuple(model for model in apps.get_models() if getattr(model, "PERSONAL", ()))


def keep_no_samples() -> None:
    """Have PostgreSQL keep no samples of personal columns for its planner, and drop those it has."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table, column in _columns(present):
            cursor.execute(
                "SELECT format_type(atttypid, atttypmod), attstattarget FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attname = %s",
                [f'"{table}"', column],
            )
            kind, target = cursor.fetchone()
            if target != 0:
                # To set a type anew drops the samples; nothing else lets an owner do that.
                cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')
                cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


def _columns(present: set[str]) -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, str(model._meta.get_field(name).column))  # type: ignore[union-attr]
        for model in tables()
        if model._meta.db_table in present
        for name in vars(model)["PERSONAL"]
    ]


def empty_the_log() -> bool:
    """Leave no copy of what was erased in SQLite's log beside the file.

    False when somebody kept reading all the while: the log could not be emptied and holds it yet.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy: Any = cursor.fetchone()[0]
    return not busy


def leave_no_copy() -> bool:
    """Rewrite the tables with personal columns, so that nothing deleted stays in their files.

    Outside a transaction and as the owner of the tables, which are locked meanwhile. False when
    SQLite's log could not be emptied.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in tables():
                cursor.execute(f'VACUUM (FULL, ANALYZE) "{model._meta.db_table}"')
    return empty_the_log()
