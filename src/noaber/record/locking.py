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


def refresh_statistics() -> None:
    """Have PostgreSQL count its rows anew after many were added at once.

    It does so by itself within minutes; until then it plans as if tables were empty, and a page
    takes seconds. Nothing on SQLite, and nothing inside a transaction of a caller.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
