"""A register with a person in it, and a folder of its own for what Noaber writes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from noaber.access.actions import invite
from noaber.access.rules import Actor
from noaber.cli import main
from noaber.imports.actions import receive
from noaber.imports.reading import read
from noaber.record.actions import revision
from tests.databases import RealDatabase
from tests.factories.people import TODAY
from tests.integration.operation.person import ANNE, BAS, EMAIL, NAME

# SQLite has no roles, so there is nothing to try.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_roles.py"]


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    """The folder that Noaber writes in."""
    settings.VAR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR / "media"
    settings.VAR.mkdir()
    return tmp_path / "var"


@pytest.fixture
def register(reference_register: RealDatabase, var: Path, tmp_path: Path) -> RealDatabase:
    """The reference deal, and a person who acted, has an account and stands in a kept file."""
    with revision(by=ANNE, at=TODAY, action="note", subject="deal:x"):
        pass
    with revision(by=Actor("bas", "Bas"), at=TODAY, action="note", subject="deal:x"):
        pass
    invite(email=EMAIL, name=NAME, by=BAS, at=TODAY)
    folder = tmp_path / "zetels"
    folder.mkdir()
    lines = f"zetel,naam\nstuurgroep-1,{NAME}\nstuurgroep-2,Dina\n"
    (folder / "zetels.csv").write_text(lines, "utf-8")
    receive(read(folder), by=BAS, at=TODAY)
    return reference_register


Command = Callable[..., Result]


@pytest.fixture
def command() -> Command:
    """Run the `noaber` command; it must succeed unless it is said to fail."""

    def run(*arguments: object, fails: bool = False, typed: str | None = None) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=typed)
        assert (result.exit_code != 0) == fails, (result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run
