"""Django's view of the package."""

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "noaber.editions"
    label = "editions"
