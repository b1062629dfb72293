"""Django's view of the package."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "noaber.jobs"
    label = "jobs"
