"""English notation, and what the register says in English."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.safestring import SafeString

from noaber.core.dates import PartialDate
from noaber.web import english, language, notation
from noaber.web.register_words import readable, told


@pytest.mark.parametrize(
    ("cents", "written"),
    [(305717000, "€3,057,170"), (1250, "€12.50"), (-100000, "€\u22121,000"), (0, "€0")],
)
def test_amounts_have_a_comma_for_thousands(cents: int, written: str) -> None:
    assert english.euro(cents) == written


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (3_057_170_00, "€3.1\u00a0million"),
        (40_000_000_00, "€40\u00a0million"),
        (949_999_00, "€949,999"),
        (1_234_500_000_00, "€1,234.5\u00a0million"),
    ],
)
def test_millions_are_rounded_as_in_dutch(cents: int, written: str) -> None:
    assert english.million(cents) == written


def test_days_months_and_lists_are_english() -> None:
    assert english.day(date(2021, 12, 31)) == "31 December 2021"
    assert english.partial(PartialDate(2021, 3, None)) == "March 2021"
    assert english.partial(PartialDate(2021, None, None)) == "2021"
    assert english.short_month(PartialDate(2021, 3, None)) == "Mar 2021"
    assert english.listed(["a", "b", "c"]) == "a, b and c"
    assert english.signed(-248200) == "\u22122,482"
    assert english.percent(47, 100) == "47%"
    assert english.percent(1, 0) == "no figure"
    assert english.number_word(12) == "twelve"
    assert english.number_word(21) == "21"


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (20, "twentieth"), (21, "21st"), (111, "111th"), (42, "42nd")],
)
def test_ranks_are_said_in_english(number: int, said: str) -> None:
    assert english.ordinal(number) == said


def test_there_is_no_rank_below_one() -> None:
    with pytest.raises(ValueError, match="no rank"):
        english.ordinal(0)


def test_the_notation_follows_the_language_of_the_page() -> None:
    assert notation.million(310_000_000) == "€\u00a03,1\u00a0mln"
    assert notation.decimal(Decimal("2.50")) == "2,5"
    with language.speaking("en"):
        assert notation.million(310_000_000) == "€3.1\u00a0million"
        assert notation.decimal(Decimal("2.50")) == "2.5"
        assert notation.decimal(Decimal(1600)) == "1,600"
        assert notation.missing() == "no figure"


def test_a_list_of_marked_names_stays_marked() -> None:
    with language.speaking("en"):
        said = notation.sentence(notation.listed([language.dutch("A & B"), "two others"]))
    assert said == '<span lang="nl">A &amp; B</span> and two others.'
    assert isinstance(said, SafeString)


def test_on_a_dutch_page_nothing_is_marked() -> None:
    assert language.dutch("A & B") == "A & B"
    assert not isinstance(language.dutch("A & B"), SafeString)


@pytest.mark.parametrize(
    ("dutch", "said"),
    [
        ("Toegekend", "Awarded"),
        ("Toegekend, tranche 6", "Awarded, tranche 6"),
        ("Toegekend, Werken, tranche 6", 'Awarded, <span lang="nl">Werken</span>, tranche 6'),
        (
            "Gereserveerd, nog niet toegekend, Wonen",
            'Reserved, not awarded yet, <span lang="nl">Wonen</span>',
        ),
        ("Partijen, de regio", "Parties, the region"),
        ("Werken: toegekend", '<span lang="nl">Werken</span>: awarded'),
        ("penvoerder: Oost", 'lead partner: <span lang="nl">Oost</span>'),
        ("tranche 2 en tranche 2b", "tranche 2 and tranche 2b"),
        ("gecorrigeerd, was €\u00a01.000", "corrected, was €1,000"),
        ("€\u00a03.057.170", "€3,057,170"),
        ("\u2212€\u00a0x", '<span lang="nl">\u2212€\u00a0x</span>'),
        ("1.234,5", "1,234.5"),
        ("31 december 2021", "31 December 2021"),
        ("maart 2019 tot en met 2023", "March 2019 to 2023"),
        ("Een & ander", '<span lang="nl">Een &amp; ander</span>'),
        ("", ""),
    ],
)
def test_what_the_register_says_is_english_with_its_names_marked(dutch: str, said: str) -> None:
    assert told(dutch) == dutch
    with language.speaking("en"):
        assert told(dutch) == said


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2019-03/2023", "March 2019 to 2023"),
        ("2019-03-01", "1 March 2019"),
        ("follow_up", "follow-up"),
        ("", "no figure"),
        ("Oost", '<span lang="nl">Oost</span>'),
    ],
)
def test_a_stored_text_reads_as_english(stored: str, said: str) -> None:
    with language.speaking("en"):
        assert readable(stored) == said
