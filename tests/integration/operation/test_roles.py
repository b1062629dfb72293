"""PostgreSQL: the role of the web runs the site and loads a deal, and can do nothing to the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client

from noaber.record import roles
from noaber.record.actions import revision
from noaber.record.queries import append_only_models, personal_values
from tests.databases import RealDatabase
from tests.factories.loading import change, copy_of_reference
from tests.factories.people import TODAY
from tests.integration.operation.conftest import Command
from tests.integration.operation.person import ANNE, NAME

OWNER = f"noaber_owner_{uuid4().hex[:8]}"
WEB = f"noaber_web_{uuid4().hex[:8]}"


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Every connection from here on is the role's; it cannot go back to who it was."""
    usual = connection.settings_dict["USER"]
    connections.close_all()
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["USER"] = usual


@pytest.fixture
def register(
    reference_register: RealDatabase, var: Path, command: Command, settings: Any
) -> Iterator[RealDatabase]:
    """The reference deal, owned by one role and set up for another; both are plain roles."""
    superuser = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        for role in (OWNER, WEB):
            cursor.execute(f"CREATE ROLE {role} LOGIN")
        cursor.execute(f"ALTER DATABASE {reference_register.name} OWNER TO {OWNER}")
        cursor.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'ALTER TABLE "{table}" OWNER TO {OWNER}')
        cursor.execute(f"ALTER FUNCTION noaber_append_only OWNER TO {OWNER}")
    settings.WEB_ROLE = WEB
    with acting_as(OWNER):
        command("setup")
    yield reference_register
    assert connection.settings_dict["USER"] == superuser
    with connection.cursor() as cursor:
        cursor.execute(f"REASSIGN OWNED BY {OWNER} TO {superuser}")
        for role in (WEB, OWNER):
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")


def test_the_role_of_the_web_runs_the_site_and_loads_a_deal(
    register: RealDatabase, command: Command, client: Client, tmp_path: Path
) -> None:
    folder = copy_of_reference(tmp_path)
    change(folder, "toekenningen", {"project": "werken-3", "tranche": "6"}, bedrag="1250000")
    with acting_as(WEB):
        assert client.get("/zuid-en-oost-drenthe/").status_code == 200
        assert "1200000 → 1250000" in command("load", folder, "--by", "Anna").stdout
        assert client.get("/zuid-en-oost-drenthe/geld/").status_code == 200
        assert "in orde" in command("check").stdout


def test_the_role_of_the_web_can_neither_change_the_past_nor_switch_its_guards_off(
    register: RealDatabase, command: Command
) -> None:
    with acting_as(WEB):
        connection.ensure_connection()
        server = connection.connection
        for model in append_only_models():
            table = model._meta.db_table
            column = model._meta.concrete_fields[0].column
            for statement in (
                f'UPDATE "{table}" SET "{column}" = "{column}"',
                f'DELETE FROM "{table}"',
                f'TRUNCATE "{table}" CASCADE',
                f'ALTER TABLE "{table}" DISABLE TRIGGER ALL',
                f'DROP TRIGGER "{table}_no_change" ON "{table}"',
                f'ALTER TABLE "{table}" ADD COLUMN more text',
                f'DROP TABLE "{table}" CASCADE',
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    server.execute(statement)
        for statement in (
            "DELETE FROM record_personalvalue",
            "UPDATE imports_filecontent SET content = ''",
            "SET session_replication_role = replica",
            "CREATE TABLE mine (x int)",
            "CREATE TEMPORARY TABLE mine (x int)",
            f"SET ROLE {OWNER}",
            "DROP FUNCTION noaber_append_only CASCADE",
            "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute(statement)
        refused = command("setup", fails=True).output
        assert "eigenaar" in refused


def test_the_owner_can_erase_and_the_web_cannot(register: RealDatabase, command: Command) -> None:
    with acting_as(WEB):
        with revision(by=ANNE, at=TODAY, action="note", subject="deal:x"):
            pass
        assert "eigenaar" in command("erase", NAME, "--yes", fails=True).output
        assert personal_values(NAME)
    with acting_as(OWNER):
        command("erase", NAME, "--yes")
        assert personal_values(NAME) == ()


def test_a_site_that_runs_as_owner_is_warned_and_one_with_its_own_role_is_not(
    register: RealDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    from noaber.config import wsgi

    for role, warned in ((OWNER, True), (WEB, False)):
        with acting_as(role):
            assert roles.is_owner() is warned
            assert wsgi.start() is not None
        assert ("eigenaar van de tabellen" in capsys.readouterr().err) is warned


@pytest.mark.parametrize(
    ("role", "said"), [("nobody_at_all", "bestaat niet"), (OWNER, "mag alles")]
)
def test_a_role_that_is_not_there_or_too_mighty_is_refused(
    register: RealDatabase, command: Command, settings: Any, role: str, said: str
) -> None:
    settings.WEB_ROLE = role
    with acting_as(OWNER):
        assert said in command("setup", fails=True).output
