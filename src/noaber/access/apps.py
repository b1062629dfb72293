"""Django's view of the package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "noaber.access"
    label = "access"
