"""A register of an earlier release is brought to this one, and keeps its figures and its chain."""

import json
import lzma
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection, connections

from noaber.cli import main
from noaber.monitor.checks import invariants
from noaber.record import schema, triggers
from noaber.record.queries import personal_text
from tests import postgres
from tests.databases import RealDatabase
from tests.upgrade.freeze import DATES, HERE, PERSON

RELEASES = sorted(folder.name for folder in HERE.iterdir() if (folder / "figures.json").is_file())


def thaw(release: str, database: RealDatabase, folder: Path) -> None:
    """Put the frozen database in the place of the one of the test."""
    connections.close_all()
    if database.vendor == "sqlite":
        frozen = HERE / release / "sqlite.xz"
        Path(database.name).write_bytes(lzma.decompress(frozen.read_bytes()))
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
    dump = folder / "dump"
    dump.write_bytes(lzma.decompress((HERE / release / "postgresql.xz").read_bytes()))
    programs = postgres.binaries()
    assert programs is not None
    restore = [str(programs / "pg_restore"), "--no-owner", "--exit-on-error"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA public")
    subprocess.run([*restore, "--dbname", database.url, str(dump)], check=True)


def start() -> object:
    """What the web server calls; the module itself refuses too, so it is imported only here."""
    from noaber.config import wsgi

    return wsgi.start()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("release", RELEASES)
def test_a_register_of_an_earlier_release_keeps_its_figures_and_its_chain(
    release: str, real_database: RealDatabase, tmp_path: Path
) -> None:
    thaw(release, real_database, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash, author_name_id FROM record_revision ORDER BY number")
        recorded = cursor.fetchall()
    run("setup")
    assert schema.pending() == []
    assert triggers.missing() == []
    number, head, name = recorded[-1]
    assert invariants((number, head)) == ()
    assert personal_text(name) == PERSON
    frozen = (HERE / release / "figures.json").read_text("utf-8").splitlines()
    for line, date in zip(frozen, DATES, strict=True):
        then, now = json.loads(line), json.loads(run("figures", "--json", "--as-of", date))
        # A later release may tell more; what was told stays the same.
        assert {name: now[name] for name in then} == then
    folder = HERE.parents[1] / "examples" / "zuid-en-oost-drenthe"
    run("load", str(folder), "--dry-run")


@pytest.mark.parametrize("release", RELEASES)
def test_an_older_database_is_not_served_until_it_is_brought_up_to_date(
    release: str, real_database: RealDatabase, tmp_path: Path
) -> None:
    thaw(release, real_database, tmp_path)
    if not schema.pending():
        assert start() is not None
        return
    with pytest.raises((schema.DatabaseOlder, triggers.TriggersMissing), match="noaber setup"):
        start()
    call_command("migrate", verbosity=0)
    assert start() is not None


def test_a_database_of_a_newer_release_is_refused_and_says_what_to_do(
    real_database: RealDatabase,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('ledger', '9999_gold', '2027-01-01'), ('elsewhere', '0001_x', '2027-01-01')"
        )
    assert schema.unknown() == ["ledger.9999_gold"]
    with pytest.raises(schema.DatabaseNewer, match="nieuwere versie"):
        start()
    for command in (["setup"], ["load", str(HERE.parents[1] / "examples/zuid-en-oost-drenthe")]):
        refused = CliRunner().invoke(main, command)
        assert refused.exit_code == 1
        assert "nieuwere versie" in refused.output
        assert "Traceback" not in refused.output
