"""Proposals, decisions and the treasurer's money as a person would keep them on paper.

`DecisionsBook` knows what is on the accounts on any day and whether it can be; `decided` and the
functions beside it say what a decision makes of a book. Nothing here asks the register.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import groupby
from typing import NamedTuple

EVER = date.max
END = date(2024, 12, 31)
OVERHEAD = "overhead"
GUARDED = ("overhead", "reserved", "awarded", "committed", "paid")

Account = tuple[str, str]
"""Stage and whose."""

Move = tuple[date, Account, Account, int]


class Meeting(NamedTuple):
    on: date
    tranche: str
    board: str = "steering"
    closed: bool = False


class Money(NamedTuple):
    """An award or a reservation."""

    amount: int
    decision: str


class Back(NamedTuple):
    """What flows back to the pillar, of a tranche or ("") of the reservation."""

    project: str
    of: str
    amount: int
    on: date


class Paper(NamedTuple):
    """A proposal: how far it is, how complete, and the project it is of; the code of the advice on
    the version that was sent in last.
    """

    phase: str
    complete: int
    pillar: str
    project: str = ""
    sent: int = 0
    sent_on: date = date.max
    advice: str = ""


class Said(NamedTuple):
    """A decision: of which meeting, its kind, on what, and which it supersedes."""

    meeting: str
    kind: str
    project: str
    proposal: str
    supersedes: str


class Made(NamedTuple):
    """A commitment; of overhead when there is no project."""

    project: str
    amount: int
    on: date


class Step(NamedTuple):
    """A payment or a recovery."""

    commitment: str
    amount: int
    on: date
    final: bool = False


class Settled(NamedTuple):
    amount: int
    on: date


@dataclass
class DecisionsBook:
    """All that was decided and paid. Values never change, so that a copy is cheap."""

    shares: dict[str, int] = field(default_factory=dict)
    revised: dict[tuple[str, date], int] = field(default_factory=dict)
    """Share of a line from a day on, instead of the one before it."""
    revised_by: dict[tuple[str, date], str] = field(default_factory=dict)
    """The decision that gave it."""
    pillars: dict[str, str] = field(default_factory=dict)
    """Pillar by project."""
    tranches: dict[str, date] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    decisions: dict[str, Said] = field(default_factory=dict)
    awards: dict[tuple[str, str], Money] = field(default_factory=dict)
    reservations: dict[tuple[str, str], Money] = field(default_factory=dict)
    releases: dict[str, Back] = field(default_factory=dict)
    freed: dict[str, tuple[Back, ...]] = field(default_factory=dict)
    """What flowed back of a commitment."""
    commitments: dict[str, Made] = field(default_factory=dict)
    payments: dict[str, Step] = field(default_factory=dict)
    recoveries: dict[str, Step] = field(default_factory=dict)
    settlements: dict[str, Settled] = field(default_factory=dict)
    proposals: dict[str, Paper] = field(default_factory=dict)
    stopped: dict[str, date] = field(default_factory=dict)
    """By project the day from which nothing more is committed."""

    def copy(self) -> "DecisionsBook":
        return DecisionsBook(**{f.name: dict(getattr(self, f.name)) for f in fields(self)})

    def place(self, tranche: str) -> int:
        """Tranches in the order in which they were opened."""
        return list(self.tranches).index(tranche)

    def back(self) -> list[Back]:
        return [*self.releases.values(), *(b for some in self.freed.values() for b in some)]

    def net(self, project: str) -> dict[str, int]:
        """What of every award of a project was not released, by tranche."""
        left = {t: a.amount for (of, t), a in self.awards.items() if of == project}
        for back in self.back():
            if back.project == project and back.of:
                left[back.of] = left.get(back.of, 0) - back.amount
        return left

    def balances(self, on: date = EVER) -> dict[Account, int]:
        """What is on every account at the end of a day."""
        found: dict[Account, int] = {}
        for day, giver, taker, amount in self.moves():
            if day <= on:
                found[giver] = found.get(giver, 0) - amount
                found[taker] = found.get(taker, 0) + amount
        return {account: amount for account, amount in found.items() if amount}

    def share(self, line: str) -> int:
        """What was allocated to a line at last."""
        later = [amount for (of, _), amount in sorted(self.revised.items()) if of == line]
        return (later or [self.shares[line]])[-1]

    def hides(self, line: str, on: date, share: int) -> bool:
        """Whether a share that follows already would hide another one from a day on."""
        mine = sorted((day, amount) for (of, day), amount in self.revised.items() if of == line)
        stands = [amount for day, amount in mine if day <= on]
        return any(day > on for day, _ in mine) and [self.shares[line], *stands][-1] != share

    def given_that_day(self, line: str, on: date, share: int) -> str:
        """The last of the decisions in a row that gave a line another share on that very day."""
        if self.revised.get((line, on), share) == share:
            return ""
        code = self.revised_by[line, on]
        while later := [c for c, said in self.decisions.items() if said.supersedes == code]:
            code = later[0]
        return code

    def room(self) -> dict[str, int]:
        held = self.balances()
        return {p: held.get(("pillar", p), 0) for p in self.shares if p != OVERHEAD}

    def room_by_day(self) -> dict[date, int]:
        """What all pillars together can give at the end of every day on which something moved."""
        found, held = {}, 0
        for day, moves in groupby(sorted(self.moves()), key=lambda move: move[0]):
            for _, giver, taker, amount in moves:
                held += amount * ((taker[0] == "pillar") - (giver[0] == "pillar"))
            found[day] = held
        return found

    def gives_too_much(self, before: "DecisionsBook") -> bool:
        """Whether all pillars together lack more on some day than they did before."""
        was, now = before.room_by_day(), self.room_by_day()
        return any(_at(now, d) < min(0, _at(was, d)) for d in (*was, *now))

    def moves(self) -> Iterator[Move]:
        for line, share in self.shares.items():
            stage = "overhead" if line == OVERHEAD else "pillar"
            yield date(2020, 1, 1), ("deal", ""), (stage, line), share
            revised = sorted(
                (day, later) for (of, day), later in self.revised.items() if of == line
            )
            for (day, later), before in zip(
                revised, [share, *(n for _, n in revised)], strict=False
            ):
                yield day, ("deal", ""), (stage, line), later - before
        for project, pillar in self.pillars.items():
            yield from self._of_project(project, ("pillar", pillar))
        for code, made in self.commitments.items():
            source = ("awarded", made.project) if made.project else ("overhead", OVERHEAD)
            yield from self._of_commitment(code, made, source)

    def _of_project(self, project: str, share: Account) -> Iterator[Move]:
        """An award after a reservation comes out of it; one before it counts towards its total,
        less what a decision took back.
        """
        kept, given = ("reserved", project), ("awarded", project)
        mine = {t: m.amount for (of, t), m in self.awards.items() if of == project}
        set_aside = {t: m for (of, t), m in self.reservations.items() if of == project}
        first = min((self.place(t) for t in set_aside), default=len(self.tranches))
        early = {t: amount for t, amount in mine.items() if self.place(t) < first}
        for tranche, amount in early.items():
            yield self.tranches[tranche], share, given, amount
        back = [b for b in self.back() if b.project == project]
        yield from ((b.on, given, share, b.amount) for b in back if b.of)
        steps = [
            *((self.tranches[t], 0, self.place(t), m.amount) for t, m in set_aside.items()),
            *((self.tranches[t], 1, self.place(t), a) for t, a in mine.items() if t not in early),
            *((b.on, 2, 0, b.amount) for b in back if not b.of),
        ]
        reserving = {self.place(t): m.decision for t, m in set_aside.items()}
        total, counted = sum(early.values()), 0
        for on, what, place, amount in sorted(steps):
            if what == 0:
                gone = self._taken_back(project, on, reserving[place])
                yield on, share, kept, amount - total + gone - counted
                total, counted = amount, gone
            elif what == 1:
                yield on, kept, given, amount
            else:
                yield on, kept, share, amount
                total -= amount

    def _taken_back(self, project: str, on: date, decision: str) -> int:
        """What decisions before this one took back of awards, of its own day those of its meeting."""
        meeting, _, number = decision.rpartition("-")
        found = 0
        for code, back in self.releases.items():
            by, nth, _ = code.rsplit("-", 2)
            if back.project == project and back.of:
                sooner = by == meeting and int(nth) < int(number)
                found += back.amount * (back.on < on or (back.on == on and sooner))
        return found

    def _of_commitment(self, code: str, made: Made, source: Account) -> Iterator[Move]:
        owed, paid, done = ("committed", code), ("paid", code), ("settled", code)
        yield made.on, source, owed, made.amount
        for step in self._steps(self.payments, code):
            yield step.on, owed, paid, step.amount
        for step in self._steps(self.recoveries, code):
            yield step.on, paid, owed, step.amount
        settled = self.settlements.get(code)
        if settled is None:
            return
        then = self._paid(code, settled.on)
        yield settled.on, paid, done, min(then, settled.amount)
        for step in self._steps(self.payments, code):
            if step.on > settled.on:
                yield step.on, paid, done, step.amount
        for on, amount in self.falls_free(code):
            yield on, owed, source, amount

    def falls_free(self, code: str) -> list[tuple[date, int]]:
        """What the receiver no longer gets: at the settlement, and when it came back after it."""
        settled = self.settlements.get(code)
        if settled is None:
            return []
        left = self.commitments[code].amount - max(settled.amount, self._paid(code, settled.on))
        later = [s for s in self._steps(self.recoveries, code) if s.on > settled.on]
        return [(settled.on, left)] * bool(left) + [(s.on, s.amount) for s in later]

    def flow_back(self, code: str) -> None:
        """Give what falls free of a commitment to the pillar, of the latest award first; nothing
        when what flowed back already comes to the same per day.
        """
        project, had = self.commitments[code].project, self.freed.pop(code, ())
        left, wanted = self.net(project), []
        for on, free in self.falls_free(code):
            rest = free
            for tranche in sorted(left, key=lambda t: (self.tranches[t], self.place(t)))[::-1]:
                part = min(rest, left[tranche]) if self.tranches[tranche] <= on else 0
                if part > 0:
                    wanted.append(Back(project, tranche, part, on))
                    left[tranche] -= part
                    rest -= part
        same = _per_day(had) == _per_day(wanted) and all(b.project == project for b in had)
        self.freed[code] = had if same else tuple(wanted)

    def impossible(self) -> set[str]:
        """What of the money cannot be, by the account that would be below zero."""
        held: dict[Account, int] = {}
        found = set()
        for _, moves in groupby(sorted(self.moves()), key=lambda move: move[0]):
            for _, giver, taker, amount in moves:
                held[giver] = held.get(giver, 0) - amount
                held[taker] = held.get(taker, 0) + amount
            found |= {s for (s, _), amount in held.items() if amount < 0 and s in GUARDED}
        return found | {why for code in self.commitments for why in self.cannot(code)}

    def cannot(self, code: str) -> Iterator[str]:
        """What in the life of a commitment cannot be, one step after another."""
        made, settled = self.commitments[code], self.settlements.get(code)
        if made.on > END:
            yield "after the end"
        if settled and (settled.on < made.on or settled.amount > made.amount):
            yield "settlement"
        steps = [(s.on, 0, c, s) for c, s in self.recoveries.items() if s.commitment == code]
        steps += [(s.on, 1, c, s) for c, s in self.payments.items() if s.commitment == code]
        paid, after, claimed = 0, 0, 0
        for on, what, _, step in sorted(steps):
            if on < made.on or (step.final and (settled is None or on < settled.on)):
                yield "too early"
            if settled is None or on <= settled.on:
                paid += step.amount if what else -step.amount
                if not 0 <= paid <= made.amount:
                    yield "too much"
            elif what:
                after += step.amount
                if after > max(0, settled.amount - paid):
                    yield "too much after settlement"
            else:
                claimed += step.amount
                if claimed > max(0, paid - settled.amount):
                    yield "no claim"

    def _paid(self, code: str, until: date) -> int:
        paid = sum(s.amount for s in self._steps(self.payments, code) if s.on <= until)
        return paid - sum(s.amount for s in self._steps(self.recoveries, code) if s.on <= until)

    @staticmethod
    def _steps(steps: dict[str, Step], code: str) -> list[Step]:
        return sorted((s for s in steps.values() if s.commitment == code), key=lambda s: s.on)

    def move_on(self, code: str, phase: str) -> None:
        """A proposal goes to a phase."""
        self.proposals[code] = self.proposals[code]._replace(phase=phase)


def _per_day(backs: "tuple[Back, ...] | list[Back]") -> dict[date, int]:
    found: dict[date, int] = {}
    for back in backs:
        found[back.on] = found.get(back.on, 0) + back.amount
    return found


def _at(course: dict[date, int], day: date) -> int:
    """What there was at the end of a day."""
    return next((course[d] for d in sorted(course, reverse=True) if d <= day), 0)
