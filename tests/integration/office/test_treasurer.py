"""The treasurer in the office: the cash, what waits, and what others may see and change of it."""

from datetime import date
from pathlib import Path

import pytest

from noaber.access.roles import roles
from noaber.access.rules import OFFICE, Actor, Grant
from noaber.monitor import queries
from noaber.monitor.cashbook import cashbook
from noaber.monitor.views import DealView
from noaber.monitor.work import work
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import TOMORROW
from tests.integration.office.conftest import DEAL, SignIn
from tests.integration.office.test_office import OFFICE as AT_OFFICE
from tests.integration.office.test_office import shown

CASH = f"{AT_OFFICE}kas/"
KASSIER = Actor("kassier", grants=(Grant(roles()["treasurer"], DEAL),))


@pytest.fixture(autouse=True)
def _paying(reference_register: object, tmp_path: Path) -> None:
    load_folder(money_folder(tmp_path), TOMORROW)


def seen(on: date) -> DealView:
    view = queries.view(DEAL, Moment(on, latest()), OFFICE)
    assert view is not None
    return view


def told(on: date) -> list[tuple[str, bool]]:
    found = work(seen(on), KASSIER, on)
    return [
        (t.what.replace("\N{NO-BREAK SPACE}", " "), t.late)
        for t in (*found.now, *found.coming)
        if "gemeld" not in t.what
    ]


def test_the_cash_on_each_day_ends_at_the_figure_of_the_monitor() -> None:
    view = seen(date(2023, 12, 31))
    book = cashbook(view, date(2023, 12, 31))
    assert book.cash == view.figure("cash") == book.days[-1].cash
    assert [day.on for day in book.days] == sorted({day.on for day in book.days})
    assert book.to_pay.value == sum(o.stands.open for o in book.owed)
    assert book.to_pay == view.figure("payable")
    assert sum(o.stands.claim for o in book.owed) == view.figure("claimed").value
    assert sum(day.came - day.went for day in book.days) == book.cash.value


def test_what_is_due_and_what_came_in_of_it() -> None:
    book = cashbook(seen(date(2023, 12, 31)), date(2023, 12, 31))
    (rest,) = book.dues
    assert (rest.instalment.number, rest.lacking, rest.late) == (2, None, False)
    early = cashbook(seen(date(2019, 12, 1)), date(2020, 1, 2))
    assert next((d.instalment.number, d.lacking, d.late) for d in early.dues) == (
        1,
        9_200_000_00,
        True,
    )


def test_my_work_names_what_waits_for_the_treasurer() -> None:
    assert ("Verantwoording van B-2 komt eraan", False) in told(date(2023, 3, 15))
    assert ("B-2 vaststellen", True) in told(date(2023, 4, 15))
    after = [what for what, _ in told(date(2023, 6, 25))]
    assert "Eindbetaling op B-1" in after
    assert "Van B-2 is nog € 20.000 terug te vorderen" in after
    later = [what for what, _ in told(date(2023, 12, 1))]
    assert "Van B-2 is nog € 5.000 terug te vorderen" in later
    lacking = [t.what for t in work(seen(date(2022, 6, 1)), KASSIER, date(2022, 6, 1)).lacking]
    assert any("projecten is meer toegekend dan verplicht" in what for what in lacking)


def test_the_page_shows_cash_and_forecasts_and_everybody_reads_what_is_theirs(
    sign_in: SignIn,
) -> None:
    page = shown(sign_in("treasurer"), CASH)
    for said in ("9.175.000", "B-3", "160.000", "later bijgesteld", "Programmateam", "O-1"):
        assert said in page
    assert "Ontvangst vastleggen" in page
    office = shown(sign_in("programme_office"), CASH)
    assert "later bijgesteld" in office
    assert "Ontvangst vastleggen" not in office
    board = shown(sign_in("board_member"), CASH)
    assert "later bijgesteld" not in board
    assert sign_in("lead_partner", organisation="GM0109").get(CASH).status_code == 403


def test_a_forecast_is_read_by_who_leads_the_project_and_the_office(sign_in: SignIn) -> None:
    listed = f"{AT_OFFICE}gegevens/prognoses/"
    lead = next(
        p.lead.code for p in seen(date(2022, 8, 1)).projects if p.project.code == "werken-3"
    )
    assert "620000" in shown(sign_in("lead_partner", organisation=lead), listed).replace(".", "")
    assert "620000" not in shown(sign_in("lead_partner", organisation="GM0109"), listed).replace(
        ".", ""
    )
