"""Working days and terms in the Netherlands.

Working days leave out Saturday, Sunday and the holidays of the Algemene termijnenwet (ATW),
article 3. Whether an end that falls on such a day moves is another question: it does for terms
set by law (``statutory_end``), not for terms that parties agree on.
"""

import calendar
from datetime import date, timedelta
from functools import lru_cache

import holidays

FIRST_YEAR = 1966
LAST_YEAR = 2100

_DAY = timedelta(days=1)
_SATURDAY = 5
# Sundays by themselves; article 3 does not name them.
_NOT_IN_ARTICLE_3 = ("Eerste paasdag", "Eerste pinksterdag")


@lru_cache
def public_holidays(year: int) -> frozenset[date]:
    """Give the generally recognised holidays of a year (ATW art. 3.1 and, Good Friday, 3.2).

    Single days that a royal decree treats as holidays for statutory terms (ATW art. 3.3) are
    not among them.

    :raises ValueError: for a year outside 1966 to 2100, of which the holidays are not known.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the holidays of {year} are not known")
    calendar_of_year = holidays.country_holidays(
        "NL", years=year, categories=("public", "optional"), language="nl"
    )
    named = {day for day, name in calendar_of_year.items() if name not in _NOT_IN_ARTICLE_3}
    # ATW art. 3.1 names 5 May without exception; employers, and so the library's public
    # holidays, give the day off once in five years.
    return frozenset(named | {date(year, 5, 5)})


def is_working_day(day: date) -> bool:
    """Whether a day is a working day: not a Saturday, a Sunday or a public holiday.

    :raises ValueError: for a year of which the holidays are not known.
    """
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def add_working_days(day: date, number: int) -> date:
    """Give the working day that comes ``number`` working days after a day, itself not counted.

    With zero it is the day itself, a working day or not.

    :raises ValueError: for a number below zero, or a year of which the holidays are not known.
    """
    if number < 0:
        raise ValueError("working days are counted forward only")
    for _ in range(number):
        day = next_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """Give the first working day after a day.

    :raises ValueError: for a year of which the holidays are not known.
    """
    day += _DAY
    while not is_working_day(day):
        day += _DAY
    return day


def add_weeks(day: date, number: int) -> date:
    """Give the same day of the week, ``number`` weeks later; earlier for a number below zero."""
    return day + timedelta(weeks=number)


def add_months(day: date, number: int) -> date:
    """Give the same day ``number`` months later; earlier for a number below zero.

    Where that month is too short it is its last day: a month after 31 January is 28 February.
    """
    years, month = divmod(day.month - 1 + number, 12)
    year = day.year + years
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


def statutory_end(day: date) -> date:
    """Give the day on which a term set by law ends, when by count it ends on ``day``.

    An end on a Saturday, Sunday or holiday moves to the next working day (ATW art. 1.1).
    Terms agreed by contract, such as a covenant's, do not move, nor do the long ones of
    ATW art. 4: the caller knows which a term is.

    :raises ValueError: for a year of which the holidays are not known.
    """
    return day if is_working_day(day) else next_working_day(day)
