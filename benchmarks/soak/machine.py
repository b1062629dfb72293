"""The state machine of the ledger with very many steps; it is a test, run at length here."""

import os
import subprocess
import sys

from benchmarks.place import ROOT, Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.core.notation import count

MACHINE = ROOT / "tests" / "ledger_machine.py"
POSTGRES_SHARE = 0.3
"""Steps cost more there."""


def run(place: Place, asked: Asked) -> Outcome:
    """All steps on SQLite, three in ten of them on PostgreSQL."""
    if not MACHINE.is_file():
        return Outcome("niet gedaan", [f"{MACHINE.relative_to(ROOT)} is er niet"])
    steps = asked.steps if place.engine == "sqlite" else int(asked.steps * POSTGRES_SHARE)
    environment = {**os.environ, "NOABER_STEPS": str(steps), "NOABER_DEBUG": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(MACHINE)]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    failures = [] if code == 0 else [f"pytest eindigt met {code}; zie hierboven"]
    return Outcome(f"{count(steps)} stappen", failures)
