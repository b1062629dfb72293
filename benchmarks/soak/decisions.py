"""The state machine of proposals, decisions and payments with very many steps, and bugs for it."""

import traceback
from dataclasses import replace
from time import monotonic

from benchmarks.place import Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.core.notation import count
from tests import decisions_bugs, decisions_machine

POSTGRES_SHARE = 0.3
"""Steps cost more there."""

AT_ONCE = 400
"""Steps between two looks at the clock."""


def run(place: Place, asked: Asked) -> Outcome:
    """Find every planted bug, then take all steps on SQLite or three in ten on PostgreSQL.

    When there is little time, half of it goes to the bugs.
    """
    failures: list[str] = []
    half = replace(asked, seconds=asked.seconds / 2) if asked.seconds is not None else asked
    deadline, until = asked.deadline(), half.deadline()
    found: dict[str, int] = {}
    for bug in decisions_bugs.BUGS:
        if monotonic() < until:
            after = decisions_bugs.found_after(bug)
            if after is None:
                failures.append(f"niet gevonden: {bug}")
            found[bug] = after or 0
    steps = asked.steps if place.engine == "sqlite" else int(asked.steps * POSTGRES_SHARE)
    start, taken = monotonic(), 0
    try:
        while taken < steps and monotonic() < deadline:
            taken += decisions_machine.explore(min(AT_ONCE, steps - taken), random=True)
    except Exception:  # noqa: BLE001  whatever the register does wrong is what is looked for
        failures.append(traceback.format_exc())
    rate = taken / (monotonic() - start)
    planted = (
        f"{len(found)} fouten erin gestopt, binnen {count(max(found.values()))} stappen gevonden"
    )
    return Outcome(f"{planted}; {count(taken)} stappen, {rate:.1f} per seconde", failures)
