"""Writers that take turns."""

from django.db import connection

# The queue of SQLite's writers is ours; PostgreSQL has its own.
collect_ignore = [] if connection.vendor == "sqlite" else ["test_queue_of_sqlite.py"]
