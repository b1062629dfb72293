"""The whole site as files: how many pages a second two processes make."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from benchmarks.measuring import Result, duration
from benchmarks.place import REFERENCE_CODE, Place, settle
from benchmarks.reference import load_reference_deal
from noaber.cli.publishing import in_process
from noaber.editions.publishing import publish
from noaber.editions.site import Site

PROCESSES = 2
RATE = 150


def results(place: Place) -> Iterator[Result]:
    """The reference deal published as `noaber publish` does, in both languages."""
    load_reference_deal()
    settle(place)
    call_command("collectstatic", interactive=False, verbosity=0)
    site, ask = Site(REFERENCE_CODE, settings.SITE), in_process()
    with tempfile.TemporaryDirectory() as folder:
        done = publish(Path(folder) / "site", site, ask, head="", processes=PROCESSES)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.html"))
    rate = done.pages / done.seconds_of_pages
    yield Result(
        "hele site als bestanden: bladzijden",
        f"{done.pages} in {duration(done.seconds_of_pages)}: {rate:.0f} per seconde",
        f"{done.processes} processen, {size // 1_000_000} MB",
        goal=f"minstens {RATE} per seconde",
        met=rate >= RATE,
    )
    yield Result(
        "hele site als bestanden: documenten, stijl en letters",
        f"{done.files} in {duration(done.seconds_of_files)}",
    )
