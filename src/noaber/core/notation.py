"""Dutch notation of money, numbers, dates and lists: the one place that writes them.

Amounts of money are whole euro cents. A space inside a figure is a no-break space.
"""

from collections.abc import Sequence
from datetime import date

from noaber.core.dates import MONTHS, SHORT_MONTHS, PartialDate

ZERO = "–"
"""What stands in a table where zero is meant."""

MISSING = "geen cijfer"
"""What stands where there is no figure."""

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"

_FROM_HERE_IN_MILLIONS = 950_000_00
_CENTS_PER_TENTH_OF_A_MILLION = 100_000_00

_ORDINALS = (
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
    "twaalfde",
    "dertiende",
    "veertiende",
    "vijftiende",
    "zestiende",
    "zeventiende",
    "achttiende",
    "negentiende",
    "twintigste",
)
_NUMBER_WORDS = (
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
)


def euro(cents: int) -> str:
    """Write an amount with the euro sign: ``€ 3.057.170``; cents only when there are any."""
    return f"€{NO_BREAK_SPACE}{amount(cents)}"


def amount(cents: int) -> str:
    """Write an amount without the euro sign: ``3.057.170``, ``−12,50``."""
    euros, rest = divmod(abs(cents), 100)
    return _sign(cents) + _grouped(euros) + (f",{rest:02}" if rest else "")


def signed(cents: int) -> str:
    """Write a difference with its sign: ``+2.482``, ``−1.086``; no difference is ``0``."""
    return f"+{amount(cents)}" if cents > 0 else amount(cents)


def million(cents: int) -> str:
    """Write an amount for running text, in millions to one decimal, half up: ``€ 3,1 mln``.

    Exactly whole millions have no decimal: ``€ 40 mln``. Below 950.000 euro, where rounding
    would hide too much, it is the exact amount. Amounts below zero are the mirror image.
    """
    size = abs(cents)
    if size < _FROM_HERE_IN_MILLIONS:
        return euro(cents)
    tenths = _rounded(size, _CENTS_PER_TENTH_OF_A_MILLION)
    whole, decimal = divmod(tenths, 10)
    exact = size % (10 * _CENTS_PER_TENTH_OF_A_MILLION) == 0
    figure = _grouped(whole) if exact else f"{_grouped(whole)},{decimal}"
    return f"€{NO_BREAK_SPACE}{_sign(cents)}{figure}{NO_BREAK_SPACE}mln"


def count(number: int) -> str:
    """Write a number of things: ``16.000``."""
    return _sign(number) + _grouped(abs(number))


def percent(part: int, whole: int) -> str:
    """Write a part of a whole in whole percents, half up: ``47%``.

    Of nothing there is no percentage: a ``whole`` of zero gives ``MISSING``. A share below zero
    is the mirror image of the one above.
    """
    if whole == 0:
        return MISSING
    share = _rounded(abs(part) * 100, abs(whole))
    return f"{count(share if (part < 0) == (whole < 0) else -share)}%"


def day(moment: date) -> str:
    """Write a day: ``31 december 2021``."""
    return f"{moment.day} {month(moment)}"


def month(moment: date) -> str:
    """Write the month a day is in: ``december 2021``."""
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def partial(moment: PartialDate) -> str:
    """Write a date as precisely as it is known: ``2021``, ``december 2021`` or the whole day."""
    if moment.precision == "year":
        return str(moment.year)
    return month(moment.first_day) if moment.precision == "month" else day(moment.first_day)


def short_month(moment: PartialDate) -> str:
    """Write the month of a date in short: ``dec 2021``; only the year if no more is known."""
    if moment.month is None:
        return str(moment.year)
    return f"{SHORT_MONTHS[moment.month - 1]} {moment.year}"


def file_size(size: int) -> str:
    """The size of a file of so many bytes, as people say it: ``14 kB``, ``1,2 MB``."""
    thousands = -(-size // 1000)
    if thousands < 1000:
        return f"{thousands}{NO_BREAK_SPACE}kB"
    whole, tenth = divmod(_rounded(size, 100_000), 10)
    return f"{_grouped(whole)},{tenth}{NO_BREAK_SPACE}MB"


def listed(items: Sequence[str]) -> str:
    """Write items as a phrase: ``a, b en c``; nothing for no items.

    Of three or more with a comma in one, semicolons part them: ``a, b; c; en d``.
    """
    if len(items) < 2:
        return "".join(items)
    if len(items) > 2 and any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; en {items[-1]}"
    return f"{', '.join(items[:-1])} en {items[-1]}"


def with_full_stop(text: str) -> str:
    """A text with a full stop, unless it ends with a sign of its own."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def ordinal(number: int) -> str:
    """Write a rank: ``zesde``; from twenty-one in digits: ``21e``.

    :raises ValueError: for a number below one.
    """
    if number < 1:
        raise ValueError(f"there is no rank {number}")
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{_grouped(number)}e"


def number_word(number: int) -> str:
    """Write a number in a sentence: ``zes``; above twenty, and below zero, in digits."""
    return _NUMBER_WORDS[number] if 0 <= number < len(_NUMBER_WORDS) else count(number)


def _rounded(size: int, unit: int) -> int:
    """Count the units in a size that is not below zero, half up."""
    return (2 * size + unit) // (2 * unit)


def _sign(number: int) -> str:
    return MINUS if number < 0 else ""


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
