"""The person who is erased, and where her name can be in a database."""

from pathlib import Path

from django.db import connection

from noaber.access.rules import Actor
from tests.databases import RealDatabase

NAME = "Annechien Voorbeeld-Noordenveld"
EMAIL = "annechien@voorbeeld.example"
ANNE = Actor("anne", NAME)
BAS = Actor("bas")


def on_disk(database: RealDatabase) -> bytes:
    """All bytes that the database keeps, its log and what it threw away included.

    Of PostgreSQL not the write-ahead log: that keeps the past until it is reused.
    """
    if database.vendor == "sqlite":
        file = Path(database.name)
        connection.ensure_connection()
        return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        )
        folder, oid = cursor.fetchone()
    files = sorted((Path(folder) / "base" / str(oid)).iterdir())
    return b"".join(file.read_bytes() for file in files if file.is_file())
