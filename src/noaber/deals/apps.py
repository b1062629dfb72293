"""Django's view of the package."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "noaber.deals"
    label = "deals"
