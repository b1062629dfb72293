"""Which stated facts an edition tells of, and how its sentences are put."""

from datetime import date

import pytest

from noaber.core.dates import PartialDate
from noaber.deals.rules import Source, StatedFact
from noaber.editions.rules import UnknownTranche, concerns, of_things

PROGRAMME_6 = Source("up6", "Uitvoeringsprogramma 6", "programme", PartialDate(2021, 12))
UNDATED = Source("bericht", "Bericht", "news")
MAY_2021 = date(2021, 5, 31)
FOUR = ("1", "2", "3", "4")


def told(address: str, source: Source = PROGRAMME_6, as_of: date = MAY_2021) -> bool:
    return concerns(StatedFact("x", address, "amount", "1"), source, FOUR, as_of)


def test_a_total_of_a_later_document_says_nothing_of_an_earlier_edition() -> None:
    assert not told("awarded?pillar=werken")
    assert told("awarded?pillar=werken", as_of=date(2021, 12, 31))


def test_what_a_later_document_says_of_an_earlier_tranche_is_told() -> None:
    assert told("awarded?pillar=werken&tranche=4")
    assert not told("awarded?pillar=werken&tranche=5")


def test_a_source_without_a_date_is_always_told() -> None:
    assert told("projects", UNDATED)


def test_a_figure_that_the_programme_does_not_show_is_not_told() -> None:
    assert not told("goal_until?goal=doel-werken", UNDATED)
    assert not told("promised?party=GM0114", UNDATED)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "één project"), (11, "elf projecten"), (24, "24 projecten")]
)
def test_numbers_in_a_sentence_are_words_up_to_twenty(number: int, said: str) -> None:
    assert of_things(number, "project", "projecten") == said


def test_an_unknown_tranche_says_which_there_are() -> None:
    assert str(UnknownTranche("deal", "9", ["1", "2b"])).endswith("Kies uit: 1 en 2b.")
    assert str(UnknownTranche("deal", "9", [])).endswith("Er is nog geen tranche.")
