"""What an edition is of, and how its sentences are put: pure."""

from collections.abc import Sequence
from datetime import date

from noaber.core.notation import listed, number_word
from noaber.deals.rules import Source, StatedFact

SHOWN = frozenset(
    {
        "allocated", "awarded", "reserved", "reserved_open", "room", "projects", "awards", "new",
        "follow_up", "pilots", "parties", "mark", "name", "lead",
    }
)  # fmt: skip
"""Figures that an implementation programme shows, contributions aside."""


class UnknownTranche(ValueError):
    """There is no such deal or tranche to make an edition of; the message is Dutch."""

    def __init__(self, deal: str, tranche: str, known: Sequence[str]) -> None:
        choice = f"Kies uit: {listed(known)}." if known else "Er is nog geen tranche."
        super().__init__(f"De deal {deal} heeft geen tranche {tranche}. {choice}")
        self.deal, self.tranche, self.known = deal, tranche, tuple(known)


def of_things(number: int, one: str, more: str) -> str:
    """A number of things in a sentence: ``één project``, ``elf projecten``, ``24 projecten``."""
    return f"{number_word(number)} {one if number == 1 else more}"


def capitalised(text: str) -> str:
    """The text with a capital, as at the start of a sentence."""
    return text[:1].upper() + text[1:]


def concerns(
    stated: StatedFact, source: Source | None, tranches: Sequence[str], as_of: date
) -> bool:
    """Whether an edition tells of a stated fact.

    It does when the document shows the figure, and the fact is about one of its tranches or was
    published by then: a total of a later document says nothing of an earlier moment.
    """
    figure, _, query = stated.address.partition("?")
    filters = dict(part.partition("=")[::2] for part in query.split("&") if part)
    if figure not in SHOWN:
        return False
    if "tranche" in filters:
        return filters["tranche"] in tranches
    published = source.published if source else None
    return published is None or published.counts_from <= as_of
