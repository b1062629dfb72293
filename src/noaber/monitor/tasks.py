"""What waits for somebody, as values: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Topic(StrEnum):
    """What things with a date are about: what people are reminded of."""

    ROLE = "role"
    WITHHOLDING = "withholding"
    INSTALMENT = "instalment"
    ROUND = "round"
    PROGRESS = "progress"
    ACCOUNTS = "accounts"


@dataclass(frozen=True)
class Task:
    """Something that waits: until when (None: no date), what, why, and where it is done.

    `sheet` and `code` name a fact of the register, or `page` names a page of the office. `late`
    is said of a day that has passed. `button` says what pressing it does. `filled` are columns of
    a new fact that are known already; None when it is not about a new one. What has a date has a
    `topic`, and `thing` names what it is about, the same every day.
    """

    what: str
    why: str
    button: str
    due: date | None = None
    late: bool = False
    sheet: str = ""
    code: str = ""
    page: str = ""
    filled: Mapping[str, str] | None = None
    topic: Topic | None = None
    thing: str = ""


@dataclass(frozen=True)
class Work:
    """What waits now, what comes, and what is not right or still lacks."""

    now: tuple[Task, ...]
    coming: tuple[Task, ...]
    lacking: tuple[Task, ...]

    @property
    def number(self) -> int:
        """How many things there are."""
        return len(self.now) + len(self.coming) + len(self.lacking)
