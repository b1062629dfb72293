"""Django's view of the package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "noaber.ledger"
    label = "ledger"
