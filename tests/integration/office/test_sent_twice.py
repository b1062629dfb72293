"""The same form of the treasurer sent twice is one fact, and the second answer says so."""

from html import unescape
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client

from noaber.imports import editing
from noaber.imports.editing import Texts
from noaber.record.queries import latest
from noaber.record.rules import AlreadyRecorded
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import ANNA, TOMORROW
from tests.integration.office.conftest import DEAL, SignIn

OF = {"bron": "noaber", "vindplaats": "voorbeeld"}
FORMS: list[tuple[str, str, dict[str, str]]] = [
    ("treasurer", "verplichtingen", {
        "nummer": "B-9", "project": "werken-3", "ontvanger": "GM0114", "bedrag": "1.000",
        "ingang": "01-05-2022", "vorm": "verleningsbeschikking", "tranche": "6"}),
    ("treasurer", "voorwaarden", {
        "verplichting": "B-1", "nummer": "2", "tekst": "Meldt elk jaar.", "lezers": "openbaar"}),
    ("treasurer", "betalingen", {
        "nummer": "P-9", "verplichting": "B-3", "bedrag": "1.000", "datum": "01-06-2022",
        "soort": "factuur"}),
    ("treasurer", "vaststellingen", {
        "verplichting": "B-3", "bedrag": "90.000", "datum": "01-12-2023"}),
    ("treasurer", "terugvorderingen", {
        "nummer": "T-9", "verplichting": "B-2", "bedrag": "5.000", "datum": "01-09-2023"}),
    ("treasurer", "ontvangsten", {
        "nummer": "O-9", "bijdrage": "gemeenten", "partij": "GM0114", "bedrag": "1.000",
        "datum": "01-03-2022"}),
    ("programme_office", "mandaten", {
        "bijdrage": "provincie", "partij": "PV22", "orgaan": "Provinciale Staten",
        "datum": "01-07-2020", "uitkomst": "ingestemd", "bedrag": "5.000.000"}),
    ("programme_office", "overheadbegroting", {
        "code": "team-2022", "jaar": "2022", "omschrijving": "Programmateam", "bedrag": "1.000"}),
    ("treasurer", "prognoses", {
        "project": "werken-3", "jaar": "2023", "gegeven": "01-12-2022", "bedrag": "1.000"}),
    ("programme_office", "projectwijzigingen", {
        "project": "werken-3", "soort": "overdracht", "ingang": "01-02-2022",
        "penvoerder": "GM0109"}),
    ("programme_office", "projectwijzigingen", {
        "project": "werken-3", "soort": "verlenging", "ingang": "01-02-2022",
        "eindigt": "01-12-2023"}),
    ("programme_office", "projectwijzigingen", {
        "project": "werken-3", "soort": "samenvoeging", "ingang": "01-02-2023",
        "opgegaan_in": "werken-9"}),
    ("programme_office", "projectwijzigingen", {
        "project": "wonen-2.2", "soort": "stopzetting", "ingang": "01-12-2023"}),
]  # fmt: skip
"""Who fills in which form with what."""


@pytest.fixture
def _paying(reference_register: object, tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)


def opened(client: Client, address: str) -> dict[str, str]:
    """A form as a browser holds it."""
    context = client.get(address).context
    found = {field.name: field.text for field in context["fields"]}
    return {**found, "basis": str(context["base"]), "sleutel": context["key"]}


def said_there(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


@pytest.mark.usefixtures("_paying")
def test_each_form_sent_twice_is_one_fact(sign_in: SignIn) -> None:
    people = {role: sign_in(role) for role in ("treasurer", "programme_office")}
    for role, sheet, typed in FORMS:
        client, records = people[role], f"/kantoor/{DEAL}/gegevens/{sheet}/"
        form = {**opened(client, f"{records}nieuw/"), **typed, **OF}
        first = client.post(f"{records}nieuw/", form)
        assert first.status_code == 302, (sheet, first.context["wrong"], first.context["elsewhere"])
        once = latest()
        assert "Vastgelegd." in said_there(client, records)
        second = client.post(f"{records}nieuw/", form)
        assert (sheet, second.status_code, latest()) == (sheet, 302, once)
        assert f"Dit was al vastgelegd, in revisie {once}." in said_there(client, records)


@pytest.mark.usefixtures("_paying")
def test_a_change_sent_twice_is_one_change_and_going_back_to_change_more_is_another(
    sign_in: SignIn,
) -> None:
    client = sign_in("treasurer")
    records = f"/kantoor/{DEAL}/gegevens/ontvangsten/"
    form = {**opened(client, f"{records}O-2/"), "bedrag": "900.000"}
    assert client.post(f"{records}O-2/", form).status_code == 302
    once = latest()
    assert client.post(f"{records}O-2/", form).status_code == 302
    assert latest() == once
    assert "Dit was al vastgelegd" in said_there(client, records)
    # Back in the browser, the next receipt typed over the one before: a second fact.
    new = {**opened(client, f"{records}nieuw/"), **FORMS[5][2], **OF}
    assert client.post(f"{records}nieuw/", new).status_code == 302
    assert client.post(f"{records}nieuw/", {**new, "nummer": "O-10"}).status_code == 302
    assert latest() == once + 2
    # A form opened anew with the same number is told that there is one, not that it was sent.
    again = {**opened(client, f"{records}nieuw/"), **FORMS[5][2], **OF}
    refused = client.post(f"{records}nieuw/", again)
    assert refused.status_code == 422
    assert "Dit was al vastgelegd" not in unescape(refused.content.decode())


@pytest.mark.usefixtures("_paying")
def test_a_form_that_was_wrong_keeps_its_key(sign_in: SignIn) -> None:
    client = sign_in("treasurer")
    address = f"/kantoor/{DEAL}/gegevens/ontvangsten/nieuw/"
    form = {**opened(client, address), **FORMS[5][2], **OF, "bedrag": "12.5"}
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert refused.context["key"] == form["sleutel"]


@pytest.mark.usefixtures("_paying")
def test_the_same_form_at_the_same_time_is_one_fact() -> None:
    sheet = editing.sheet_of("ontvangsten")
    assert sheet is not None
    texts: Texts = {c.name: {**FORMS[5][2], **OF}.get(c.name, "") for c in sheet.columns}
    before = latest()
    ready, said = Barrier(2), list[str]()

    def send() -> None:
        ready.wait()
        try:
            editing.save(
                sheet, texts, deal=DEAL, key=None, base=0, sent_as="form:twice",
                by=ANNA, at=TOMORROW,
            )  # fmt: skip
            said.append("recorded")
        except AlreadyRecorded as already:
            said.append(f"already in {already.number}")
        finally:
            connections.close_all()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [f"already in {before + 1}", "recorded"]
    assert latest() == before + 1
