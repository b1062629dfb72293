"""Django's view of the package."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "noaber.reminders"
    label = "reminders"
