"""The backend that Django loads: each transaction, and each write outside one, waits its turn."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from noaber.config.queued_sqlite.fair_lock import FairLock

_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
"""What takes the write lock. VACUUM INTO only reads, and others go on writing meanwhile."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; reading waits for nobody."""

    transaction_mode: str | None

    fair_lock: FairLock | None = None
    """None for a database in memory, which nobody else has."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        _, _, file = made.execute("PRAGMA database_list").fetchone()
        self.fair_lock = FairLock(Path(file)) if file else None
        return made

    def create_cursor(self, name: str | None = None) -> "Cursor":  # noqa: ARG002
        made: Cursor = self.connection.cursor(factory=Cursor)
        made.fair_lock = self.fair_lock
        return made

    def _start_transaction_under_autocommit(self) -> None:
        # Any other one may only read, and then it waits for nobody.
        if self.transaction_mode == "IMMEDIATE":
            _take(self.fair_lock)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # as below
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        # When this fails the transaction goes on, until it is rolled back.
        super()._commit()  # type: ignore[misc]  # the stubs leave out what is not public
        self._leave()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        if self.fair_lock is not None:
            self.fair_lock.leave()


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose writes outside a transaction, each one by itself, wait their turn too."""

    fair_lock: FairLock | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        with self._in_turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self._in_turn(query):
            return super().executemany(query, param_list)

    @contextmanager
    def _in_turn(self, query: str) -> Iterator[None]:
        if self.fair_lock is None or self.connection.in_transaction or not _WRITES.match(query):
            yield
            return
        _take(self.fair_lock)
        try:
            yield
        finally:
            self.fair_lock.leave()


def _take(lock: FairLock | None) -> None:
    if lock is not None:
        try:
            lock.take()
        except OSError as error:
            raise OperationalError(f"no turn to write: {error}") from error
