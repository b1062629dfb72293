"""Imports killed at any time: nothing half loaded, nothing acknowledged lost, the chain whole."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random
from time import monotonic

from django.apps import apps
from django.db import connection

from benchmarks.place import ROOT, Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.access.rules import OFFICE
from noaber.core.address import Address
from noaber.core.notation import count
from noaber.deals.models import Deal
from noaber.monitor import figures, queries
from noaber.record.queries import check_chain
from tests.integration.imports.kills import copy

PROGRAM = "from noaber.cli import main; main()"
END = date(2021, 12, 31)


def run(place: Place, asked: Asked) -> Outcome:
    """One load undisturbed to know how long it takes and what it gives; the others killed."""
    random = Random(asked.seed)
    deadline = asked.deadline()
    failures: list[str] = []
    start = monotonic()
    if _start(copy(place.folder, "heel")).wait() != 0:
        return Outcome("laden lukt ook ongestoord niet", ["zie hierboven"])
    longest = monotonic() - start
    expected = _content("heel")
    killed = whole = 0
    while killed < asked.kills and monotonic() < deadline:
        killed += 1
        code = f"deal-{killed}"
        told = _killed(copy(place.folder, code), random.uniform(0.1, 1.1) * longest)
        found = _content(code)
        whole += found is not None
        if found not in (None, expected):
            failures.append(f"{code} is half geladen: {found}, heel is {expected}")
        if told and found is None:
            failures.append(f"{code} is bevestigd en weg")
        failures += [f"na {code}: {finding}" for finding in check_chain()]
        connection.close()
    done = f"{count(killed)} keer gedood: {count(whole)} deals heel geladen, de andere niets"
    return Outcome(done, failures)


def _start(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "load", str(path)], cwd=ROOT, stdout=subprocess.PIPE
    )


def _killed(path: Path, after: float) -> bool:
    """Whether the load had said that it was done when it was killed."""
    process = _start(path)
    try:
        output, _ = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
    return b"Revisie" in output


def _content(code: str) -> tuple[int, int, int] | None:
    """What there is of a deal: rows of its own, euros awarded, facts stated; None for nothing."""
    deal = Deal.objects.filter(code=code).first()
    if deal is None:
        return None
    rows = sum(
        model._base_manager.filter(deal=deal).count()
        for model in apps.get_models()
        if any(field.name == "deal" and field.is_relation for field in model._meta.get_fields())
    )
    seen = queries.view(code, queries.moment(END), OFFICE)
    if seen is None:
        return rows, 0, 0
    awarded = figures.figure(seen.snapshot, Address(code, "awarded")).value or 0
    return rows, awarded, len(seen.snapshot.stated)
