"""The list of decisions as people read it: what each of them came to, on the page and on paper."""

from datetime import date

import pytest
from django.test import Client

from noaber.access.rules import OFFICE, PUBLIC
from noaber.core.dates import PartialDate
from noaber.deals.rules import OVERHEAD
from noaber.documents.formats import WRITERS
from noaber.editions import dossier
from noaber.monitor import queries
from noaber.monitor.decided import DecisionView
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.integration.decisions.meetings import DEAL, MEETING, decide, meet, order
from tests.integration.office.conftest import SignIn, sign_in
from tests.reading import facts, pdf
from tests.reading.facts import check_told
from tests.reading.pages import Page

__all__ = ["sign_in"]
pytestmark = pytest.mark.usefixtures("reference_register")

ON = date(2024, 1, 1)
LIST = f"/{DEAL}/besluiten/?peildatum={ON}"
SHARES = {"werken": 19_300_000_01, "wonen": 14_250_000_00, OVERHEAD: 1_649_999_99}


@pytest.fixture(autouse=True)
def _two_revisions(reference_register: object) -> None:
    meet()
    first = decide(order("revise_allocation", shares=SHARES, title="Verdeling 2022"))
    meet("stuurgroep-2022-2", on=PartialDate(2022, 3, 15), tranche="8")
    decide(
        order(
            "revise_allocation", shares={"werken": 19_200_000_00}, title="Toch terug",
            meeting="stuurgroep-2022-2", supersedes=first.code,
        )
    )  # fmt: skip


def taken() -> tuple[DecisionView, ...]:
    seen = queries.view(DEAL, now(), PUBLIC)
    assert seen is not None
    return queries.decisions(seen, PUBLIC)


def now() -> Moment:
    return Moment(ON, latest())


def public(before: str = "") -> Page:
    return Page.of(Client().get(f"{before}{LIST}").content.decode(), f"{before}{LIST}")


def test_a_revision_shows_each_share_that_became_another_and_by_how_much() -> None:
    shown = {
        d.decision.code: [(s.pillar and s.pillar.code, s.cents, s.change) for s in d.shares]
        for d in taken()
    }
    assert shown == {
        "stuurgroep-2022-1-1": [
            ("werken", 19_300_000_01, 100_000_01),
            ("wonen", 14_250_000_00, -150_000_00),
            (None, 1_649_999_99, 49_999_99),
        ],
        "stuurgroep-2022-2-1": [("werken", 19_200_000_00, -100_000_01)],
    }


def test_the_public_list_tells_it_and_nothing_else() -> None:
    page = public()
    check_told(page.told, facts.in_list(DEAL, now(), PUBLIC))
    assert [t.text for t in page.told if t.section == "besluit-stuurgroep-2022-1-1"] == [
        "19.300.000,01",
        "+100.000,01",
        "14.250.000",
        "−150.000",
        "1.649.999,99",
        "+49.999,99",
    ]
    assert [t.exact for t in public("/en").told] == [t.exact for t in page.told]


def test_one_cent_more_on_the_public_list_is_found() -> None:
    html = Client().get(LIST).content.decode()
    for before, after in (
        (">19.300.000,01<", ">19.300.000,02<"),
        ('"19300000.01"', '"19300000.02"'),
    ):
        assert before in html
        page = Page.of(html.replace(before, after), LIST)
        with pytest.raises(AssertionError, match=r"19300000|19\.300\.000"):
            check_told(page.told, facts.in_list(DEAL, now(), PUBLIC))


def test_the_meeting_tells_it_in_the_office(sign_in: SignIn) -> None:
    path = f"/kantoor/{DEAL}/vergaderingen/{MEETING}/"
    page = Page.of(sign_in("programme_office").get(path).content.decode(), path)
    wanted = facts.in_meeting(DEAL, MEETING, now(), OFFICE)
    assert sum(wanted.values()) == 6
    check_told(page.told, wanted)


def test_its_papers_tell_it() -> None:
    seen = queries.view(DEAL, now(), OFFICE)
    assert seen is not None
    meeting = next(m for m in seen.snapshot.meetings if m.code == MEETING)
    mine = [d for d in queries.decisions(seen, OFFICE) if d.decision.meeting == MEETING]
    paper = dossier.compose(seen, meeting, {}, {}, mine)
    said = " ".join(pdf.text(WRITERS["pdf"].write(paper)).replace("\u00a0", " ").split())
    assert "Werken € 19.300.000,01 (€ 100.000,01 meer)" in said
    assert "Wonen € 14.250.000 (€ 150.000 minder)" in said
    assert "Overheadkosten € 1.649.999,99 (€ 49.999,99 meer)" in said
