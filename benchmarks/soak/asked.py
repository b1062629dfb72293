"""How long to go on, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True)
class Asked:
    """How much of everything. `seconds` is how long a part may take, None for all of it."""

    seconds: float | None = None
    transfers: int = 1_000_000
    steps: int = 100_000
    kills: int = 50
    seed: int = 1

    def deadline(self) -> float:
        """When to stop, on the clock of `monotonic`."""
        return monotonic() + (self.seconds if self.seconds is not None else float("inf"))


@dataclass(frozen=True)
class Outcome:
    """What a part did, in one line, and what went wrong."""

    done: str
    failures: Sequence[str] = ()
