"""Headings say what the figures say."""

from dataclasses import replace

import pytest

from noaber.core.address import Address
from noaber.deals.rules import Pillar
from noaber.monitor.rules import Comparison, Figure, PillarView
from noaber.web.portal import wording
from noaber.web.register_words import readable
from tests.factories import reference_deal

ADDRESS = Address("deal", "awarded")
DEAL = replace(reference_deal.snapshot().deal, pillar_term="thema", pillar_terms="thema’s")


def pillar(name: str, allocated: int, awarded: int) -> PillarView:
    def figure(value: int) -> Figure:
        return Figure(ADDRESS, value)

    return PillarView(
        Pillar(name.lower(), name, 1, "#1d5c8a", "square"), figure(allocated), figure(awarded),
        figure(0), figure(allocated - awarded), figure(0), (),
    )  # fmt: skip


def comparison(*, agrees: bool) -> Comparison:
    return Comparison("x", ADDRESS, "x", "1", "1", agrees, 0, "cents", "bron", "", "")


def test_a_pillar_that_is_nearly_spent_and_one_with_room_are_named() -> None:
    said = wording.room_heading(DEAL, [pillar("Welzijn", 100, 89), pillar("Wonen", 100, 21)])
    assert said == "Welzijn is bijna vol en bij Wonen is nog veel ruimte"


def test_a_pillar_past_its_share_is_named_first() -> None:
    said = wording.room_heading(DEAL, [pillar("Wonen", 100, 21), pillar("Werken", 100, 101)])
    assert said.startswith("Werken is boven het richtbedrag")


def test_of_many_pillars_only_the_number_is_said() -> None:
    said = wording.room_heading(DEAL, [pillar(f"Thema {n}", 100, 0) for n in range(12)])
    assert said == "Bij twaalf thema’s is nog veel ruimte"


def test_without_an_allocation_the_heading_is_plain() -> None:
    assert wording.room_heading(DEAL, [pillar("Wonen", 0, 0)]) == "Wat is toegekend en nog vrij"


@pytest.mark.parametrize(
    ("agreeing", "differing", "said"),
    [
        (0, 0, "Nog niets om te vergelijken"),
        (3, 0, "Alle 3 cijfers uit de bronnen kloppen met het register"),
        (2, 1, "Eén van de 3 keer zegt een bron iets anders"),
        (1, 2, "Twee van de 3 keer zegt een bron iets anders"),
    ],
)
def test_the_heading_counts_differences(agreeing: int, differing: int, said: str) -> None:
    comparisons = [comparison(agrees=True)] * agreeing + [comparison(agrees=False)] * differing
    assert wording.comparison_heading(comparisons) == said


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("2023-12-31", "31 december 2023"),
        ("2019-06/2023", "juni 2019 tot en met 2023"),
        ("follow_up", "vervolg"),
        ("Emmen", "Emmen"),
        ("", "geen cijfer"),
    ],
)
def test_a_stored_text_is_shown_as_people_read_it(stored: str, read: str) -> None:
    assert readable(stored) == read
