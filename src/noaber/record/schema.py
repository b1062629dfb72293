"""Whether the database is as this release of the program expects it."""

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


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
    if set(_ours()) <= set(applied()):
        return []
    # Reads them all, which takes long; only then is it known what replaces what.
    loader = MigrationLoader(connection)
    return _named(loader.disk_migrations.keys() - loader.applied_migrations.keys())


def unknown() -> list[str]:
    """Migrations that the database has had and this release does not know."""
    return unknown_of(applied())


def unknown_of(applied: list[str]) -> list[str]:
    """Those of `applied` that this release does not know, of the apps that it has."""
    apps_here = {name.split(".")[0] for name in _ours()}
    return [name for name in applied if name.split(".")[0] in apps_here and name not in _ours()]


def applied() -> list[str]:
    """Migrations that the database has had."""
    return _named(MigrationRecorder(connection).applied_migrations())


@cache
def _ours() -> frozenset[str]:
    """The migrations of this release, by the names of their files: they are not read."""
    found = []
    for config in apps.get_app_configs():
        package, _ = MigrationLoader.migrations_module(config.label)
        spec = find_spec(package) if package else None
        if spec is not None:
            names = pkgutil.iter_modules(spec.submodule_search_locations)
            found += [(config.label, m.name) for m in names if m.name[0] not in "_~"]
    return frozenset(_named(found))


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
