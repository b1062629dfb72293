"""Pages on which the money of awards appears: what everybody reads there, and what the office alone.

That their figures are the monitor's, is for the crawl.
"""

from pathlib import Path

import pytest
from django.test import Client

from noaber.access.rules import OFFICE
from noaber.record.queries import latest
from noaber.record.rules import Moment
from noaber.treasury import queries
from tests.databases import RealDatabase
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import TOMORROW

DEAL = "zuid-en-oost-drenthe"
AT = "?peildatum=2023-12-31"
PAGES = ("", "geld/", "projecten/werken-3/", "projecten/werken-9/", "tranches/6/")


@pytest.fixture(autouse=True)
def _paying(reference_register: RealDatabase, tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)


def test_what_is_for_the_office_stays_there(client: Client) -> None:
    (condition,) = queries.facts(DEAL, Moment.ever(latest()), OFFICE).conditions
    assert "schuift" in condition.text
    for path in PAGES:
        answer = client.get(f"/{DEAL}/{path}{AT}")
        assert answer.status_code == 200
        assert "schuift" not in answer.content.decode()
