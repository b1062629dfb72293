"""Who decides and who can be asked, put together from a snapshot: pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from noaber.deals.rules import Pillar
from noaber.decisions.rules import Board, Foreword, Seat
from noaber.monitor.snapshot import Snapshot
from noaber.organisations.rules import Organisation


@dataclass(frozen=True)
class SeatView:
    """A seat with the organisation it is held for, if any."""

    seat: Seat
    organisation: Organisation | None


@dataclass(frozen=True)
class BoardView:
    """A board with its pillar, None when it is about all, and who sits in it at the moment."""

    board: Board
    pillar: Pillar | None
    seats: tuple[SeatView, ...]


@dataclass(frozen=True)
class SeatLine:
    """Who sits in a board, as one line: a seat, or seats that differ in organisation only."""

    holder: str
    erased: bool
    role: str
    office: str
    organisations: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether nothing but the role is known."""
        return not (self.holder or self.erased or self.office or self.organisations)


def lines(seats: Sequence[SeatView]) -> tuple[SeatLine, ...]:
    """The seats of a board, those without a name that differ in organisation only together."""
    found: list[SeatLine] = []
    for view in seats:
        seat = view.seat
        named = (view.organisation.name,) if view.organisation else ()
        line = SeatLine(seat.holder, seat.erased, seat.role, seat.office, named)
        nameless = not seat.holder and not seat.erased and bool(named)
        if found and nameless and replace(found[-1], organisations=named) == line:
            line = replace(line, organisations=(*found.pop().organisations, *named))
        found.append(line)
    return tuple(found)


@dataclass(frozen=True)
class ForewordView:
    """A foreword, and who signed it: empty parts are left out."""

    foreword: Foreword
    signed: tuple[str, ...]


def boards(s: Snapshot, seats: Sequence[Seat]) -> tuple[BoardView, ...]:
    """The boards in their order, each with those of `seats` that are in it, in theirs."""
    pillars = {p.code: p for p in s.pillars}
    return tuple(
        BoardView(
            board,
            pillars.get(board.pillar),
            tuple(
                SeatView(seat, s.organisations.get(seat.organisation))
                for seat in seats
                if seat.board == board.code
            ),
        )
        for board in s.boards
    )


def foreword(s: Snapshot, tranche: str) -> ForewordView | None:
    """The foreword of a tranche's edition; None when it has none."""
    found = next((f for f in s.forewords if f.tranche == tranche), None)
    if found is None:
        return None
    names = {board.code: board.name for board in s.boards}
    signed = (names.get(found.signed_by, ""), found.signed_as)
    return ForewordView(found, tuple(part for part in signed if part))
