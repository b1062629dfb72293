"""What became of the money, as figures with their parts: on every day, for pillars and projects."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from noaber.access.rules import OFFICE
from noaber.cli import main
from noaber.monitor import queries
from noaber.monitor.checks import invariants
from noaber.monitor.rules import UnknownFigure
from noaber.monitor.views import DealView
from noaber.record.queries import latest
from noaber.record.rules import Moment
from tests.databases import RealDatabase
from tests.factories.loading import load_folder
from tests.factories.money_deal import money_folder
from tests.factories.people import TOMORROW

DEAL = "zuid-en-oost-drenthe"
END = date(2023, 12, 31)


@pytest.fixture(name="paying")
def _paying(reference_register: RealDatabase, tmp_path: Path) -> RealDatabase:
    load_folder(money_folder(tmp_path), TOMORROW)
    return reference_register


def seen(on: date = END) -> DealView:
    view = queries.view(DEAL, Moment(on, latest()), OFFICE)
    assert view is not None
    return view


def euros(name: str, on: date = END, **filters: str) -> int:
    return (seen(on).figure(name, **filters).value or 0) // 100


@pytest.mark.usefixtures("paying")
def test_what_became_of_the_money_of_a_project() -> None:
    names = ("committed", "paid", "settled", "payable", "claimed")
    of_b1 = [euros(name, project="werken-3") for name in names]
    assert of_b1 == [850_000, 850_000, 850_000, 0, 0]
    assert [euros(n, date(2022, 12, 31), project="werken-3") for n in names] == [
        900_000, 600_000, 0, 300_000, 0,
    ]  # fmt: skip
    assert [euros(name, project="werken-9") for name in names] == [85_000, 85_000, 80_000, 0, 5_000]
    assert [euros(name, pillar="overhead") for name in names] == [250_000, 90_000, 0, 160_000, 0]


@pytest.mark.usefixtures("paying")
def test_lines_add_up_to_the_total_and_the_cash_is_what_came_in_less_what_went_out() -> None:
    spending = seen().spending
    assert spending is not None
    for place in range(5):
        parts = [line.figures[place].value or 0 for line in spending.lines]
        assert sum(parts) == spending.total.figures[place].value
    assert spending.received.value == 10_200_000_00
    paid = 850_000_00 + 85_000_00 + 90_000_00
    assert spending.cash.value == 10_200_000_00 - paid
    assert euros("cash", date(2020, 1, 1)) == 9_200_000
    assert euros("overhead_budget") == 620_000
    assert euros("overhead_budget", year="2021") == 320_000


@pytest.mark.usefixtures("paying")
def test_every_figure_is_the_sum_of_its_parts_and_the_register_is_sound() -> None:
    assert invariants() == ()
    view = seen()
    explained = queries.explained(view, view.figure("paid", project="werken-9").address)
    assert [(p.value, p.decision, p.note) for p in explained.parts] == [
        (100_000_00, "verplichting B-2", "betaald"),
        (-15_000_00, "verplichting B-2", "teruggevorderd"),
    ]
    assert explained.parts[0].label.startswith("9 ")
    assert explained.title.startswith("Betaald, 9 ")
    freed = queries.explained(view, view.figure("committed", project="werken-9").address)
    assert [(p.value, p.note) for p in freed.parts] == [
        (100_000_00, ""),
        (-15_000_00, "vrijgevallen bij de vaststelling"),
    ]
    cash = queries.explained(view, view.figure("cash").address)
    assert [p.address.figure for p in cash.parts if p.address] == ["received", "paid"]


@pytest.mark.usefixtures("paying")
def test_a_forecast_is_kept_as_given_and_the_latest_counts() -> None:
    assert euros("forecast", date(2022, 3, 1), project="werken-3", year="2022") == 700_000
    assert euros("forecast", project="werken-3", year="2022") == 620_000
    assert euros("forecast", project="werken-3") == 900_000
    told = [
        (v.forecast.amount // 100, v.paid // 100, v.difference // 100, v.latest)
        for v in seen().variances
    ]
    assert told == [
        (700_000, 600_000, -100_000, False),
        (620_000, 600_000, -20_000, True),
        (280_000, 250_000, -30_000, True),
    ]


@pytest.mark.usefixtures("paying")
def test_the_standing_of_a_contribution_follows_from_what_was_decided_and_came_in() -> None:
    views = {v.contribution.code: v for v in seen().contributions}
    province, state = views["provincie"], views["rijk"]
    assert province.standing == "deels besloten"
    assert province.mandated is not None
    assert (province.mandated.value, province.received) == (5_000_000_00, None)
    assert state.standing == ""
    assert state.received is not None
    assert state.received.value == 9_200_000_00
    parts = queries.explained(seen(), province.mandated.address).parts
    assert [(p.decision, p.note) for p in parts] == [
        ("Provinciale Staten, besluit 2019-871", "ingestemd onder voorwaarden")
    ]


@pytest.mark.usefixtures("paying")
def test_a_filter_that_a_figure_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownFigure, match="kent het filter tranche niet"):
        seen().figure("paid", tranche="6")
    with pytest.raises(UnknownFigure, match="bestaat niet"):
        seen().figure("paid", commitment="B-9")


@pytest.mark.usefixtures("paying")
def test_the_command_tells_it_too() -> None:
    found = CliRunner().invoke(main, ["figures", "--json", "--as-of", "2023-12-31"])
    figures = {f["address"]: f["value"] for f in json.loads(found.output)["figures"]}
    assert figures[f"{DEAL}/paid?pillar=werken"] == 935_000_00
    assert figures[f"{DEAL}/cash"] == 9_175_000_00
    table = CliRunner().invoke(main, ["figures", "--as-of", "2023-12-31"]).output
    assert "Verplicht" in table


@pytest.mark.usefixtures("reference_register")
def test_a_deal_of_which_nothing_was_committed_shows_nothing_of_it() -> None:
    view = seen()
    assert (view.spending, view.commitments, view.variances) == (None, (), ())
    assert {v.standing for v in view.contributions} == {""}
    assert "Verplicht" not in CliRunner().invoke(main, ["figures"]).output
