"""The office: everybody sees and changes their own, nothing typed is lost, nobody is overruled."""

from html import unescape

from django.test import Client

from noaber.access import actions as access
from noaber.access import queries as people
from noaber.access.rules import PUBLIC, Actor, Assignment
from noaber.imports import queries as imports
from noaber.mail.models import Message
from noaber.monitor import queries
from noaber.operation import erasing
from noaber.record.queries import latest
from tests.integration.office.conftest import ADMIN, AT, DEAL, SignIn

OFFICE = f"/kantoor/{DEAL}/"
PROJECT = f"{OFFICE}gegevens/projecten/werken~9/"
TEXT = f"{OFFICE}gegevens/teksten/werken-9~description~/"


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    assert "no-store" in response.headers["Cache-Control"]
    return unescape(response.content.decode())


def fields(client: Client, address: str) -> dict[str, str]:
    """What a form holds, as a browser would send it."""
    response = client.get(address)
    found = {field.name: field.text for field in response.context["fields"]}
    return {**found, "basis": str(response.context["base"])}


def test_who_is_not_signed_in_is_sent_to_sign_in(sign_in: SignIn, client: Client) -> None:
    sign_in("board_member")
    response = client.get(PROJECT)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/aanmelden/?next=/kantoor/")


def test_who_may_change_something_is_asked_for_a_second_step(sign_in: SignIn) -> None:
    client = sign_in("programme_office", second_step=False)
    response = client.get(OFFICE)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/aanmelden/tweede-stap/instellen/")
    reader = sign_in("steering_group", second_step=False)
    assert reader.get(OFFICE).status_code == 200


