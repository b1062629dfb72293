"""Every figure on every page and in every edition is the one the monitor gives, and is explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from noaber.access.rules import PUBLIC
from noaber.editions.queries import programme
from noaber.ledger.queries import transfers
from noaber.ledger.rules import Transfer
from noaber.monitor import figures, queries
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.databases import RealDatabase
from tests.integration.web.crawling import Shown, crawl, in_document

DEAL = "zuid-en-oost-drenthe"
MOMENT = "peildatum=2022-01-10"


def check(shown: list[Shown], usual: Moment, deal: str = DEAL) -> set[str]:
    """Compare each figure with the monitor at its moment, and with its parts; the addresses."""
    posted: dict[Moment, tuple[Transfer, ...]] = {}
    for item in shown:
        moment = Moment(
            item.as_of or usual.as_of, usual.revision if item.revision is None else item.revision
        )
        if moment not in posted:
            posted[moment] = transfers(deal, moment)
        seen = queries.view(deal, moment, PUBLIC)
        assert seen is not None
        figure = figures.figure(seen.snapshot, item.address)
        expected = figure.value
        if expected is not None:
            scale = 100 if figure.unit == "cents" else 1
            assert item.value == Decimal(expected) / scale, item
            parts = figures.parts(seen.snapshot, item.address, posted[moment])
            assert sum(part.value for part in parts) == expected, item
        else:
            assert item.value is None, item
    return {str(item.address) for item in shown}


def test_every_figure_of_the_site_is_the_monitors_and_its_parts_add_up(
    client: Client, reference_register: RealDatabase
) -> None:
    assert reference_register.vendor
    pages, shown = crawl(client, f"/{DEAL}/?{MOMENT}")
    assert len(pages) >= 4
    addresses = check(shown, queries.moment(date(2022, 1, 10)))
    assert len(addresses) > 100
    for address in sorted(addresses)[::25]:
        path, _, filters = address.partition("/")[2].partition("?")
        origin = client.get(f"/{DEAL}/herkomst/{path}?{filters}&{MOMENT}")
        assert origin.status_code == 200, address


@pytest.mark.parametrize("tranche", ["1", "4", "6"])
def test_every_figure_of_an_edition_is_the_monitors_and_its_parts_add_up(
    reference_register: RealDatabase, tranche: str
) -> None:
    assert reference_register.vendor
    document = programme(DEAL, tranche, latest(), PUBLIC)
    shown = list(in_document(document))
    assert len(shown) > 50
    check(shown, Moment(document.moment.as_of, document.moment.revision))
