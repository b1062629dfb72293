"""What is withheld is gone from every public page, document, search and adopted edition at once."""

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from noaber.access import actions
from noaber.access.rules import Withholding
from noaber.core.ref import Ref
from noaber.editions.actions import adopt
from noaber.files import actions as files
from tests.integration.office.conftest import ADMIN, AT, DEAL, SignIn

SECRET = "Werkgevers leren zo een groep kennen die zij nu missen."
PAGES = (
    "projecten/werken-9/", "projecten/werken-9/?peildatum=2022-01-10&bekend=2", "zoeken/?q=werkgevers+groep",
    "en:projecten/werken-9/", "wijzigingen/?van=2019-01-01&tot=2023-01-01", "gemeenten/GM0109/",
    "documenten/uitvoeringsprogramma-6.html", "documenten/uitvoeringsprogramma-6.csv",
    "documenten/uitvoeringsprogramma-6.html?peildatum=2022-01-10&bekend=2",
)  # fmt: skip
WANTED = Withholding(
    "",
    Ref("project_text", f"{DEAL}/werken-9/description"),
    Ref("project", f"{DEAL}/werken-9"),
    DEAL,
    "GM0109",
    "Nog in onderhandeling.",
    AT.date(),
)


def body(client: Client, page: str) -> tuple[int, str, str]:
    language, _, rest = page.rpartition(":")
    prefix = f"/{language}" if language else ""
    response = client.get(f"{prefix}/{DEAL}/{rest}")
    return (
        response.status_code,
        unescape(response.content.decode("utf-8", "replace")),
        response.headers.get("ETag", ""),
    )


@pytest.mark.usefixtures("sign_in")
def test_what_is_withheld_is_gone_everywhere_and_named_on_its_page(client: Client) -> None:
    adopt(deal=DEAL, tranche="6", adopted_on=AT.date(), by=ADMIN, at=AT)
    before = {page: body(client, page) for page in PAGES}
    assert sum(SECRET in text for _, text, _ in before.values()) >= 5
    numbered = f"/{DEAL}/documenten/uitgave-1/uitvoeringsprogramma-6.html"
    assert client.get(numbered).status_code == 200
    code = actions.withhold(WANTED, by=ADMIN, at=AT)
    for page in PAGES:
        status, text, version = body(client, page)
        assert status == 200, page
        assert SECRET not in text, page
        assert not version or version != before[page][2], page
    _, text, _ = body(client, "projecten/werken-9/")
    assert "niet openbaar" in text
    assert "nog geen omschrijving" not in text
    assert client.get(numbered).status_code == 404
    actions.withhold(
        replace(WANTED, code=code, ground="Wet open overheid, artikel 3.3"), by=ADMIN, at=AT
    )
    assert SECRET in body(client, "projecten/werken-9/")[1]
    assert "niet openbaar" not in body(client, "projecten/werken-9/")[1]


