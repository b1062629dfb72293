"""Run what is too long for every change: `python -m benchmarks.soak [NAME...]`; 1 on any failure."""

import argparse
import importlib
import os
import subprocess
import sys
from time import monotonic

from benchmarks.place import ROOT, place
from benchmarks.soak.asked import Asked, Outcome
from tests import postgres

NAMES = {
    "money": "benchmarks.soak.money",
    "machine": "benchmarks.soak.machine",
    "decisions": "benchmarks.soak.decisions",
    "writers": "benchmarks.soak.writers",
    "kills": "benchmarks.soak.kills",
    "backups": "benchmarks.soak.backups",
    "jobs": "benchmarks.soak.jobs",
    "web": "benchmarks.soak.web",
    "work": "benchmarks.soak.work",
}
ENGINES = ("sqlite", "postgresql")
SHOWN = 20
WRONG = 1


def main(arguments: list[str]) -> int:
    """Exit code: 0 when all was well, 1 when anything was not or could not be run."""
    given = _arguments(arguments)
    names = given.names or list(NAMES)
    if given.on and len(names) == 1:
        asked = Asked(given.seconds, given.transfers, given.steps, given.kills, given.seed)
        with place(on_postgres=given.on == "postgresql") as here:
            outcome: Outcome = importlib.import_module(NAMES[names[0]]).run(here, asked)
        print(f"   belasting aan het eind {_load()}, op {os.cpu_count()} kernen")
        return _told(outcome)
    engines = [given.on] if given.on else list(ENGINES)
    failed = False
    options = [item for item in arguments if item not in NAMES]
    for engine in engines:
        if engine == "postgresql" and postgres.binaries() is None:
            print(f"PostgreSQL: niet gedaan. {postgres.REMEDY}")
            failed = True
            continue
        for name in names:
            # A process for each: Django is set up for one database only.
            on = [] if given.on else ["--on", engine]
            command = [sys.executable, "-m", "benchmarks.soak", name, *options, *on]
            start = monotonic()
            print(f"== {name}, {engine}; belasting vooraf {_load()}", flush=True)
            failed |= subprocess.run(command, cwd=ROOT, check=False).returncode != 0
            print(f"   {monotonic() - start:.0f} s", flush=True)
    return WRONG if failed else 0


def _load() -> str:
    """How many processes wanted to run in the last minute, ours and those of others."""
    return f"{os.getloadavg()[0]:.1f}".replace(".", ",")


def _told(outcome: Outcome) -> int:
    print(f"   {outcome.done}")
    for failure in outcome.failures[:SHOWN]:
        print(f"   FOUT: {failure}")
    if len(outcome.failures) > SHOWN:
        print(f"   en nog {len(outcome.failures) - SHOWN} andere fouten")
    return WRONG if outcome.failures else 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    usual = Asked()
    parser = argparse.ArgumentParser(
        prog="script/soak", description="Wat te lang duurt voor elke keer."
    )
    parser.add_argument("names", nargs="*", metavar="NAAM", help=f"welke: {', '.join(NAMES)}")
    parser.add_argument("--on", choices=ENGINES, help="op één database; anders op beide")
    parser.add_argument(
        "--seconds", type=float, help="hoogstens zo lang per onderdeel, om te proberen"
    )
    parser.add_argument("--transfers", type=int, default=usual.transfers, help="boekingen (money)")
    parser.add_argument(
        "--steps", type=int, default=usual.steps, help="stappen (machine, decisions)"
    )
    parser.add_argument(
        "--kills", type=int, default=usual.kills, help="hoe vaak (kills, jobs, web, work)"
    )
    parser.add_argument("--seed", type=int, default=usual.seed, help="begin van het toeval")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        parser.error(f"onbekend: {', '.join(unknown)}. Kies uit: {', '.join(NAMES)}")
    return given


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
