"""English notation of money, numbers, dates and lists, for readers of the English pages: pure.

It says the same as `core.notation` does in Dutch, in the way an English reader expects: a comma
for thousands, a point for decimals, "million" in full. In Dutch notation € 3.057 would be three
euros and six cents to them. Only figures that the site writes are written so; a Dutch text that
names an amount stays as it is.
"""

from collections.abc import Sequence
from datetime import date

from noaber.core import notation as dutch
from noaber.core.dates import PartialDate

MISSING = "no figure"
"""What stands where there is no figure."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_SWAPPED = str.maketrans(".,", ",.")


def euro(cents: int) -> str:
    """Write an amount with the euro sign: ``€3,057,170``; cents only when there are any."""
    return f"€{amount(cents)}"


def amount(cents: int) -> str:
    """Write an amount without the euro sign: ``3,057,170``, ``−12.50``."""
    return dutch.amount(cents).translate(_SWAPPED)


def signed(cents: int) -> str:
    """Write a difference with its sign: ``+2,482``, ``−1,086``; no difference is ``0``."""
    return dutch.signed(cents).translate(_SWAPPED)


def million(cents: int) -> str:
    """Write an amount for running text: ``€3.1 million``, rounded as `core.notation.million` does."""
    space = dutch.NO_BREAK_SPACE
    written = dutch.million(cents).removeprefix(f"€{space}")
    if not written.endswith("mln"):
        return euro(cents)
    return f"€{written.removesuffix('mln').translate(_SWAPPED)}million"


def count(number: int) -> str:
    """Write a number of things: ``16,000``."""
    return dutch.count(number).translate(_SWAPPED)


def percent(part: int, whole: int) -> str:
    """Write a part of a whole in whole percents: ``47%``; of nothing there is none."""
    return MISSING if whole == 0 else dutch.percent(part, whole).translate(_SWAPPED)


def day(moment: date) -> str:
    """Write a day: ``31 December 2021``."""
    return f"{moment.day} {month(moment)}"


def month(moment: date) -> str:
    """Write the month a day is in: ``December 2021``."""
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def partial(moment: PartialDate) -> str:
    """Write a date as precisely as it is known: ``2021``, ``December 2021`` or the whole day."""
    if moment.precision == "year":
        return str(moment.year)
    return month(moment.first_day) if moment.precision == "month" else day(moment.first_day)


def short_month(moment: PartialDate) -> str:
    """Write the month of a date in short: ``Dec 2021``; only the year if no more is known."""
    if moment.month is None:
        return str(moment.year)
    return f"{MONTHS[moment.month - 1][:3]} {moment.year}"


def listed(items: Sequence[str]) -> str:
    """Write items as a phrase: ``a, b and c``; nothing for no items.

    Of three or more with a comma in one, semicolons part them: ``a, b; c; and d``.
    """
    if len(items) < 2:
        return "".join(items)
    if len(items) > 2 and any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def ordinal(number: int) -> str:
    """Write a rank: ``sixth``; from twenty-one in digits: ``21st``.

    :raises ValueError: for a number below one.
    """
    if number < 1:
        raise ValueError(f"there is no rank {number}")
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    teen = number % 100 in range(11, 14)
    return f"{count(number)}{'th' if teen else _ENDINGS.get(number % 10, 'th')}"


def number_word(number: int) -> str:
    """Write a number in a sentence: ``six``; above twenty, and below zero, in digits."""
    return _NUMBER_WORDS[number] if 0 <= number < len(_NUMBER_WORDS) else count(number)
