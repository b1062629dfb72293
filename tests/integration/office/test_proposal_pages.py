"""Proposals in the office: written without script, nothing typed is lost, and each done by who may."""

import json
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noaber.access.rules import OFFICE, Actor, Audience
from noaber.core.ref import Ref
from noaber.proposals import actions, queries
from noaber.proposals.rules import Comment, Content, Proposal
from noaber.proposals.texts import written
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.factories.advice import advised
from tests.factories.people import ANNA
from tests.factories.proposals import complete
from tests.integration.office.conftest import DEAL, SignIn

HERE = f"/kantoor/{DEAL}/voorstellen/"
NEW = f"{HERE}nieuw/"
AT = datetime(2022, 2, 1, 10, tzinfo=UTC)
BAS = {"organisation": "GM0109"}
WERKEN = {"pillar": "werken"}


def proposals() -> dict[str, Proposal]:
    found = queries.proposals(DEAL, Moment.ever(latest()), OFFICE)
    return {p.code: p for p in found}


def texts(content: Content | None = None, **more: str) -> dict[str, str]:
    """A form as a browser would send it."""
    return {**written(content or complete()), "doen": "bewaren", **more}


def made(content: Content | None = None, *, sent_in: bool = False) -> str:
    code = actions.write(deal=DEAL, code="", content=content or complete(), by=ANNA, at=AT)
    if sent_in:
        actions.send_in(deal=DEAL, code=code, by=ANNA, at=AT)
    return code


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return unescape(response.content.decode())


def deed(client: Client, code: str, word: str, **given: str) -> Any:
    return client.post(f"{HERE}{code}/doen/{word}/", given)


def test_a_row_is_added_and_everything_that_was_typed_stays(sign_in: SignIn) -> None:
    client = sign_in("lead_partner", **BAS)
    typed = {"naam": "Half", "begint": "ooit", "risicos-0-wat": "Regen", "doen": "rij-risicos"}
    page = shown(client.post(NEW, typed))
    assert all(f'value="{t}"' in page for t in ("Half", "ooit"))
    assert "\nRegen</textarea>" in page
    assert 'name="risicos-1-wat"' in page
    assert 'name="bedragen-1-jaar"' not in page
    assert proposals() == {}


def test_a_proposal_is_written_and_sent_in_by_who_leads_it(sign_in: SignIn) -> None:
    client = sign_in("lead_partner", **BAS)
    form = shown(client.get(NEW))
    assert '<option value="GM0109" selected>' in form
    assert (
        '<option value="GM0114"' not in form.split('id="veld-penvoerder"')[1].split("</select>")[0]
    )
    response = client.post(NEW, texts(doen="indienen"))
    assert response.headers["Location"] == f"{HERE}v1/"
    found = proposals()["v1"]
    assert (found.phase, found.content) == ("in_development", complete())
    page = shown(client.get(f"{HERE}v1/"))
    assert "Het voorstel is ingediend." in page
    assert "€\u00a0269.000" in page


def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_kept(sign_in: SignIn) -> None:
    client = sign_in("programme_office")
    wrong = {**texts(), "bedragen-0-bedrag": "1.00", "eindigt": "31-02-2023"}
    page = shown(client.post(NEW, wrong), 422)
    assert 'href="#veld-bedragen-0-bedrag"' in page
    assert 'id="fout-eindigt"' in page
    assert 'value="1.00"' in page
    assert ".." not in page.split("utrecht-alert--error")[1].split("</ul>")[0]
    assert proposals() == {}


def test_what_lacks_when_it_is_sent_in_is_told_in_the_form_and_what_was_typed_is_kept(
    sign_in: SignIn,
) -> None:
    client = sign_in("programme_office")
    response = client.post(NEW, texts(complete(reason="", places=()), doen="indienen"))
    assert response.headers["Location"] == f"{HERE}v1/schrijven/?ontbreekt=ja"
    page = shown(client.get(response.headers["Location"]))
    assert "Bewaard, nog niet ingediend." in page
    assert 'href="#veld-aanleiding"' in page
    assert proposals()["v1"].phase == "concept"


