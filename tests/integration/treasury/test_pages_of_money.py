"""Pages on which the money of awards appears: every figure is the monitor's, in both languages."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from noaber.monitor import queries
from tests.databases import RealDatabase
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import TOMORROW
from tests.integration.web.crawling import check_explained
from tests.reading.comparing import checked
from tests.reading.pages import Page

DEAL = "zuid-en-oost-drenthe"
AT = "?peildatum=2023-12-31"
PAGES = ("", "geld/", "projecten/werken-3/", "projecten/werken-9/", "tranches/6/")


@pytest.fixture(autouse=True)
def _paying(reference_register: RealDatabase, tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)


def page(client: Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200
    return Page.of(response.content.decode(), path)


@pytest.mark.parametrize("before", ["", "/en"])
def test_every_figure_is_the_monitors_and_its_parts_add_up(client: Client, before: str) -> None:
    pages = {path: page(client, f"{before}/{DEAL}/{path}{AT}") for path in PAGES}
    shown = {path: {f.address.figure for f in found.figures} for path, found in pages.items()}
    steps = {"committed", "paid", "settled", "payable", "released"}
    assert steps | {"received", "claimed", "mandated"} <= shown["geld/"]
    assert steps <= shown["projecten/werken-3/"]
    assert "claimed" in shown["projecten/werken-9/"]
    figures = [figure for found in pages.values() for figure in found.figures]
    values = checked(figures, queries.moment(timezone.localdate()))
    later = {asked: v for asked, v in values.items() if asked[0].figure in steps | {"mandated"}}
    assert len(later) > 20
    check_explained(client, later, before)


def test_no_page_asks_more_than_twelve_queries_of_the_database(client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/{DEAL}/geld/?peildatum=2023-12-30")
    assert len(asked) <= 12


def test_what_is_for_the_office_stays_there(client: Client) -> None:
    for path in PAGES:
        assert "schuift" not in client.get(f"/{DEAL}/{path}{AT}").content.decode()
