"""What is recorded is read back the same, of every kind of fact and on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from noaber.access.rules import OFFICE, PUBLIC
from noaber.core.dates import PartialDate
from noaber.deals import queries as deals
from noaber.deals import rules as d
from noaber.deals.actions import record_deal, record_fact, record_party, record_pillar
from noaber.indicators import actions as indicators
from noaber.indicators import queries as indicator_queries
from noaber.indicators.rules import Indicator, Measurement, Observation
from noaber.organisations import queries as organisations
from noaber.organisations.actions import record_organisation, record_outline
from noaber.organisations.rules import Organisation, Outline
from noaber.progress import queries as progress
from noaber.progress.actions import open_round, report_progress
from noaber.progress.rules import ProgressReport, ReportingRound
from noaber.projects import actions as projects
from noaber.projects import queries as project_queries
from noaber.projects.rules import CrossOver, Partner, Place, Project, ProjectText
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Evidence, Moment
from tests.integration.ledger.small_deal import ANNA, AT

pytestmark = pytest.mark.django_db

ON = PartialDate(2020, 1, 1)
SINCE = ON.counts_from
LATER = PartialDate(2021, 12)
TEXT = "Noabers “helpen” elkaar: 'n é, een \\ en een\nnieuwe regel"
FOUND_IN = Evidence("programme", "p. 6", "sheet!A1")
LEAD = Organisation("GM1", "Gemeente Noordwolde", "Noordwolde", "municipality")
ABROAD = Organisation("landkreis", "Landkreis Süd", "Süd", "foreign_government", "DE")
OUTLINE = Outline("GM1", (((6.5, 52.75), (7.0, 52.75), (7.0, 53.123456)), ((6.6, 52.8),)))
DEAL = d.Deal(
    "d", "Regio Deal", "Noordenveld", TEXT, ON, PartialDate(2024), "specific_grant", "GM1",
    "pijler", "pijlers", "#00607a",
)  # fmt: skip
PILLARS = tuple(
    d.Pillar(code, code.upper(), place, "#1d5c8a", "square", TEXT)
    for place, code in enumerate(("b", "a"), start=1)
)
PARTY = d.Party("GM1", 1, "GM1", "Gemeente", "college", "region", "als", TEXT, ON, LATER)
FACTS: dict[str, tuple[d.Fact, ...]] = {
    "sources": (d.Source("s", TEXT, "covenant", LATER, "BZK"), d.Source("t", "T", "news")),
    "articles": (d.Article(2, "Doelen", "deel"), d.Article(11, "Wijziging")),
    "themes": (d.Theme("z", "brede welvaart", 1), d.Theme("y", "lerende regio", 2, "a")),
    "goals": (d.Goal("g", TEXT), d.Goal("h", "doel", "b", LATER)),
    "results": (
        d.IntendedResult("r", "a", 1, TEXT, "count", 400, "scans", "", LATER),
        d.IntendedResult("q", "b", 2, "meer", "direction", None, "", "up"),
    ),
    "allocations": (d.Allocation("a", 19_200_000_00, ON), d.Allocation("overhead", 0, ON)),
    "contributions": (
        d.Contribution("rijk", "Rijk", 20_000_000_00, "cash", "decided", ON, "GM1", TEXT),
        d.Contribution("regio", "Regio", 10_000_000_01, "unknown", "published", ON),
    ),
    "contribution_keys": (d.ContributionKey("regio", "GM1", 1, 107_113, "inwoners", LATER),),
    "instalments": (
        d.Instalment("rijk", 1, LATER, 5_00, TEXT),
        d.Instalment("rijk", 2),
    ),
    "stated": (d.StatedFact("f", "awarded?pillar=a", "amount", "18,6", 10_000_000, TEXT),),
}
PROJECTS = (
    Project("a", "2.3", "Eerste", "GM1", ON),
    Project(
        "a", "2.4a", "Naam", "landkreis", ON, "ook", ("vroeger", "nog vroeger"), "pilot", "kop",
        "a-2.3", "a-2.3", "finished", ON, LATER, TEXT, ("z", "y"), "bron", "artikel 4",
    ),
    Project("a", "2.10", "Laatste", "GM1", PartialDate(2020)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _everything_recorded(db: None) -> None:
    how: dict[str, Any] = {"evidence": FOUND_IN, "by": ANNA, "at": AT}
    for organisation in (LEAD, ABROAD):
        record_organisation(organisation, since=SINCE, **how)
    record_outline(OUTLINE, since=SINCE, **how)
    record_deal(DEAL, since=SINCE, **how)
    for pillar in PILLARS:
        record_pillar(pillar, deal="d", since=SINCE, **how)
    record_party(PARTY, deal="d", since=SINCE, until=None, **how)
    for fact in _all_facts():
        record_fact(fact, deal="d", since=SINCE, **how)
    for project in PROJECTS:
        projects.record_project(project, deal="d", **how)


def _all_facts() -> Iterator[d.Fact]:
    for several in FACTS.values():
        yield from several


def now() -> Moment:
    return Moment(date(2030, 1, 1), latest())


def test_a_deal_and_all_that_belongs_to_it_is_read_back_in_one_query() -> None:
    moment = now()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read = deals.facts("d", moment, PUBLIC)
    assert len(asked) == 1
    assert (read.deal, read.pillars, read.parties) == (DEAL, PILLARS, (PARTY,))
    assert {name: getattr(read, name) for name in FACTS} == FACTS
    assert deals.deal("d", moment, PUBLIC) == DEAL
    assert deals.pillars("d", moment, PUBLIC) == PILLARS
    assert deals.codes() == ("d",)


def test_everything_read_carries_its_evidence_and_revision() -> None:
    read = deals.facts("d", now(), PUBLIC)
    source = read.sources[0].evidence
    assert replace(source, revision=0) == FOUND_IN
    assert 0 < source.revision < latest()


def test_of_a_deal_that_is_not_there_nothing_is_read() -> None:
    for read in (deals.facts("other", now(), PUBLIC), deals.facts("d", Moment(SINCE, 0), PUBLIC)):
        assert (read.deal, read.pillars, read.allocations) == (None, (), ())
    assert deals.facts("d", Moment(date(2019, 12, 31), latest()), PUBLIC).deal is None


def test_organisations_and_outlines_are_read_back() -> None:
    read = organisations.facts(now(), PUBLIC)
    assert read.organisations == {"GM1": LEAD, "landkreis": ABROAD}
    assert read.outlines == {"GM1": OUTLINE}


def test_projects_are_read_back_by_number_as_printed() -> None:
    assert project_queries.facts("d", now(), PUBLIC).projects == PROJECTS


def test_what_is_known_of_projects_is_read_back_by_who_may_read_it() -> None:
    facts = (
        Partner("a-2.3", "landkreis", "meedenker"),
        Place("a-2.3", "GM1", "Nieuw-Dorp"),
        CrossOver("a-2.3", "b", TEXT),
        ProjectText("a-2.3", "description", TEXT, LATER, "office"),
    )
    for fact in facts:
        projects.record_fact(fact, deal="d", since=SINCE, evidence=FOUND_IN, by=ANNA, at=AT)
    seen = project_queries.facts("d", now(), PUBLIC)
    assert (seen.partners, seen.places, seen.cross_overs) == tuple((f,) for f in facts[:3])
    assert seen.texts == ()
    assert project_queries.facts("d", now(), OFFICE).texts == facts[3:]


def test_progress_is_read_back_by_round_and_by_who_may_read_it() -> None:
    how: dict[str, Any] = {"deal": "d", "evidence": FOUND_IN, "by": ANNA, "at": AT}
    rounds = (
        ReportingRound("maart", PartialDate(2021, 3)),
        ReportingRound("aug", PartialDate(2021, 8)),
    )
    for one in reversed(rounds):
        open_round(one, **how)
    reports = (
        ProgressReport("a-2.4a", "maart", rounds[0].as_of, TEXT),
        ProgressReport("a-2.3", "aug", rounds[1].as_of, "geheim", "office"),
    )
    for report in reversed(reports):
        report_progress(report, **how)
    seen = progress.facts("d", now(), PUBLIC)
    assert (seen.rounds, seen.reports) == (rounds, reports[:1])
    assert progress.facts("d", now(), OFFICE).reports == reports


def test_indicators_and_measurements_are_read_back_with_the_digits_of_their_source() -> None:
    how: dict[str, Any] = {"by": ANNA, "at": AT}
    indicator = Indicator("tevreden", "Tevredenheid", "welzijn", "%")
    indicators.record_indicator(indicator, since=SINCE, evidence=FOUND_IN, **how)
    seen = [
        Observation("tevreden", "GM1", year, Decimal(v))
        for year, v in ((2019, "85.10"), (2020, "0"))
    ]
    assert indicators.record_observations(seen, **how) == 2
    assert indicators.record_observations(seen, **how) == 0
    corrected = replace(seen[0], value=Decimal("85.2"))
    assert indicators.record_observations([corrected], **how) == 1
    measured = (
        Measurement(
            "m",
            "a",
            TEXT,
            "scans",
            "reported",
            Decimal("120.0"),
            "more_than",
            "a-2.3",
            LATER,
            Decimal(400),
        ),
        Measurement("n", "b", "nog niets", "scans", "planned"),
    )
    for measurement in measured:
        indicators.record_measurement(
            measurement,
            deal="d",
            since=SINCE,
            evidence=FOUND_IN,
            **how,
        )
    assert indicator_queries.indicators(now(), PUBLIC) == (indicator,)
    read = indicator_queries.observations(now(), PUBLIC, ["GM1"])
    assert read == (corrected, seen[1])
    assert [
        str(o.value)
        for o in indicator_queries.observations(
            replace(now(), revision=latest() - 3), PUBLIC, ["GM1"]
        )
    ] == ["85.10", "0"]
    assert indicator_queries.measurements("d", now(), PUBLIC) == measured


def test_recording_all_of_it_again_changes_nothing_and_the_chain_is_whole() -> None:
    how: dict[str, Any] = {"deal": "d", "since": SINCE, "evidence": FOUND_IN, "by": ANNA, "at": AT}
    assert [fact for fact in _all_facts() if record_fact(fact, **how)] == []
    again = {k: v for k, v in how.items() if k != "since"}
    assert [p for p in PROJECTS if projects.record_project(p, **again)] == []
    assert check_chain() == ()
