"""Advice of a pillar's board in the office: its form, and where the advice is read."""

import io
import re
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from noaber.access.rules import OFFICE
from noaber.core.dates import PartialDate
from noaber.decisions import actions as meetings
from noaber.decisions import queries
from noaber.decisions.rules import AgendaItem, Decision, Meeting
from noaber.proposals import actions
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.factories.advice import MEETING, put_on_agenda
from tests.factories.people import ANNA
from tests.factories.proposals import complete
from tests.integration.office.conftest import DEAL, SignIn
from tests.integration.office.test_proposal_pages import (
    AT,
    BAS,
    HERE,
    WERKEN,
    made,
    proposals,
    shown,
)

PAGE = f"/kantoor/{DEAL}/vergaderingen/{MEETING}/"
ADVISE = f"{PAGE}advies/"


@pytest.fixture
def _on_agenda(sign_in: SignIn) -> None:
    put_on_agenda(made(sent_in=True), deal=DEAL, by=ANNA, at=AT)


def form(client: Client, **given: Any) -> dict[str, Any]:
    """What the form sends as it opens for the point of the agenda, and what is filled in."""
    page = shown(client.get(f"{ADVISE}?punt={MEETING}-1"))
    key = re.search(r'name="sleutel" value="([\w-]+)"', page)
    assert key
    of = {"punt": f"{MEETING}-1", "oordeel": "conditional", "tekst": "Mits de scholen tekenen."}
    return {"sleutel": key.group(1), **of, **given}


def dossier(client: Client, meeting: str) -> str:
    """What the dossier of a meeting says to who is signed in."""
    answer = client.get(f"/kantoor/{DEAL}/vergaderingen/{meeting}/dossier.pdf")
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return " ".join(" ".join(p.get_textpage().get_text_bounded() for p in pages).split())


def advice() -> list[Decision]:
    return [d for d in queries.facts(DEAL, Moment.ever(latest()), OFFICE).decisions if d.is_advice]


@pytest.mark.usefixtures("_on_agenda")
def test_a_pillar_director_records_the_advice_of_the_meeting_once(sign_in: SignIn) -> None:
    director = sign_in("pillar_director", **WERKEN)
    assert f'href="{ADVISE}?punt={MEETING}-1"' in shown(director.get(PAGE))
    assert "niet vastgelegd wie erin zitten" in shown(director.get(ADVISE))
    sent = form(director)
    assert director.post(ADVISE, sent).headers["Location"] == PAGE
    again = shown(director.post(ADVISE, sent, follow=True))
    assert "Dit advies was al vastgelegd" in again
    assert "Advies: positief onder voorwaarden" in again
    assert len(advice()) == 1
    assert proposals()["v1"].phase == "advised"


@pytest.mark.usefixtures("_on_agenda")
def test_an_advice_is_read_where_the_proposal_is_and_in_the_dossier_that_follows(
    sign_in: SignIn,
) -> None:
    director = sign_in("pillar_director", **WERKEN)
    director.post(ADVISE, form(director))
    for reader in (sign_in("lead_partner", **BAS), sign_in("board_member"), sign_in("treasurer")):
        page = shown(reader.get(f"{HERE}v1/"))
        of_advice = page.split('id="advies-gegeven"')[1].split("</section>")[0]
        for said in ("positief onder voorwaarden, 1 februari 2022", "Vakbestuurlijk overleg Werken",
                     f'href="{PAGE}"', "Mits de scholen tekenen."):  # fmt: skip
            assert said in of_advice
    actions.nominate(deal=DEAL, code="v1", by=ANNA, at=AT)
    who: dict[str, Any] = {"deal": DEAL, "evidence": Evidence(), "by": ANNA, "at": AT}
    meetings.record_meeting(Meeting("sg", "stuurgroep", PartialDate(2022, 3, 14), "Maart"), **who)
    meetings.record_agenda_item(AgendaItem("sg", 1, "Hout", proposal="v1"), **who)
    assert (
        "Positief onder voorwaarden, Vakbestuurlijk overleg Werken, 1 februari 2022. "
        "Mits de scholen tekenen."
    ) in (text := dossier(sign_in("steering_group"), "sg"))
    assert "Te weinig leerlingen. De proef zegt niets. Drie scholen vragen." in text
    # Where it was given it is told once, as what was decided.
    text = dossier(director, MEETING)
    assert "Advies: positief onder voorwaarden" in text
    assert text.count("Mits de scholen tekenen.") == 1


