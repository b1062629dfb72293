"""Django's view of the package."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "noaber.files"
    label = "files"
