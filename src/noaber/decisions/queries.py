"""Reading boards, seats, meetings, decisions and forewords."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from noaber.access.rules import OFFICE, Audience
from noaber.decisions import models, rules
from noaber.record.queries import personal_texts
from noaber.record.reading import Row, Rows, Shelf, read, values
from noaber.record.rules import Moment

SHELVES = (
    Shelf(
        "board",
        models.BoardVersion,
        "board__deal__code",
        {"code": "board__code", "pillar": "pillar__code"},
    ),
    Shelf(
        "seat",
        models.SeatVersion,
        "seat__deal__code",
        {
            "board": "board__code",
            "organisation": "organisation__code",
            "replaces": "replaces__code",
            "token": "holder_id",
        },
    ),
    Shelf(
        "foreword",
        models.ForewordVersion,
        "tranche__deal__code",
        {"tranche": "tranche__code", "signed_by": "signed_by__code"},
    ),
    Shelf(
        "meeting",
        models.MeetingVersion,
        "meeting__deal__code",
        {"code": "meeting__code", "board": "board__code"},
    ),
    Shelf(
        "agenda_item",
        models.AgendaItemVersion,
        "item__deal__code",
        {"meeting": "meeting__code"},
    ),
    Shelf(
        "interest",
        models.InterestVersion,
        "item__deal__code",
        {"item": "item__code", "seat": "seat__code"},
    ),
    Shelf(
        "decision",
        models.DecisionVersion,
        "decision__deal__code",
        {"meeting": "meeting__code", "item": "item__code", "supersedes": "supersedes__code"},
    ),
)


@dataclass(frozen=True)
class DecisionFacts:
    """Boards and their seats in order, forewords of tranches, and meetings by date with their
    agendas and decisions.
    """

    boards: tuple[rules.Board, ...]
    seats: tuple[rules.Seat, ...]
    forewords: tuple[rules.Foreword, ...]
    meetings: tuple[rules.Meeting, ...] = ()
    agenda: tuple[rules.AgendaItem, ...] = ()
    interests: tuple[rules.Interest, ...] = ()
    decisions: tuple[rules.Decision, ...] = ()


@dataclass(frozen=True)
class Given:
    """The meeting in which something was decided or advised, and its board."""

    meeting: rules.Meeting
    board: rules.Board


def facts(deal: str, moment: Moment, audience: Audience) -> DecisionFacts:
    """Boards, seats and forewords that `audience` may read: one query.

    The names of who sits in a seat are not among them: ask for those with `named`.
    """
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> DecisionFacts:
    """The same from what was read together with other features."""
    boards = sorted(values(rules.Board, rows["board"]), key=lambda b: (b.position, b.code))
    rank = {board.code: place for place, board in enumerate(boards)}
    seats = values(rules.Seat, [_seat(row) for row in rows["seat"] if row["board"] in rank])
    forewords = values(rules.Foreword, rows["foreword"])
    return DecisionFacts(
        tuple(boards),
        tuple(sorted(seats, key=lambda s: (rank[s.board], s.position, s.code))),
        tuple(sorted(forewords, key=lambda f: f.tranche)),
        *_of_meetings(rows),
    )


def _of_meetings(
    rows: Rows,
) -> tuple[
    tuple[rules.Meeting, ...],
    tuple[rules.AgendaItem, ...],
    tuple[rules.Interest, ...],
    tuple[rules.Decision, ...],
]:
    """Meetings by date, with what belongs to one that may be read, in order."""
    meetings = sorted(values(rules.Meeting, rows["meeting"]), key=lambda m: (m.on, m.code))
    rank = {meeting.code: place for place, meeting in enumerate(meetings)}
    agenda = [i for i in values(rules.AgendaItem, rows["agenda_item"]) if i.meeting in rank]
    decisions = [
        d
        for d in values(
            rules.Decision,
            [
                {**r, "taking_part": tuple(r["taking_part"]), "absent": tuple(r["absent"])}
                for r in rows["decision"]
            ],
        )
        if d.meeting in rank
    ]
    items = {item.code for item in agenda}
    return (
        tuple(meetings),
        tuple(sorted(agenda, key=lambda i: (rank[i.meeting], i.position))),
        tuple(i for i in values(rules.Interest, rows["interest"]) if i.item in items),
        tuple(sorted(decisions, key=lambda d: (rank[d.meeting], d.number))),
    )


def named(seats: Iterable[rules.Seat]) -> tuple[rules.Seat, ...]:
    """The seats with the names as they stand now, whatever moment the seats are of: one query.

    Nothing keeps what this gives: a name that is erased must be gone at once. A token without a
    value stands for a name that was erased.
    """
    asked = tuple(seats)
    names = personal_texts(seat.token for seat in asked)
    return tuple(
        replace(seat, holder=names.get(seat.token, ""), erased=seat.token not in names)
        if seat.token
        else seat
        for seat in asked
    )


def given_in(deal: str, codes: Iterable[str], moment: Moment) -> Mapping[str, Given]:
    """By what meeting of what board the decisions with these codes were given: one query, none when
    nothing is asked.

    For who reads what they are about, such as the proposal of an advice: nothing else of them is told.
    """
    asked = set(codes)
    shelves = [shelf for shelf in SHELVES if shelf.kind in ("board", "meeting", "decision")]
    rows = read(shelves, deal, moment, OFFICE) if asked else {}
    meetings = {m.code: m for m in values(rules.Meeting, rows.get("meeting", []))}
    boards = {b.code: b for b in values(rules.Board, rows.get("board", []))}
    found = values(rules.Decision, rows.get("decision", []))
    return {
        d.code: Given(meetings[d.meeting], boards[meetings[d.meeting].board])
        for d in found
        if d.code in asked
    }


def _seat(row: Row) -> Row:
    return {**row, "holder": "", "erased": False}
