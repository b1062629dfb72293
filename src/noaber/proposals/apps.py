"""Django's view of the package."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "noaber.proposals"
    label = "proposals"
