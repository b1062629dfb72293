"""States of a job, when it is tried again, and how its failure is told: pure.

A worker that claims a job holds it under a *lease*, a time until when nobody else may have it,
and a *fence*, a number that grows with every claim. Whoever ends the job must show the fence: a
worker that was thought dead and wakes up later shows an old one, and what it did is rolled back.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple


class State(StrEnum):
    """States of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class Step(StrEnum):
    """What can happen to a job."""

    CLAIM = "claim"
    TAKE_OVER = "take_over"
    RENEW = "renew"
    FINISH = "finish"
    RELEASE = "release"
    RETRY = "retry"
    GIVE_UP = "give_up"
    RESTART = "restart"
    DROP = "drop"


class Change(NamedTuple):
    """From which states a step goes, to which."""

    sources: frozenset[State]
    target: State


CHANGES: dict[Step, Change] = {
    Step.CLAIM: Change(frozenset({State.WAITING}), State.RUNNING),
    Step.TAKE_OVER: Change(frozenset({State.RUNNING}), State.RUNNING),
    Step.RENEW: Change(frozenset({State.RUNNING}), State.RUNNING),
    Step.FINISH: Change(frozenset({State.RUNNING}), State.DONE),
    Step.RELEASE: Change(frozenset({State.RUNNING}), State.WAITING),
    Step.RETRY: Change(frozenset({State.RUNNING}), State.WAITING),
    Step.GIVE_UP: Change(frozenset({State.RUNNING}), State.FAILED),
    Step.RESTART: Change(frozenset({State.FAILED}), State.WAITING),
    Step.DROP: Change(frozenset({State.WAITING, State.RUNNING, State.FAILED}), State.DROPPED),
}
"""Every step there is; `docs/architecture.md` shows them, and a test holds the two together."""

ENDED = frozenset({State.DONE, State.DROPPED})
"""States from which nothing follows."""

LARGEST_PAYLOAD = 2_000
"""Characters of JSON: what is larger stands in a table of its own, and the job names it."""

INTERRUPTED = "Telkens afgebroken voordat het werk klaar was."


@dataclass(frozen=True)
class Policy:
    """How jobs of a kind are tried.

    `attempts` in all; after a failure a wait of `first`, twice as long each time, at most
    `longest`. The lease is renewed while the work goes on, but no longer than `limit` in all.
    """

    attempts: int = 8
    first: timedelta = timedelta(seconds=10)
    longest: timedelta = timedelta(hours=1)
    lease: timedelta = timedelta(seconds=30)
    limit: timedelta = timedelta(minutes=15)

    def wait(self, attempt: int) -> timedelta:
        """How long to wait after failed attempt number `attempt`, counted from one."""
        # Far enough to reach any longest wait, and no further: powers of two grow beyond dates.
        doublings = min(attempt - 1, 20)
        return min(self.first * (1 << doublings), self.longest)

    def is_spent(self, attempts: int) -> bool:
        """Whether a job that was tried `attempts` times is tried no more."""
        return attempts >= self.attempts


@dataclass(frozen=True)
class Claimed:
    """A job as it was handed to a worker."""

    number: int
    kind: str
    payload: dict[str, object]
    fence: int
    attempt: int
    claimed_at: datetime


@dataclass(frozen=True)
class Listed:
    """A job as an administrator sees it."""

    number: int
    kind: str
    key: str
    state: State
    attempts: int
    enqueued_at: datetime
    not_before: datetime
    ended_at: datetime | None
    failure: str


class Superseded(Exception):
    """The job is no longer this worker's: taken over, or dropped. What it did is not kept."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Opdracht {number} is niet meer van deze werker.")
        self.number = number


class StepRefused(Exception):
    """The job's state does not allow the step, or there is no such job."""

    def __init__(self, number: int, state: State | None) -> None:
        told = f"staat op {state}" if state else "bestaat niet"
        super().__init__(f"Opdracht {number} {told}.")
        self.number, self.state = number, state


class TryLater(Exception):
    """Raised by a handler: not now. The reason is shown and logged, so it names no person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GiveUp(Exception):
    """Raised by a handler: trying again cannot help. The reason names no person either."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PayloadTooLarge(ValueError):
    """A payload names what is to be done; it does not hold it."""

    def __init__(self, kind: str, size: int) -> None:
        super().__init__(f"{kind}: {size} tekens, hoogstens {LARGEST_PAYLOAD}.")


def check_payload(kind: str, payload: dict[str, object]) -> None:
    """Check that `payload` is JSON and small.

    :raises TypeError: when it cannot be written as JSON.
    :raises PayloadTooLarge: when it is.
    """
    size = len(json.dumps(payload, allow_nan=False))
    if size > LARGEST_PAYLOAD:
        raise PayloadTooLarge(kind, size)


def told(error: BaseException) -> str:
    """An unexpected error as an administrator may see it: its kind and place.

    Not its message, which can hold anything, also what people typed.
    """
    name = type(error).__name__
    place = _innermost(error.__traceback__)
    return f"{name} in {place}" if place else name


def _innermost(traceback: TracebackType | None) -> str:
    place = ""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
