"""Run the tests: all on SQLite, then what touches the database on PostgreSQL.

`python -m tests [ARGUMENTS FOR PYTEST]`; called by script/test. With NOABER_REQUIRE=all it fails
when anything was left out.
"""

import os
import subprocess
import sys

from tests import machine, postgres

NO_TESTS_FOUND = 5


def main(arguments: list[str]) -> int:
    """Exit code: 0 when everything that ran passed and nothing required was left out."""
    print("== SQLite", flush=True)
    failed = _pytest([], arguments, {"NOABER_DATABASE": ""})
    left_out = [f"Tests marked '{part.marker}'. {part.remedy}" for part in machine.lacking()]
    programs = postgres.binaries()
    if programs:
        print("== PostgreSQL", flush=True)
        with postgres.cluster(programs) as address:
            # What judges pages and PDFs, or asks them by the ten thousand, does so once, on SQLite.
            only = ["-m", "database and not browser and not verapdf and not once"]
            failed |= _pytest(only, arguments, {"NOABER_DATABASE": address})
    else:
        left_out.append(f"Tests of the database on PostgreSQL. {postgres.REMEDY}")
    for line in left_out:
        print(f"Left out: {line}")
    if left_out and os.environ.get("NOABER_REQUIRE") == "all":
        print("NOABER_REQUIRE=all: something was left out, so this run fails.")
        failed = True
    return int(failed)


def _pytest(selection: list[str], arguments: list[str], environment: dict[str, str]) -> bool:
    """Whether a run failed; arguments that select no test of this engine are no failure."""
    command = [sys.executable, "-m", "pytest", *selection, *arguments]
    code = subprocess.run(
        command, env={**os.environ, "NOABER_DEBUG": "1", **environment}, check=False
    ).returncode
    return code != 0 and not (code == NO_TESTS_FOUND and bool(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
