"""`noaber health` says what is wrong before visitors do."""

import json
import shutil
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction

from noaber.jobs.actions import enqueue
from noaber.operation import erasures, readiness
from noaber.record import triggers
from tests.databases import RealDatabase
from tests.factories.people import TODAY
from tests.integration.operation.conftest import Command


class Usage(NamedTuple):
    """Bytes of a disk."""

    total: int
    used: int
    free: int


def wrong(command: Command) -> dict[str, str]:
    """What is not in order, and what is said of it."""
    told = json.loads(command("health", "--json", fails=True).stdout)
    assert told["ready"] is False
    return {part["name"]: part["said"] for part in told["parts"] if not part["ready"]}


def test_a_place_in_order_says_so_with_the_head_of_its_chain(
    register: RealDatabase, command: Command
) -> None:
    told = json.loads(command("health", "--json").stdout)
    assert told["ready"] is True
    said = {part["name"]: part["said"] for part in told["parts"]}
    assert said["kop van de keten"] in command("check").stdout
    assert "goed  database" in command("health").stdout


def test_each_thing_that_is_wrong_is_named(
    register: RealDatabase, command: Command, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    table = ' ON "ledger_transfer"' if register.vendor == "postgresql" else ""
    name = f"ledger_transfer_no_{'change' if register.vendor == 'postgresql' else 'update'}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{table}')
    assert name in wrong(command)["bewaking"]
    triggers.install()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 5, 5))
    assert "0 MB vrij" in wrong(command)["schijf"]
    monkeypatch.undo()
    command("erase", "bas", "--yes")
    (settings.VAR / erasures.NAME).unlink()
    assert "1 wissing" in wrong(command)["lijst van wissingen"]
    (settings.VAR / erasures.NAME).write_text("kapot\n", "utf-8")
    assert "regel 1" in wrong(command)["lijst van wissingen"]
    command("health", fails=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('ledger', '9999_gold', '2027-01-01')"
        )
    assert "nieuwere versie" in wrong(command)["versie"]


def test_a_job_that_nobody_does_is_told(register: RealDatabase) -> None:
    with transaction.atomic():
        enqueue("nothing", {}, at=TODAY)
    late = TODAY + readiness.LONGEST_WAIT + timedelta(seconds=1)
    by_name = {part.name: part for part in readiness.parts(at=TODAY)}
    assert by_name["opdrachten"].ready
    by_name = {part.name: part for part in readiness.parts(at=late)}
    assert not by_name["opdrachten"].ready


def test_a_database_that_does_not_answer_is_told_without_its_address(
    register: RealDatabase, command: Command
) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/nowhere/annechien/register"
    said = wrong(command)
    connection.close()
    connection.settings_dict["NAME"] = usual
    assert list(said) == ["database"]
    assert "annechien" not in str(said)
