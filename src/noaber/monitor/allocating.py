"""The allocation over pillars: as it is, as it was in each year, and as it could become (5.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.deals.rules import OVERHEAD, Allocation, Pillar
from noaber.decisions.rules import Board, Decision, Meeting
from noaber.ledger.rules import Stage
from noaber.monitor.rules import Figure
from noaber.monitor.views import DealView


@dataclass(frozen=True)
class Share:
    """What a line has, in cents: `used` is awarded to projects, of overhead what is committed.

    `pillar` is None for overhead. `free` is below zero when a pillar has passed its guideline.
    `figures` are the same four, each as the figure that it is, or as cents when it is none.
    """

    line: str
    pillar: Pillar | None
    allocated: int
    used: int
    reserved: int
    free: int
    figures: tuple[Figure | int, ...]


@dataclass(frozen=True)
class Change:
    """A share that began to hold: cents before (None for the first) and since then.

    `decision` is what it rests on, with its meeting; None when none is recorded.
    """

    allocation: Allocation
    pillar: Pillar | None
    before: int | None
    decision: Decision | None


@dataclass(frozen=True)
class Year:
    """How it was at the end of a year and, unchanged, of those after it `until` another: each
    pillar (None: overhead) with its cents, None for no share yet; and what changed in that year.
    `until` is None for how it still is.
    """

    year: int
    until: int | None
    amounts: tuple[tuple[Pillar | None, int | None], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Tried:
    """A line with another share: cents now, then, and free after it; `over` its guideline."""

    share: Share
    then: int
    free: int

    @property
    def over(self) -> int:
        """Cents by which what is used and reserved passes the share; 0 when it does not."""
        return max(0, -self.free)


@dataclass(frozen=True)
class Trial:
    """Other shares looked at. `more` is what is divided more than now, below zero for less;
    `lacking` how much of that is not promised by any party.
    """

    lines: tuple[Tried, ...]
    more: int
    lacking: int

    @property
    def less(self) -> int:
        """Cents divided less than now; 0 when it is not less."""
        return max(0, -self.more)


def shares(view: DealView) -> tuple[Share, ...]:
    """Every pillar in order, then overhead, as they are at the moment."""
    found = [
        Share(
            p.pillar.code,
            p.pillar,
            p.allocated.value or 0,
            p.awarded.value or 0,
            p.reserved_open.value or 0,
            p.room.value or 0,
            (p.allocated, p.awarded, p.reserved_open, p.room),
        )
        for p in view.overview.pillars
    ]
    overhead, used = view.overview.overhead, view.figure("committed", pillar=OVERHEAD)
    whole, committed = overhead.value or 0, used.value or 0
    free = sum(f.amount for f in view.snapshot.flows if f.account.stage == Stage.OVERHEAD)
    return (*found, Share(OVERHEAD, None, whole, committed, 0, free, (overhead, used, 0, free)))


def years(view: DealView, every: Sequence[Allocation]) -> tuple[Year, ...]:
    """Each year in which a share changed, with those after it that did not; the latest first.

    `every` are the shares of all periods, by the day they began.
    """
    if not every:
        return ()
    pillars = {p.code: p for p in view.snapshot.pillars}
    decisions = {d.code: d for d in view.snapshot.decisions}
    lines = [share.line for share in shares(view)]
    standing: dict[str, int] = {}
    changed: dict[int, list[Change]] = {}
    ends: dict[int, tuple[tuple[Pillar | None, int | None], ...]] = {}
    for allocation in every:
        year = allocation.effective.counts_from.year
        changed.setdefault(year, []).append(
            Change(
                allocation,
                pillars.get(allocation.line),
                standing.get(allocation.line),
                decisions.get(allocation.decision),
            )
        )
        standing[allocation.line] = allocation.amount
        ends[year] = tuple((pillars.get(line), standing.get(line)) for line in lines)
    following = [*sorted(ends)[1:], None]
    found = (
        Year(year, next_ - 1 if next_ else None, ends[year], tuple(changed[year]))
        for year, next_ in zip(sorted(ends), following, strict=True)
    )
    return tuple(reversed(tuple(found)))


def tried(view: DealView, wanted: Mapping[str, int]) -> Trial:
    """What other shares would do: cents by line; a line that is not named keeps its own."""
    lines = tuple(
        Tried(share, then, share.free + then - share.allocated)
        for share in shares(view)
        for then in [wanted.get(share.line, share.allocated)]
    )
    more = sum(line.then - line.share.allocated for line in lines)
    pool = sum(f.amount for f in view.snapshot.flows if f.account.stage == Stage.DEAL)
    return Trial(lines, more, max(0, more - max(0, pool)))


def deciding_meetings(view: DealView) -> tuple[Meeting, ...]:
    """Meetings of the steering group whose decision list is still open, by date."""
    deciding = {b.code for b in deciding_boards(view)}
    return tuple(m for m in view.snapshot.meetings if m.board in deciding and m.state != "closed")


def deciding_boards(view: DealView) -> tuple[Board, ...]:
    """Boards that decide on the allocation."""
    return tuple(b for b in view.snapshot.boards if b.kind == "steering_group")
