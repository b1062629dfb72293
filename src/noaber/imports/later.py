"""Loading a kept file as a job, for files that are too large to wait for."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from noaber.access.rules import Actor
from noaber.core.finding import Refused
from noaber.imports import actions, queries
from noaber.imports.checking import check
from noaber.imports.reading import read
from noaber.imports.rules import Book
from noaber.jobs.actions import enqueue
from noaber.jobs.rules import GiveUp, Policy
from noaber.jobs.running import Running
from noaber.jobs.working import Handler
from noaber.record.locking import refresh_statistics

KIND = "load_upload"


def load_later(book: Book, *, by: Actor, at: datetime) -> int:
    """Keep a file and have it loaded by a worker; gives the number of the job.

    Of `by` only the code is known when it is loaded.
    """
    with transaction.atomic():
        upload = actions.receive(book, by=by, at=at)
        return enqueue(KIND, {"upload": upload, "by": by.code}, at=at)


def load_kept(job: Running) -> None:
    """Load the file that a job names: everything, with the end of the job, or nothing."""
    upload, by = str(job.payload["upload"]), str(job.payload["by"])
    try:
        sheets = check(_kept(upload))
        with job.finishing() as at:
            actions.load(sheets, upload, by=Actor(by), at=at)
    except Refused as refused:
        # Their number only: findings repeat what stands in cells. The same check shows them.
        count = len(refused.findings)
        raise GiveUp(f"{count} {'bevinding' if count == 1 else 'bevindingen'}.") from refused
    refresh_statistics()


HANDLER = Handler(KIND, load_kept, Policy(attempts=3, first=timedelta(seconds=30)))


def _kept(upload: str) -> Book:
    files = queries.kept_files(upload)
    if not files:
        raise GiveUp("Het bestand is niet bewaard.")
    with tempfile.TemporaryDirectory(prefix="noaber-") as name:
        folder = Path(name)
        for file, _, content in files:
            (folder / file).write_bytes(content)
        alone = len(files) == 1 and not files[0][0].casefold().endswith(".csv")
        return read(folder / files[0][0] if alone else folder)
