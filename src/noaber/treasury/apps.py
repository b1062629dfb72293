"""Django's view of the package."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    name = "noaber.treasury"
    label = "treasury"
