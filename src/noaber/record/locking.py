"""The one lock under which revisions are numbered and guards are checked."""

from django.db import connection

KEY = 0x6E6F61626572  # "noaber"


def lock() -> None:
    """Hold the record's lock until the transaction ends; waits for whoever holds it.

    PostgreSQL: a transaction-level advisory lock. SQLite: every transaction here is IMMEDIATE
    (see settings), so the database's only write lock is already ours.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
