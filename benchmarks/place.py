"""A place of its own for measurements: an empty database that is gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).parents[1]
REFERENCE_DEAL = ROOT / "examples" / "zuid-en-oost-drenthe"
REFERENCE_CODE = "zuid-en-oost-drenthe"


@dataclass(frozen=True)
class Place:
    """A migrated database without rows, and a folder for files; both go away."""

    engine: str
    folder: Path


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine."""

    def __init__(self) -> None:
        super().__init__(f"PostgreSQL is er niet. {postgres.REMEDY}")


@contextmanager
def place(*, on_postgres: bool) -> Iterator[Place]:
    """Make a place and set Django up in it; once per process, before anything needs settings.

    :raises NoPostgres: when it is asked for and not there.
    """
    with tempfile.TemporaryDirectory(prefix="noaber-bench-", dir="/tmp") as name:
        folder = Path(name)
        if not on_postgres:
            with _set_up(folder, f"sqlite:///{folder / 'noaber.sqlite3'}") as made:
                yield made
            return
        programs = postgres.binaries()
        if programs is None:
            raise NoPostgres
        with postgres.cluster(programs) as address, _set_up(folder, address) as made:
            yield made


def settle(here: Place) -> None:
    """What a running PostgreSQL does by itself a minute after many rows came in."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if here.engine == "postgresql" else "ANALYZE")


@contextmanager
def _set_up(folder: Path, address: str) -> Iterator[Place]:
    # Fonts and styles are only read; all that is written goes into the folder.
    written = Path(os.environ.get("NOABER_VAR") or ROOT / "var")
    os.environ.setdefault("NOABER_FRONTEND", str(written / "frontend"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "noaber.config.settings",
        "NOABER_DATABASE": address,
        "NOABER_VAR": str(folder / "var"),
        "NOABER_SECRET_KEY": "only-for-benchmarks",
    }
    os.environ.pop("NOABER_DEBUG", None)

    import django
    from django.core.management import call_command
    from django.db import connection, connections

    django.setup()
    (folder / "var").mkdir()
    call_command("migrate", interactive=False, verbosity=0)
    try:
        yield Place(connection.vendor, folder)
    finally:
        connections.close_all()
