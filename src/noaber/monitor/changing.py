"""What changed in a deal between two moments: pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from noaber.core.address import Address
from noaber.core.numbering import number_key
from noaber.monitor.figures import figure
from noaber.monitor.rules import Figure
from noaber.monitor.snapshot import Snapshot
from noaber.monitor.titles import SIDES
from noaber.projects.rules import Project


class Kind(Enum):
    """What a change is about."""

    AWARD = "award"
    PROJECT = "project"
    RESERVATION = "reservation"
    ALLOCATION = "allocation"
    CONTRIBUTION = "contribution"
    NAME = "name"
    TRANCHE = "tranche"


@dataclass(frozen=True)
class Change:
    """A thing that differs between two moments.

    `was` and `now` are the figures at those moments, or None when there was no such thing;
    `old` and `new` are the same for names and other words. `pillar` is a code, or "".
    """

    kind: Kind
    label: str
    detail: str = ""
    pillar: str = ""
    was: Figure | None = None
    now: Figure | None = None
    old: str = ""
    new: str = ""

    @property
    def difference(self) -> int | None:
        """How much more it is, in cents; None when it is not about an amount."""
        if self.was is None and self.now is None:
            return None
        return _value(self.now) - _value(self.was)

    @property
    def added(self) -> bool:
        """Whether it was not there before."""
        return self.was is None and not self.old

    @property
    def gone(self) -> bool:
        """Whether it is no longer there."""
        return self.now is None and not self.new


@dataclass(frozen=True)
class Effect:
    """What the changes come to for a pillar: awarded at both moments. Of the deal: no pillar."""

    pillar: str
    was: Figure | None
    now: Figure

    @property
    def difference(self) -> int:
        """How much more is awarded, in cents."""
        return _value(self.now) - _value(self.was)


@dataclass(frozen=True)
class Changes:
    """All changes between two moments, and what they come to."""

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    total: Effect

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes about one kind of thing."""
        return tuple(c for c in self.changes if c.kind == kind)


def changes(before: Snapshot | None, after: Snapshot) -> Changes:
    """Compare a deal at two moments; `before` is None when there was no such deal yet."""
    found = (
        *_tranches(before, after),
        *_projects(before, after),
        *_awards(before, after),
        *_amounts(before, after, Kind.RESERVATION),
        *_amounts(before, after, Kind.ALLOCATION),
        *_amounts(before, after, Kind.CONTRIBUTION),
        *_names(before, after),
    )
    codes = [p.code for p in after.pillars]
    effects = tuple(_effect(before, after, code) for code in codes)
    return Changes(found, effects, _effect(before, after, ""))


def _effect(before: Snapshot | None, after: Snapshot, pillar: str) -> Effect:
    filters = {"pillar": pillar} if pillar else {}
    known = before is not None and (not pillar or pillar in {p.code for p in before.pillars})
    was = _figure(before, "awarded", filters) if before is not None and known else None
    return Effect(pillar, was, _figure(after, "awarded", filters))


def _tranches(before: Snapshot | None, after: Snapshot) -> Iterator[Change]:
    old = {t.number: str(t.decided) for t in before.tranches} if before else {}
    new = {t.number: str(t.decided) for t in after.tranches}
    for number in [*new, *(n for n in old if n not in new)]:
        if old.get(number) != new.get(number):
            yield Change(
                Kind.TRANCHE,
                f"Tranche {number}",
                old=old.get(number, ""),
                new=new.get(number, ""),
            )


def _projects(before: Snapshot | None, after: Snapshot) -> Iterator[Change]:
    """Projects that came or went, with the lead partner."""
    old, new = _by_code(before), _by_code(after)
    for code in _in_order(old, new):
        if (code in old) != (code in new):
            snapshot, project = (after, new[code]) if code in new else (before, old[code])
            lead = f"penvoerder: {_organisation(snapshot, project.lead)}"
            yield Change(
                Kind.PROJECT,
                _project(project),
                pillar=project.pillar,
                old=lead if code in old else "",
                new=lead if code in new else "",
            )


def _awards(before: Snapshot | None, after: Snapshot) -> Iterator[Change]:
    old, new = _award_codes(before), _award_codes(after)
    projects = {**_by_code(before), **_by_code(after)}
    for code, tranche in sorted(
        old | new, key=lambda pair: (*_place(projects[pair[0]], after), number_key(pair[1]))
    ):
        filters = {"project": code, "tranche": tranche}
        was = _figure(before, "awarded", filters) if before and (code, tranche) in old else None
        now = _figure(after, "awarded", filters) if (code, tranche) in new else None
        if was is None or now is None or was.value != now.value:
            project = projects[code]
            yield Change(
                Kind.AWARD, _project(project), f"tranche {tranche}", project.pillar, was, now
            )


