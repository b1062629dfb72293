"""The reference deal as known at one revision, from the sheets of the example."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from noaber.awards.rules import Award, Reservation, Tranche
from noaber.core.dates import PartialDate, parse_date
from noaber.core.logo import parse_logo
from noaber.core.money import parse_amount
from noaber.deals.rules import (
    OVERHEAD,
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
from noaber.monitor.rules import Sources
from noaber.monitor.snapshot import Snapshot
from noaber.monitor.views import DealView
from noaber.organisations.rules import Organisation, Outline
from noaber.progress.rules import ProgressReport
from noaber.projects.rules import Partner, Place, Project
from noaber.record.rules import Evidence, Moment
from tests.factories import reference_boards
from tests.factories.snapshots import a_snapshot

T = TypeVar("T")
Row = dict[str, str]

FOLDER = Path(__file__).parents[2] / "examples" / "zuid-en-oost-drenthe"
END_OF_2021 = date(2021, 12, 31)

BASES = {"gedrukt": "printed", "bericht": "news", "afgeleid": "inferred", "geschat": "estimated"}
MARKS = {"vierkant": "square", "huis": "house", "cirkel": "circle"}
KINDS = {"gemeente": "municipality", "provincie": "province", "ministerie": "ministry"}
SIDES = {"rijk": "state", "regio": "region"}
FORMS = {"geld": "cash", "bestaand budget": "existing_budget", "onbekend": "unknown"}
STANDINGS = {"voorgesteld": "proposed", "gepubliceerd": "published", "besloten": "decided"}
STATED = {
    "bedrag": "amount",
    "aantal": "count",
    "kenmerk": "mark",
    "datum": "date",
    "tekst": "text",
}


def rows(sheet: str) -> Iterator[Row]:
    with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _all(sheet: str, make: Callable[[Row], T]) -> tuple[T, ...]:
    return tuple(make(row) for row in rows(sheet))


def _date(text: str) -> PartialDate | None:
    return parse_date(text) if text else None


def _evidence(row: Row) -> Evidence:
    return Evidence(row["bron"], row["vindplaats"])


def _project(r: Row) -> Project:
    return Project(
        r["pijler"], r["nummer"], r["naam"], r["penvoerder"], parse_date(r["sinds"]),
        also_known_as=r["ook_bekend_als"],
        former_names=tuple(n.strip() for n in r["voorheen"].split("|") if n),
        kind={"project": "project", "proeftuin": "pilot"}[r["soort"]],
        heading=r["kopje"], paid_from=r["betaald_uit"], merged_into=r["opgegaan_in"],
        starts=_date(r["begint"]), ends=_date(r["eindigt"]), continuation=r["borging"],
        evidence=_evidence(r),
    )  # fmt: skip


def _outline(r: Row) -> Outline:
    rings = tuple(
        tuple((float(x), float(y)) for x, y in (point.split() for point in ring.split(",")))
        for ring in r["omtrek"].split("|")
    )
    return Outline(r["organisatie"], rings)


def _deal(r: Row) -> Deal:
    return Deal(
        r["code"], r["naam"], r["regio"], r["ambitie"], parse_date(r["begint"]),
        parse_date(r["eindigt"]), "decentralised_grant", r["kassier"], r["pijlerwoord"],
        r["pijlerwoorden"], r["kleur"], parse_logo(r["logo"]),
    )  # fmt: skip


def _contribution(r: Row) -> Contribution:
    return Contribution(
        r["code"], r["omschrijving"], parse_amount(r["bedrag"]), FORMS[r["vorm"]],
        STANDINGS[r["stand"]], parse_date(r["ingang"]), r["partij"], r["toelichting"], _evidence(r),
    )  # fmt: skip


def _stated(r: Row) -> StatedFact:
    rounded = parse_amount(r["afgerond_op"]) if r["afgerond_op"] else 0
    return StatedFact(
        r["code"],
        r["adres"],
        STATED[r["soort"]],
        r["waarde"],
        rounded,
        r["toelichting"],
        _evidence(r),
    )


@cache
def snapshot(as_of: date = END_OF_2021) -> Snapshot:
    """The reference deal on a date."""
    tranches = tuple(
        t
        for t in _all(
            "tranches",
            lambda r: Tranche(
                r["nummer"], int(r["volgorde"]), parse_date(r["besloten"]), BASES[r["datumbasis"]]
            ),
        )
        if t.effective_on <= as_of
    )
    known = {t.number for t in tranches}
    projects = tuple(p for p in _all("projecten", _project) if p.since.counts_from <= as_of)
    here = {p.code for p in projects}
    reports = ((r, parse_date(r["ronde"])) for r in rows("voortgang") if r["project"] in here)
    pillars = _all(
        "pijlers",
        lambda r: Pillar(
            r["code"], r["naam"], int(r["volgorde"]), r["kleur"], MARKS[r["teken"]], r["inleiding"]
        ),
    )
    order = {p.code: p.position for p in pillars}
    return a_snapshot(
        deal=_deal(next(rows("deal"))),
        moment=Moment(as_of, 1),
        sources=Sources(
            {
                r["code"]: Source(r["code"], r["titel"], r["soort"], _date(r["datum"]), r["uitgever"])
                for r in rows("bronnen")
            }
        ),
        parties=_all(
            "partijen",
            lambda r: Party(
                r["code"], int(r["nummer"]), r["organisatie"], r["naam"], r["ambt"],
                SIDES[r["zijde"]], r["hoedanigheid"], r["rol"],
            ),
        ),
        pillars=pillars,
        allocations=_all(
            "verdeling",
            lambda r: Allocation(r["pijler"] or OVERHEAD, parse_amount(r["bedrag"]), parse_date(r["ingang"])),
        ),
        contributions=_all("bijdragen", _contribution),
        contribution_keys=tuple(
            ContributionKey(
                r["bijdrage"], r["partij"], position, int(r["sleutel"]), r["eenheid"],
                parse_date(r["peildatum"]),
            )
            for position, r in enumerate(rows("verdeelsleutels"))
        ),
        instalments=_all(
            "termijnen",
            lambda r: Instalment(
                r["bijdrage"], int(r["nummer"]), _date(r["periode"]),
                parse_amount(r["bedrag"]) if r["bedrag"] else None, r["toelichting"],
            ),
        ),
        stated=_all("gesteld", _stated),
        projects=tuple(sorted(projects, key=lambda p: order[p.pillar])),
        partners=tuple(
            Partner(r["project"], r["organisatie"]) for r in rows("partners") if r["project"] in here
        ),
        places=tuple(
            Place(r["project"], r["gemeente"], r["plaats"])
            for r in rows("plaatsen")
            if r["project"] in here
        ),
        descriptions={r["project"]: r["tekst"] for r in rows("teksten")},
        tranches=tranches,
        awards=tuple(
            Award(r["project"], r["tranche"], parse_amount(r["bedrag"]), BASES[r["basis"]])
            for r in rows("toekenningen")
            if r["tranche"] in known
        ),
        reservations=tuple(
            Reservation(r["project"], parse_amount(r["bedrag"]), r["bekend_sinds"])
            for r in rows("reserveringen")
            if r["bekend_sinds"] in known
        ),
        reports=tuple(
            ProgressReport(r["project"], r["ronde"], on, r["tekst"])
            for r, on in reports
            if on.counts_from <= as_of
        ),
        organisations={
            r["code"]: Organisation(
                r["code"], r["naam"], r["korte_naam"], KINDS.get(r["soort"], "other"), r["land"]
            )
            for r in rows("organisaties")
        },
        outlines=_all("omtrekken", _outline),
        boards=tuple(reference_boards.boards(rows("overleggen"))),
        seats=tuple(reference_boards.seats(rows("zetels"), as_of)),
        forewords=tuple(reference_boards.forewords(rows("voorwoorden"))),
        contacts=tuple(reference_boards.contacts(rows("contact"))),
    )  # fmt: skip


def view(as_of: date = END_OF_2021) -> DealView:
    """The reference deal on a date, as pages and documents show it."""
    return DealView(snapshot(as_of))