def test_a_form_that_is_sent_twice_makes_one_proposal(sign_in: SignIn) -> None:
    client = sign_in("lead_partner", **BAS)
    key = "k" * 20
    for _ in range(2):
        response = client.post(NEW, texts(sleutel=key, doen="indienen"))
        assert response.headers["Location"] == f"{HERE}v1/"
    assert (set(proposals()), proposals()["v1"].number) == ({"v1"}, 1)


def test_back_to_the_empty_form_changes_the_proposal_it_made(sign_in: SignIn) -> None:
    client = sign_in("lead_partner", **BAS)
    key = "k" * 20
    client.post(NEW, texts(sleutel=key))
    client.post(NEW, texts(complete(title="Anders"), sleutel=key))
    assert {c: p.title for c, p in proposals().items()} == {"v1": "Anders"}


def test_two_people_in_one_form_see_what_the_other_made_of_it(sign_in: SignIn) -> None:
    code = made()
    client = sign_in("lead_partner", **BAS)
    base = client.get(f"{HERE}{code}/schrijven/").context["base"]
    other = complete(title="Van Anna", reason="Reden van Anna")
    actions.write(deal=DEAL, code=code, content=other, base=base, by=ANNA, at=AT)
    mine = texts(complete(title="Van Bas", approach="Aanpak van Bas"), basis=str(base))
    page = shown(client.post(f"{HERE}{code}/schrijven/", mine), 409)
    assert "<ins>Van Anna</ins>" in page
    assert 'value="Van Bas"' in page
    assert "\nReden van Anna</textarea>" in page
    assert "\nAanpak van Bas</textarea>" in page
    assert proposals()[code].content == other
    merged = complete(title="Van Bas", approach="Aanpak van Bas", reason="Reden van Anna")
    again = texts(merged, basis=str(client.get(f"{HERE}{code}/schrijven/").context["base"]))
    assert client.post(f"{HERE}{code}/schrijven/", again).status_code == 302
    assert proposals()[code].content == merged


