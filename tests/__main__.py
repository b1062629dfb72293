"""Run the tests: all on SQLite, and what touches the database on PostgreSQL too.

`python -m tests [ARGUMENTS FOR PYTEST]`; called by script/test. With NOABER_REQUIRE=all it fails
when anything was left out. Two runs go beside each other, for as many cores: one tells what it
finds at once, the other when both have ended.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import machine, postgres

NO_TESTS_FOUND = 5


@dataclass(frozen=True)
class Run:
    """A run of pytest: what it is called, which tests by their marks, and what it is told."""

    name: str
    marks: str = ""
    environment: dict[str, str] = field(default_factory=lambda: {"NOABER_DATABASE": ""})


ALL = Run("SQLite")
IN_BROWSER, LONG = "browser", "(once or verapdf) and not browser"
SHARED = (
    (Run("SQLite", f"not {IN_BROWSER} and not ({LONG})"), Run("SQLite, once and veraPDF", LONG)),
    (Run("SQLite, browser", IN_BROWSER),),
)
"""All of SQLite, shared over two lanes so that both end at about the same time."""

ON_POSTGRES = "database and not browser and not verapdf and not once"
"""What judges pages and PDFs, or asks them by the ten thousand, does so once, on SQLite."""


def main(arguments: list[str]) -> int:
    """Exit code: 0 when everything that ran passed and nothing required was left out."""
    left_out = [f"Tests marked '{part.marker}'. {part.remedy}" for part in machine.lacking()]
    programs = postgres.binaries()
    if not programs:
        left_out.append(f"Tests of the database on PostgreSQL. {postgres.REMEDY}")
    with ExitStack() as opened:
        first, second = ((ALL,), ()) if arguments else SHARED
        if programs:
            address = opened.enter_context(postgres.cluster(programs))
            second = (Run("PostgreSQL", ON_POSTGRES, {"NOABER_DATABASE": address}), *second)
        told = Path(opened.enter_context(TemporaryDirectory())) / "told"
        beside = opened.enter_context(ThreadPoolExecutor(1))
        other = beside.submit(_lane, second, arguments, told)
        failed = _lane(first, arguments)
        failed |= other.result()
        print(told.read_text(encoding="utf-8"), flush=True)
    for line in left_out:
        print(f"Left out: {line}")
    if left_out and os.environ.get("NOABER_REQUIRE") == "all":
        print("NOABER_REQUIRE=all: something was left out, so this run fails.")
        failed = True
    return int(failed)


def _lane(runs: Sequence[Run], arguments: list[str], told: Path | None = None) -> bool:
    """Whether any of some runs, one after another, failed; `told` is where they tell it."""
    with ExitStack() as opened:
        output = opened.enter_context(told.open("wb")) if told else sys.stdout.buffer
        failed = False
        for run in runs:
            output.write(f"== {run.name}\n".encode())
            output.flush()
            marks = ["-m", run.marks] if run.marks else []
            command = [sys.executable, "-m", "pytest", *marks, *arguments]
            environment = {**os.environ, "NOABER_DEBUG": "1", **run.environment}
            ended = subprocess.run(
                command, env=environment, stdout=output, stderr=output, check=False
            )
            failed |= _failed(ended.returncode, arguments)
    return failed


def _failed(code: int, arguments: list[str]) -> bool:
    """Whether a run failed; arguments that select no test of this engine are no failure."""
    return code != 0 and not (code == NO_TESTS_FOUND and bool(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
