"""A meeting in the office: its agenda, deciding with the effect shown first, and closing."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from noaber.access.rules import PUBLIC
from noaber.decisions import actions, queries, rules
from noaber.editions import queries as editions
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.factories.people import ANNA
from tests.integration.decisions.meetings import (
    AT,
    DEAL,
    MEETING,
    NO_EVIDENCE,
    meet,
    members,
    stands,
)

SignIn = Callable[..., Client]
PAGE = f"/kantoor/{DEAL}/vergaderingen/{MEETING}/"


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    meet()
    item = rules.AgendaItem(MEETING, 1, "Open Science Hub, tweede fase", project="werken-1.1")
    actions.record_agenda_item(item, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    return sign_in("programme_office")


def form(client: Client, **given: str) -> dict[str, object]:
    """What the page of a decision sends, with the hidden parts it came with."""
    page = client.get(f"{PAGE}besluit/?punt={MEETING}-1").content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    texts = {"soort": "award", "titel": "Hub", "tekst": "Akkoord.", "project": "werken-1.1"}
    return {**hidden, **texts, "bedrag": "1.000", "leden": list(members()), **given}


def decided() -> tuple[rules.Decision, ...]:
    return queries.facts(DEAL, Moment.ever(latest()), PUBLIC).decisions


def test_the_effect_is_shown_first_and_then_recorded_once(clerk: Client) -> None:
    sent = form(clerk, bedrag="1.100.000", doen="gevolgen")
    shown = clerk.post(f"{PAGE}besluit/", sent).content.decode()
    assert "82.852</data> boven de richtlijn" in shown
    assert not decided()
    seen = re.search(r'name="gezien" value="(\w+)"', shown)
    assert seen
    sent |= {"gezien": seen.group(1), "doen": "vastleggen"}
    refused = clerk.post(f"{PAGE}besluit/", sent)
    assert refused.status_code == 422
    assert not decided()
    sent["boven_richtlijn"] = "ja"
    assert clerk.post(f"{PAGE}besluit/", sent).status_code == 302
    again = clerk.post(f"{PAGE}besluit/", sent, follow=True).content.decode()
    assert "was al vastgelegd" in again
    assert [d.title for d in decided()] == ["Hub"]
    assert "1.100.000" in Client().get(f"/{DEAL}/besluiten/").content.decode()


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(clerk: Client) -> None:
    sent = form(clerk, bedrag="duizend", titel="", tekst="Alleen dit.", doen="vastleggen")
    page = clerk.post(f"{PAGE}besluit/", sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert 'id="fout-bedrag"' in text
    assert 'id="fout-titel"' in text
    assert ".." not in text.split("utrecht-alert--error")[1].split("</ul>")[0]
    assert "Alleen dit." in text
    assert not decided()


def test_who_has_an_interest_is_named_by_role_and_organisation_never_by_a_code(
    clerk: Client,
) -> None:
    item = f"{MEETING}-1"
    interest = rules.Interest(item, "stuurgroep-aa-en-hunze", "Zit in het bestuur")
    actions.record_interest(interest, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    choices = clerk.get(f"{PAGE}besluit/?punt={item}").content.decode()
    name = "id, wethouder van Aa en Hunze"
    assert f"L{name} <span" in " ".join(choices.split())
    others = [code for code in members() if code != "stuurgroep-aa-en-hunze"]
    sent = form(clerk, doen="vastleggen") | {"leden": others}
    assert clerk.post(f"{PAGE}besluit/", sent).status_code == 302
    meeting = clerk.get(PAGE).content.decode()
    public = Client().get(f"/{DEAL}/besluiten/").content.decode()
    assert f"L{name} neemt niet deel: Zit in het bestuur." in meeting
    assert f"l{name}" in public
    assert "(aa-en-hunze)" not in choices + meeting + public


def test_who_saw_another_standing_is_shown_the_new_one(clerk: Client) -> None:
    sent = form(clerk, doen="vastleggen", gezien="0" * 24)
    page = clerk.post(f"{PAGE}besluit/", sent).content.decode()
    assert "Intussen is een ander besluit vastgelegd" in page
    assert not decided()


def test_closing_makes_the_list_final_and_adopts_the_programme_of_the_tranche(
    clerk: Client,
) -> None:
    clerk.post(f"{PAGE}besluit/", form(clerk, doen="vastleggen"))
    said = clerk.post(f"{PAGE}afsluiten/", follow=True).content.decode()
    assert "uitgave 1 van uitvoeringsprogramma 7" in said
    assert editions.editions_of(DEAL, "7") == 1
    assert clerk.post(f"{PAGE}besluit/", form(clerk, doen="vastleggen")).status_code == 422
    again = clerk.post(f"{PAGE}afsluiten/", follow=True).content.decode()
    assert "De besluitenlijst was al vastgesteld." in again
    assert editions.editions_of(DEAL, "7") == 1


def test_the_dossier_is_a_document_with_what_the_reader_may_read(
    clerk: Client, sign_in: SignIn
) -> None:
    answer = clerk.get(f"{PAGE}dossier.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    lead = sign_in("lead_partner", organisation="GM0114")
    assert "Open Science Hub, tweede fase" not in lead.get(PAGE).content.decode()


def test_who_reads_does_not_decide(clerk: Client, sign_in: SignIn) -> None:
    assert clerk.get(PAGE).status_code == 200
    member = sign_in("board_member")
    page = member.get(PAGE).content.decode()
    assert "Open Science Hub, tweede fase" in page
    assert "Besluit vastleggen" not in page
    assert member.get(f"{PAGE}besluit/").status_code == 403
    assert stands().total_room
