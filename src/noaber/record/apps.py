"""Django's view of the package."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _reinstall(**_: Any) -> None:
    from noaber.record import triggers

    triggers.install()


class RecordConfig(AppConfig):
    name = "noaber.record"
    label = "record"

    def ready(self) -> None:
        # Sent after all migrations have run; once is enough, so only for this app.
        post_migrate.connect(_reinstall, sender=self, dispatch_uid="noaber.record.triggers")
