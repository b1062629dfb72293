"""Whether the database is as this release of the program expects it."""

from collections.abc import Iterable

from django.db import connection
from django.db.migrations.loader import MigrationLoader


class DatabaseNewer(Exception):
    """A later release has changed the database; this one would misread it."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            "De database is gemaakt door een nieuwere versie van Noaber, die deze versie niet kent "
            f"({', '.join(names)}). Gebruik de nieuwere versie, of zet een back-up van voor de "
            "overstap terug."
        )


class DatabaseOlder(Exception):
    """The database has yet to be brought to this release."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"De database is nog van een oudere versie van Noaber ({len(names)} stappen te gaan). "
            "Maak een back-up en werk haar bij met: noaber setup"
        )


def pending() -> list[str]:
    """Migrations that this release has and the database has not had, as `app.name`."""
    loader = MigrationLoader(connection)
    return _named(loader.disk_migrations.keys() - loader.applied_migrations.keys())


def unknown() -> list[str]:
    """Migrations that the database has had and this release does not know."""
    return unknown_of(_named(MigrationLoader(connection).applied_migrations))


def unknown_of(applied: list[str]) -> list[str]:
    """Those of `applied` that this release does not know, of the apps that it has."""
    loader = MigrationLoader(None)
    ours = {app for app, _ in loader.disk_migrations}
    known = set(_named(loader.disk_migrations))
    return [name for name in applied if name.split(".")[0] in ours and name not in known]


def applied() -> list[str]:
    """Migrations that the database has had."""
    return _named(MigrationLoader(connection).applied_migrations)


def require_known() -> None:
    """:raises DatabaseNewer: when a later release has changed the database."""
    names = unknown()
    if names:
        raise DatabaseNewer(names)


def require_current() -> None:
    """Refuse a database that is not of this release.

    :raises DatabaseNewer: when a later release has changed it.
    :raises DatabaseOlder: when it has yet to be migrated.
    """
    require_known()
    names = pending()
    if names:
        raise DatabaseOlder(names)


def _named(keys: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in keys)