def test_who_was_typing_while_it_was_sent_in_keeps_what_was_typed(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    client = sign_in("lead_partner", **BAS)
    page = shown(client.post(f"{HERE}{code}/schrijven/", texts(complete(title="Te laat"))), 422)
    assert 'value="Te laat"' in page
    assert "veranderen kan dan niet" in page
    assert client.get(f"{HERE}{code}/schrijven/").headers["Location"] == f"{HERE}{code}/"


def test_nobody_gives_a_proposal_to_what_is_not_theirs(sign_in: SignIn) -> None:
    client = sign_in("lead_partner", **BAS)
    other = complete(lead="GM0114", partners=())
    assert client.post(NEW, texts(other)).status_code == 403
    code = made()
    base = str(latest())
    assert client.post(f"{HERE}{code}/schrijven/", texts(other, basis=base)).status_code == 403
    of_wonen = sign_in("development_team", pillar="wonen")
    assert of_wonen.post(NEW, texts()).status_code == 403
    assert {c: p.lead for c, p in proposals().items()} == {code: "GM0109"}


def test_a_proposal_is_returned_with_comments_at_their_section(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    team = sign_in("development_team", **WERKEN)
    assert "Er staat niet wat er anders moet" in shown(deed(team, code, "teruggeven"), 422)
    deed(team, code, "teruggeven", **{"opmerking-geld": "Te duur.", "reden": "Bijna."})
    assert proposals()[code].comments == (Comment("geld", "Te duur."),)
    client = sign_in("lead_partner", **BAS)
    form = shown(client.get(f"{HERE}{code}/schrijven/"))
    of_money = form.split('id="deel-geld"')[1].split('id="deel-planning"')[0]
    assert "Te duur." in of_money
    assert form.count("Te duur.") == 1
    assert "Bijna." in shown(client.get(f"{HERE}{code}/"))


def test_a_proposal_goes_its_way_by_who_may(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    lead, board = sign_in("lead_partner", **BAS), sign_in("board_member")
    assert deed(lead, code, "voordragen").status_code == 403
    assert "voordragen kan dan niet" in shown(deed(board, code, "voordragen"), 422)
    advised(code, deal=DEAL, by=ANNA, at=AT)
    key = {"sleutel": "a" * 20}
    for _ in range(2):
        assert deed(board, code, "voordragen", **key).status_code == 302
    assert len([s for s in proposals()[code].steps if s.step == "nominate"]) == 1
    assert deed(board, code, "adviseren", advies="positive", reden="x").status_code == 404
    assert deed(lead, code, "intrekken", reden="Toch niet.").status_code == 302
    assert proposals()[code].phase == "withdrawn"
    assert "Wat u kunt doen" not in shown(lead.get(f"{HERE}{code}/"))
    assert deed(lead, code, "opeten").status_code == 404


def test_a_proposal_of_another_organisation_is_not_to_be_had(sign_in: SignIn) -> None:
    code = made(complete(title="Geheim plan zqx"), sent_in=True)
    chris = sign_in("lead_partner", organisation="GM0114")
    never = f"{HERE}v99/"
    for page in ("", "schrijven/", "versies/", "voorstel.json", "bestanden/b1/"):
        there, nowhere = chris.get(f"{HERE}{code}/{page}"), chris.get(f"{never}{page}")
        assert there.status_code == nowhere.status_code == 404
    for word in ("indienen", "intrekken"):
        assert deed(chris, code, word, reden="x").status_code == 404
    for page in ("", "?zoek=zqx", "?fase=in_development&pijler=werken"):
        assert "Geheim plan" not in shown(chris.get(f"{HERE}{page}"))
    assert "Geheim plan" not in shown(chris.get(f"/kantoor/{DEAL}/"))
    assert "Geheim plan" not in shown(Client().get(f"/{DEAL}/zoeken/?q=zqx"))


def test_the_pipeline_is_counted_and_chosen_from(sign_in: SignIn) -> None:
    made()
    made(complete(title="Tweede plan"), sent_in=True)
    made(complete(title="Wonen in hout", pillar="wonen", cross_overs=()))
    client = sign_in("programme_office")
    page = shown(client.get(HERE))
    assert (
        page.index("Bouwplaats van hout") < page.index("Tweede plan") < page.index("Wonen in hout")
    )
    assert page.count("€\u00a0400.000") == 1
    only = shown(client.get(f"{HERE}?fase=in_development"))
    assert "Tweede plan" in only
    assert "Wonen in hout" not in only
    assert "Geen voorstel past" in shown(client.get(f"{HERE}?zoek=beton"))


def test_my_work_tells_which_proposals_wait(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    start = f"/kantoor/{DEAL}/"
    waits = "Voorstel “Bouwplaats van hout” wacht op advies"
    team = sign_in("development_team", **WERKEN)
    assert waits in shown(team.get(start))
    assert f'href="{HERE}{code}/"' in shown(team.get(start))
    assert waits not in shown(sign_in("development_team", pillar="wonen").get(start))
    deed(team, code, "teruggeven", reden="Te dun.")
    assert "is terug" in shown(sign_in("lead_partner", **BAS).get(start))
    assert waits not in shown(team.get(start))
    for number in range(6):
        made(complete(title=f"Plan {number}"), sent_in=True)
    page = shown(sign_in("board_member").get(start))
    assert "Zes voorstellen wachten op advies" in page


def test_versions_stand_side_by_side(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    actions.send_back(deal=DEAL, code=code, text="Nee.", by=ANNA, at=AT)
    changed = complete(title="Bouwplaats van leem")
    actions.write(deal=DEAL, code=code, content=changed, base=latest(), by=ANNA, at=AT)
    client = sign_in("lead_partner", **BAS)
    page = shown(client.get(f"{HERE}{code}/versies/"))
    assert "<del>Bouwplaats van hout</del>" in page
    assert "<ins>Bouwplaats van leem</ins>" in page
    assert "zeggen hetzelfde" in shown(client.get(f"{HERE}{code}/versies/?van=1&tot=1"))
    assert client.get(f"{HERE}{code}/versies/?van=7").status_code == 404


def test_a_proposal_is_had_as_data(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    found = json.loads(sign_in("lead_partner", **BAS).get(f"{HERE}{code}/voorstel.json").content)
    assert found["fase"] == "in_development"
    assert found["inhoud"]["bedragen"] == [
        {"jaar": "2022", "bedrag": "120.000"}, {"jaar": "2023", "bedrag": "80.000"},
    ]  # fmt: skip
    assert [s["stap"] for s in found["stappen"]] == ["send_in"]


def test_files_of_a_proposal_are_for_who_reads_it(sign_in: SignIn) -> None:
    code = made()
    lead, chris = sign_in("lead_partner", **BAS), sign_in("lead_partner", organisation="GM0114")
    there = f"{HERE}{code}/bestanden/"
    assert "Kies een bestand" in shown(lead.post(f"{there}toevoegen/"), 422)
    sent = SimpleUploadedFile("begroting.csv", b"naam;bedrag\nhout;1\n")
    assert lead.post(f"{there}toevoegen/", {"bestand": sent}).status_code == 302
    (file,) = queries.files(DEAL, code, Moment.ever(latest()), OFFICE)
    assert lead.get(f"{there}{file.code}/").getvalue().startswith(b"naam")
    assert chris.get(f"{there}{file.code}/").status_code == 404
    assert sign_in("board_member").get(f"{there}{file.code}/").status_code == 404
    assert "begroting.csv" not in shown(lead.get(f"/kantoor/{DEAL}/bestanden/"))
    assert lead.get(f"/kantoor/{DEAL}/bestanden/{file.code}/").status_code == 404
    assert sign_in("treasurer").post(f"{there}{file.code}/weg/").status_code == 403
    assert lead.post(f"{there}{file.code}/weg/").status_code == 302
    assert lead.get(f"{there}{file.code}/").status_code == 404


def test_a_file_of_a_proposal_that_is_withheld_is_read_by_who_asked_for_it(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    lead, office = sign_in("lead_partner", **BAS), sign_in("programme_office")
    sent = SimpleUploadedFile("begroting.csv", b"naam;bedrag\nhout;1\n")
    lead.post(f"{HERE}{code}/bestanden/toevoegen/", {"bestand": sent})
    (file,) = queries.files(DEAL, code, Moment.ever(latest()), OFFICE)
    form = f"/kantoor/{DEAL}/bestanden/{file.code}/geheimhouding/"
    assert f'href="{form}"' in shown(office.get(f"{HERE}{code}/"))
    asked = {"partij": "GM0109", "reden": "Hier staan prijzen van een bedrijf in."}
    assert office.post(form, asked).status_code == 302
    assert "begroting.csv" in shown(lead.get(f"{HERE}{code}/"))
    assert lead.get(f"{HERE}{code}/bestanden/{file.code}/").status_code == 200
    director = sign_in("pillar_director", pillar="werken")
    page = shown(director.get(f"{HERE}{code}/"))
    assert "begroting.csv" not in page
    assert "een partij heeft om geheimhouding gevraagd" in page
    assert "Er zijn geen bestanden" not in page
    assert director.get(f"{HERE}{code}/bestanden/{file.code}/").status_code == 404


@pytest.mark.parametrize("page", ["", "v1/", "v1/schrijven/", "v1/versies/", "nieuw/"])
def test_a_page_asks_as_much_whatever_there_is(sign_in: SignIn, page: str) -> None:
    client = sign_in("programme_office")
    made()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            shown(client.get(f"{HERE}{page}"))
        return len(found)

    asked()
    before = asked()
    for number in range(4):
        made(complete(title=f"Plan {number}"), sent_in=True)
    assert asked() == before
    assert before <= 15


@pytest.mark.usefixtures("reference_register")
def test_no_organisation_is_offered_that_is_withheld() -> None:
    moment = Moment(AT.date(), latest())
    withheld = Audience(OFFICE.labels, frozenset({Ref("organisation", "GM0114")}))
    whole, less = (queries.known(DEAL, moment, reader) for reader in (OFFICE, withheld))
    assert whole is not None
    assert less is not None
    assert set(whole.organisations) - set(less.organisations) == {"GM0114"}


def test_the_history_says_what_was_done_with_a_proposal(sign_in: SignIn) -> None:
    code = made(sent_in=True)
    actions.send_back(deal=DEAL, code=code, text="Nee.", by=Actor("anna", "Anna"), at=AT)
    page = shown(sign_in("programme_office").get(f"/kantoor/{DEAL}/controlespoor/"))
    for said in ("Een voorstel geschreven", "Een voorstel ingediend", "Een voorstel teruggegeven"):
        assert said in page
