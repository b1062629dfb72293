"""Processes that act at once: `python -m tests.integration.record.racing WORK [unlocked] ARGUMENTS`.

A worker says "ready", waits for a line on its input so that all start together, and answers with
one JSON list: what each attempt came to.

In an unlocked worker, the control of a race test, the record's lock locks nothing. Chance may keep
processes apart even so; so at the first lock each waits for all others, and then keeps what it did
to itself until all have looked: they meet, however slow the machine is.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[3]
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
Work = Callable[[list[str]], list[Any]]


def race(work: str, arguments: list[list[str]], *, locked: bool = True) -> list[list[Any]]:
    """Run a worker per list of arguments, all at once; gives what each answered."""
    with TemporaryDirectory() as folder:
        mode = [] if locked else ["unlocked", folder, str(len(arguments))]
        return _run([[work, *mode, *own] for own in arguments])


def _run(commands: list[list[str]]) -> list[list[Any]]:
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.integration.record.racing", *command],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "noaber.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [json.loads(worker.communicate()[0]) for worker in workers]


class _Gate:
    """Where processes meet: each leaves a file, and waits for those of all others."""

    def __init__(self, folder: str, processes: int) -> None:
        self._folder, self._processes, self._passed = Path(folder), processes, set[str]()

    def meet(self, place: str, *, seconds: float) -> None:
        """Wait for the others, once per place and no longer than so many seconds."""
        if place in self._passed:
            return
        self._passed.add(place)
        (self._folder / f"{place}-{os.getpid()}").touch()
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._waiting(place) < self._processes:
            time.sleep(0.005)

    def _waiting(self, place: str) -> int:
        return len(list(self._folder.glob(f"{place}-*")))


def _unlock(gate: _Gate) -> None:
    from django.db import connection

    from noaber.record import locking

    commit = connection.commit

    def kept_back() -> None:
        # Who is held up by another's uncommitted rows never gets here.
        gate.meet("commit", seconds=2)
        commit()

    locking.lock = lambda: gate.meet("lock", seconds=60)
    connection.commit = kept_back  # type: ignore[method-assign]
    if connection.vendor == "sqlite":
        # A transaction that writes no longer takes the database's only lock at its start.
        connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"


def _attempt(action: Callable[[], object]) -> list[Any]:
    """Whether an action was acknowledged, with what it gave or why not."""
    try:
        return [True, action()]
    except Exception as refusal:  # noqa: BLE001
        return [False, type(refusal).__name__]


def _note(arguments: list[str]) -> list[Any]:
    """Record NAME's COUNT deals, each its own revision."""
    from noaber.access.rules import Actor
    from noaber.deals.models import Deal
    from noaber.record.actions import revision

    name, count = arguments[0], int(arguments[1])

    def act(number: int) -> int:
        with revision(by=Actor(name), at=AT, action="note", subject=f"deal:{name}") as r:
            Deal.objects.create(code=f"{name}-{number}", revision_id=r.number)
        return r.number

    return [_attempt(lambda number=number: act(number)) for number in range(count)]  # type: ignore[misc]


def _commit(arguments: list[str]) -> list[Any]:
    """Commit COUNT times one euro of a project's award."""
    from noaber.ledger.actions import post
    from tests.integration.ledger.small_deal import ANNA, DEAL, NO_EVIDENCE, commitment

    name, count = arguments[0], int(arguments[1])

    def act(number: int) -> int:
        posting = commitment(f"{name}-{number}", 1_00)
        return post([posting], deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)[0]

    return [_attempt(lambda number=number: act(number)) for number in range(count)]  # type: ignore[misc]


def _reverse(arguments: list[str]) -> list[Any]:
    """Take back every transfer named."""
    from noaber.ledger.actions import reverse
    from tests.integration.ledger.small_deal import ANNA, NO_EVIDENCE

    def act(number: int) -> int:
        return reverse(number, evidence=NO_EVIDENCE, by=ANNA, at=AT)

    return [_attempt(lambda number=number: act(int(number))) for number in arguments]  # type: ignore[misc]


def _decide(arguments: list[str]) -> list[Any]:
    """Award a project the cents given; says by which rule it was refused."""
    from noaber.core.finding import Refused
    from tests.integration.decisions.meetings import decide, order

    def act() -> str:
        asked = order(project=project, euros=int(cents) // 100, over_guideline=True)
        try:
            return decide(asked).code
        except Refused as refusal:
            return refusal.findings[0].rule

    project, cents = arguments
    return _attempt(act)


def _oblige(arguments: list[str]) -> list[Any]:
    """The treasurer commits COUNT times one cent of the award of a project, as NAME."""
    from noaber.treasury.actions import record_steps
    from tests.integration.treasury.lasting import DEAL, of_treasurer, who

    def act(code: str) -> int:
        return record_steps([of_treasurer(code)], deal=DEAL, **who())

    name, count = arguments
    return [_attempt(lambda number=number: act(f"{name}-{number}")) for number in range(int(count))]  # type: ignore[misc]


def _settle(arguments: list[str]) -> list[Any]:
    """Settle every commitment named on CENTS."""
    from noaber.core.dates import PartialDate
    from noaber.treasury.actions import record_steps
    from noaber.treasury.rules import Settlement
    from tests.integration.treasury.lasting import DEAL, who

    def act(code: str) -> int:
        settlement = Settlement(code, int(cents), PartialDate(2024, 9, 1))
        return record_steps([settlement], deal=DEAL, **who())

    cents, *codes = arguments
    return [_attempt(lambda code=code: act(code)) for code in codes]  # type: ignore[misc]


def _lower(arguments: list[str]) -> list[Any]:
    """Supersede the award of CENTS by one of a cent less, COUNT times; says what refused it."""
    from noaber.core.finding import Refused
    from tests.integration.treasury.lasting import decide

    last, cents, count = arguments[0], int(arguments[1]), int(arguments[2])

    def act() -> str:
        nonlocal last, cents
        try:
            last = decide(cents - 1, supersedes=last)
        except Refused as refusal:
            return refusal.findings[0].rule
        cents -= 1
        return last

    return [_attempt(act) for _ in range(count)]


WORKS: dict[str, Work] = {
    "note": _note,
    "commit": _commit,
    "reverse": _reverse,
    "decide": _decide,
    "oblige": _oblige,
    "settle": _settle,
    "lower": _lower,
}
WORKS["each"] = lambda arguments: WORKS[arguments[0]](arguments[1:])
"""Workers of different kinds in one race: the first argument of each says what it does."""


def _main(work: str, arguments: list[str]) -> None:
    import django

    django.setup()
    if arguments[:1] == ["unlocked"]:
        _unlock(_Gate(arguments[1], int(arguments[2])))
        arguments = arguments[3:]
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(WORKS[work](arguments)))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
