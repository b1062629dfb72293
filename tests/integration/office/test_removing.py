"""Taking a fact out of the register: asked first, refused while it is needed, to be seen and undone."""

from html import unescape

import pytest
from django.test import Client

from noaber.access import actions as access
from noaber.access.rules import Withholding
from noaber.core.dates import PartialDate
from noaber.core.ref import Ref
from noaber.imports.applying import APPLY
from noaber.imports.removing import RETRACT, STAYS
from noaber.projects.actions import record_fact
from noaber.projects.rules import ProjectText
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Evidence
from noaber.web.office.menu import kept
from tests.integration.office.conftest import ADMIN, AT, DEAL, SignIn

OFFICE = f"/kantoor/{DEAL}/"
KEY = "werken-9~description~"
TEXT = f"{OFFICE}gegevens/teksten/{KEY}/"
PARTNER = f"{OFFICE}gegevens/partners/werken-1.1~game-bakery/"
PILLAR = f"{OFFICE}gegevens/pijlers/werken/"


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return unescape(response.content.decode())


def confirmed(client: Client, address: str) -> int:
    """Ask for the page, and press the button on it."""
    base = client.get(f"{address}weghalen/").context["item"].base
    return client.post(f"{address}weghalen/", {"basis": str(base)}).status_code


def test_every_fact_that_is_kept_can_go_or_says_why_it_stays() -> None:
    assert {item.sheet.kind for item in kept().values()} == set(RETRACT) | set(STAYS)
    assert not set(RETRACT) & set(STAYS)
    assert set(RETRACT) <= set(APPLY)


def test_what_goes_is_asked_first_gone_everywhere_and_recorded_again(sign_in: SignIn) -> None:
    client = sign_in("programme_office", name="Anna")
    asked = shown(client, f"{PARTNER}weghalen/")
    assert "ontwerpt en maakt het spel" in asked
    assert "Ja, haal weg" in asked
    before = latest()
    assert confirmed(client, PARTNER) == 302
    assert latest() == before + 1
    assert client.get(PARTNER).status_code == 404
    assert client.get(f"{PARTNER}weghalen/").status_code == 404
    # The same form again takes nothing more away, and says so.
    assert client.post(f"{PARTNER}weghalen/", {"basis": "1"}).status_code == 302
    assert latest() == before + 1
    assert "Dit was al weggehaald." in shown(client, f"{OFFICE}gegevens/partners/")
    assert "Game Bakery" not in shown(client, f"{OFFICE}gegevens/partners/")
    assert "Game Bakery" not in shown(Client(), f"/{DEAL}/projecten/werken-1.1/")
    history = shown(client, f"{PARTNER}geschiedenis/")
    assert "Weggehaald door Anna" in history
    assert "<del>ontwerpt en maakt het spel</del>" in history
    assert "een gegeven weggehaald" in shown(client, f"{OFFICE}controlespoor/").lower()
    again = client.get(f"{OFFICE}gegevens/partners/nieuw/", {"weer": "werken-1.1~game-bakery"})
    sent = {field.name: field.text for field in again.context["fields"]}
    assert sent["rol"] == "ontwerpt en maakt het spel"
    assert (
        client.post(f"{OFFICE}gegevens/partners/nieuw/", {**sent, "basis": "0"}).status_code == 302
    )
    assert "Game Bakery" in shown(Client(), f"/{DEAL}/projecten/werken-1.1/")
    history = shown(client, f"{PARTNER}geschiedenis/")
    assert history.count("<section") == 3
    assert "Weggehaald door Anna" in history
    assert check_chain() == ()


def test_what_is_needed_stays_and_the_page_says_by_what(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    page = shown(client, f"{PILLAR}weghalen/")
    assert "New Jobportunities" in page
    assert "Ja, haal weg" not in page
    before = latest()
    refused = client.post(f"{PILLAR}weghalen/", {"basis": "999999"})
    assert refused.status_code == 422
    assert "Andere gegevens hebben dit nodig" in unescape(refused.content.decode())
    assert latest() == before


@pytest.mark.parametrize(
    "address", ["bijdragen/provincie/", f"deal/{DEAL}/", "organisaties/astron/"]
)
def test_what_is_booked_or_shared_is_not_taken_away(sign_in: SignIn, address: str) -> None:
    client = sign_in("programme_office")
    before = latest()
    page = f"{OFFICE}gegevens/{address}weghalen/"
    assert "kan hier niet worden weggehaald" in shown(client, page)
    assert client.post(page, {"basis": "999999"}).status_code == 422
    assert latest() == before


def test_who_may_not_change_it_may_not_take_it_away(sign_in: SignIn) -> None:
    of_emmen, reader = sign_in("lead_partner", organisation="GM0114"), sign_in("board_member")
    before = latest()
    for client in (of_emmen, reader):
        assert client.get(f"{TEXT}weghalen/").status_code == 403
        assert client.post(f"{TEXT}weghalen/", {"basis": "999999"}).status_code == 403
    assert latest() == before
    assert confirmed(sign_in("lead_partner", organisation="GM0109"), TEXT) == 302


def test_what_somebody_changed_since_is_shown_first(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    response = client.get(TEXT)
    sent = {field.name: field.text for field in response.context["fields"]}
    old = str(response.context["base"])
    assert client.post(TEXT, {**sent, "tekst": "Nieuw.", "basis": old}).status_code == 302
    before = latest()
    refused = client.post(f"{TEXT}weghalen/", {"basis": old})
    assert refused.status_code == 409
    assert "Nieuw." in unescape(refused.content.decode())
    assert latest() == before


def test_what_is_for_one_organisation_is_read_and_not_changed_in_a_form(sign_in: SignIn) -> None:
    text = ProjectText("werken-9", "description", "Alleen voor ons.", readers="own:GM0109")
    since = PartialDate(2020, 12).counts_from
    record_fact(text, deal=DEAL, since=since, evidence=Evidence(), by=ADMIN, at=AT)
    client = sign_in("lead_partner", organisation="GM0109")
    assert "alleen GM0109" in shown(client, f"{OFFICE}gegevens/teksten/{KEY}/")
    before = latest()
    sent = {"tekst": "Anders.", "lezers": "openbaar", "basis": "999999"}
    assert client.post(f"{OFFICE}gegevens/teksten/{KEY}/", sent).status_code == 422
    assert client.get(f"{OFFICE}gegevens/teksten/{KEY}/weghalen/").status_code == 200
    gone = client.post(f"{OFFICE}gegevens/teksten/{KEY}/weghalen/", {"basis": "999999"})
    assert gone.status_code == 422
    assert latest() == before
    assert sign_in("steering_group").get(f"{OFFICE}gegevens/teksten/{KEY}/").status_code == 404
    assert "Alleen voor ons." in shown(sign_in("auditor"), f"{OFFICE}gegevens/teksten/{KEY}/")


def test_what_needs_it_in_secret_is_not_named(sign_in: SignIn) -> None:
    parent = Ref("project", f"{DEAL}/werken-9")
    item = Ref("project_text", f"{DEAL}/werken-9/description")
    wanted = Withholding("", item, parent, DEAL, "GM0109", "Nog geheim.", AT.date())
    access.withhold(wanted, by=ADMIN, at=AT)
    page = shown(sign_in("programme_office"), f"{OFFICE}gegevens/projecten/werken~9/weghalen/")
    assert "Er is ook iets dat u niet leest" in page
    assert "Teksten:" not in page
