"""Axes of amounts in cents: round heights, and how they are written."""

from collections.abc import Sequence

from noaber.core.notation import NO_BREAK_SPACE, amount

MILLION = 1_000_000_00
_TENTH = MILLION // 10
_STEPS = (1, 2, 5)
_PARTS = 5


def step(highest: int, least: int = 1_000_00) -> int:
    """A round step (1, 2 or 5 times a power of ten) that divides a scale in three to five parts."""
    unit = least
    while True:
        for factor in _STEPS:
            if highest <= _PARTS * factor * unit:
                return factor * unit
        unit *= 10


def heights(highest: int, least: int = 1) -> range:
    """Round heights from zero, the last one at or just under `highest`."""
    return range(0, max(highest, 0) + 1, step(highest, least))


def in_millions(amounts: Sequence[int]) -> bool:
    """Whether a chart of these amounts counts in millions of euros, or in euros."""
    return step(max(amounts, default=0) or MILLION) >= _TENTH


def tick(cents: int, size: int, *, unit: bool) -> str:
    """A height on an axis with steps of `size`; one of them says the `unit`."""
    if size < _TENTH or not cents:
        return amount(cents)
    tenths = cents // _TENTH
    text = str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"
    return f"{text}{NO_BREAK_SPACE}mln" if unit else text


def short(cents: int) -> str:
    """An amount as short as it can be: in millions to a tenth, a small one in whole euros."""
    if cents < _TENTH // 2:
        return amount(cents // 100 * 100)
    tenths = (2 * cents + _TENTH) // (2 * _TENTH)
    return f"{tenths // 10},{tenths % 10}"
