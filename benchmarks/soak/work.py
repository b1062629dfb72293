"""Workers killed while they load files and send letters: none lost, none loaded twice, soon back."""

import os
import signal
import subprocess
import sys
from statistics import median
from time import monotonic, sleep

from benchmarks.place import ROOT, Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.core.notation import count
from noaber.operation import checks
from tests.factories.mail_server import MailServer, mail_server
from tests.integration.imports.kills import Survived, load_off
from tests.integration.mail.kills import enqueue_messages

FILES_PER_KILL = 0.25
PAUSE = 6.0
"""The longest between two kills, in seconds: a file takes a few to load."""

STARTS = 10
"""How often `noaber work` itself is killed, to see how soon it is back at work."""

SLOWEST = 5.0
"""Within so many seconds it is."""

PROGRAM = "from noaber.cli import main; main()"


def run(place: Place, asked: Asked) -> Outcome:
    """One round of kills; then `noaber work` itself; then what `noaber check` says."""
    codes = [f"deal-{n}" for n in range(1, 2 + int(asked.kills * FILES_PER_KILL))]
    with mail_server() as server:
        os.environ["NOABER_SMTP"] = server.url
        server.pause = 0.02
        seen = load_off(
            server, place.folder, codes, kills=asked.kills, pause=PAUSE, seed=asked.seed
        )
        ready = [_back_at_work(server, n) for n in range(2, 2 + STARTS)]
    failures = [*_faults(seen), *map(str, checks.findings())]
    failures += [f"pas na {s:.1f} s weer aan het werk" for s in ready if s > SLOWEST]
    done = (
        f"{count(asked.kills + STARTS)} keer gedood: {count(len(codes))} bestanden geladen, waarvan "
        f"{count(seen.taken_over)} overgenomen; {count(len(server.taken))} brieven, "
        f"{count(seen.letters.again)} nog eens gekomen, gelijk; weer aan het werk na "
        f"{median(ready):.1f} s, hoogstens {max(ready):.1f} s"
    )
    return Outcome(done, failures)


def _faults(seen: Survived) -> list[str]:
    return [
        *(f"{code} is weg" for code in seen.lost),
        *(f"{code} is twee keer geladen" for code in seen.twice),
        *(f"brief {name} is weg" for name in seen.letters.lost),
        *(["een tweede brief is anders dan de eerste"] * bool(seen.letters.different)),
    ]


def _back_at_work(server: MailServer, name: int) -> float:
    """Seconds from the start of `noaber work` until it has sent a letter; then it is killed."""
    enqueue_messages(1, name)
    wanted = len(server.taken) + 1
    begun = monotonic()
    worker = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "work"], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        while len(server.taken) < wanted and monotonic() - begun < 60:
            sleep(0.02)
        return monotonic() - begun
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
