"""What changes a project from a day on: the past stays as it was, and who leads it may change it."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from noaber.access.rules import OFFICE, Target
from noaber.core.dates import PartialDate
from noaber.imports import editing
from noaber.ledger import queries as ledger
from noaber.monitor import queries
from noaber.monitor.rules import ProjectView
from noaber.projects.rules import Project, Turn, ended, turned
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Evidence, Moment
from noaber.treasury.actions import give_forecast, record_steps
from noaber.treasury.rules import Commitment, CommittedAfterStop, Forecast
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import ANNA, TOMORROW

DEAL = "zuid-en-oost-drenthe"


@pytest.fixture(name="turning")
def _turning(reference_register: object, tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)


def project(code: str, on: date) -> ProjectView:
    seen = queries.view(DEAL, Moment(on, latest()), OFFICE)
    assert seen is not None
    return next(p for p in seen.projects if p.project.code == code)


def test_turns_change_a_project_in_the_order_of_their_days() -> None:
    before = Project("werken", "1", "Een", "GM1", PartialDate(2020))
    turns = [
        Turn("werken-1", "handover", PartialDate(2022), lead="GM3"),
        Turn("werken-1", "handover", PartialDate(2021), lead="GM2"),
        Turn("werken-1", "extension", PartialDate(2021), ends=PartialDate(2023)),
        Turn("werken-2", "stop", PartialDate(2021)),
    ]
    after = turned(before, turns)
    assert (after.lead, after.ends, after.status) == ("GM3", PartialDate(2023), "running")
    assert ended("werken-1", turns) is None
    assert ended("werken-2", turns) == date(2021, 12, 31)


@pytest.mark.usefixtures("turning")
def test_a_project_that_was_handed_over_was_led_by_who_led_it() -> None:
    assert project("wonen-2.2", date(2022, 8, 31)).lead.code == "GM0109"
    assert project("wonen-2.2", date(2022, 9, 1)).lead.code == "GM0114"
    seen = queries.view(DEAL, Moment(date(2022, 9, 1), latest()), OFFICE)
    assert seen is not None
    assert "wonen-2.2" in [
        p.project.code
        for view in seen.leads
        if view.organisation.code == "GM0114"
        for p in view.projects["wonen"]
    ]
    sheet = editing.sheet_of("projecten")
    assert sheet is not None
    found = next(i for i in editing.items(DEAL, sheet) if i.code == "wonen~2.2")
    assert found.target == Target(DEAL, "GM0114", "wonen")
    assert found.texts["penvoerder"] == "GM0109"


@pytest.mark.usefixtures("turning")
def test_an_extension_and_a_stop_hold_from_their_day() -> None:
    before, after = project("werken-9", date(2022, 5, 31)), project("werken-9", date(2022, 6, 1))
    assert before.project.ends != after.project.ends == PartialDate(2023, 10, 1)
    assert project("werken-9", date(2023, 11, 1)).project.status == "stopped"
    assert project("werken-9", date(2023, 10, 31)).project.status != "stopped"
    assert check_chain() == ()


@pytest.mark.usefixtures("turning")
def test_nothing_is_committed_to_a_project_after_it_stopped() -> None:
    late = Commitment(
        "B-9", "GM0109", 1_00, PartialDate(2023, 11, 1), "agreement", "werken-9",
        evidence=Evidence("noaber"),
    )  # fmt: skip
    with pytest.raises(CommittedAfterStop, match="gestopt"):
        record_steps([late], deal=DEAL, by=ANNA, at=TOMORROW)
    assert ledger.check_ledger() == ()


@pytest.mark.usefixtures("turning")
def test_a_forecast_belongs_to_who_leads_the_project_on_its_day() -> None:
    for number, (month, lead) in enumerate(((8, "GM0109"), (10, "GM0114"))):
        given = Forecast("wonen-2.2", 2023, PartialDate(2022, month, 1), 100 + number)
        assert give_forecast(given, deal=DEAL, by=ANNA, at=TOMORROW)
        seen = queries.view(
            DEAL,
            Moment(date(2022, 12, 1), latest()),
            type(OFFICE)(frozenset({"public", f"own:{lead}"})),
        )
        assert seen is not None
        assert [f.amount for f in seen.snapshot.money.forecasts if f.project == "wonen-2.2"] == [
            100 + number
        ]


@pytest.mark.usefixtures("turning")
def test_the_page_of_a_project_tells_what_changed_it(client: Client) -> None:
    page = client.get(f"/{DEAL}/projecten/werken-9/?peildatum=2023-12-31").content.decode()
    assert "Op 1 juni 2022 is de uitvoering verlengd tot en met 1 oktober 2023." in page
    assert "Op 1 november 2023 is dit project gestopt." in page
    english = client.get(f"/en/{DEAL}/projecten/wonen-2.2/?peildatum=2023-12-31").content.decode()
    assert "Since 1 September 2022" in english
