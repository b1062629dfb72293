"""A second deal of another shape loads beside the first, and its pages and editions hold."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from noaber.access.rules import OFFICE, PUBLIC
from noaber.documents.formats import WRITERS
from noaber.editions.queries import programme
from noaber.imports.exporting import exported
from noaber.imports.register import facts
from noaber.imports.writing import write_book
from noaber.monitor import queries
from noaber.monitor.checks import invariants
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.databases import Snapshot, restored
from tests.factories.loading import load_folder
from tests.factories.second_deal import DEAL, RECORDED, TAKEN_BACK, THEMES, load_second_deal
from tests.integration.web.crawling import check_explained, crawl
from tests.integration.web.test_crawl import check_loaded_again
from tests.reading.comparing import Asked, check_document, checked

Values = dict[Asked, Decimal | None]


@pytest.fixture(scope="module", autouse=True)
def register(
    reference_snapshot: Snapshot,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The second deal beside the first, once for all tests here: they only read."""
    folder = tmp_path_factory.mktemp("second")
    with django_db_blocker.unblock(), restored(reference_snapshot, folder):
        load_second_deal(folder)
        yield


@pytest.fixture(scope="module")
def values(register: None) -> Values:
    """Every figure on the pages of the deal, compared with the monitor."""
    return crawled(f"/{DEAL}/")


def crawled(start: str) -> Values:
    pages = crawl(Client(), f"{start}?peildatum=2025-01-10")
    found = [figure for page in pages.values() for figure in page.figures]
    return checked(found, queries.moment(timezone.localdate()))


def overview_at(as_of: str) -> dict[str, int]:
    seen = queries.view(DEAL, Moment(date.fromisoformat(as_of), latest()), PUBLIC)
    assert seen is not None
    return {t.tranche.number: t.awarded.value or 0 for t in seen.overview.tranches}


def test_both_deals_keep_their_own_figures_and_everything_holds() -> None:
    assert invariants() == ()
    first = queries.view("zuid-en-oost-drenthe", Moment.ever(latest()), PUBLIC)
    assert first is not None
    assert first.overview.awarded.value == 18_631_358_00


def test_two_tranches_of_one_day_both_count_from_it() -> None:
    assert list(overview_at("2024-05-14")) == ["1"]
    assert list(overview_at("2024-05-15")) == ["1", "2", "2b"]


def test_an_award_that_was_taken_back_is_gone_and_was_there_before() -> None:
    now = queries.view(DEAL, Moment.ever(latest()), PUBLIC)
    before = queries.view(DEAL, Moment.ever(latest() - 1), PUBLIC)
    assert now is not None
    assert before is not None
    taken = before.figure("awarded", project=TAKEN_BACK).value
    assert taken
    assert now.figure("awarded", project=TAKEN_BACK).value == 0
    assert (before.overview.awarded.value or 0) - (now.overview.awarded.value or 0) == taken


def test_its_pages_can_all_be_reached_and_their_figures_hold(
    client: Client, values: Values
) -> None:
    assert len({address for address, _ in values}) > 150
    check_explained(client, values)
    assert "Regio Deal Noordermarke" in client.get("/").content.decode()


def test_its_english_pages_show_the_same_figures(values: Values) -> None:
    assert crawled(f"/en/{DEAL}/") == values


@pytest.mark.parametrize("tranche", ["1", "2", "2b", "3"])
def test_its_programme_is_made_and_its_figures_hold(tranche: str) -> None:
    document = programme(DEAL, tranche, latest(), PUBLIC)
    forms = WRITERS if tranche == "2b" else ("pdf", "csv")
    for form in forms:
        assert check_document(document, form, WRITERS[form].write(document))
    assert sum(theme in str(document.blocks) for theme in THEMES) == len(THEMES)


def test_a_programme_says_which_other_tranche_of_its_day_is_in_its_totals() -> None:
    said = {n: str(programme(DEAL, n, latest(), PUBLIC).blocks) for n in ("1", "2", "2b", "3")}
    assert "Tot en met deze tranche, en tranche 2b van dezelfde dag, is " in said["2"]
    assert all("Tot en met deze tranche is " in said[n] for n in ("1", "2b", "3"))


@pytest.mark.parametrize("name", ["uit.xlsx", "uit.ods"])
def test_it_is_exported_and_loaded_into_an_empty_register_with_the_same_figures(
    values: Values, django_db_setup: Snapshot, tmp_path: Path, name: str
) -> None:
    check_loaded_again(DEAL, values, django_db_setup, tmp_path / name)


def test_it_comes_through_a_round_trip_the_same(tmp_path: Path) -> None:
    before = facts(DEAL, latest(), OFFICE)
    write_book(exported(DEAL, latest(), OFFICE), tmp_path / "uit.ods")
    assert load_folder(tmp_path / "uit.ods", RECORDED, dry_run=True).changes == ()
    assert facts(DEAL, latest(), OFFICE) == before
