"""Eight processes that write as fast as they can: no error, and nothing acknowledged is lost."""

import json
import subprocess
import sys

from django.db import connections

from benchmarks.place import ROOT, Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.core.notation import count
from noaber.ledger import queries
from noaber.ledger.rules import Kind
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from tests.integration.ledger.small_deal import ANNA, AT, DEAL, found

PROCESSES = 8
SECONDS = 60
PLENTY = 10**12


def run(place: Place, asked: Asked) -> Outcome:
    """Start them together, and count what they were told against what there is."""
    del place
    found(allocated=PLENTY)
    award(Award("werken-9", "1", PLENTY, "printed"), deal=DEAL, by=ANNA, at=AT)
    before = latest()
    connections.close_all()
    seconds = SECONDS if asked.seconds is None else asked.seconds
    program = [sys.executable, "-m", "benchmarks.soak.writer"]
    writers = [
        subprocess.Popen([*program, str(n), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE)
        for n in range(PROCESSES)
    ]
    answers = [json.loads(writer.communicate()[0] or "{}") for writer in writers]
    acknowledged = [number for answer in answers for number in answer.get("posted", ())]
    failures = [error for answer in answers for error in answer.get("errors", ["geen antwoord"])]
    kept = queries.transfers(DEAL, Moment.ever(latest()), kinds=[Kind.COMMITMENT])
    numbers = {transfer.number for transfer in kept}
    failures += [f"boeking {n} is bevestigd en weg" for n in acknowledged if n not in numbers]
    failures += [f"boeking {n} is nooit bevestigd" for n in numbers - set(acknowledged)]
    if latest() - before != len(acknowledged):
        failures.append(f"{latest() - before} revisies voor {len(acknowledged)} boekingen")
    failures += [str(finding) for finding in (*queries.check_ledger(), *check_chain())]
    rate = count(int(len(acknowledged) / seconds))
    done = f"{PROCESSES} schrijvers, {seconds:.0f} s: {count(len(acknowledged))} boekingen"
    each = [len(answer.get("posted", ())) for answer in answers]
    longest = max(answer.get("longest", 0.0) for answer in answers)
    return Outcome(
        f"{done}, {rate} per seconde, per schrijver {min(each)} tot {max(each)}; "
        f"langste boeking {longest:.1f} s",
        failures,
    )
