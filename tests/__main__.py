"""Run the tests: all on SQLite, and beside it what touches the database on PostgreSQL.

`python -m tests [ARGUMENTS FOR PYTEST]`; called by script/test. With NOABER_REQUIRE=all it fails
when anything was left out.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tests import machine, postgres

NO_TESTS_FOUND = 5


def main(arguments: list[str]) -> int:
    """Exit code: 0 when everything that ran passed and nothing required was left out."""
    left_out = [f"Tests marked '{part.marker}'. {part.remedy}" for part in machine.lacking()]
    programs = postgres.binaries()
    if not programs:
        left_out.append(f"Tests of the database on PostgreSQL. {postgres.REMEDY}")
    with ExitStack() as beside:
        other = beside.enter_context(_on_postgres(programs, arguments)) if programs else None
        print("== SQLite", flush=True)
        failed = _failed(_pytest([], arguments, {"NOABER_DATABASE": ""}).wait(), arguments)
        if other:
            told, run = other
            failed |= _failed(run.wait(), arguments)
            print("== PostgreSQL", flush=True)
            print(told.read_text(encoding="utf-8"), flush=True)
    for line in left_out:
        print(f"Left out: {line}")
    if left_out and os.environ.get("NOABER_REQUIRE") == "all":
        print("NOABER_REQUIRE=all: something was left out, so this run fails.")
        failed = True
    return int(failed)


@contextmanager
def _on_postgres(
    programs: Path, arguments: list[str]
) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """A run on PostgreSQL that has begun, and the file in which it tells what it finds.

    What judges pages and PDFs, or asks them by the ten thousand, does so once, on SQLite.
    """
    only = ["-m", "database and not browser and not verapdf and not once"]
    with postgres.cluster(programs) as address, TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        with told.open("wb") as output:
            yield told, _pytest(only, arguments, {"NOABER_DATABASE": address}, output)


def _pytest(
    selection: list[str],
    arguments: list[str],
    environment: dict[str, str],
    output: BinaryIO | None = None,
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", *selection, *arguments]
    told = {**os.environ, "NOABER_DEBUG": "1", **environment}
    return subprocess.Popen(command, env=told, stdout=output, stderr=output)


def _failed(code: int, arguments: list[str]) -> bool:
    """Whether a run failed; arguments that select no test of this engine are no failure."""
    return code != 0 and not (code == NO_TESTS_FOUND and bool(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
