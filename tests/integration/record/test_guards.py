"""Noaber does not start while the database fails to guard its rows, and migrating mends that."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from noaber.deals.models import SourceVersion
from noaber.record import triggers
from tests.databases import RealDatabase


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def drop(name: str, table: str) -> None:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    run(f'DROP TRIGGER "{name}"{on}')


def start() -> object:
    """What the web server calls; the module itself refuses too, so it is imported only here."""
    from noaber.config import wsgi

    return wsgi.start()


def all_triggers() -> list[tuple[str, str]]:
    return [(name, table) for name, table, _ in triggers._triggers()]


def test_a_migrated_database_starts(real_database: RealDatabase) -> None:
    assert triggers.missing() == []
    triggers.require()
    assert start() is not None


def test_without_any_one_of_the_triggers_noaber_does_not_start(
    real_database: RealDatabase,
) -> None:
    for name, table in all_triggers():
        drop(name, table)
        assert triggers.missing() == [name]
        with pytest.raises(triggers.TriggersMissing, match=name):
            triggers.require()
        triggers.install()
    drop(*all_triggers()[0])
    with pytest.raises(triggers.TriggersMissing, match="noaber setup"):
        start()


def test_a_trigger_that_is_there_but_does_nothing_counts_as_missing(
    real_database: RealDatabase,
) -> None:
    name = "ledger_transfer_no_change"
    if connection.vendor == "postgresql":
        run(f'ALTER TABLE ledger_transfer DISABLE TRIGGER "{name}"')
        assert triggers.missing() == [name]
        run(f'ALTER TABLE ledger_transfer ENABLE REPLICA TRIGGER "{name}"')
        assert triggers.missing() == [name]
        run(f'ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER "{name}"')
        assert triggers.missing() == []
        run(
            "CREATE OR REPLACE FUNCTION noaber_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NEW; END $$"
        )
        assert len(triggers.missing()) == len(all_triggers())
    else:
        drop("ledger_transfer_no_update", "ledger_transfer")
        run(
            'CREATE TRIGGER "ledger_transfer_no_update" BEFORE UPDATE ON "ledger_transfer" '
            "WHEN 0 BEGIN SELECT RAISE(ABORT, 'never'); END"
        )
        assert triggers.missing() == ["ledger_transfer_no_update"]
    with pytest.raises(triggers.TriggersMissing):
        start()
    triggers.install()
    assert start() is not None


def test_a_table_that_a_migration_makes_anew_gets_its_triggers_back(
    real_database: RealDatabase,
) -> None:
    before = SourceVersion._meta.get_field("title")
    after = models.TextField()
    after.set_attributes_from_name("title")
    after.model = SourceVersion
    with connection.schema_editor() as editor:
        editor.alter_field(SourceVersion, before, after)
    lost = triggers.missing()
    if connection.vendor == "sqlite":
        assert lost == [f"deals_sourceversion_no_{e}" for e in ("delete", "replace", "update")]
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
