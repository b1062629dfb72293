"""Django's view of the package."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "noaber.organisations"
    label = "organisations"
