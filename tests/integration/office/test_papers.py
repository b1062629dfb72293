"""Papers at a point of an agenda: who prepares adds them, who reads the point has them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdfium2 import PdfDocument

from noaber.access.rules import OFFICE, PUBLIC
from noaber.core.finding import Refused
from noaber.decisions import actions, papers, queries, rules
from noaber.files import queries as files
from noaber.files.rules import File
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.factories.people import ANNA
from tests.integration.decisions.meetings import (
    AT,
    DEAL,
    MEETING,
    NO_EVIDENCE,
    decide,
    meet,
    members,
    order,
)

SignIn = Callable[..., Client]
PAGE = f"/kantoor/{DEAL}/vergaderingen/{MEETING}/"
POINT = f"{MEETING}-1"


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    meet()
    for position, readers in ((1, "board"), (2, "office")):
        item = rules.AgendaItem(MEETING, position, f"Punt {position}", readers=readers)
        actions.record_agenda_item(item, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    return sign_in("secretariat")


def add(client: Client, name: str = "begroting.csv", point: str = POINT, **given: object) -> str:
    sent = SimpleUploadedFile(name, given.pop("content", b"naam;bedrag\nrij;1\n"))  # type: ignore[arg-type]
    answer = client.post(f"{PAGE}stukken/toevoegen/", {"punt": point, "bestand": sent})
    assert answer.status_code == given.pop("status", 302)
    return answer.content.decode()


def kept() -> tuple[File, ...]:
    moment = Moment.ever(latest())
    agenda = queries.facts(DEAL, moment, OFFICE).agenda
    return tuple(f for of in papers.papers(DEAL, agenda, moment, OFFICE).values() for f in of)


def dossier(client: Client) -> str:
    pages = PdfDocument(client.get(f"{PAGE}dossier.pdf").content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_a_paper_is_at_its_point_on_the_page_and_in_the_dossier(
    clerk: Client, sign_in: SignIn
) -> None:
    add(clerk)
    (paper,) = kept()
    member = sign_in("board_member")
    page = member.get(PAGE).content.decode()
    assert "begroting.csv" in page
    assert "CSV, 1\u00a0kB" in page
    assert "Stuk toevoegen" not in page
    text = dossier(member)
    assert "begroting.csv" in text
    assert "CSV, 1" in text
    answer = member.get(f"{PAGE}stukken/{paper.code}/")
    assert answer.content == b"naam;bedrag\nrij;1\n"
    assert answer["Content-Disposition"] == 'attachment; filename="begroting.csv"'


def test_who_does_not_read_the_point_does_not_know_of_its_paper(
    clerk: Client, sign_in: SignIn
) -> None:
    add(clerk)
    add(clerk, "geheim.csv", f"{MEETING}-2")
    board, office = sorted(kept(), key=lambda f: f.parent.code)
    member, team = sign_in("board_member"), sign_in("development_team", pillar="werken")
    lead = sign_in("lead_partner", organisation="GM0114")
    for client, own, other in ((member, board, office), (team, office, board)):
        assert client.get(f"{PAGE}stukken/{own.code}/").status_code == 200
        assert client.get(f"{PAGE}stukken/{other.code}/").status_code == 404
        assert other.name not in client.get(PAGE).content.decode()
        assert other.name not in dossier(client)
    for paper in (board, office):
        assert lead.get(f"{PAGE}stukken/{paper.code}/").status_code == 404
        for client in (clerk, lead, Client()):
            # Not past the agenda either.
            assert client.get(f"/{DEAL}/bestanden/{paper.code}/").status_code == 404
            assert f"{paper.code}" not in client.get(f"/kantoor/{DEAL}/bestanden/").content.decode()
        assert clerk.get(f"/kantoor/{DEAL}/bestanden/{paper.code}/").status_code == 404
        assert files.files(DEAL, Moment.ever(latest()), PUBLIC) == ()
    meet("stuurgroep-2022-2")
    assert clerk.get(f"{PAGE.replace('-1', '-2')}stukken/{board.code}/").status_code == 404


def test_a_paper_at_a_point_for_everybody_is_for_who_signs_in(
    clerk: Client, sign_in: SignIn, client: Client
) -> None:
    item = rules.AgendaItem(MEETING, 3, "Punt 3", readers="public")
    actions.record_agenda_item(item, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    add(clerk, point=item.code)
    (paper,) = kept()
    there = f"{PAGE}stukken/{paper.code}/"
    assert sign_in("lead_partner", organisation="GM0114").get(there).status_code == 200
    assert client.get(there).headers["Location"].startswith("/aanmelden/")
    assert client.get(f"/{DEAL}/bestanden/{paper.code}/").status_code == 404


def test_what_is_no_good_file_is_refused_at_its_point(clerk: Client) -> None:
    page = add(clerk, "spel.exe", status=422)
    assert "Dit soort bestand kan niet" in page
    assert "veld bestand" not in page
    assert page.index("Punt 1") < page.index("Dit soort bestand kan niet") < page.index("Punt 2")
    assert "Wat erin zit, past niet bij de naam" in add(clerk, "plan.pdf", status=422)
    empty = clerk.post(f"{PAGE}stukken/toevoegen/", {"punt": POINT})
    assert "Er is geen bestand gekozen" in empty.content.decode()
    add(clerk, point=f"{MEETING}-9", status=404)
    assert kept() == ()


def test_a_paper_is_taken_away_by_who_prepares_and_not_after_closing(
    clerk: Client, sign_in: SignIn
) -> None:
    add(clerk)
    add(clerk, "verslag.csv")
    first, second = kept()
    assert sign_in("board_member").post(f"{PAGE}stukken/{first.code}/weg/").status_code == 403
    assert clerk.post(f"{PAGE}stukken/{first.code}/weg/").status_code == 302
    assert kept() == (second,)
    decide(order("other", item=POINT, taking_part=members()))
    clerk.post(f"{PAGE}afsluiten/")
    refused = clerk.post(f"{PAGE}stukken/{second.code}/weg/")
    assert refused.status_code == 422
    assert "De stukken blijven zoals ze waren." in refused.content.decode()
    assert "De stukken blijven zoals ze waren." in add(clerk, status=422)
    assert "Haal weg" not in clerk.get(PAGE).content.decode()
    assert kept() == (second,)
    assert clerk.get(f"{PAGE}stukken/{second.code}/").status_code == 200


def test_a_paper_that_was_on_its_way_when_the_meeting_closed_is_refused(clerk: Client) -> None:
    add(clerk)
    (paper,) = kept()
    facts = queries.facts(DEAL, Moment.ever(latest()), OFFICE)
    read = next(m for m in facts.meetings if m.code == MEETING)
    item = next(i for i in facts.agenda if i.code == POINT)
    decide(order("other", item=POINT, taking_part=members()))
    clerk.post(f"{PAGE}afsluiten/")
    assert read.state != "closed"
    before = latest()
    who: dict[str, Any] = {"deal": DEAL, "by": ANNA, "at": AT}
    with pytest.raises(Refused, match="B-05"):
        papers.add(meeting=read, item=item, name="a.csv", content=b"a;b\n", since=AT.date(), **who)
    with pytest.raises(Refused, match="B-05"):
        papers.remove(meeting=read, code=paper.code, **who)
    assert (kept(), latest()) == ((paper,), before)


def test_a_paper_that_a_party_asks_to_withhold_is_named_as_withheld_only(
    clerk: Client, sign_in: SignIn
) -> None:
    add(clerk)
    (paper,) = kept()
    office, member = sign_in("programme_office"), sign_in("board_member")
    form = f"/kantoor/{DEAL}/bestanden/{paper.code}/geheimhouding/"
    assert f'href="{form}"' in office.get(PAGE).content.decode()
    assert form not in member.get(PAGE).content.decode()
    asked = {"partij": "GM0109", "reden": "Hier staan prijzen van een bedrijf in."}
    assert "van agendapunt “Punt 1”" in office.get(form).content.decode()
    assert office.post(form, asked).status_code == 302
    page = member.get(PAGE).content.decode()
    assert "begroting.csv" not in page
    assert page.count("een partij heeft om geheimhouding gevraagd") == 1
    assert member.get(f"{PAGE}stukken/{paper.code}/").status_code == 404
    text = " ".join(dossier(member).split())
    assert "begroting.csv" not in text
    assert "een partij heeft om geheimhouding gevraagd" in text
    held = office.get(f"/kantoor/{DEAL}/geheimhouding/").content.decode()
    assert form in held
    assert "begroting.csv" not in held
