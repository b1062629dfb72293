"""Django's view of the package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "noaber.web"
    label = "web"

    def ready(self) -> None:
        from noaber.web.signin import events

        events.connect()
