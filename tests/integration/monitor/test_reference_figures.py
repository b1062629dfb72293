"""The reference deal in, its published figures out."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from noaber.access.rules import PUBLIC
from noaber.core.address import Address
from noaber.monitor import queries
from noaber.monitor.checks import invariants
from noaber.monitor.rules import Explanation, UnknownFigure
from noaber.monitor.views import DealView
from noaber.record.queries import latest
from noaber.record.rules import Moment

pytestmark = pytest.mark.usefixtures("reference_register")

DEAL = "zuid-en-oost-drenthe"
END_OF_2021 = date(2021, 12, 31)

PUBLISHED = {
    "werken": (957_880, 3_390_972, 25_000, 1_292_000, 3_352_000, 2_355_000),
    "wonen": (420_000, 268_000, 846_865, 180_000, 1_192_500, 95_000),
    "welzijn": (1_066_500, 851_671, 483_000, 0, 1_247_800, 607_170),
}
"""Euros per tranche as printed in the sixth implementation programme."""


def seen(as_of: date = END_OF_2021) -> DealView:
    found = queries.view(DEAL, Moment(as_of, latest()), PUBLIC)
    assert found is not None
    return found


def explained(address: str, as_of: date = END_OF_2021) -> Explanation:
    asked = Address.parse(f"{DEAL}/{address}")
    return queries.explain(asked, Moment(as_of, latest()), PUBLIC)


def test_every_published_cell_is_computed() -> None:
    computed = {
        p.pillar.code: tuple((f.value or 0) // 100 for f in p.per_tranche)
        for p in seen().overview.pillars
    }
    assert computed == PUBLISHED


def test_room_is_allocation_less_awards_less_open_reservations() -> None:
    rooms = {p.pillar.code: p.room.value for p in seen().overview.pillars}
    assert rooms == {"werken": 1_017_148_00, "wonen": 11_397_635_00, "welzijn": 543_859_00}


def test_totals_of_the_deal() -> None:
    overview = seen().overview
    assert overview.awarded.value == 18_631_358_00
    assert overview.allocated.value == overview.promised.value == 40_000_000_00
    assert overview.reserved_open.value == 6_810_000_00
    assert overview.tranches[-1].awarded.value == 3_057_170_00
    assert (overview.tranches[-1].new.value, overview.tranches[-1].follow_up.value) == (5, 6)
    assert overview.projects.value == 46


def test_the_day_after_tranche_three_only_three_tranches_are_known() -> None:
    overview = seen(date(2021, 1, 1)).overview
    assert overview.awarded.value == 8_309_888_00
    assert [t.tranche.number for t in overview.tranches] == ["1", "2", "3"]
    assert overview.reserved_open.value == 0


def test_a_month_counts_from_its_last_day() -> None:
    last = date(2021, 12, 31)
    assert seen(last - timedelta(days=1)).overview.awarded.value == 15_574_188_00
    assert seen(last).overview.awarded.value == 18_631_358_00


def test_the_regional_ten_million_divides_exactly_with_the_published_amounts_beside() -> None:
    shared = next(c for c in seen().contributions if c.contribution.code == "gemeenten")
    amounts = {s.party.organisation: s.promised.value for s in shared.shares}
    assert sum(a or 0 for a in amounts.values()) == 10_000_000_00
    assert amounts["GM0114"] == 3_459_833_97
    published = {s.party.organisation: s.stated.stated for s in shared.shares if s.stated}
    assert published["GM0114"] == "€\u00a03.462.316"
    assert len(published) == 6
    assert [c.difference for c in shared.stated] == [1_00]


def test_an_explanation_adds_up_and_names_decision_source_and_cell() -> None:
    explanation = explained("awarded?pillar=werken&tranche=6")
    assert sum(p.value for p in explanation.parts) == explanation.figure.value == 2_355_000_00
    hub = next(p for p in explanation.parts if p.project == "werken-3")
    assert (hub.decision, hub.value) == ("tranche 6", 1_200_000_00)
    assert hub.source == "Uitvoeringsprogramma 6"
    assert hub.origin.startswith("upload:")
    assert "/toekenningen!C" in hub.origin
    assert explanation.stated
    assert all(c.agrees for c in explanation.stated)


@pytest.mark.parametrize(
    "address",
    [
        "awarded", "awarded?lead=GM0114", "awarded?municipality=GM1681", "room", "room?pillar=wonen",
        "reserved_open?pillar=werken", "reserved?project=werken-17", "allocated?pillar=overhead",
        "promised?side=region", "projects?pillar=welzijn&tranche=6", "new?tranche=6", "pilots",
        "parties?side=state", "results?pillar=werken", "awards?project=wonen-2.4a",
        "results_reached", "results_targeted", "results_unknown", "projects?theme=werken-b",
        "reached?result=resultaat-wonen-1",
    ],
)  # fmt: skip
def test_the_parts_of_every_figure_add_up_to_it(address: str) -> None:
    explanation = explained(address)
    assert explanation.parts
    assert sum(p.value for p in explanation.parts) == explanation.figure.value


def test_what_is_reached_is_what_a_source_reports_and_the_rest_is_not_known() -> None:
    names = ("results", "results_targeted", "results_reached", "results_unknown")
    assert [seen().figure(name).value for name in names] == [21, 14, 2, 12]
    before = seen(date(2021, 12, 30))
    assert [before.figure(name).value for name in names] == [21, 14, 1, 13]
    homes = explained("reached?result=resultaat-wonen-1")
    assert [(p.value, p.source) for p in homes.parts] == [(6, "Uitvoeringsprogramma 6")]
    assert explained("reached?result=resultaat-werken-3").figure.value is None


def test_a_figure_of_a_wider_area_or_a_plan_measures_no_result() -> None:
    tied = [m for m in seen().measurements if m.result]
    assert {(m.scope, m.status) for m in tied} == {("own", "reported")}


def test_projects_know_their_themes_and_where_that_comes_from() -> None:
    projects = {p.project.code: p for p in seen().projects}
    assert [t.name for t in projects["werken-3"].themes] == ["Innoveren", "Digitaliseren"]
    evidence = projects["werken-3"].project.themes_evidence
    assert (evidence.source, evidence.locator) == (
        "noaber",
        "eigen indeling, naar artikel 4, Werken b en d",
    )
    assert [code for code, p in projects.items() if not p.themes] == [
        "werken-5", "werken-8", "werken-12", "werken-15", "werken-18", "welzijn-4.2",
    ]  # fmt: skip


def test_a_figure_tells_how_it_read_on_every_day_it_changed() -> None:
    steps = explained("awarded?pillar=werken").steps
    assert [(s.on, s.value // 100) for s in steps] == [
        (date(2019, 10, 31), 957_880),
        (date(2020, 7, 31), 4_348_852),
        (date(2020, 12, 31), 4_373_852),
        (date(2021, 5, 31), 5_665_852),
        (date(2021, 7, 31), 9_017_852),
        (date(2021, 12, 31), 11_372_852),
    ]
    assert [s.estimated for s in steps] == [False, False, False, True, True, False]


@pytest.mark.parametrize("address", ["projects", "awards", "new?pillar=wonen", "pilots"])
def test_a_count_of_projects_tells_how_it_grew_from_tranche_to_tranche(address: str) -> None:
    explanation = explained(address)
    values = [step.value for step in explanation.steps]
    assert values == sorted(set(values))
    assert values[-1] == explanation.figure.value
    assert explanation.steps[-1].label.startswith("tranche ")


def test_a_count_of_things_without_a_day_has_no_steps() -> None:
    assert explained("parties").steps == ()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("spent", "“spent” bestaat niet"),
        ("awarded?pillar=zorg", "pillar=zorg bestaat niet"),
        ("awarded?tranche=7", "tranche=7 bestaat niet"),
        ("room?tranche=6", "kent het filter tranche niet"),
        ("name", "vraagt om het filter project"),
    ],
)
def test_an_unknown_figure_is_refused_in_plain_words(address: str, said: str) -> None:
    with pytest.raises(UnknownFigure, match=said):
        explained(address)


def test_contradictions_of_the_sources_are_shown_beside_what_is_computed() -> None:
    differing = {
        (str(c.address).split("/")[1], c.stated) for c in seen().comparisons if not c.agrees
    }
    assert {
        ("projects?tranche=1", "24"),
        ("new?pillar=welzijn&tranche=5", "1"),
        ("follow_up?pillar=welzijn&tranche=5", "3"),
        ("mark?project=welzijn-4.4&tranche=6", "vervolg"),
        ("mark?project=werken-17&tranche=6", "nieuw"),
        ("period?project=werken-12", "juni 2021 tot en met december 2021"),
        ("promised?contribution=gemeenten", "€\u00a010.000.001"),
        ("goal_until?goal=doel-werken", "2023"),
    } <= differing


def test_rounded_statements_agree_within_their_rounding() -> None:
    by_address = {str(c.address).split("/")[1]: c for c in seen().comparisons if c.unit == "cents"}
    assert by_address["awarded?tranche=2"].agrees  # "ruim 4,5 miljoen" for 4,510,643
    assert by_address["awarded?tranche=3"].agrees  # "1,4 miljoen" for 1,354,865


def test_an_inferred_award_marks_the_totals_of_its_tranche_only() -> None:
    assert seen().figure("awarded", pillar="werken", tranche="1").inferred
    assert not seen().figure("awarded", pillar="werken", tranche="6").inferred
    assert not seen().figure("awarded", pillar="werken").inferred


def test_what_must_always_hold_holds() -> None:
    assert invariants() == ()


def test_a_deal_is_read_in_a_constant_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(12):
        found = seen()
        assert found.projects
        assert found.contributions
        assert found.comparisons
        assert found.municipalities
