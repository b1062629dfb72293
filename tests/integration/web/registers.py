"""Small registers for the pages, made through the actions that people's work goes through."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from noaber.access.rules import Actor
from noaber.awards import actions as awards
from noaber.awards.rules import Award, Reservation, Tranche
from noaber.core.dates import PartialDate
from noaber.deals import actions as deals
from noaber.deals.rules import (
    Allocation,
    Contribution,
    ContributionKey,
    Deal,
    Instalment,
    Party,
    Pillar,
    Source,
    StatedFact,
)
from noaber.ledger import actions as ledger
from noaber.organisations import actions as organisations
from noaber.organisations.rules import Organisation, Outline
from noaber.projects import actions as projects
from noaber.projects.rules import Project
from noaber.record.actions import revision
from noaber.record.rules import Evidence

ANNA = Actor("anna", "Anna")
RECORDED = datetime(2021, 3, 1, 12, tzinfo=UTC)
CORRECTED = datetime(2021, 6, 1, 12, tzinfo=UTC)
BEGIN = PartialDate(2019, 6)
SINCE = BEGIN.counts_from
PRINTED = Evidence("programma", "tabel 1", "toekenningen.csv, rij 2")
SQUARES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "noord": ((6.5, 52.9), (6.8, 52.9), (6.8, 52.7), (6.5, 52.7)),
    "zuid": ((6.5, 52.7), (6.8, 52.7), (6.8, 52.5), (6.5, 52.5)),
}


def small_deal(code: str = "kleine-deal") -> None:
    """Two pillars, three tranches of which one is 2b, two municipalities on the map.

    Promised 1,000.00 by the state and 100.00 by the municipalities together (2 to 1).
    Awarded: wonen-1 100.00 in 1 and 50.00 in 2b, werken-1 30.00 in 2 (inferred) out of 80.00.
    """
    with revision(by=ANNA, at=RECORDED, action="load", subject=f"deal:{code}"):
        _organisations()
        _deal(code, "Kleine Deal")
        for place, (pillar, name, mark) in enumerate(
            [("werken", "Werken", "square"), ("wonen", "Wonen", "house")], start=1
        ):
            _pillar(code, Pillar(pillar, name, place, "#1d5c8a", mark, ""))
        for line, amount in (("werken", 50_000), ("wonen", 50_000), ("overhead", 10_000)):
            ledger.allocate(
                Allocation(line, amount, BEGIN), deal=code, evidence=PRINTED, by=ANNA, at=RECORDED
            )
        _contributions(code)
        _awards(code)
        _stated(code, "gelijk", "awarded?pillar=wonen&tranche=1", "100", "")
        _stated(code, "anders", "awarded?pillar=wonen&tranche=2b", "51", "De krant rondde af.")
        _stated(code, "noord", "promised?party=noord", "67", "Apart afgerond.")


def wide_deal(code: str = "brede-deal", *, awarded: int = 0) -> None:
    """Twelve flat themes, a tranche, no contributions, no outlines; `awarded` cents in Thema 1."""
    with revision(by=ANNA, at=RECORDED, action="load", subject=f"deal:{code}"):
        _organisation("rijk", "Ministerie", "ministry")
        _deal(code, "Brede Deal", term=("thema", "thema's"), colour="#c8a000")
        for place in range(1, 13):
            _pillar(code, Pillar(f"thema-{place}", f"Thema {place}", place, "#ffee00", "star", ""))
        _tranche(code, Tranche("2b", 1, PartialDate(2020), "estimated"))
        if awarded:
            project = Project("thema-1", "1", "Eerste", "rijk", PartialDate(2020))
            projects.record_project(project, deal=code, evidence=PRINTED, by=ANNA, at=RECORDED)
            given = Award(project.code, "2b", awarded, "printed", PRINTED)
            awards.award(given, deal=code, by=ANNA, at=RECORDED)


def empty_deal(code: str = "lege-deal") -> None:
    """A deal of which nothing but its name is known."""
    with revision(by=ANNA, at=RECORDED, action="load", subject=f"deal:{code}"):
        _organisation("rijk", "Ministerie", "ministry")
        _deal(code, "Lege Deal")


def more_projects(code: str, number: int) -> None:
    """As many more projects in Werken, each with an award in tranche 1."""
    with revision(by=ANNA, at=RECORDED, action="load", subject=f"deal:{code}"):
        for extra in range(100, 100 + number):
            project = Project(
                "werken", str(extra), f"Project {extra}", "zuid", PartialDate(2019, 10)
            )
            projects.record_project(project, deal=code, evidence=PRINTED, by=ANNA, at=RECORDED)
            given = Award(project.code, "1", 100, "printed", PRINTED)
            awards.award(given, deal=code, by=ANNA, at=RECORDED)


def open_tranche(code: str, number: str, year: int) -> None:
    """One more tranche, in which nothing was awarded yet."""
    tranche = Tranche(number, 9, PartialDate(year), "printed")
    awards.open_tranche(tranche, deal=code, evidence=PRINTED, by=ANNA, at=CORRECTED)


def correct_award(code: str) -> None:
    """What Wonen 1 got in tranche 1 turns out to be 120.00."""
    award = Award("wonen-1", "1", 12_000, "printed", PRINTED)
    awards.award(award, deal=code, by=ANNA, at=CORRECTED)


def _organisations() -> None:
    _organisation("rijk", "Ministerie", "ministry")
    _organisation("provincie", "Provincie Overal", "province")
    for code, ring in SQUARES.items():
        _organisation(code, f"Gemeente {code.capitalize()}", "municipality")
        organisations.record_outline(
            Outline(code, (ring,)), since=SINCE, evidence=PRINTED, by=ANNA, at=RECORDED
        )


def _organisation(code: str, name: str, kind: str) -> None:
    organisations.record_organisation(
        Organisation(code, name, name.rsplit(maxsplit=1)[-1], kind),
        since=SINCE,
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )


def _deal(
    code: str, name: str, term: tuple[str, str] = ("pijler", "pijlers"), colour: str = "#6b2c70"
) -> None:
    deals.record_deal(
        Deal(
            code,
            name,
            "Oost",
            "Samen verder.",
            BEGIN,
            PartialDate(2023, 12, 31),
            "decentralised_grant",
            "rijk",
            *term,
            colour,
        ),
        since=SINCE,
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )
    deals.record_fact(
        Source("programma", "Programma 2", "uitvoeringsprogramma", PartialDate(2020, 12)),
        deal=code,
        since=SINCE,
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )


def _pillar(code: str, pillar: Pillar) -> None:
    deals.record_pillar(pillar, deal=code, since=SINCE, evidence=PRINTED, by=ANNA, at=RECORDED)


def _contributions(code: str) -> None:
    parties = [
        ("rijk", "Ministerie", "state"),
        ("noord", "Gemeente Noord", "region"),
        ("zuid", "Gemeente Zuid", "region"),
    ]
    for number, (party, name, side) in enumerate(parties, start=1):
        deals.record_party(
            Party(party, number, party, name, "", side),
            deal=code,
            since=SINCE,
            until=None,
            evidence=PRINTED,
            by=ANNA,
            at=RECORDED,
        )
    ledger.pledge(
        Contribution("rijk", "Rijksbijdrage", 100_000, "cash", "decided", BEGIN, "rijk"),
        [],
        deal=code,
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )
    keys = [
        ContributionKey("samen", party, place, weight, "inwoners", PartialDate(2019, 1, 1), PRINTED)
        for place, (party, weight) in enumerate([("noord", 2000), ("zuid", 1000)], start=1)
    ]
    ledger.pledge(
        Contribution("samen", "De gemeenten samen", 10_000, "in_kind", "published", BEGIN),
        keys,
        deal=code,
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )
    deals.record_fact(
        Instalment("rijk", 1, PartialDate(2019), None, "Nog af te spreken."),
        deal=code,
        since=SINCE,
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )


def _tranche(code: str, tranche: Tranche) -> None:
    awards.open_tranche(tranche, deal=code, evidence=PRINTED, by=ANNA, at=RECORDED)


def _awards(code: str) -> None:
    _tranche(code, Tranche("1", 1, PartialDate(2019, 10), "printed"))
    _tranche(code, Tranche("2", 2, PartialDate(2020, 7), "estimated"))
    _tranche(code, Tranche("2b", 3, PartialDate(2020, 12), "printed"))
    for pillar, lead in (("werken", "noord"), ("wonen", "zuid")):
        projects.record_project(
            Project(pillar, "1", f"Eerste van {pillar}", lead, PartialDate(2019, 10)),
            deal=code,
            evidence=PRINTED,
            by=ANNA,
            at=RECORDED,
        )
    for award in (
        Award("wonen-1", "1", 10_000, "printed", PRINTED),
        Award("wonen-1", "2b", 5_000, "news", PRINTED),
        Award("werken-1", "2", 3_000, "inferred", PRINTED),
    ):
        awards.award(award, deal=code, by=ANNA, at=RECORDED)
    awards.reserve(Reservation("werken-1", 8_000, "2", PRINTED), deal=code, by=ANNA, at=RECORDED)


def _stated(code: str, fact: str, address: str, value: str, note: str) -> None:
    deals.record_fact(
        StatedFact(fact, address, "amount", value, 0, note, PRINTED),
        deal=code,
        since=date(2019, 1, 1),
        evidence=PRINTED,
        by=ANNA,
        at=RECORDED,
    )
