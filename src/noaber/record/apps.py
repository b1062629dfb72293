"""Django's view of the package."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


def _reinstall(**_: Any) -> None:
    from noaber.record import personal, triggers

    triggers.install()
    personal.keep_no_samples()


def _prepare(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        # Known; Django would find out in a transaction, which takes the only write lock.
        connection.features.supports_json_field = True
        # SQLite leaves deleted text in the file otherwise, also an erased personal value.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


class RecordConfig(AppConfig):
    name = "noaber.record"
    label = "record"

    def ready(self) -> None:
        connection_created.connect(_prepare, dispatch_uid="noaber.record.prepare")
        # Sent after all migrations have run; once is enough, so only for this app.
        post_migrate.connect(_reinstall, sender=self, dispatch_uid="noaber.record.triggers")
