"""Figures that count, and figures that are words: pure. Each item counted is a part."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from noaber.awards.rules import Award
from noaber.core.address import Address
from noaber.monitor.income import STANDINGS, standing_of
from noaber.monitor.results import results_that_are
from noaber.monitor.rules import Part, Standing, Step, UnknownFigure
from noaber.monitor.snapshot import Snapshot
from noaber.projects.rules import Project

MARK_WORDS = {"new": "nieuw", "follow_up": "vervolg", "": "geen toekenning"}


def count_parts(snapshot: Snapshot, address: Address) -> tuple[Part, ...]:
    """The things a count counts, one part of 1 each.

    :raises UnknownFigure: when there is no such count or filter.
    """
    parts, known = COUNTS[address.figure]
    for name, _ in address.filters:
        if name not in known:
            raise UnknownFigure(f"Het cijfer {address.figure} kent het filter {name} niet.")
    return tuple(parts(snapshot, address))


def count_steps(snapshot: Snapshot, address: Address) -> tuple[Step, ...]:
    """How a count grew from day to day; none where the things counted have no day they count from.

    A day on which a tranche was decided is called by the tranche.
    """
    parts = count_parts(snapshot, address) if address.figure in _GROWING else ()
    per_day: Counter[date] = Counter(part.on.counts_from for part in parts if part.on)
    found, total = [], 0
    for on in sorted(per_day):
        total += per_day[on]
        tranches = [t for t in snapshot.tranches if t.effective_on == on]
        label = " en ".join(f"tranche {t.number}" for t in tranches)
        estimated = any(t.date_basis == "estimated" for t in tranches)
        found.append(Step(on, label, total, estimated))
    return tuple(found)


def text_of(snapshot: Snapshot, address: Address) -> str:
    """What the register says where the figure is a word, a name or a date; "" when nothing.

    :raises UnknownFigure: when there is no such figure, or what it asks for is not named.
    """
    wanted, read = TEXTS[address.figure]
    missing = [name for name in wanted if address.get(name) is None]
    if missing:
        raise UnknownFigure(f"Het cijfer {address.figure} vraagt om het filter {missing[0]}.")
    return read(snapshot, address)


def _matching(snapshot: Snapshot, address: Address) -> Iterator[Project]:
    municipality = address.get("municipality")
    for project in snapshot.projects:
        if (
            address.get("pillar") in (None, project.pillar)
            and address.get("theme") in (None, *project.themes)
            and address.get("lead") in (None, project.lead)
            and address.get("project") in (None, project.code)
            and (
                municipality is None
                or municipality in snapshot.municipalities_of.get(project.code, frozenset())
            )
        ):
            yield project


def _awards(snapshot: Snapshot, address: Address) -> Iterator[tuple[Project, Award]]:
    for project in _matching(snapshot, address):
        for award in snapshot.awards_of.get(project.code, ()):
            if address.get("tranche") in (None, award.tranche):
                yield project, award


def _project_part(snapshot: Snapshot, project: Project) -> Part:
    return Part(
        f"{project.number} {project.name}",
        1,
        project.since,
        source=snapshot.cite(project.evidence.source),
        locator=project.evidence.locator,
        origin=project.evidence.origin,
        revision=project.evidence.revision,
        project=project.code,
    )


def _award_part(snapshot: Snapshot, project: Project, award: Award) -> Part:
    tranche = snapshot.tranche_by_number[award.tranche]
    return Part(
        f"{project.number} {project.name}",
        1,
        tranche.decided,
        decision=f"tranche {tranche.number}",
        source=snapshot.cite(award.evidence.source),
        locator=award.evidence.locator,
        origin=award.evidence.origin,
        basis=award.basis,
        note=MARK_WORDS[snapshot.marks[award.code]],
        revision=award.evidence.revision,
        project=project.code,
    )


def _projects(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    if address.get("tranche") is None:
        theme = address.get("theme") is not None
        for project in _matching(snapshot, address):
            part = _project_part(snapshot, project)
            yield replace(part, note=_classified(snapshot, project)) if theme else part
        return
    seen = set()
    for project, award in _awards(snapshot, address):
        if project.code not in seen:
            seen.add(project.code)
            yield _award_part(snapshot, project, award)


def _classified(snapshot: Snapshot, project: Project) -> str:
    """Where it stands that a project serves its themes, when that is not its own source."""
    if not project.themes_source:
        return ""
    evidence = project.themes_evidence
    return ", ".join(w for w in (snapshot.cite(evidence.source), evidence.locator) if w)


def _award_parts(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for project, award in _awards(snapshot, address):
        yield _award_part(snapshot, project, award)


def _marked(mark: str) -> Callable[[Snapshot, Address], Iterator[Part]]:
    def parts(snapshot: Snapshot, address: Address) -> Iterator[Part]:
        for project, award in _awards(snapshot, address):
            if snapshot.marks[award.code] == mark:
                yield _award_part(snapshot, project, award)

    return parts


def _pilots(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for project in _matching(snapshot, address):
        if project.kind == "pilot":
            yield _project_part(snapshot, project)


def _parties(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for party in snapshot.parties:
        if address.get("side") in (None, party.side):
            yield Part(f"{party.number} {party.name}", 1, note=party.office)


def _results(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for result in snapshot.results:
        if address.get("pillar") in (None, result.pillar):
            yield Part(
                result.text,
                1,
                result.due,
                source=snapshot.cite(result.evidence.source),
                locator=result.evidence.locator,
                origin=result.evidence.origin,
                revision=result.evidence.revision,
            )


def _standing(*wanted: Standing) -> Callable[[Snapshot, Address], Iterator[Part]]:
    def parts(snapshot: Snapshot, address: Address) -> Iterator[Part]:
        return results_that_are(snapshot, address, frozenset(wanted))

    return parts


_OF_PROJECTS = frozenset({"pillar", "theme", "tranche", "lead", "municipality", "project"})

COUNTS: dict[str, tuple[Callable[[Snapshot, Address], Iterator[Part]], frozenset[str]]] = {
    "projects": (_projects, _OF_PROJECTS),
    "awards": (_award_parts, _OF_PROJECTS),
    "new": (_marked("new"), _OF_PROJECTS),
    "follow_up": (_marked("follow_up"), _OF_PROJECTS),
    "pilots": (_pilots, _OF_PROJECTS - {"tranche"}),
    "parties": (_parties, frozenset({"side"})),
    "results": (_results, frozenset({"pillar"})),
    "results_targeted": (
        _standing(Standing.REACHED, Standing.SHORT, Standing.UNKNOWN),
        frozenset({"pillar"}),
    ),
    "results_reached": (_standing(Standing.REACHED), frozenset({"pillar"})),
    "results_unknown": (_standing(Standing.UNKNOWN), frozenset({"pillar"})),
}


_GROWING = frozenset({"projects", "awards", "new", "follow_up", "pilots"})


def _project(snapshot: Snapshot, address: Address) -> Project:
    code = address.get("project") or ""
    project = snapshot.project_by_code.get(code)
    if project is None:
        raise UnknownFigure(f"Er is geen project {code}.")
    return project


def _mark(snapshot: Snapshot, address: Address) -> str:
    project = _project(snapshot, address)
    return MARK_WORDS[snapshot.marks.get(f"{project.code}/{address.get('tranche')}", "")]


def _lead(snapshot: Snapshot, address: Address) -> str:
    return _project(snapshot, address).lead


def _name(snapshot: Snapshot, address: Address) -> str:
    return _project(snapshot, address).name


def _period(snapshot: Snapshot, address: Address) -> str:
    project = _project(snapshot, address)
    return "/".join(str(d) for d in (project.starts, project.ends) if d is not None)


def _goal_until(snapshot: Snapshot, address: Address) -> str:
    dues = {g.code: g.due for g in snapshot.goals}
    due = dues.get(address.get("goal") or "")
    return str(due) if due else ""


def _result_until(snapshot: Snapshot, address: Address) -> str:
    dues = {r.code: r.due for r in snapshot.results}
    due = dues.get(address.get("result") or "")
    return str(due) if due else ""


def _measurement(snapshot: Snapshot, address: Address) -> str:
    for measurement in snapshot.measurements:
        if measurement.code == address.get("code"):
            return "" if measurement.value is None else f"{measurement.value:f}"
    raise UnknownFigure(f"Er is geen meting {address.get('code')}.")


def _standing_words(snapshot: Snapshot, address: Address) -> str:
    for contribution in snapshot.contributions:
        if contribution.code == address.get("contribution"):
            return STANDINGS[standing_of(snapshot, contribution)]
    return ""


TEXTS: dict[str, tuple[tuple[str, ...], Callable[[Snapshot, Address], str]]] = {
    "mark": (("project", "tranche"), _mark),
    "name": (("project",), _name),
    "lead": (("project",), _lead),
    "period": (("project",), _period),
    "goal_until": (("goal",), _goal_until),
    "result_until": (("result",), _result_until),
    "measurement": (("code",), _measurement),
    "standing": (("contribution",), _standing_words),
    "starts": ((), lambda s, _: str(s.deal.starts)),
    "ends": ((), lambda s, _: str(s.deal.ends)),
}
