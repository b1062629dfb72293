"""Programmes from the register: of their own tranche, and as known at a revision."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from noaber.access.rules import PUBLIC
from noaber.documents.typst import write_pdf
from noaber.editions import queries
from noaber.editions.rules import UnknownTranche
from noaber.record.queries import latest
from tests.factories import loading
from tests.factories.documents import lines, read, written

pytestmark = pytest.mark.usefixtures("reference_register")

DEAL = "zuid-en-oost-drenthe"


def test_the_sixth_programme_comes_from_the_register() -> None:
    made = queries.programme(DEAL, "6", None, PUBLIC)
    assert made.as_of == date(2021, 12, 31)
    assert made.moment.revision == latest()
    assert lines(written(made, "Toegekend in tranche 6")["totals"])[0][-1] == "3.057.170"


def test_the_fourth_programme_made_after_the_sixth_holds_four_tranches() -> None:
    queries.programme(DEAL, "6", None, PUBLIC)
    text = read(queries.programme(DEAL, "4", None, PUBLIC))
    assert "Tranche 4" in text
    assert "Tranche 5" not in text
    assert "Tranche 6" not in text
    assert "Regiocampus" not in text


def test_a_later_correction_does_not_change_what_was_known_before_it(tmp_path: Path) -> None:
    before = latest()
    printed = write_pdf(queries.programme(DEAL, "4", before, PUBLIC))
    folder = loading.copy_of_reference(tmp_path)
    award = {"project": "werken-5", "tranche": "4"}
    loading.change(folder, "toekenningen", award, bedrag="81000")
    loading.load_folder(folder)
    assert write_pdf(queries.programme(DEAL, "4", before, PUBLIC)) == printed
    assert "€ 81.000" in read(queries.programme(DEAL, "4", None, PUBLIC))


@pytest.mark.parametrize(("deal", "tranche"), [(DEAL, "7"), ("elders", "6")])
def test_what_is_not_in_the_register_is_refused(deal: str, tranche: str) -> None:
    with pytest.raises(UnknownTranche, match=f"De deal {deal} heeft geen tranche {tranche}"):
        queries.programme(deal, tranche, None, PUBLIC)


def test_before_anything_was_known_there_is_no_programme() -> None:
    with pytest.raises(UnknownTranche, match="Er is nog geen tranche"):
        queries.programme(DEAL, "6", 0, PUBLIC)


def test_a_programme_asks_a_fixed_number_of_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(32):
        queries.programme(DEAL, "6", None, PUBLIC)
