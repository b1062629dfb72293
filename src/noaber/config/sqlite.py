"""Choose an SQLite that is safe: before 3.51.3 a rare bug can corrupt a database in WAL mode."""

import importlib
import sqlite3
import sys

OLDEST_SAFE = (3, 51, 3)


class SQLiteTooOld(Exception):
    """No SQLite on this machine is new enough to trust a register to."""

    def __init__(self, found: tuple[int, ...]) -> None:
        super().__init__(
            f"SQLite {_dotted(found)} is te oud: versies voor {_dotted(OLDEST_SAFE)} kunnen de "
            "database beschadigen. Installeer het pakket pysqlite3 (script/run doet dat) of "
            "gebruik PostgreSQL via NOABER_DATABASE."
        )
        self.found = found


def ensure_safe() -> tuple[int, ...]:
    """Make `import sqlite3` give a safe library, and return its version.

    Call before Django loads its SQLite backend. Takes the `pysqlite3` package when Python's own
    library is too old.

    :raises SQLiteTooOld: when `pysqlite3` is absent or too old as well.
    """
    if sqlite3.sqlite_version_info >= OLDEST_SAFE:
        return sqlite3.sqlite_version_info
    try:
        package = importlib.import_module("pysqlite3")
        driver = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        raise SQLiteTooOld(sqlite3.sqlite_version_info) from None
    version: tuple[int, ...] = driver.sqlite_version_info
    if version < OLDEST_SAFE:
        raise SQLiteTooOld(version)
    # Django and everything else ask for `sqlite3`; from here on they get the newer one.
    sys.modules["sqlite3"] = package
    sys.modules["sqlite3.dbapi2"] = driver
    return version


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
