"""What a decision would do, as the page shows it before it is taken."""

from collections.abc import Iterator
from dataclasses import dataclass

from noaber.deals.rules import OVERHEAD, Pillar
from noaber.decisions.standing import Standing, Weighing
from noaber.monitor.rules import Figure
from noaber.monitor.views import DealView

Now = Figure | int
"""What stands now, as the figure of the monitor that it is; as cents when it is none. A decision
is weighed against all that is recorded, also what falls free only later: then the two differ.
"""


@dataclass(frozen=True)
class PillarShown:
    """A pillar as the effect shows it: its guideline and its room, now and in cents afterwards."""

    pillar: Pillar
    allocated_before: Now
    allocated: int
    before: Now
    after: int
    over: int
    passes: bool
    changes: bool


@dataclass(frozen=True)
class ProjectShown:
    """A project as the effect shows it: now, and in cents afterwards."""

    name: str
    awarded: tuple[Now, int]
    reserved: tuple[Now, int]


@dataclass(frozen=True)
class Effect:
    """What a decision would do, for the page; `token` is what it was shown with.

    `before` and `after` are what is awarded, reserved or for overhead, in cents.
    """

    pillars: tuple[PillarShown, ...]
    projects: tuple[ProjectShown, ...]
    promised: Now
    before: int
    after: int
    room: tuple[Now, int]
    token: str
    passes: bool
    revises: bool
    overhead: tuple[Now, int]
    divides: bool


def present(view: DealView, weighing: Weighing) -> Effect:
    """The effect from what a decision was weighed to do, beside the deal as it is now."""
    pillars = tuple(_pillars(view, weighing))
    then = weighing.after
    overhead = _now(view, weighing.before.overhead, "allocated", pillar=OVERHEAD)
    return Effect(
        pillars=pillars,
        projects=tuple(_projects(view, weighing)),
        promised=_now(view, then.promised, "promised"),
        before=_used(weighing.before),
        after=_used(then),
        room=(_now(view, weighing.before.total_room, "room"), then.total_room),
        token=weighing.before.token,
        passes=bool(weighing.passing),
        revises=any(line.allocated_before != line.allocated for line in weighing.pillars),
        overhead=(overhead, then.overhead),
        divides=weighing.before.overhead != then.overhead,
    )


def _used(standing: Standing) -> int:
    return sum(p.total + p.reserved for p in standing.projects.values()) + standing.overhead


def _pillars(view: DealView, weighing: Weighing) -> Iterator[PillarShown]:
    pillars = {p.code: p for p in view.snapshot.pillars}
    for line in weighing.pillars:
        if line.pillar in pillars:
            yield PillarShown(
                pillars[line.pillar],
                _now(view, line.allocated_before, "allocated", pillar=line.pillar),
                line.allocated,
                _now(view, line.before, "room", pillar=line.pillar),
                line.after,
                line.over,
                line.passes,
                (line.allocated_before, line.before) != (line.allocated, line.after),
            )


def _projects(view: DealView, weighing: Weighing) -> Iterator[ProjectShown]:
    known = view.snapshot.project_by_code
    for line in weighing.projects:
        (awarded, then), (reserved, kept) = line.awarded, line.reserved
        project = known.get(line.project)
        if project is None:
            yield ProjectShown(line.project, (awarded, then), (reserved, kept))
        else:
            yield ProjectShown(
                f"{project.number} {project.name}",
                (_now(view, awarded, "awarded", project=line.project), then),
                (_now(view, reserved, "reserved_open", project=line.project), kept),
            )


def _now(view: DealView, cents: int, name: str, **filters: str) -> Now:
    """The figure of the monitor when it is the same, with its explanation; else the cents."""
    figure = view.figure(name, **filters)
    return figure if figure.value == cents else cents
