"""The page of the allocation: what is free, how it was each year, and another one looked at."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from noaber.access.rules import OFFICE, Actor
from noaber.core.dates import PartialDate
from noaber.deals import queries as deals
from noaber.deals.rules import Allocation
from noaber.ledger.actions import allocate
from noaber.monitor import allocating, queries
from noaber.monitor.views import DealView
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.integration.decisions.meetings import meet, members
from tests.integration.office.conftest import DEAL, SignIn
from tests.integration.office.test_office import OFFICE as AT_OFFICE
from tests.integration.office.test_office import shown

PAGE = f"{AT_OFFICE}verdeling/"
TODAY = date(2022, 8, 1)


@pytest.fixture(autouse=True)
def _register(reference_register: object) -> None:
    pass


def seen() -> DealView:
    view = queries.view(DEAL, Moment(TODAY, latest()), OFFICE)
    assert view is not None
    return view


def revise(line: str, euros: int, year: int, decision: str = "") -> None:
    allocate(
        Allocation(line, euros * 100, PartialDate(year, 1, 1), decision),
        deal=DEAL,
        evidence=Evidence(),
        by=Actor("anna"),
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_what_is_divided_is_used_reserved_or_free() -> None:
    for share in allocating.shares(seen()):
        assert share.allocated == share.used + share.reserved + share.free, share.line
    assert [s.allocated for s in allocating.shares(seen())] == [
        19_200_000_00,
        14_400_000_00,
        4_800_000_00,
        1_600_000_00,
    ]


def test_each_year_keeps_the_allocation_it_had() -> None:
    revise("wonen", 14_000_000, 2021)
    revise("werken", 19_600_000, 2021)
    every = deals.allocations(DEAL, latest(), OFFICE)
    found = {y.year: y for y in allocating.years(seen(), every)}
    assert [(y.year, y.until) for y in found.values()] == [(2021, None), (2019, 2020)]
    assert [amount for _, amount in found[2019].amounts][:2] == [19_200_000_00, 14_400_000_00]
    assert [amount for _, amount in found[2021].amounts][:2] == [19_600_000_00, 14_000_000_00]
    assert [(c.allocation.line, c.before) for c in found[2021].changes] == [
        ("werken", 19_200_000_00),
        ("wonen", 14_400_000_00),
    ]


def test_another_allocation_shows_what_passes_its_share_and_what_nobody_promised() -> None:
    moved = allocating.tried(seen(), {"werken": 18_000_000_00, "wonen": 15_600_000_00})
    assert (moved.more, moved.lacking) == (0, 0)
    assert {t.share.line: t.over for t in moved.lines if t.over} == {"werken": 182_852_00}
    grown = allocating.tried(seen(), {"welzijn": 4_900_000_00})
    assert grown.more == 100_000_00
    less = allocating.tried(seen(), {"welzijn": 4_700_000_00})
    assert (less.more, less.less, less.lacking) == (-100_000_00, 100_000_00, 0)


def test_the_page_says_who_can_do_what(sign_in: SignIn) -> None:
    page = shown(sign_in("programme_office"), PAGE)
    for said in ("19.200.000", "1.017.148", "artikel 5.1", "nog geen vergadering", "plannen"):
        assert said in page, said
    assert "plannen" not in shown(sign_in("board_member"), PAGE)


def test_what_is_filled_in_is_shown_and_nothing_is_recorded(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    before = latest()
    page = shown(client, f"{PAGE}?deel-werken=18000000&deel-wonen=15.600.000")
    assert "182.852" in page
    assert "Samen blijft het gelijk" in page
    wrong = client.get(f"{PAGE}?deel-werken=veel")
    assert wrong.status_code == 422
    assert 'value="veel"' in wrong.content.decode()
    assert latest() == before


def test_what_was_looked_at_is_decided_in_a_meeting_and_shown_with_its_decision(
    sign_in: SignIn,
) -> None:
    meeting = meet()
    client = sign_in("programme_office")
    deciding = f"{AT_OFFICE}vergaderingen/{meeting}/besluit/"
    way = f"{deciding}?soort=revise_allocation"
    assert way in shown(client, PAGE)
    assert way not in shown(sign_in("board_member"), PAGE)
    client = sign_in("programme_office")
    tried = shown(client, f"{PAGE}?deel-werken=19.000.000&deel-wonen=14600000&deel-welzijn=")
    assert f"{way}&deel-werken=19.000.000&deel-wonen=14600000" in tried
    form = shown(client, f"{way}&deel-werken=19.000.000&deel-wonen=14600000")
    assert '<option value="revise_allocation" selected>' in form
    assert 'value="19.000.000"' in form
    sent = {
        "soort": "revise_allocation",
        "titel": "Verdeling 2022",
        "tekst": "Akkoord.",
        "leden": members(),
        "deel-werken": "veel",
        "deel-wonen": "14.600.000",
        "sleutel": "een",
    }
    wrong = client.post(deciding, {**sent, "doen": "gevolgen"})
    assert wrong.status_code == 422
    assert 'href="#veld-deel-werken"' in wrong.content.decode()
    sent["deel-werken"] = "19.000.000"
    effect = client.post(deciding, {**sent, "doen": "gevolgen"}).content.decode()
    assert "Richtlijn daarna" in effect
    assert "19.000.000" in effect
    assert client.post(deciding, {**sent, "doen": "vastleggen"}).status_code == 302
    page = shown(client, PAGE)
    assert f"Besluit {meeting}-1: Verdeling 2022" in page
    assert "19.000.000" in page


def test_the_page_asks_few_questions_of_the_database(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    with CaptureQueriesContext(connection) as few:
        shown(client, PAGE)
    for year in range(2020, 2026):
        revise("werken", 19_200_000 - year, year)
    with CaptureQueriesContext(connection) as many:
        shown(client, PAGE)
    assert len(many) <= len(few)
