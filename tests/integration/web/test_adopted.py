"""The pages give what was adopted, and say that it was."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from noaber.documents.formats import WRITERS
from noaber.editions import actions
from noaber.record.queries import latest
from noaber.web import caching
from tests.factories.people import ANNA
from tests.integration.web import registers
from tests.integration.web.test_pages import text

pytestmark = pytest.mark.django_db

DOCUMENTS = "/kleine-deal/documenten/"
PROGRAMME = f"{DOCUMENTS}uitvoeringsprogramma-2b.csv"
AT = datetime(2021, 4, 1, 12, tzinfo=UTC)
LATER = datetime(2021, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "WRITERS", {"csv": WRITERS["csv"]})


@pytest.fixture
def adopted() -> None:
    registers.small_deal()
    actions.adopt(
        deal="kleine-deal",
        tranche="2b",
        adopted_on=date(2021, 3, 20),
        decision="Door de stuurgroep",
        source="programma",
        by=ANNA,
        at=AT,
    )


@pytest.mark.parametrize("page", [DOCUMENTS, "/kleine-deal/tranches/2b/"])
def test_a_page_says_when_the_programme_was_adopted_and_that_it_was_corrected_since(
    client: Client, adopted: None, page: str
) -> None:
    known = latest() - 1
    told = text(client.get(page))
    said = (
        "Vastgesteld op 20 maart 2021.</strong> <span>Door de stuurgroep.</span> Bron: Programma 2."
    )
    assert said in told
    assert f'href="{PROGRAMME}"' in told
    assert "Na de vaststelling" not in told
    assert f"{PROGRAMME}?bekend" not in told
    registers.correct_award("kleine-deal")
    told = text(client.get(page))
    assert "Na de vaststelling is het register verbeterd." in told
    changes = f"/kleine-deal/wijzigingen/?van=2020-12-31&bekend-van={known}&tot=2020-12-31"
    assert f'href="{changes}"' in told
    assert "Eén ding is veranderd" in text(client.get(changes))
    assert f'href="{PROGRAMME}?bekend={latest()}"' in told


def test_the_file_gives_the_adopted_bytes_and_their_hash(client: Client, adopted: None) -> None:
    first = client.get(PROGRAMME)
    registers.correct_award("kleine-deal")
    again = client.get(PROGRAMME)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert again["Cache-Control"] == caching.ASK_AGAIN
    assert again["Content-Type"] == "text/csv; charset=utf-8"
    assert again["Content-Disposition"] == 'attachment; filename="uitvoeringsprogramma-2b.csv"'
    unchanged = client.get(PROGRAMME, headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    made = client.get(f"{PROGRAMME}?bekend={latest()}")
    assert made.status_code == 200
    assert made.content != first.content
    then = client.get(f"{PROGRAMME}?bekend={latest() - 2}")
    assert then.content == first.content


def test_who_has_what_was_made_before_the_adoption_gets_what_was_adopted(client: Client) -> None:
    registers.small_deal()
    made = client.get(PROGRAMME)
    actions.adopt(deal="kleine-deal", tranche="2b", adopted_on=date(2021, 3, 20), by=ANNA, at=AT)
    now = client.get(PROGRAMME, headers={"If-None-Match": made["ETag"]})
    assert now.status_code == 200
    assert now["ETag"] != made["ETag"]


def test_an_edition_that_was_replaced_keeps_an_address(client: Client, adopted: None) -> None:
    first = client.get(PROGRAMME)
    registers.correct_award("kleine-deal")
    actions.adopt(
        deal="kleine-deal",
        tranche="2b",
        adopted_on=date(2021, 6, 20),
        replaces=1,
        by=ANNA,
        at=LATER,
    )
    told = text(client.get(DOCUMENTS))
    earlier = f"{DOCUMENTS}uitgave-1/uitvoeringsprogramma-2b.csv"
    assert "Gewijzigd vastgesteld: dit is uitgave 2." in told
    assert "Eerder vastgesteld op 20 maart 2021, uitgave 1:" in told
    assert f'href="{earlier}"' in told
    response = client.get(earlier)
    assert response.content == first.content != client.get(PROGRAMME).content
    assert response["Cache-Control"] == caching.NEVER_CHANGES
    name = 'filename="uitvoeringsprogramma-2b-uitgave-1.csv"'
    assert name in response["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["uitgave-2/uitvoeringsprogramma-2b.csv", "uitgave-1/uitvoeringsprogramma-2b.odt"]
)
def test_an_edition_that_is_not_there_is_said_not_to_be(
    client: Client, adopted: None, path: str
) -> None:
    response = client.get(f"{DOCUMENTS}{path}")
    assert response.status_code == 404
    assert "is er niet in deze vorm" in text(response)


def test_at_a_moment_both_what_was_adopted_and_what_was_known_then_can_be_had(
    client: Client, adopted: None
) -> None:
    moment = f"peildatum=2021-05-01&bekend={latest()}"
    told = text(client.get(f"{DOCUMENTS}?{moment}"))
    assert f'href="{DOCUMENTS}uitgave-1/uitvoeringsprogramma-2b.csv"' in told
    assert f'href="{PROGRAMME}?{moment}"' in told
    before = text(client.get(f"{DOCUMENTS}?peildatum=2021-03-19"))
    assert "Vastgesteld" not in before