def test_the_menu_unfolds_where_one_is(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    open_at = {
        OFFICE: ["Vandaag"],
        f"{OFFICE}gegevens/projecten/": ["Vandaag", "Projecten"],
        PROJECT: ["Vandaag", "Projecten"],
        f"{OFFICE}bestanden/": ["Vandaag", "Stukken"],
    }
    for address, names in open_at.items():
        sections = client.get(address).context["sections"]
        assert [section.name for section in sections if section.unfolded] == names, address
        lines = [entry for section in sections for entry in section.entries]
        assert sum(bool(entry.here) for entry in lines) == 1, address


def test_my_work_is_about_ones_own_projects(sign_in: SignIn) -> None:
    of_the_office = shown(sign_in("programme_office"), OFFICE)
    assert "projecten hebben nog niets gemeld" in of_the_office
    assert "nog geen besluit vastgelegd" in of_the_office
    of_emmen = shown(sign_in("lead_partner", organisation="GM0114"), OFFICE)
    assert "Voortgang van 17 Regiocampus" in of_emmen
    assert "18 Toekomstbestendige" not in of_emmen
    assert "nog geen besluit" not in of_emmen


def test_a_lead_partner_sees_and_changes_the_texts_of_its_own_projects_only(
    sign_in: SignIn,
) -> None:
    of_coevorden = sign_in("lead_partner", organisation="GM0109")
    listed = shown(of_coevorden, f"{OFFICE}gegevens/teksten/")
    assert "9 New Jobportunities" in listed
    assert "3 IT-hub" not in listed
    sent = {**fields(of_coevorden, TEXT), "tekst": "Nieuw en beter."}
    assert of_coevorden.post(TEXT, sent).status_code == 302
    assert "Nieuw en beter." in shown(of_coevorden, TEXT)
    of_emmen = sign_in("lead_partner", organisation="GM0114")
    assert of_emmen.get(TEXT).status_code == 403
    assert of_emmen.post(TEXT, sent).status_code == 403
    assert of_coevorden.post(PROJECT, fields(of_coevorden, TEXT)).status_code == 403


def test_nobody_moves_a_fact_to_what_is_not_theirs(sign_in: SignIn) -> None:
    before = latest()
    of_coevorden = sign_in("lead_partner", organisation="GM0109")
    after_sign_in = latest()
    new = f"{OFFICE}gegevens/voortgang/nieuw/"
    sent = {
        "project": "werken-17", "ronde": "2021-08", "tekst": "Niet van ons.",
        "lezers": "openbaar", "bron": "up6", "basis": "0",
    }  # fmt: skip
    assert of_coevorden.post(new, sent).status_code == 403
    assert latest() == after_sign_in > before


def test_all_that_is_wrong_is_said_and_what_was_typed_is_kept(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    before = latest()
    sent = {**fields(client, PROJECT), "naam": "", "begint": "31-02-2020", "kopje": "Grenzeloos"}
    response = client.post(PROJECT, sent)
    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert 'href="#veld-naam"' in page
    assert 'href="#veld-begint"' in page
    assert 'value="Grenzeloos"' in page
    assert 'value="31-02-2020"' in page
    assert latest() == before


def test_the_second_of_two_people_in_one_form_sees_what_the_first_did(sign_in: SignIn) -> None:
    anna, gerda = (
        sign_in("programme_office", name="Anna"),
        sign_in("programme_office", name="Gerda"),
    )
    of_anna, of_gerda = fields(anna, PROJECT), fields(gerda, PROJECT)
    assert anna.post(PROJECT, {**of_anna, "naam": "Nieuwe naam"}).status_code == 302
    before = latest()
    response = gerda.post(PROJECT, {**of_gerda, "kopje": "Grenzeloos"})
    page = unescape(response.content.decode())
    assert (response.status_code, latest()) == (409, before)
    assert "Anna heeft dit intussen veranderd" in page
    assert "<del>New Jobportunities</del> <ins>Nieuwe naam</ins>" in page
    assert 'value="Grenzeloos"' in page
    chosen = {f.name: f.text for f in response.context["fields"]}
    chosen["basis"] = str(response.context["base"])
    assert (chosen["naam"], chosen["kopje"]) == ("Nieuwe naam", "Grenzeloos")
    assert gerda.post(PROJECT, chosen).status_code == 302
    assert fields(gerda, PROJECT)["naam"] == "Nieuwe naam"


def test_a_form_that_is_sent_twice_records_once(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    sent = {**fields(client, PROJECT), "kopje": "Grenzeloos"}
    assert client.post(PROJECT, sent).status_code == 302
    number = latest()
    client.post(PROJECT, sent)
    assert latest() == number


def test_the_history_says_who_made_what_of_what(sign_in: SignIn) -> None:
    client = sign_in("programme_office", name="Anna")
    client.post(PROJECT, {**fields(client, PROJECT), "naam": "Nieuwe naam"})
    page = shown(client, f"{PROJECT}geschiedenis/")
    assert "Anna" in page
    assert "<del>New Jobportunities</del>" in page
    assert "<ins>Nieuwe naam</ins>" in page
    assert "een gegeven veranderd" in shown(client, f"{OFFICE}controlespoor/").lower()


def test_a_reader_reads_and_is_told_who_may_change(sign_in: SignIn) -> None:
    reader = sign_in("board_member")
    page = shown(reader, PROJECT)
    assert "niet veranderen" in page
    assert "<form class" not in page
    assert "programmabureau" in shown(reader, f"{OFFICE}mensen/", 403)
    assert reader.post(PROJECT, {"naam": "x"}).status_code == 403


def test_lists_sort_filter_and_keep_their_address(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    address = f"{OFFICE}gegevens/projecten/"
    found = client.get(address, {"zoek": "coevorden", "op": "-naam"}).context["lines"]
    names = [line.item.texts["naam"] for line in found]
    assert len(names) == 10
    assert names == sorted(names, key=str.casefold, reverse=True)
    assert client.get(address, {"zoek": "bestaat niet"}).context["lines"] == []


def test_what_is_withheld_is_gone_for_all_but_who_asked(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    sent = {"partij": "GM0109", "reden": "Nog in onderhandeling.", "tot": "", "grond": ""}
    assert client.post(f"{TEXT}geheimhouding/", {**sent, "reden": ""}).status_code == 422
    assert client.post(f"{TEXT}geheimhouding/", sent).status_code == 302
    assert client.get(TEXT).status_code == 404
    assert "Nog in onderhandeling." in shown(client, f"{OFFICE}geheimhouding/")
    today = AT.date()
    asked = people.audience(None, DEAL, today.replace(year=2030))
    seen = queries.view(DEAL, queries.moment(today), asked)
    assert seen is not None
    assert next(p for p in seen.projects if p.project.code == "werken-9").description == ""
    everybody = queries.view(DEAL, queries.moment(today), PUBLIC)
    assert everybody is not None
    assert sign_in("lead_partner", organisation="GM0109").get(TEXT).status_code == 200


def test_somebody_new_gets_a_role_and_an_invitation(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    sent = {"email": "nieuw@gemeente.example", "naam": "Nora Nieuw", "rol": "lead_partner"}
    refused = client.post(f"{OFFICE}mensen/uitnodigen/", sent)
    assert refused.status_code == 422
    assert "hoort bij een organisatie" in unescape(refused.content.decode())
    assert not Message.objects.exists()
    sent |= {"organisatie": "GM0109", "tot": "31-12-2099"}
    assert client.post(f"{OFFICE}mensen/uitnodigen/", sent).status_code == 302
    page = shown(client, f"{OFFICE}mensen/")
    assert "Nora Nieuw" in page
    assert "31 december 2099" in page
    message = Message.objects.get()
    assert message.address == "nieuw@gemeente.example"
    assert "/aanmelden/wachtwoord-kiezen/" in message.text


def test_who_manages_accounts_blocks_and_admits_and_reads_no_deal(sign_in: SignIn) -> None:
    bas = sign_in("lead_partner", organisation="GM0109", name="Bas")
    code = next(p.code for p in people.people() if p.name == "Bas")
    account = f"{OFFICE}mensen/{code}/"
    klaas = sign_in("administrator")
    assert "Er wacht niets op u" in shown(klaas, OFFICE)
    assert klaas.get(PROJECT).status_code == 403
    assert bas.get(account).status_code == 403
    assert "aangemeld" in shown(klaas, account)
    assert klaas.post(account, {"doen": "blokkeren"}).status_code == 302
    assert bas.get(OFFICE).status_code == 302
    assert klaas.post(account, {"doen": "wissen"}).status_code == 422
    assert f"noaber erase {code}" in shown(klaas, account)
    assert klaas.post(account, {"doen": "toelaten"}).status_code == 302
    assert bas.get(OFFICE).status_code in (200, 302)
    erasing.erase(erasing.find(code), by=ADMIN, at=AT)
    assert people.person(code) is None
    assert "naam gewist" in shown(klaas, f"{OFFICE}mensen/")


def test_who_has_a_role_elsewhere_has_none_here(sign_in: SignIn) -> None:
    elsewhere = sign_in("programme_office", deal="zuidenveld")
    assert "geen rol" in shown(elsewhere, OFFICE, 403)
    assert elsewhere.get(PROJECT).status_code == 403


def test_the_office_of_a_deal_gives_no_role_in_all_deals(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    before = latest()
    sent = {"email": "nieuw@gemeente.example", "naam": "Nora Nieuw", "rol": "auditor"}
    refused = client.post(f"{OFFICE}mensen/uitnodigen/", sent)
    assert refused.status_code == 422
    assert "geldt voor alle deals" in unescape(refused.content.decode())
    assert latest() == before


def test_the_history_of_a_deal_does_not_name_who_works_in_another(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    wanted = Assignment("", "", "secretariat", "andere-deal", since=AT.date())
    elders = Actor("p-elders", "Elly Elders")
    access.admit(wanted, email="e@b.example", name="Erik Elders", by=elders, at=AT)
    page = shown(client, f"{OFFICE}controlespoor/")
    assert "andere-deal" not in page
    assert "p-elders" not in page
    assert f"deal:{DEAL}" in page


def test_the_history_of_a_deal_says_when_its_file_came_in(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    page = shown(client, f"{OFFICE}controlespoor/").lower()
    assert "een bestand ontvangen" in page
    assert "een bestand geladen" in page
    assert imports.subjects_of_uploads("andere-deal") == ()


def test_nobody_gives_a_role_to_themselves(sign_in: SignIn) -> None:
    for role in ("administrator", "programme_office"):
        client = sign_in(role, name=role)
        before = latest()
        sent = {"email": f"{role}@voorbeeld.example", "naam": role, "rol": "secretariat"}
        refused = client.post(f"{OFFICE}mensen/uitnodigen/", sent)
        assert refused.status_code == 422
        page = unescape(refused.content.decode())
        assert "U kunt uzelf geen rol geven" in page
        assert "Vraag een ander die rollen geeft" in page
        assert latest() == before
    client = sign_in("programme_office", name="Ander")
    sent = {"email": "administrator@voorbeeld.example", "naam": "x", "rol": "secretariat"}
    assert client.post(f"{OFFICE}mensen/uitnodigen/", sent).status_code == 302
