"""Boards, seats, forewords and contact of the reference deal, from the sheets of the example."""

from collections.abc import Iterable, Iterator
from datetime import date

from noaber.core.dates import parse_date
from noaber.deals.rules import ContactPoint
from noaber.decisions.rules import Board, Foreword, Seat

Rows = Iterable[dict[str, str]]

KINDS = {
    "stuurgroep": "steering_group",
    "overleg van partijen": "consultation",
    "vakbestuurlijk overleg": "pillar_board",
    "ontwikkelteam": "development_team",
    "coördinatieteam": "coordination_team",
    "programmateam": "programme_team",
}


def boards(rows: Rows) -> Iterator[Board]:
    for r in rows:
        kind = KINDS[r["soort"]]
        yield Board(r["code"], kind, r["naam"], int(r["volgorde"]), r["taak"], r["pijler"])


def seats(rows: Rows, as_of: date) -> Iterator[Seat]:
    """Who sits somewhere on a date."""
    for r in rows:
        since = parse_date(r["vanaf"]) if r["vanaf"] else None
        if since is None or since.counts_from <= as_of:
            yield Seat(
                r["overleg"], r["zetel"], int(r["volgorde"]), r["rol"], r["ambt"],
                r["organisatie"], r["naam"], since,
            )  # fmt: skip


def forewords(rows: Rows) -> Iterator[Foreword]:
    for r in rows:
        yield Foreword(r["tranche"], r["titel"], r["tekst"], r["overleg"], r["ondertekenaar"])


def contacts(rows: Rows) -> Iterator[ContactPoint]:
    for r in rows:
        yield ContactPoint(
            r["code"], r["naam"], int(r["volgorde"]), r["waarvoor"], r["adres"], r["website"],
            r["e_mail"],
        )  # fmt: skip
