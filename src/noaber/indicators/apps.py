"""Django's view of the package."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "noaber.indicators"
    label = "indicators"
