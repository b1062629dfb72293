"""What is withheld is not read, at no moment, by nobody but who may; its place is named."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from noaber.access import actions, queries
from noaber.access.roles import roles
from noaber.access.rules import PUBLIC, Actor, Audience, Grant, Withholding
from noaber.core.dates import PartialDate
from noaber.core.finding import Refused
from noaber.core.ref import Ref
from noaber.projects import queries as projects
from noaber.projects.actions import record_fact
from noaber.projects.rules import ProjectText
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.integration.ledger import small_deal
from tests.integration.ledger.small_deal import ANNA, DEAL

pytestmark = pytest.mark.django_db
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
TODAY = date(2022, 1, 12)
SECRET = "De fabriek verhuist naar Noordwolde."
WANTED = Withholding(
    "",
    Ref("project_text", f"{DEAL}/werken-1/description"),
    Ref("project", f"{DEAL}/werken-1"),
    DEAL,
    "GM1",
    "Het bedrijf wil dit zelf eerst vertellen.",
    TODAY,
)


def write(text: str, since: int = 1) -> None:
    value = ProjectText("werken-1", "description", text, PartialDate(2021, since, 1))
    record_fact(value, deal=DEAL, since=date(2021, since, 1), evidence=Evidence(), by=ANNA, at=AT)


def texts(audience: Audience, as_of: date = TODAY, revision: int | None = None) -> list[str]:
    moment = Moment(as_of, latest() if revision is None else revision)
    return [t.text for t in projects.facts(DEAL, moment, audience).texts]


@pytest.fixture(autouse=True)
def register() -> None:
    small_deal.found()
    write(SECRET)


def test_a_withheld_text_is_read_by_who_asked_and_nobody_else() -> None:
    assert texts(queries.audience(None, DEAL, TODAY)) == [SECRET]
    actions.withhold(WANTED, by=ANNA, at=AT)
    assert texts(queries.audience(None, DEAL, TODAY)) == []
    office = Actor("p1", "", (Grant(roles()["programme_office"], DEAL),))
    assert texts(queries.audience(office, DEAL, TODAY)) == []
    lead = Actor("p2", "", (Grant(roles()["lead_partner"], DEAL, "GM1"),))
    assert texts(queries.audience(lead, DEAL, TODAY)) == [SECRET]


def test_time_travel_does_not_bring_it_back() -> None:
    before = latest()
    write("Later staat er iets anders.", since=6)
    actions.withhold(WANTED, by=ANNA, at=AT)
    asked = queries.audience(None, DEAL, TODAY)
    for as_of in (date(2021, 2, 1), TODAY, date.max):
        for revision in (before, latest()):
            assert texts(asked, as_of, revision) == []


def test_other_texts_and_other_deals_are_untouched() -> None:
    actions.withhold(replace(WANTED, deal="zuidenveld"), by=ANNA, at=AT)
    assert queries.audience(None, DEAL, TODAY) == PUBLIC
    other = replace(WANTED, item=Ref("project_text", f"{DEAL}/werken-9/description"))
    actions.withhold(other, by=ANNA, at=AT)
    assert texts(queries.audience(None, DEAL, TODAY)) == [SECRET]


def test_a_legal_duty_to_publish_overrides_and_keeps_its_ground() -> None:
    code = actions.withhold(WANTED, by=ANNA, at=AT)
    actions.withhold(replace(WANTED, code=code, ground="Woo, artikel 3.3"), by=ANNA, at=AT)
    assert texts(queries.audience(None, DEAL, TODAY)) == [SECRET]
    assert [w.ground for w in queries.withholdings(DEAL, TODAY)] == ["Woo, artikel 3.3"]


def test_it_ends_on_its_day() -> None:
    actions.withhold(replace(WANTED, until=date(2022, 2, 1)), by=ANNA, at=AT)
    assert texts(queries.audience(None, DEAL, date(2022, 1, 31))) == []
    assert texts(queries.audience(None, DEAL, date(2022, 2, 1))) == [SECRET]


def test_without_a_reason_or_with_a_wrong_period_it_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        actions.withhold(replace(WANTED, reason=" ", until=TODAY), by=ANNA, at=AT)
    assert [f.rule for f in refused.value.findings] == ["T-20", "T-21"]
