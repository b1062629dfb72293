"""Entry of the web server; refuses to serve when the register would not be safe."""

import logging
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver


def start() -> WSGIHandler:
    """The application, once everything it must rely on is there.

    :raises ImproperlyConfigured: when there is no secret key.
    :raises noaber.record.schema.DatabaseNewer: when a later release has changed the database.
    :raises noaber.record.triggers.TriggersMissing: when the database guards its rows no more.
    :raises noaber.record.schema.DatabaseOlder: when the database has yet to be migrated.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    handler = get_wsgi_application()
    # Only now that Django is set up can these be imported.
    from noaber.config import settings
    from noaber.record import roles, schema, triggers

    if not settings.SECRET_KEY:
        raise ImproperlyConfigured("Geen geheime sleutel: zet NOABER_SECRET_KEY in de omgeving.")
    schema.require_known()
    triggers.require()
    schema.require_current()
    if roles.is_owner():
        logging.getLogger(__name__).warning(
            "De site draait als eigenaar van de tabellen en kan de bewaking uitzetten. "
            "Geef haar een eigen rol: zie docs/beheer."
        )
    # Read before the server forks: else each process does so again, while its first visitor waits.
    _ = get_resolver().url_patterns
    # The server forks after this; processes must not share a connection.
    connections.close_all()
    return handler


application = start()
