"""Django's view of the package."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "noaber.progress"
    label = "progress"