@pytest.mark.usefixtures("_on_agenda")
def test_an_advice_is_nowhere_on_the_site(sign_in: SignIn) -> None:
    addresses = (
        "besluiten/",
        "wie-beslist/",
        "herkomst/awarded",
        "zoeken/?q=scholen+tekenen",
        "wijzigingen/",
    )
    before = {at: Client().get(f"/{DEAL}/{at}").content for at in addresses}
    director = sign_in("pillar_director", **WERKEN)
    director.post(ADVISE, form(director))
    assert len(advice()) == 1
    for at, content in before.items():
        now = Client().get(f"/{DEAL}/{at}").content
        assert without_revision(now) == without_revision(content), at
        assert b"scholen tekenen" not in now or b"q=scholen" in at.encode()


def without_revision(content: bytes) -> str:
    """A page without the revision that it is of, and its day: every event in the register makes that
    another.
    """
    return re.sub(
        r"bekend=\d+|[Rr]evisie \d+|bekend op [\w ]+|nonce=\"[^\"]+\"", "", content.decode()
    )


@pytest.mark.usefixtures("_on_agenda")
def test_all_that_is_wrong_is_told_and_what_was_typed_stays(sign_in: SignIn) -> None:
    member = sign_in("board_member")
    page = shown(member.post(ADVISE, {"punt": f"{MEETING}-1", "oordeel": "negative"}), 422)
    assert 'id="fout-tekst"' in page
    assert '<option value="negative" selected>' in page
    page = shown(member.post(ADVISE, {"tekst": "Geen goed plan."}), 422)
    for field in ("punt", "oordeel"):
        assert f'id="fout-{field}"' in page
    assert "Kies een punt van de agenda." in page
    assert "Geen goed plan." in page
    assert advice() == []


@pytest.mark.usefixtures("_on_agenda")
def test_a_second_advice_says_which_it_takes_the_place_of(sign_in: SignIn) -> None:
    member = sign_in("board_member")
    assert 'name="vervangt"' not in shown(member.get(ADVISE))
    first = form(member)
    stale = form(member, oordeel="negative")
    member.post(ADVISE, first)
    assert "al advies gegeven" in shown(member.post(ADVISE, stale), 422)
    page = shown(member.get(f"{ADVISE}?punt={MEETING}-1"))
    (given,) = advice()
    assert f'<option value="{given.code}" selected>' in page
    assert member.post(ADVISE, stale | {"vervangt": given.code}).status_code == 302
    page = shown(member.get(PAGE))
    assert "Vervangen door een later advies." in page
    assert "Vervangt een eerder advies." in page


@pytest.mark.usefixtures("_on_agenda")
def test_who_does_not_speak_for_the_board_of_the_pillar_records_no_advice(sign_in: SignIn) -> None:
    of_another, team = (
        sign_in("pillar_director", pillar="wonen"),
        sign_in("development_team", **WERKEN),
    )
    for who in (sign_in("lead_partner", **BAS), of_another, team):
        assert who.get(ADVISE).status_code == 403
        assert who.post(ADVISE, {}).status_code == 403
        assert "Advies vastleggen" not in shown(who.get(PAGE))
    assert advice() == []


def test_what_cannot_be_advised_on_is_said_plainly(sign_in: SignIn) -> None:
    clerk = sign_in("secretariat")
    code = made(complete(), sent_in=True)
    page = shown(clerk.get(f"{HERE}{code}/"))
    assert "nog niet op een agenda" in page
    put_on_agenda(code, deal=DEAL, by=ANNA, at=AT, board="stuurgroep", meeting="sg")
    page = shown(clerk.get(f"/kantoor/{DEAL}/vergaderingen/sg/advies/"))
    assert "Stuurgroep geeft geen advies over voorstellen" in page
    assert "Advies vastleggen" not in shown(clerk.get(f"/kantoor/{DEAL}/vergaderingen/sg/"))
    put_on_agenda("", deal=DEAL, by=ANNA, at=AT)
    assert "nog geen voorstel op de agenda" in shown(clerk.get(ADVISE))
    put_on_agenda(code, deal=DEAL, by=ANNA, at=AT)
    assert f'href="{ADVISE}?punt={MEETING}-1"' in shown(clerk.get(f"{HERE}{code}/"))
