"""Moments, evidence and the hash chain: pure.

A fact is *held* at a moment when its latest recorded row, per start date and up to the moment's
revision, covers the moment's date and is not retracted; of several starts the latest wins.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Protocol

from noaber.core.ref import Ref


class Author(Protocol):
    """Whoever a revision is recorded by."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


class Readers(Protocol):
    """Whoever a query is asked for: the labels of what they may read, and single facts that are
    withheld from them whatever their label.
    """

    @property
    def labels(self) -> frozenset[str]: ...

    @property
    def withheld(self) -> frozenset[Ref]: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Moment:
    """What held on the date `as_of`, as known at `revision` (0: nothing known yet)."""

    as_of: date
    revision: int

    @classmethod
    def ever(cls, revision: int) -> "Moment":
        """All periods at once: every start of every fact, as known at `revision`."""
        return cls(date.max, revision)

    @property
    def is_ever(self) -> bool:
        """Whether this moment stands for all dates."""
        return self.as_of == date.max


@dataclass(frozen=True)
class Evidence:
    """Where a fact comes from: code of the `source`, place in it, and the cell it was read from."""

    source: str = ""
    locator: str = ""
    origin: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Event:
    """A recorded revision as audit entry."""

    number: int
    recorded_at: datetime
    author: str
    action: str
    subject: str
    details: str


@dataclass(frozen=True)
class Held:
    """A personal value that is kept: the token that stands for it, whom it is about, its text."""

    token: str
    subject: str
    text: str

    @property
    def names(self) -> tuple[str, str]:
        """What the subject is called by: all of it, and its code alone."""
        return self.subject.casefold(), self.subject.partition(":")[2].casefold()


@dataclass(frozen=True)
class Erased:
    """Something that was erased in `revision`: its Ref, and the hash of what was left ("": none)."""

    item: str
    left: str
    revision: int


def plain(words: str) -> str:
    """Words without the difference of capitals and spaces."""
    return " ".join(words.split()).casefold()


def columns_of(value: Any) -> dict[str, Any]:
    """The fields of a value (a frozen dataclass) as columns to record; not its evidence."""
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name != "evidence"}


class AlreadyRecorded(Exception):
    """The idempotency key was used before, by revision `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Al vastgelegd in revisie {number}.")
        self.number = number


ERASE = "erase_personal_values"
"""What a revision that erases personal values is called."""

GENESIS = "0" * 64


def canonical(value: object) -> str:
    """`value` as JSON with sorted keys and no spaces; dates in ISO 8601, bytes by SHA-256."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def sha256(text: str) -> str:
    """Hex SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def rows_digest(rows: Iterable[tuple[str, Mapping[str, object]]]) -> str:
    """Digest of the rows a revision inserted, as (table, columns); independent of their order."""
    return sha256("\n".join(sorted(f"{table} {canonical(columns)}" for table, columns in rows)))


def link(previous: str, entry: Mapping[str, object]) -> str:
    """Hash that links an audit `entry` to the hash of the one before it."""
    return sha256(previous + canonical(entry))
