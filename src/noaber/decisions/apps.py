"""Django's view of the package."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "noaber.decisions"
    label = "decisions"
