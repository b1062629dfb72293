"""Django's view of the package."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "noaber.awards"
    label = "awards"
