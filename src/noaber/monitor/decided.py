"""Decisions as pages and documents show them: with their meeting, board and euros."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.awards.rules import Award, Release, Reservation
from noaber.deals.rules import OVERHEAD, Allocation, Pillar
from noaber.decisions.rules import Board, Decision, Meeting, Seat
from noaber.monitor.titles import OPINIONS
from noaber.monitor.views import DealView
from noaber.organisations.rules import Organisation


@dataclass(frozen=True)
class Amount:
    """Cents that a decision gave to a project, set aside for it, or let fall free of it."""

    kind: str
    project: str
    number: str
    name: str
    cents: int
    tranche: str = ""


@dataclass(frozen=True)
class NewShare:
    """The share that a revision of the allocation gave, in cents, and by how much that is more
    than before, below zero for less. `pillar` is None for overhead.
    """

    pillar: Pillar | None
    cents: int
    change: int


@dataclass(frozen=True)
class DecisionView:
    """A decision with what it came to; `superseded_by` is the later one that took its place.

    `absent` is what people call the seats that took no part for an interest. `shares` are those that it changed, in the order of the pillars, overhead last.
    """

    decision: Decision
    meeting: Meeting
    board: Board
    amounts: tuple[Amount, ...]
    absent: tuple[str, ...]
    superseded_by: str = ""
    shares: tuple[NewShare, ...] = ()

    @property
    def opinion(self) -> str:
        """What the board makes of the proposal it advised on, in words; "" for a decision."""
        return OPINIONS.get(self.decision.opinion, "")

    @property
    def stands(self) -> bool:
        """Whether no later decision took its place."""
        return not self.superseded_by


@dataclass(frozen=True)
class MeetingView:
    """A meeting with its board and the decisions that were taken in it."""

    meeting: Meeting
    board: Board
    decisions: tuple[DecisionView, ...]


def seat_names(view: DealView) -> Mapping[str, str]:
    """What people call each seat, by its code: role, office and of whom, never who holds it."""
    return {
        seat.code: _seat_name(seat, view.snapshot.organisations) for seat in view.snapshot.seats
    }


def _seat_name(seat: Seat, organisations: Mapping[str, Organisation]) -> str:
    of = organisations.get(seat.organisation)
    if of is None:
        return seat.called
    return f"{', '.join(said for said in (seat.role, seat.office) if said)} van {of.short_name}"


def decision_views(view: DealView, every: Sequence[Allocation]) -> tuple[DecisionView, ...]:
    """The decisions of a deal at the moment, by date of their meeting.

    `every` are the shares of all periods, by the day they began.
    """
    s = view.snapshot
    meetings = {m.code: m for m in s.meetings}
    boards = {b.code: b for b in s.boards}
    seats = seat_names(view)
    later = {d.supersedes: d.code for d in s.decisions if d.supersedes}
    amounts: dict[str, list[Amount]] = {}
    money: list[Award | Reservation | Release] = [*s.awards, *s.decided_reservations, *s.releases]
    for item in money:
        if item.decision:
            amounts.setdefault(item.decision, []).append(_amount(view, item))
    shares = _shares(view, every)
    return tuple(
        DecisionView(
            decision,
            meeting,
            boards[meeting.board],
            tuple(amounts.get(decision.code, ())),
            tuple(seats[code] for code in decision.absent if code in seats),
            later.get(decision.code, ""),
            shares.get(decision.code, ()),
        )
        for decision in s.decisions
        for meeting in [meetings[decision.meeting]]
        if meeting.board in boards
    )


def meeting_views(decisions: Sequence[DecisionView]) -> tuple[MeetingView, ...]:
    """The meetings that decided something, the latest first."""
    grouped: dict[str, list[DecisionView]] = {}
    for decision in decisions:
        grouped.setdefault(decision.meeting.code, []).append(decision)
    return tuple(
        MeetingView(of[0].meeting, of[0].board, tuple(of)) for of in reversed(grouped.values())
    )


def _shares(view: DealView, every: Sequence[Allocation]) -> dict[str, tuple[NewShare, ...]]:
    """What each decision made of the allocation, by its code."""
    pillars: dict[str, Pillar | None] = {p.code: p for p in view.snapshot.pillars}
    pillars[OVERHEAD] = None
    standing: dict[str, int] = {}
    found: dict[str, dict[str, NewShare]] = {}
    for share in every:
        line, before = share.line, standing.get(share.line, 0)
        if share.decision and line in pillars:
            new = NewShare(pillars[line], share.amount, share.amount - before)
            found.setdefault(share.decision, {})[line] = new
        standing[line] = share.amount
    return {
        code: tuple(shares[line] for line in pillars if line in shares)
        for code, shares in found.items()
    }


def _amount(view: DealView, item: Award | Reservation | Release) -> Amount:
    project = view.snapshot.project_by_code.get(item.project)
    number, name = (project.number, project.name) if project else ("", item.project)
    if isinstance(item, Award):
        return Amount("award", item.project, number, name, item.amount, item.tranche)
    if isinstance(item, Reservation):
        return Amount("reservation", item.project, number, name, item.amount, item.tranche)
    return Amount("release", item.project, number, name, item.amount, item.of)
