"""Numbers as documents print them, and the codes that are made from names."""

import re
import unicodedata

_Run = tuple[int, int, str]
_RUNS = re.compile(r"[0-9]+|[^0-9]+")
# Letters that have no accent to take off and so would be lost.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def number_key(printed: str) -> tuple[tuple[tuple[_Run, ...], ...], str]:
    """Give the key by which printed numbers sort as people expect: 2, 2.3, 2.4a, 2.4b, 2.10, 2b, 3.

    Any text has a key and different texts have different keys, so the order is always the same.
    Names that are no number come after the numbers.
    """
    parts = tuple(
        tuple(_run(run) for run in _RUNS.findall(part.strip()))
        for part in printed.casefold().split(".")
    )
    return parts, printed


def code_of(text: str) -> str:
    """Give the code of a name: ``Zuid- en Oost-Drenthe`` is ``zuid-en-oost-drenthe``.

    :raises ValueError: when the name has no letter or digit to make a code of.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    without_accents = "".join(sign for sign in plain if not unicodedata.combining(sign))
    code = re.sub(r"[^a-z0-9]+", "-", without_accents).strip("-")
    if not code:
        raise ValueError(f"there is no code in {text!r}")
    return code


def _run(run: str) -> _Run:
    """Rank digits by size, without the limit Python puts on long numbers, before other signs."""
    if run[0] not in "0123456789":
        return (1, 0, run)
    digits = run.lstrip("0")
    return (0, len(digits), digits)
