"""The revision that is being written in this thread of work."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Stamp:
    """An open revision: its number and time, and the tables it has inserted into so far."""

    number: int
    recorded_at: datetime
    tables: set[type] = field(default_factory=set)
    anchors: dict[tuple[Any, ...], Any] = field(default_factory=dict)


OPEN: ContextVar[Stamp | None] = ContextVar("open_revision", default=None)


def current() -> Stamp | None:
    """The open revision, or None outside any."""
    return OPEN.get()


def note(model: type) -> None:
    """Remember that the open revision inserted into `model`.

    :raises RuntimeError: outside any revision.
    """
    stamp = OPEN.get()
    if stamp is None:
        raise RuntimeError(f"{model.__name__} is written outside a revision")
    stamp.tables.add(model)
