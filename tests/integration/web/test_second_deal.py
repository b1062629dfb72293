"""A second deal of another shape loads beside the first, and its pages and editions hold."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from noaber.access.rules import OFFICE, PUBLIC
from noaber.documents.typst import write_pdf
from noaber.editions.queries import programme
from noaber.imports.exporting import exported
from noaber.imports.register import facts
from noaber.imports.writing import write_book
from noaber.monitor import queries
from noaber.monitor.checks import invariants
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.databases import RealDatabase
from tests.factories.loading import load_folder
from tests.factories.people import TOMORROW
from tests.factories.second_deal import DEAL, TAKEN_BACK, THEMES, load_second_deal
from tests.integration.web.crawling import crawl, in_document
from tests.integration.web.test_crawl import check


@pytest.fixture(autouse=True)
def second(tmp_path: Path, reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    load_second_deal(tmp_path)


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


def test_its_pages_can_all_be_reached_and_their_figures_hold(client: Client) -> None:
    pages, shown = crawl(client, f"/{DEAL}/?peildatum=2025-01-10")
    assert len(pages) >= 4
    assert len(check(shown, queries.moment(date(2025, 1, 10)), DEAL)) > 50
    both = client.get("/").content.decode()
    assert "Regio Deal Noordermarke" in both


@pytest.mark.parametrize("tranche", ["1", "2b", "3"])
def test_its_programme_is_made_and_its_figures_hold(tranche: str) -> None:
    document = programme(DEAL, tranche, latest(), PUBLIC)
    shown = list(in_document(document))
    check(shown, Moment(document.moment.as_of, document.moment.revision), DEAL)
    assert write_pdf(document).startswith(b"%PDF")
    assert sum(theme in str(document.blocks) for theme in THEMES) == len(THEMES)


def test_it_comes_through_a_round_trip_the_same(tmp_path: Path) -> None:
    before = facts(DEAL, latest(), OFFICE)
    write_book(exported(DEAL, latest(), OFFICE), tmp_path / "uit.ods")
    assert load_folder(tmp_path / "uit.ods", TOMORROW).changes == ()
    assert facts(DEAL, latest(), OFFICE) == before
