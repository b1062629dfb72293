"""The state machine of the ledger with very many steps; the same that the tests try shortly."""

import traceback

from benchmarks.place import Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.core.notation import count
from tests import ledger_machine

POSTGRES_SHARE = 0.3
"""Steps cost more there."""


def run(place: Place, asked: Asked) -> Outcome:
    """All steps on SQLite, three in ten of them on PostgreSQL; others every time."""
    steps = asked.steps if place.engine == "sqlite" else int(asked.steps * POSTGRES_SHARE)
    taken = 0
    try:
        while taken < steps:
            taken += ledger_machine.explore(steps - taken, random=True)
    except Exception:  # noqa: BLE001  whatever the ledger does wrong is what is looked for
        return Outcome("een belofte van het grootboek is gebroken", [traceback.format_exc()])
    return Outcome(f"{count(taken)} stappen")
