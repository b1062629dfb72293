"""What everybody reads of a proposal once money was awarded on it, and what nobody does."""

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noaber.access import actions as access
from noaber.access.rules import Withholding
from noaber.core.ref import Ref
from noaber.files import actions as files
from noaber.proposals import actions, queries
from noaber.proposals.queries import FILE_READERS
from noaber.proposals.rules import Comment, Content, Funding, Participant, Risk
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.factories.advice import advised
from tests.factories.people import ANNA
from tests.factories.proposals import SUMMARY, complete
from tests.integration.decisions.meetings import AT, DEAL, MEETING, decide, meet, order

pytestmark = pytest.mark.usefixtures("reference_register")

PROJECT = f"/{DEAL}/projecten/werken-21/"
FOLLOWED = f"/{DEAL}/projecten/werken-9/"
HIDDEN = ("zqaanpak", "zqgeld", "zqinbreng", "zqrisico", "zqtoets", "zqopmerking", "zqadvies", "zqbestand",
          "zqreden", "zqplanning")  # fmt: skip
SECRETIVE: dict[str, Any] = {
    "approach": "zqaanpak",
    "money_note": "zqgeld",
    "reason": "zqreden",
    "planning": "zqplanning",
    "funding": (Funding(name="zqinbreng", form="cash", amount=1_00, certainty="asked"),),
    "risks": (Risk("zqrisico", "zqrisico", "zqrisico"),),
    "privacy_note": "zqtoets",
}
PROPOSED = "Het voorstel vroeg de deal om"


def nominated(content: Content | None = None) -> str:
    who: dict[str, Any] = {"deal": DEAL, "by": ANNA, "at": AT}
    code = actions.write(code="", content=content or complete(**SECRETIVE), **who)
    actions.send_in(code=code, **who)
    actions.send_back(code=code, comments=[Comment("geld", "zqopmerking")], **who)
    actions.send_in(code=code, **who)
    advised(code, text="zqadvies", **who)
    actions.nominate(code=code, **who)
    files.add(
        parent=Ref("proposal", code), organisation="GM0109", name="zqbestand.txt", content=b"Hout.",
        readers=FILE_READERS, since=AT.date(), **who,
    )  # fmt: skip
    meet()
    return code


def award(code: str, **given: Any) -> str:
    given = {"euros": 150_000, "number": "21", "title": "Hout", **given}
    return decide(order(proposal=code, **given)).code


def page(address: str = PROJECT) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def test_what_was_asked_stands_beside_what_was_awarded() -> None:
    code = nominated()
    assert not queries.awarded(DEAL, "werken-21", Moment.ever(latest()))
    given = award(code)
    shown = page()
    assert f"{PROPOSED} € 200.000: € 120.000 in 2022 en € 80.000 in 2023." in shown
    assert f'href="/{DEAL}/besluiten/#besluit-{given}">Besloten op 14 maart 2022</a>' in shown
    assert f'id="besluit-{given}"' in page(f"/{DEAL}/besluiten/")
    # The project says these itself.
    assert shown.count(SUMMARY) == shown.count("draait op lesgeld") == 1
    assert "The proposal asked the deal for €200,000" in page(f"/en{PROJECT}")
    # Its places are the town of a municipality that is called the same, and another one.
    assert "Coevorden en Emmen" in shown
    assert "Coevorden (Coevorden)" not in shown


def test_a_project_that_goes_on_says_what_the_new_proposal_is_about() -> None:
    award(nominated(complete(project="werken-9", title="Werkplaats erbij")), euros=1_000)
    shown = page(FOLLOWED)
    for said in ("Gevraagd voor “Werkplaats erbij”", SUMMARY, "draait op lesgeld", "De scholen"):
        assert said in shown


def test_nothing_else_of_it_is_public() -> None:
    code = nominated()
    award(code)
    every = (
        PROJECT,
        f"/{DEAL}/besluiten/",
        f"/{DEAL}/zoeken/?q=hout",
        f"/en{PROJECT}",
        f"/{DEAL}/wijzigingen/",
    )
    for address in every:
        shown = page(address)
        assert [word for word in HIDDEN if word in shown] == [], address


@pytest.mark.parametrize("kind", ["reserve", "reject", "hold"])
def test_a_proposal_without_an_award_stays_within(kind: str) -> None:
    code = nominated(complete(project="werken-9", title="Werkplaats erbij"))
    euros = 300_000 if kind == "reserve" else None
    decide(order(kind, euros, proposal=code, over_guideline=True))
    assert PROPOSED not in page(FOLLOWED)
    assert "Werkplaats erbij" not in page(FOLLOWED)


def test_an_award_that_is_superseded_takes_it_from_the_page() -> None:
    code = nominated()
    given = award(code)
    before = latest()
    decide(order("reject", proposal=code, project="werken-21", supersedes=given))
    assert PROPOSED not in page()
    assert queries.awarded(DEAL, "werken-21", Moment.ever(before))
    raised = award(code, supersedes=f"{MEETING}-2", euros=160_000, project="werken-21")
    assert f"#besluit-{raised}" in page()


def test_while_anything_of_the_project_is_withheld_nothing_of_its_proposal_is_shown() -> None:
    award(nominated())
    item = Ref("project_text", f"{DEAL}/werken-21/description")
    parent = Ref("project", f"{DEAL}/werken-21")
    asked = Withholding("", item, parent, DEAL, "GM0109", "Nog in onderhandeling.", AT.date())
    access.withhold(asked, by=ANNA, at=AT)
    shown = page()
    assert "een partij heeft om geheimhouding gevraagd" in shown
    assert PROPOSED not in shown
    assert SUMMARY not in shown


def test_the_page_asks_no_more_for_more_proposals() -> None:
    award(nominated(complete(project="werken-9", title="Een")), euros=1_000)
    page(FOLLOWED)
    with CaptureQueriesContext(connection) as one:
        page(f"{FOLLOWED}?bekend={latest()}")
    second = complete(project="werken-9", title="Twee", partners=(Participant("GM0114", role="x"),))
    code = nominated(second)
    meet("stuurgroep-2022-2", tranche="8")
    award(code, euros=1_000, meeting="stuurgroep-2022-2")
    assert "“Twee”" in page(FOLLOWED)
    with CaptureQueriesContext(connection) as two:
        page(f"{FOLLOWED}?bekend={latest()}")
    assert len(two) == len(one) <= 12
