"""Backups one after another while eight processes write; the last one put back elsewhere, whole."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from django.db import connection, connections

from benchmarks.place import ROOT, Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.core.notation import count
from noaber.operation import backup
from noaber.operation.rules import Manifest
from noaber.record.queries import latest
from tests.databases import empty
from tests.integration.ledger.small_deal import ANNA, AT, DEAL, found

PROCESSES = 8
SECONDS = 60
PROGRAM = "from noaber.cli import main; main()"


def run(place: Place, asked: Asked) -> Outcome:
    """Count what went wrong with writers, with backups, and with what came back."""
    found(allocated=10**12)
    award(Award("werken-9", "1", 10**12, "printed"), deal=DEAL, by=ANNA, at=AT)
    connections.close_all()
    seconds = SECONDS if asked.seconds is None else asked.seconds
    program = [sys.executable, "-m", "benchmarks.soak.writer"]
    writers = [
        subprocess.Popen([*program, str(n), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE)
        for n in range(PROCESSES)
    ]
    made: list[tuple[Path, Manifest]] = []
    failures: list[str] = []
    # The writers need a while to start, and count from then on.
    longest, stop = 0.0, monotonic() + seconds + 5
    while monotonic() < stop:
        start, path = monotonic(), place.folder / f"{len(made)}.noaber"
        try:
            made.append((path, backup.make(path, at=datetime.now(UTC))))
        except Exception as error:  # noqa: BLE001  any error at all is what is looked for
            failures.append(f"back-up {len(made)}: {type(error).__name__}: {error}")
            break
        longest = max(longest, monotonic() - start)
    answers = [json.loads(writer.communicate()[0] or "{}") for writer in writers]
    failures += [error for answer in answers for error in answer.get("errors", ["geen antwoord"])]
    heads = [manifest.head[0] for _, manifest in made]
    if heads != sorted(heads) or (heads and heads[-1] > latest()):
        failures.append(f"de koppen van de back-ups lopen niet op: {heads}")
    if made:
        failures += _put_back(place, *made[-1])
    done = f"{count(len(made))} back-ups naast {PROCESSES} schrijvers, langste {longest:.1f} s"
    return Outcome(
        f"{done}; {count(latest())} revisies, in de laatste {count(heads[-1])}", failures
    )


def _put_back(place: Place, path: Path, manifest: Manifest) -> list[str]:
    with empty(place.folder) as database:
        var = place.folder / "elsewhere"
        environment = {**os.environ, "NOABER_DATABASE": database.url, "NOABER_VAR": str(var)}
        for command in (["restore", str(path), "--without-erasures"], ["check"]):
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM, *command],
                env=environment,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                return [f"{command[0]}: {done.stderr[-500:]}"]
        connection.close()
        number = latest()
    return [] if number == manifest.head[0] else [f"revisie {number} kwam terug"]
