"""Django's view of the package."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "noaber.mail"
    label = "mail"
