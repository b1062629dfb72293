"""No page asks more than twelve questions of the database, however many projects there are.

The routes are those of the site itself: a new public one without an example here fails.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from noaber.access import queries as people
from noaber.core.ref import Ref
from noaber.documents.formats import WRITERS
from noaber.editions import actions
from noaber.files import actions as files
from noaber.monitor import queries
from noaber.web.sessions import PUBLIC
from tests.architecture.test_routes import routes
from tests.factories.people import ANNA
from tests.integration.web import registers

pytestmark = pytest.mark.django_db

DEAL = "/kleine-deal/"
MOST = 12
EXAMPLES = {
    "deals": "/",
    "health": "/gezond",
    "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/",
    "home": DEAL,
    "money": f"{DEAL}geld/",
    "comparisons": f"{DEAL}gesteld-en-berekend/",
    "origin": f"{DEAL}herkomst/awarded?pillar=werken",
    "projects": f"{DEAL}projecten/?woorden=project",
    "project": f"{DEAL}projecten/werken-1/",
    "municipalities": f"{DEAL}gemeenten/",
    "municipality": f"{DEAL}gemeenten/noord/",
    "parties": f"{DEAL}partijen/",
    "boards": f"{DEAL}wie-beslist/",
    "decisions": f"{DEAL}besluiten/",
    "results": f"{DEAL}resultaten/",
    "tranches": f"{DEAL}tranches/",
    "tranche": f"{DEAL}tranches/1/",
    "documents": f"{DEAL}documenten/",
    "programme": f"{DEAL}documenten/uitvoeringsprogramma-2.csv",
    "adopted": f"{DEAL}documenten/uitgave-1/uitvoeringsprogramma-1.csv",
    "changes": f"{DEAL}wijzigingen/?van=2019-06-01&bekend-van=1",
    "search": f"{DEAL}zoeken/?q=project",
    "colours": f"{DEAL}kleuren.css",
    "logo": f"{DEAL}logo.svg",
    "file": f"{DEAL}bestanden/CODE/",
}


def public_names() -> Iterator[str]:
    for _, entry in routes(get_resolver()):
        if getattr(entry.callback, "access", "") == PUBLIC:
            yield str(entry.name)


def cold(client: Client, address: str) -> int:
    """How many questions a page asks in a process that has read nothing yet."""
    queries._KEPT.clear()
    people._KEPT.clear()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    # This deal has no logo; finding that out asks the same.
    assert response.status_code in ((404,) if address.endswith("logo.svg") else (200, 302)), address
    return len(asked)


def test_every_public_route_has_an_example() -> None:
    assert set(public_names()) == set(EXAMPLES)


def test_a_page_asks_at_most_twelve_questions_and_no_more_for_more_projects(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers.small_deal()
    monkeypatch.setattr(actions, "WRITERS", {"csv": WRITERS["csv"]})
    at = datetime(2021, 4, 1, 12, tzinfo=UTC)
    for tranche in ("1", "2b"):
        actions.adopt(
            deal="kleine-deal", tranche=tranche, adopted_on=date(2021, 3, 20), by=ANNA, at=at
        )
    code = files.add(
        deal="kleine-deal", parent=Ref("project", "werken-1"), organisation="noord",
        name="stuk.txt", content=b"Een stuk.", readers="public", since=date(2021, 3, 20),
        by=ANNA, at=at,
    )  # fmt: skip
    examples = {name: address.replace("CODE", code) for name, address in EXAMPLES.items()}
    few = {name: cold(client, address) for name, address in examples.items()}
    registers.more_projects("kleine-deal", 60)
    many = {name: cold(client, address) for name, address in examples.items()}
    assert many == few
    assert {name: asked for name, asked in few.items() if asked > MOST} == {}