NAMED = {
    Ref("partner", f"{DEAL}/werken-1.1/game-bakery"): (
        Ref("project", f"{DEAL}/werken-1.1"), "projecten/werken-1.1/", "Game Bakery",
        "Wie er nog meer meedoet, is niet openbaar.",
    ),
    Ref("seat", f"{DEAL}/stuurgroep-voorzitter"): (
        Ref("board", f"{DEAL}/stuurgroep"), "wie-beslist/", "Henk Jumelet",
        "Een deel van wie hier zit, is niet openbaar.",
    ),
    Ref("foreword", f"{DEAL}/6"): (
        Ref("tranche", f"{DEAL}/6"), "tranches/6/", "Ruim twee jaar werken gemeenten",
        "Het voorwoord is niet openbaar",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("sign_in")
@pytest.mark.parametrize("item", NAMED, ids=str)
def test_a_company_a_person_and_a_foreword_are_named_as_withheld(client: Client, item: Ref) -> None:
    parent, page, secret, said = NAMED[item]
    document = "documenten/uitvoeringsprogramma-6.html"
    assert secret in body(client, page)[1] + body(client, document)[1]
    assert said not in body(client, page)[1]
    actions.withhold(replace(WANTED, item=item, parent=parent), by=ADMIN, at=AT)
    after = body(client, page)[1]
    assert said in after
    assert secret not in after + body(client, document)[1]


def test_a_file_is_withheld_by_the_office_and_published_when_the_law_asks_it(
    sign_in: SignIn, client: Client
) -> None:
    code = files.add(
        deal=DEAL, parent=Ref("project", "werken-9"), organisation="GM0109", name="geheim plan.txt",
        content=b"Hout.", readers="public", since=AT.date(), by=ADMIN, at=AT,
    )  # fmt: skip
    office, reader = sign_in("programme_office"), sign_in("board_member")
    control, asked = sign_in("auditor"), sign_in("lead_partner", organisation="GM0109")
    form, listed = f"/kantoor/{DEAL}/bestanden/{code}/geheimhouding/", f"/kantoor/{DEAL}/bestanden/"
    public = f"/{DEAL}/bestanden/{code}/"
    known = {"If-None-Match": client.get(public).headers["ETag"]}
    assert client.get(public, headers=known).status_code == 304
    assert "geheim plan" in body(client, "projecten/werken-9/")[1]
    page = office.get(listed).content.decode()
    assert form in page
    assert "<span>Iedereen: hij komt op de site</span>" in page

    wrong = office.post(form, {"tot": "31-02-2022"})
    assert wrong.status_code == 422
    assert "Bestand geheim plan.txt van " in wrong.content.decode()
    assert "geheim plan.txt van werken-9" not in wrong.content.decode()
    assert [f.rule for f in wrong.context["findings"]] == ["T-30", "T-22"]
    sent = {"partij": "GM0109", "reden": "Nog in onderhandeling.", "tot": "31-12-2099"}
    assert office.post(form, sent).status_code == 302
    assert client.get(public, headers=known).status_code == 404
    for page in ("projecten/werken-9/", "en:projecten/werken-9/", "zoeken/?q=geheim"):
        assert "geheim plan" not in body(client, page)[1]
    assert "Een bestand bij dit project is niet openbaar." in body(client, "projecten/werken-9/")[1]
    for page in (listed, form, f"/kantoor/{DEAL}/geheimhouding/"):
        assert "geheim plan" not in office.get(page).content.decode()
    assert form in office.get(f"/kantoor/{DEAL}/geheimhouding/").content.decode()
    for person in (office, reader):
        assert person.get(f"{listed}{code}/").status_code == 404
    for person in (control, asked):
        assert person.get(f"{listed}{code}/").status_code == 200

    assert office.post(form, {**sent, "grond": "Woo, artikel 3.3"}).status_code == 302
    assert client.get(public).status_code == 200
    assert "geheim plan" in body(client, "projecten/werken-9/")[1]


@pytest.mark.usefixtures("sign_in")
def test_a_company_that_only_takes_part_in_secret_is_nowhere_in_the_office(sign_in: SignIn) -> None:
    reader, control = sign_in("board_member"), sign_in("auditor")
    lists = [f"/kantoor/{DEAL}/gegevens/{sheet}/" for sheet in ("organisaties", "partners")]
    parent = Ref("project", f"{DEAL}/werken-1.1")
    item = Ref("partner", f"{DEAL}/werken-1.1/game-bakery")
    assert all("Game Bakery" in reader.get(page).content.decode() for page in lists)
    actions.withhold(replace(WANTED, item=item, parent=parent), by=ADMIN, at=AT)
    assert not any("Game Bakery" in reader.get(page).content.decode() for page in lists)
    assert all("Game Bakery" in control.get(page).content.decode() for page in lists)


@pytest.mark.usefixtures("sign_in")
def test_an_edition_adopted_while_something_is_withheld_does_not_hold_it(client: Client) -> None:
    actions.withhold(WANTED, by=ADMIN, at=AT)
    adopt(deal=DEAL, tranche="6", adopted_on=AT.date(), by=ADMIN, at=AT)
    status, text, _ = body(client, "documenten/uitvoeringsprogramma-6.html")
    assert status == 200
    assert SECRET not in text
    assert "New Jobportunities" in text
