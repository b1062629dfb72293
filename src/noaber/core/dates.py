"""Dates as sources give them: to the day, the month or the year; and periods between days."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Literal

FIRST_YEAR = 1900
LAST_YEAR = 2200

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
SHORT_MONTHS = (
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)

Precision = Literal["year", "month", "day"]

_MONTH_NUMBERS = (
    {name: number for number, name in enumerate(MONTHS, start=1)}
    | {name: number for number, name in enumerate(SHORT_MONTHS, start=1)}
    | {f"{name}.": number for number, name in enumerate(SHORT_MONTHS, start=1)}
    | {"sept": 9, "sept.": 9}
)
_ISO = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_NUMERIC = re.compile(r"(?P<day>[0-9]{1,2})([-/])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})")
_WORDS = re.compile(r"(?:(?P<day>[0-9]{1,2}) )?(?P<month>[a-z]+\.?) (?P<year>[0-9]{4})")
_TWO_DIGIT_YEAR = re.compile(
    r"[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2}|(?:[0-9]{1,2} )?[a-z]+\.? ['’]?[0-9]{2}"
)


class DateError(ValueError):
    """A date or period that cannot be; the message is Dutch and for the person."""


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, to the month or only to the year.

    Ordered by the day it counts from; of dates that count from the same day the least precise
    comes first.

    :raises DateError: when the date does not exist or its year is outside 1900 to 2200.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise DateError(
                f"Het jaar {self.year} kan niet kloppen. Vul een jaar in van {FIRST_YEAR} tot en "
                f"met {LAST_YEAR}."
            )
        if self.month is None:
            if self.day is not None:
                raise DateError("Bij de dag ontbreekt de maand. Vul dag, maand en jaar in.")
            return
        if not 1 <= self.month <= 12:
            raise DateError(
                f"Maand {self.month} bestaat niet. Vul een maand in van 1 tot en met 12."
            )
        length = _length_of_month(self.year, self.month)
        if self.day is not None and not 1 <= self.day <= length:
            name = MONTHS[self.month - 1]
            raise DateError(
                f"{self.day} {name} {self.year} bestaat niet: {name} {self.year} loopt van 1 tot "
                f"en met {length}."
            )

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.last_day, self.first_day) < (other.last_day, other.first_day)

    def __str__(self) -> str:
        """Give the date as in ISO 8601, as precise as it is known: ``2021``, ``2021-12``."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first_day(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or _length_of_month(self.year, month))

    @property
    def counts_from(self) -> date:
        """The day from which it holds: what is known to the month counts from its last day."""
        return self.last_day

    @property
    def precision(self) -> Precision:
        """How precisely the date is known."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"


@dataclass(frozen=True)
class Period:
    """The days from ``start`` up to, but not including, ``end``; without ``end`` it goes on.

    :raises DateError: when the period holds no day.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise DateError(
                f"De periode eindigt op {self.end.isoformat()}, maar begint pas op "
                f"{self.start.isoformat()}. Kies een einde na het begin."
            )

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)


def parse_date(text: str) -> PartialDate:
    """Read a date as people in the Netherlands type it, or as ISO 8601.

    Reads ``2021-12-31``, ``2021-12``, ``2021``, ``31-12-2021``, ``31/12/2021``,
    ``31 december 2021``, ``december 2021`` and ``dec. 2021``.

    :raises DateError: with what is wrong and what would be right.
    """
    plain = " ".join(text.split()).lower()
    if not plain:
        raise DateError("De datum ontbreekt. Vul een datum in, bijvoorbeeld 31-12-2021.")
    for notation in (_ISO, _NUMERIC, _WORDS):
        found = notation.fullmatch(plain)
        if found is None:
            continue
        return PartialDate(
            int(found["year"]),
            _month_number(found["month"]),
            int(found["day"]) if found["day"] else None,
        )
    if _TWO_DIGIT_YEAR.fullmatch(plain):
        raise DateError(
            f"Bij “{_shortened(plain)}” is het jaar niet zeker. Schrijf het jaar met vier cijfers, "
            "bijvoorbeeld 31-12-2021."
        )
    raise DateError(
        f"“{_shortened(plain)}” is geen datum. Schrijf een dag (31-12-2021), een maand (december "
        "2021) of een jaar (2021)."
    )


def _month_number(month: str | None) -> int | None:
    if month is None:
        return None
    if month.isdecimal():
        return int(month)
    if month not in _MONTH_NUMBERS:
        raise DateError(
            f"“{_shortened(month)}” is geen maand. Schrijf de maand voluit, bijvoorbeeld "
            "december 2021."
        )
    return _MONTH_NUMBERS[month]


def _length_of_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
