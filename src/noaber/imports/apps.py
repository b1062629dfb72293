"""Django's view of the package."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "noaber.imports"
    label = "imports"
