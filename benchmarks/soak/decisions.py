"""The state machine of proposals, decisions and payments with very many steps, and bugs for it."""

import traceback
from collections.abc import Iterator
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

TOLD_EVERY = 2_000
"""Steps after which it says how far it is."""


def run(place: Place, asked: Asked) -> Outcome:
    """Find every planted bug, then take all steps on SQLite or three in ten on PostgreSQL.

    When there is little time, a quarter of it goes to the bugs.
    """
    failures: list[str] = []
    part = replace(asked, seconds=asked.seconds / 4) if asked.seconds is not None else asked
    found = _bugs(part.deadline())
    failures += [f"niet gevonden: {bug}" for bug, after in found.items() if after is None]
    steps = asked.steps if place.engine == "sqlite" else int(asked.steps * POSTGRES_SHARE)
    start, taken = monotonic(), 0
    try:
        for more in _steps(steps, asked.deadline(), start):
            taken = more
    except Exception:  # noqa: BLE001  whatever the register does wrong is what is looked for
        failures.append(traceback.format_exc())
    rate = taken / (monotonic() - start)
    most = max((after or 0 for after in found.values()), default=0)
    planted = f"{len(found)} fouten erin gestopt, binnen {count(most)} stappen gevonden"
    return Outcome(
        f"{planted}; {count(taken)} van {count(steps)} stappen, {rate:.1f} per seconde", failures
    )


def _bugs(until: float) -> dict[str, int | None]:
    """After how many steps each planted bug was found, of those there was time for."""
    found: dict[str, int | None] = {}
    for bug in decisions_bugs.BUGS:
        if monotonic() < until:
            start = monotonic()
            found[bug] = decisions_bugs.found_after(bug)
            print(f"   {bug}: {found[bug]} stappen, {monotonic() - start:.0f} s", flush=True)
    return found


def _steps(steps: int, until: float, start: float) -> Iterator[int]:
    """Take steps until there are enough or the time is up; how many there were, each time."""
    taken = told = 0
    with decisions_machine.founded():
        while taken < steps and monotonic() < until:
            taken += decisions_machine.play(min(AT_ONCE, steps - taken), random=True)
            yield taken
            if taken - told >= TOLD_EVERY:
                told = taken
                used = monotonic() - start
                print(f"   {count(taken)} stappen in {used:.0f} s, goed", flush=True)
