"""What stands in euros before and after a decision: pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from noaber.ledger.rules import Flow, Kind, Stage

AWARDING = frozenset({Kind.AWARD, Kind.RELEASE, Kind.REALLOCATION})


@dataclass(frozen=True)
class OfProject:
    """Cents of a project: awarded per tranche (net), of that not yet committed, still reserved."""

    pillar: str = ""
    awarded: Mapping[str, int] = field(default_factory=dict)
    uncommitted: int = 0
    reserved: int = 0

    @property
    def total(self) -> int:
        """What is awarded in all."""
        return sum(self.awarded.values())


@dataclass(frozen=True)
class Standing:
    """Cents per pillar and project, over all that was ever decided.

    `allocated` is the guideline of article 5.1, `room` what is left of it: below zero when a
    pillar has passed its guideline, which article 5.4 allows. `promised` is what parties promise.
    """

    allocated: Mapping[str, int]
    room: Mapping[str, int]
    projects: Mapping[str, OfProject]
    promised: int = 0
    overhead: int = 0

    @property
    def total_room(self) -> int:
        """What is left over all pillars together."""
        return sum(self.room.values())

    @property
    def token(self) -> str:
        """Says whether another standing is the same as this one."""
        lines = [f"{p}={self.room[p]}/{self.allocated[p]}" for p in sorted(self.room)]
        lines.append(f"overhead={self.overhead}")
        lines += [
            f"{code}={p.reserved}/{p.uncommitted}/{sorted(p.awarded.items())}"
            for code, p in sorted(self.projects.items())
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]

    def of(self, project: str) -> OfProject:
        """What stands for a project; nothing for one without money."""
        return self.projects.get(project, OfProject())


def standing(flows: Iterable[Flow], pillars: Iterable[str]) -> Standing:
    """The standing that flows add up to; every one of the `pillars` has a line."""
    allocated, room = dict.fromkeys(pillars, 0), dict.fromkeys(pillars, 0)
    of: dict[str, str] = {}
    awarded: dict[str, dict[str, int]] = {}
    free: dict[str, int] = {}
    reserved: dict[str, int] = {}
    promised = overhead = 0
    for flow in flows:
        account, amount = flow.account, flow.amount
        if account.stage == Stage.PILLAR:
            room[account.pillar] = room.get(account.pillar, 0) + amount
            if flow.kind == Kind.ALLOCATION:
                allocated[account.pillar] = allocated.get(account.pillar, 0) + amount
        elif account.stage == Stage.AWARDED:
            of[account.holder] = account.pillar
            free[account.holder] = free.get(account.holder, 0) + amount
            if flow.kind in AWARDING:
                per = awarded.setdefault(account.holder, {})
                per[flow.occasion] = per.get(flow.occasion, 0) + amount
        elif account.stage == Stage.RESERVED:
            of[account.holder] = account.pillar
            reserved[account.holder] = reserved.get(account.holder, 0) + amount
        elif account.stage == Stage.PLEDGE:
            promised -= amount
        elif account.stage == Stage.OVERHEAD and flow.kind == Kind.ALLOCATION:
            overhead += amount
    return Standing(
        allocated,
        room,
        {
            code: OfProject(pillar, awarded.get(code, {}), free.get(code, 0), reserved.get(code, 0))
            for code, pillar in of.items()
        },
        promised,
        overhead,
    )


@dataclass(frozen=True)
class PillarLine:
    """A pillar before and after: cents of room, and by how much it then passes its guideline.

    `allocated` is that guideline afterwards, `allocated_before` what it is now.
    """

    pillar: str
    allocated_before: int
    allocated: int
    before: int
    after: int

    @property
    def over(self) -> int:
        """Cents above the guideline after the decision; 0 when it stays within."""
        return max(0, -self.after)

    @property
    def passes(self) -> bool:
        """Whether the decision makes it pass its guideline, or pass it further."""
        return self.after < 0 and self.after < self.before


@dataclass(frozen=True)
class ProjectLine:
    """A project whose money changes: cents awarded and reserved, before and after."""

    project: str
    awarded: tuple[int, int]
    reserved: tuple[int, int]


@dataclass(frozen=True)
class Weighing:
    """What a decision does, seen before it is taken."""

    before: Standing
    after: Standing

    @property
    def pillars(self) -> tuple[PillarLine, ...]:
        """Every pillar, also those that do not change."""
        return tuple(
            PillarLine(
                p,
                self.before.allocated.get(p, 0),
                self.after.allocated[p],
                self.before.room.get(p, 0),
                room,
            )
            for p, room in self.after.room.items()
        )

    @property
    def projects(self) -> tuple[ProjectLine, ...]:
        """Projects whose award or reservation changes."""
        return tuple(
            ProjectLine(code, (was.total, now.total), (was.reserved, now.reserved))
            for code, now in sorted(self.after.projects.items())
            for was in [self.before.of(code)]
            if (was.total, was.reserved) != (now.total, now.reserved)
        )

    @property
    def passing(self) -> tuple[PillarLine, ...]:
        """Pillars that the decision makes pass their guideline."""
        return tuple(line for line in self.pillars if line.passes)
