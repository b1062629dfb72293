"""Files loaded by workers, and letters sent, while the workers are killed at any moment."""

import csv
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from noaber.deals.models import Deal
from noaber.imports.later import load_later
from noaber.imports.reading import read
from noaber.jobs.models import Job
from noaber.record.queries import events
from tests.factories.mail_server import MailServer
from tests.factories.people import ANNA, TODAY
from tests.factories.reference_deal import FOLDER
from tests.integration.jobs.nursery import Manner, work_off
from tests.integration.mail.kills import Received, enqueue_messages, received

LETTERS_PER_FILE = 5
WORKERS = 2


@dataclass(frozen=True)
class Survived:
    """What became of files to be loaded: the deals that are not there, those loaded more than
    once, and how many jobs were begun again; and of the letters.
    """

    lost: set[str]
    twice: set[str]
    taken_over: int
    letters: Received


def load_off(
    server: MailServer,
    folder: Path,
    codes: Sequence[str],
    *,
    kills: int,
    pause: float,
    seed: int = 1,
    name: int = 1,
    hasty: bool = False,
) -> Survived:
    """Hand in the reference deal under each code, with letters, and kill the workers.

    `hasty` is the control, of one worker that takes the files first. Once more in the same
    database, the round needs another `name`.
    """
    jobs = [load_later(read(copy(folder, code)), by=ANNA, at=TODAY) for code in codes]
    letters = enqueue_messages(len(codes) * LETTERS_PER_FILE, name)
    manner, workers = Manner(lease=0.5, hasty=hasty), 1 if hasty else WORKERS
    work_off(manner, workers=workers, kills=kills, seed=seed, pause=pause)
    loads = Counter(
        event.subject.partition(":")[2] for event in events() if event.action == "load_deal"
    )
    there = set(Deal.objects.values_list("code", flat=True))
    return Survived(
        lost={code for code in codes if code not in there or not loads[code]},
        twice={code for code in codes if loads[code] > 1},
        taken_over=Job.objects.filter(pk__in=jobs, fence__gt=1).count(),
        letters=received(server, letters),
    )


def copy(folder: Path, code: str) -> Path:
    """The reference deal under another code."""
    made = Path(shutil.copytree(FOLDER, folder / code))
    file = made / "deal.csv"
    with file.open(encoding="utf-8", newline="") as old:
        (row,) = csv.DictReader(old)
    with file.open("w", encoding="utf-8", newline="") as new:
        writer = csv.DictWriter(new, list(row))
        writer.writeheader()
        writer.writerow({**row, "code": code})
    return made
