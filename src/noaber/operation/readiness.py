"""Whether this place can do its work, part by part, for who runs it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from noaber.core.notation import count
from noaber.jobs import queries as jobs
from noaber.jobs.rules import State
from noaber.operation import erasures
from noaber.operation.rules import ListBroken
from noaber.record import queries, roles, schema, triggers

LEAST_FREE = 500_000_000
"""Bytes that must be free beside as much again as the database: a backup needs that."""

LONGEST_WAIT = timedelta(minutes=15)
"""After which a job that could be done means that no worker is at work."""


@dataclass(frozen=True)
class Part:
    """One thing that must be in order, and what there is to say of it."""

    name: str
    ready: bool
    said: str


def parts(*, at: datetime) -> tuple[Part, ...]:
    """Every part, in order; only the first when the database does not answer."""
    try:
        first = _database()
        return (first, *(look(at) for look in _LOOKS))
    except DatabaseError as error:
        # Not its text: that can name people and passwords.
        return (Part("database", False, f"antwoordt niet ({type(error).__name__})"),)


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        version = ".".join(map(str, connection.get_database_version()))
    return Part("database", True, f"{connection.display_name} {version}")


def _schema(_at: datetime) -> Part:
    newer, pending = schema.unknown(), schema.pending()
    if newer:
        return Part("versie", False, "de database is van een nieuwere versie")
    if pending:
        return Part("versie", False, f"{len(pending)} stappen te gaan: noaber setup")
    return Part("versie", True, "de database is van deze versie")


def _triggers(_at: datetime) -> Part:
    missing = triggers.missing()
    said = f"ontbreekt: {', '.join(missing)}" if missing else "op elke tabel"
    return Part("bewaking", not missing, said)


def _role(_at: datetime) -> Part:
    if connection.vendor != "postgresql":
        return Part("rol", True, "SQLite kent geen rollen")
    owner = roles.is_owner()
    return Part("rol", True, "eigenaar van de tabellen" if owner else "alleen wat nodig is")


def _chain(_at: datetime) -> Part:
    number, value = queries.head()
    return Part("kop van de keten", True, f"{number}:{value}")


def _disk(_at: datetime) -> Part:
    free = shutil.disk_usage(settings.VAR).free
    needed = LEAST_FREE + _size()
    said = f"{count(free // 1_000_000)} MB vrij, {count(needed // 1_000_000)} MB nodig"
    return Part("schijf", free >= needed, said)


def _size() -> int:
    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _erasures(_at: datetime) -> Part:
    try:
        found = erasures.check(settings.VAR / erasures.NAME)
    except ListBroken as error:
        return Part("lijst van wissingen", False, str(error))
    except PermissionError:
        # The web need not read it; whoever erases can.
        return Part("lijst van wissingen", True, "alleen te lezen voor de beheerder")
    if found:
        return Part("lijst van wissingen", False, "; ".join(map(str, found)))
    return Part("lijst van wissingen", True, "gelijk aan het register")


def _jobs(at: datetime) -> Part:
    since = jobs.oldest_due(at)
    numbers = jobs.counts()
    said = f"{numbers[State.WAITING]} wachten, {numbers[State.FAILED]} opgegeven"
    late = since is not None and at - since > LONGEST_WAIT
    return Part("opdrachten", not late, f"{said}; er is geen werker bezig" if late else said)


_LOOKS: tuple[Callable[[datetime], Part], ...] = (
    _schema, _triggers, _role, _chain, _disk, _erasures, _jobs,
)  # fmt: skip
