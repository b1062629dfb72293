"""The steering view: what other pages say of money and results, on one page, in few queries."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from noaber.access.rules import OFFICE
from noaber.core.dates import parse_date
from noaber.decisions import actions as decisions
from noaber.decisions.rules import AgendaItem, Meeting
from noaber.imports.exporting import exported
from noaber.indicators.actions import record_measurement
from noaber.indicators.rules import Measurement
from noaber.monitor import queries
from noaber.monitor.views import DealView
from noaber.projects.actions import record_fact
from noaber.projects.rules import Influence
from noaber.record.queries import latest
from noaber.record.rules import Evidence
from noaber.treasury import actions as treasury
from noaber.treasury.rules import Commitment
from noaber.web.office.steering import LONGEST, SteeringPage, present
from tests.databases import RealDatabase
from tests.integration.office.conftest import ADMIN, AT, DEAL, SignIn

TODAY = AT.date()
PAGE = f"/kantoor/{DEAL}/sturing/"


def view(day: date = TODAY) -> DealView:
    seen = queries.view(DEAL, queries.moment(day), OFFICE)
    assert seen is not None
    return seen


def made(day: date = TODAY, pillar: str = "") -> SteeringPage:
    return present(view(day), pillar)


def test_every_project_and_pillar_stands_there_with_its_own_figures(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    seen, page = view(), made()
    lines = [line for part in page.parts for line in part.lines]
    assert [x.view.project.code for x in lines] == [p.project.code for p in seen.projects]
    for line in lines:
        by_label = {a.label: a.figure for a in line.amounts}
        code = line.view.project.code
        assert by_label["Toegekend"] == seen.figure("awarded", project=code)
        assert by_label["Gereserveerd"] == seen.figure("reserved_open", project=code)
    for place, label in enumerate(("Verdeeld", "Toegekend", "Gereserveerd", "Nog vrij")):
        name = ("allocated", "awarded", "reserved_open", "room")[place]
        assert page.total[place].label == label
        assert page.total[place].figure == seen.figure(name)
        for part in page.parts:
            wanted = seen.figure(name, pillar=part.view.pillar.code)
            assert part.amounts[place].figure == wanted
    assert len(page.headings) == len(page.total) == len(page.overhead)
    assert all(len(page.project_headings) == len(x.amounts) for x in lines)


def test_projects_and_their_results_are_those_they_report_of(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    seen, page = view(), made()
    found = {
        (line.view.project.code, row.view.result.code)
        for part in page.parts
        for line in part.lines
        for row in line.results
    }
    assert found == {(m.project, m.result) for m in seen.measurements if m.project and m.result}
    assert found
    listed = [row.view.result.code for part in page.parts for row in part.results]
    assert sorted(listed) == sorted(r.code for r in seen.results)


def test_a_long_report_ends_at_a_whole_word(reference_register: RealDatabase) -> None:
    assert reference_register.vendor
    told = [line.progress for part in made().parts for line in part.lines if line.progress]
    assert told
    assert max(map(len, told)) <= LONGEST + 2


def test_what_comes_to_a_planned_meeting_stands_with_its_project(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    seen = view()
    board = next(b for b in seen.snapshot.boards if b.kind == "steering_group")
    meeting = Meeting("sg-22", board.code, parse_date("2022-02-10"), "Stuurgroep februari")
    given = {"deal": DEAL, "by": ADMIN, "at": AT, "evidence": Evidence("up6")}
    decisions.record_meeting(meeting, **given)  # type: ignore[arg-type]
    for position, (title, project, kind) in enumerate(
        (
            ("Tweede deel van IT-hub", "werken-3", "decision"),
            ("Een heel nieuw idee", "", "decision"),
            ("Ter kennisname", "werken-9", "information"),
        ),
        1,
    ):
        item = AgendaItem("sg-22", position, title, kind, project=project)
        decisions.record_agenda_item(item, **given)  # type: ignore[arg-type]
    page = made(date(2022, 1, 20))
    waiting = {
        line.view.project.code: [c.item.title for c in line.coming]
        for part in page.parts
        for line in part.lines
        if line.coming
    }
    assert waiting == {"werken-3": ["Tweede deel van IT-hub"]}
    assert [c.item.title for c in page.coming] == ["Een heel nieuw idee"]


def test_what_became_of_the_money_stands_there_once_there_is_some(
    reference_register: RealDatabase,
) -> None:
    assert reference_register.vendor
    assert "Verplicht" not in made().headings
    made_to = Commitment(
        "B-1", "GM0114", 300_000_00, parse_date("2021-03-01"), "grant_decision", project="werken-3",
        evidence=Evidence("up6"),
    )  # fmt: skip
    treasury.record_steps([made_to], deal=DEAL, by=ADMIN, at=AT)
    page = made()
    assert page.headings[-3:] == ("Verplicht", "Betaald", "Vastgesteld")
    assert len(page.overhead) == len(page.headings)
    line = next(x for part in page.parts for x in part.lines if x.view.project.code == "werken-3")
    by_label = {a.label: a.figure and a.figure.value for a in line.amounts}
    assert (by_label["Verplicht"], by_label["Betaald"]) == (300_000_00, 0)
    work = next(part for part in page.parts if part.view.pillar.code == "werken")
    assert work.amounts[-3].figure == view().figure("committed", pillar="werken")


def test_one_pillar_can_be_chosen_and_an_unknown_one_gives_all(sign_in: SignIn) -> None:
    client = sign_in("steering_group")
    whole = unescape(client.get(PAGE).content.decode())
    one = unescape(client.get(f"{PAGE}?pijler=wonen").content.decode())
    assert "3 IT-hub" in whole
    assert "3 IT-hub" not in one
    assert "2.2" in one
    assert "3 IT-hub" in unescape(client.get(f"{PAGE}?pijler=lucht").content.decode())
    assert f'href="/{DEAL}/herkomst/awarded?project=werken-3"' in whole


@pytest.mark.once
def test_it_asks_few_questions_of_the_database(sign_in: SignIn) -> None:
    client = sign_in("steering_group")
    client.get(f"/kantoor/{DEAL}/")
    queries._KEPT.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(PAGE).status_code == 200
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def test_what_a_project_claims_stands_there_until_it_is_measured(
    reference_register: RealDatabase, client: Client
) -> None:
    assert reference_register.vendor
    claim = Influence("werken-9", "resultaat-werken-5", "Leert twaalf bedrijven bouwen", "indirect")
    record_fact(claim, deal=DEAL, since=date(2020, 1, 1), evidence=Evidence("up6"), by=ADMIN, at=AT)
    lines = {line.view.project.code: line for part in made().parts for line in part.lines}
    (shown,) = lines["werken-9"].claims
    assert (shown.result.code, shown.strength) == (claim.result, "schept de voorwaarden")
    assert not any(line.claims for code, line in lines.items() if code != "werken-9")
    page = unescape(client.get(f"/{DEAL}/projecten/werken-9/").content.decode())
    assert "Leert twaalf bedrijven bouwen" in page
    assert "Geen meting." in page
    assert exported(DEAL, latest(), OFFICE)["invloeden"][0]["sterkte"] == "voorwaarden"
    measured = Measurement(
        "nieuw", "werken", "Bedrijven", "bedrijven", "reported", Decimal(3), project="werken-9",
        result=claim.result,
    )  # fmt: skip
    record_measurement(
        measured, deal=DEAL, since=date(2020, 1, 1), evidence=Evidence("up6"), by=ADMIN, at=AT
    )
    lines = {line.view.project.code: line for part in made().parts for line in part.lines}
    assert lines["werken-9"].claims == ()
    assert [r.view.result.code for r in lines["werken-9"].results] == [claim.result]