def _amounts(before: Snapshot | None, after: Snapshot, kind: Kind) -> Iterator[Change]:
    """Amounts that have a name and a figure of their own."""
    name, filter_name = _FIGURES[kind]
    old, new = _named(before, kind), _named(after, kind)
    for code in [*new, *(c for c in old if c not in new)]:
        was = _figure(before, name, {filter_name: code}) if before and code in old else None
        now = _figure(after, name, {filter_name: code}) if code in new else None
        if was is None or now is None or was.value != now.value:
            label, pillar = new.get(code) or old[code]
            yield Change(kind, label, pillar=pillar, was=was, now=now)


_FIGURES = {
    Kind.RESERVATION: ("reserved", "project"),
    Kind.ALLOCATION: ("allocated", "pillar"),
    Kind.CONTRIBUTION: ("promised", "contribution"),
}


def _named(snapshot: Snapshot | None, kind: Kind) -> Mapping[str, tuple[str, str]]:
    """Name and pillar of all that has an amount of this kind, by code."""
    if snapshot is None:
        return {}
    if kind == Kind.RESERVATION:
        known = snapshot.project_by_code
        found = [known[r.project] for r in snapshot.reservations if r.project in known]
        return {p.code: (_project(p), p.pillar) for p in found}
    if kind == Kind.ALLOCATION:
        names = {p.code: p.name for p in snapshot.pillars}
        return {
            a.line: (names.get(a.line, "Overheadkosten"), a.line if a.line in names else "")
            for a in snapshot.allocations
        }
    return {c.code: (c.name, "") for c in snapshot.contributions}


def _names(before: Snapshot | None, after: Snapshot) -> Iterator[Change]:
    """Words that changed of things that are there at both moments."""
    if before is None:
        return
    old, new = dict(_words(before)), dict(_words(after))
    for key, (said, pillar) in new.items():
        if key in old and old[key][0] != said:
            what, name = key[0], key[2]
            yield Change(Kind.NAME, what, name, pillar, old=old[key][0], new=said)


def _words(snapshot: Snapshot) -> Iterator[tuple[tuple[str, str, str], tuple[str, str]]]:
    """What has a name: (kind of word, code, number), and the word with its pillar."""
    for p in snapshot.projects:
        yield ("Naam van project", p.code, p.number), (p.name, p.pillar)
        yield (
            ("Penvoerder van project", p.code, p.number),
            (
                _organisation(snapshot, p.lead),
                p.pillar,
            ),
        )
    for pillar in snapshot.pillars:
        yield ("Naam", pillar.code, ""), (pillar.name, pillar.code)
    for party in snapshot.parties:
        yield ("Naam van partij", party.code, str(party.number)), (party.name, "")
        yield (
            ("Kant van partij", party.code, str(party.number)),
            (
                SIDES.get(party.side, party.side),
                "",
            ),
        )
    yield ("Naam van de deal", snapshot.deal.code, ""), (snapshot.deal.name, "")


def _by_code(snapshot: Snapshot | None) -> Mapping[str, Project]:
    return snapshot.project_by_code if snapshot else {}


def _award_codes(snapshot: Snapshot | None) -> set[tuple[str, str]]:
    if snapshot is None:
        return set()
    known = snapshot.project_by_code
    return {(a.project, a.tranche) for a in snapshot.awards if a.project in known}


def _in_order(old: Mapping[str, Project], new: Mapping[str, Project]) -> Iterable[str]:
    return [*new, *(code for code in old if code not in new)]


def _place(project: Project, snapshot: Snapshot) -> tuple[int, object]:
    order = [p.code for p in snapshot.pillars]
    position = order.index(project.pillar) if project.pillar in order else len(order)
    return position, number_key(project.number)


def _project(project: Project) -> str:
    return f"{project.number} {project.name}"


def _organisation(snapshot: Snapshot | None, code: str) -> str:
    found = snapshot.organisations.get(code) if snapshot else None
    return found.name if found else code


def _figure(snapshot: Snapshot, name: str, filters: Mapping[str, str]) -> Figure:
    return figure(snapshot, Address(snapshot.deal.code, name, tuple(filters.items())))


def _value(shown: Figure | None) -> int:
    return (shown.value or 0) if shown else 0
