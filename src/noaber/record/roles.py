"""PostgreSQL: an owner of the tables, and a role for the web that can do no more than it must.

The owner can switch the triggers off that keep the record whole; the role of the web cannot, nor
change or remove an append-only row, nor erase a person. SQLite has no roles.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from noaber.record.queries import append_only_models


class NoSuchRole(Exception):
    """The role that the web is to use does not exist, or is too mighty to be of use."""


def grant(role: str) -> None:
    """Give `role` what the web needs, and take away everything else; as the owner of the tables.

    :raises NoSuchRole: when there is no such role, or it could do everything anyway.
    """
    if connection.vendor != "postgresql":
        return
    _require_modest(role)
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = map(connection.ops.quote_name, cursor.fetchone())
        for statement in (
            # Up to PostgreSQL 14 everybody could make tables here.
            f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
            f"REVOKE ALL ON SCHEMA {schema} FROM {name}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
            f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {name}",
            f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {name}",
            f"GRANT USAGE ON SCHEMA {schema} TO {name}",
            f"GRANT SELECT ON django_migrations TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
        ):
            cursor.execute(statement)
        for table, rights in _rights():
            cursor.execute(f'GRANT {rights} ON "{table}" TO {name}')


def _rights() -> Iterator[tuple[str, str]]:
    """What the web may do to each table."""
    only_added_to = set(append_only_models())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            added = model in only_added_to or getattr(model, "KEPT_APART", False)
            rights = "SELECT, INSERT" if added else "SELECT, INSERT, UPDATE, DELETE"
            yield model._meta.db_table, rights


def _require_modest(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(oid, current_user, 'MEMBER') "
            "FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
    if found is None:
        raise NoSuchRole(
            f"De rol {role} (NOABER_WEB_ROLE) bestaat niet in PostgreSQL. Maak haar eerst: "
            f"createuser --no-superuser --no-createdb --no-createrole {role}"
        )
    if found[0]:
        raise NoSuchRole(
            f"De rol {role} (NOABER_WEB_ROLE) mag alles wat de eigenaar mag. Kies een andere rol "
            "voor de site dan de eigenaar van de tabellen."
        )


def is_owner() -> bool:
    """Whether we could switch the guards off: as owner of a table, a member of it, or superuser."""
    if connection.vendor != "postgresql":
        return False
    tables = [model._meta.db_table for model in append_only_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(pg_has_role(current_user, relowner, 'MEMBER')) FROM pg_class "
            "WHERE relname = ANY (%s) AND relnamespace = current_schema()::regnamespace",
            [tables],
        )
        return bool(cursor.fetchone()[0])
