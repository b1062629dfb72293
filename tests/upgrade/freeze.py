"""Freeze a small database as this release makes it, for later releases to be upgraded from.

`python -m tests.upgrade.freeze NAME`, in a checkout of the release that is to be frozen, writes to
`tests/upgrade/NAME`: the database of both engines, and the figures that it must keep giving. It
only uses the `noaber` command, so that it can be run in any release.
"""

import lzma
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests import postgres

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DEAL = ROOT / "examples" / "zuid-en-oost-drenthe"
DATES = ("2019-12-31", "2021-01-01", "2022-01-10")
PERSON = "Annechien Voorbeeld-Noordenveld"
PROGRAM = "from noaber.cli import main; main()"


def main(name: str) -> None:
    """Make the database on both engines and keep it."""
    to = HERE / name
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        file = Path(folder) / "noaber.sqlite3"
        _fill(f"sqlite:///{file}", folder)
        (to / "figures.json").write_text(figures(f"sqlite:///{file}", folder), "utf-8")
        _keep(to / "sqlite.xz", _compact(file))
        programs = postgres.binaries()
        if programs is None:
            raise SystemExit(postgres.REMEDY)
        with postgres.cluster(programs) as address:
            _fill(address, folder)
            dump = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
            command = [str(programs / "pg_dump"), *dump, address]
            done = subprocess.run(command, check=True, capture_output=True)
            _keep(to / "postgresql.xz", done.stdout)


def figures(address: str, folder: str) -> str:
    """What `noaber figures --json` says on each of the dates, one a line."""
    told = [
        noaber(address, folder, "figures", "--json", "--as-of", date).replace("\n", "")
        for date in DATES
    ]
    return "\n".join(told) + "\n"


def noaber(address: str, folder: str, *arguments: str) -> str:
    """What the command says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NOABER_")}
    frontend = os.environ.get("NOABER_FRONTEND") or str(ROOT / "var" / "frontend")
    own = {
        "NOABER_DATABASE": address,
        "NOABER_VAR": folder,
        "NOABER_FRONTEND": frontend,
        "DJANGO_SETTINGS_MODULE": "noaber.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**clean, **own},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _fill(address: str, folder: str) -> None:
    noaber(address, folder, "setup")
    noaber(address, folder, "load", str(DEAL), "--by", PERSON)


def _compact(file: Path) -> bytes:
    import sqlite3

    with closing(sqlite3.connect(file)) as database:
        database.execute("VACUUM INTO ?", [f"{file}.whole"])
    return Path(f"{file}.whole").read_bytes()


def _keep(file: Path, content: bytes) -> None:
    file.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(*sys.argv[1:])
