"""Deals that a programme must hold without breaking: flat themes, empty pillars, odd numbers."""

from dataclasses import replace

from noaber.awards.rules import Award, Reservation
from noaber.core.dates import PartialDate
from noaber.deals.rules import OVERHEAD, Contribution
from noaber.monitor.views import DealView
from noaber.organisations.rules import Organisation, Outline
from noaber.projects.rules import Partner, Place
from tests.factories.snapshots import (
    LEAD,
    PARTNER,
    a_party,
    a_pillar,
    a_project,
    a_snapshot,
    a_tranche,
    allocated,
)

LONG = (
    "Samen werken aan een toekomstbestendige leefomgeving voor jong en oud in alle dorpen en wijken"
)
COLOURS = ("#00607a", "#ffd400", "#7a2f73", "#a8480a", "#2f6b3c", "#444444")
MARKS = ("square", "house", "circle", "triangle", "diamond", "hexagon", "star", "cross")


def flat_themes(themes: int = 12, tranches: int = 8) -> DealView:
    """A deal with a flat list of themes, more tranches than columns, long names, no outlines.

    The last theme is empty, the last but one has no money; the tranche before the last is "2b".
    """
    pillars = tuple(
        a_pillar(
            f"thema-{i}", i, name=f"Thema {i}" if i % 3 else f"{LONG} {i}",
            colour=COLOURS[i % len(COLOURS)], mark=MARKS[i % len(MARKS)],
        )
        for i in range(1, themes + 1)
    )  # fmt: skip
    numbers = [str(i) for i in range(1, tranches - 1)] + ["2b", str(tranches)]
    rounds = tuple(
        a_tranche(number, i, 2023 + i // 12, i % 12 + 1) for i, number in enumerate(numbers, 1)
    )
    projects = tuple(
        a_project(
            p.code, f"{n}.{i}", name=LONG if n == 2 else f"Project {n} van {p.name}", heading=""
        )
        for i, p in enumerate(pillars[:-1], 1)
        for n in range(1, 3 + (i % 3) * 3)
    )
    awards = tuple(
        Award(p.code, rounds[(i + k) % len(rounds)].number, 123_456_700 + i * 100, basis)
        for i, p in enumerate(projects)
        for k, basis in ((0, "printed"), (3, "inferred"))
        if p.pillar != pillars[-2].code
    )
    return DealView(
        a_snapshot(
            pillars=pillars,
            tranches=rounds,
            projects=projects,
            awards=awards,
            allocations=(
                *(allocated(p.code, 50_000_000) for p in pillars),
                allocated(OVERHEAD, 900_000),
            ),
            parties=(a_party(LEAD),),
            partners=(Partner(projects[0].code, PARTNER.code),),
        )
    )


def single_tranche() -> DealView:
    """One pillar, one tranche, two projects of which one is paid by the other, no allocation."""
    pillar = a_pillar("wonen", colour="#ffd400", introduction="")
    first = a_project("wonen", "1", status="planned", former_names=("Oud",), also_known_as="Nieuw")
    second = a_project("wonen", "2", paid_from=first.code, heading="Overig")
    third = a_project("wonen", "3", merged_into=first.code, heading="")
    return DealView(
        a_snapshot(
            pillars=(pillar,),
            tranches=(a_tranche("1", 1),),
            projects=(first, second, third),
            awards=(Award(first.code, "1", 100_000_00, "inferred"),),
            reservations=(Reservation(first.code, 100_000_00, "1"),),
            allocations=(allocated("wonen", 100_000),),
            contributions=(
                Contribution(
                    "alles", "Alles", 100_000_00, "cash", "decided", PartialDate(2023), "GM1"
                ),
            ),
            parties=(a_party(LEAD),),
            places=(Place(first.code, LEAD.code, "Oosterend"),),
        )
    )


def nothing_yet() -> DealView:
    """A pillar without projects and a tranche without awards."""
    return DealView(a_snapshot(pillars=(a_pillar("wonen"),), tranches=(a_tranche("1", 1),)))


def with_text(text: str) -> DealView:
    """A deal with one project that has this text."""
    project = a_project("wonen", "1")
    return DealView(
        a_snapshot(
            pillars=(a_pillar("wonen"),),
            tranches=(a_tranche("1", 1),),
            projects=(project,),
            awards=(Award(project.code, "1", 100_00, "printed"),),
            descriptions={project.code: text},
        )
    )


def with_a_narrow_municipality() -> DealView:
    """Two municipalities of which one is too narrow for its name."""
    narrow = Organisation(
        "GM2", "Gemeente Noordoostelijk Oldambtster Veenkoloniën", "", "municipality"
    )
    project = a_project("wonen", "1")
    view = single_tranche().snapshot
    return DealView(
        replace(
            view,
            organisations={**view.organisations, "GM2": narrow},
            parties=(a_party(LEAD), a_party(narrow, 2)),
            places=(Place(project.code, "GM1"), Place(project.code, "GM2")),
            outlines=(
                Outline("GM1", (((6.0, 52.0), (7.0, 52.0), (7.0, 53.0), (6.0, 53.0)),)),
                Outline("GM2", (((7.0, 52.0), (7.1, 52.0), (7.1, 53.0), (7.0, 53.0)),)),
            ),
        )
    )
