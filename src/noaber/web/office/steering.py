"""From euro to result on one page: what each pillar and project got, brings, and waits for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noaber.core.dates import PartialDate
from noaber.deals.rules import Pillar
from noaber.decisions.rules import AgendaItem, Meeting
from noaber.documents.drawing.svg import NOTHING, Svg
from noaber.monitor import spending
from noaber.monitor.rules import Figure, Overview, PillarView, ProjectView, Spending
from noaber.monitor.views import DealView
from noaber.web.language import text
from noaber.web.portal import budget, results
from noaber.web.portal.filters import STATUS_WORDS
from noaber.web.portal.project import Claim, claims

LONGEST = 240
"""Of a report the page shows no more signs than this; the rest is on the page of the project."""


@dataclass(frozen=True)
class Amount:
    """A figure under its heading; none where there is nothing of the kind, as of overhead."""

    label: str
    figure: Figure | None


@dataclass(frozen=True)
class Coming:
    """A decision that is on the agenda of a meeting that is still to be held."""

    item: AgendaItem
    meeting: Meeting
    board: str

    @property
    def on(self) -> PartialDate:
        """The day of the meeting."""
        return self.meeting.on


@dataclass(frozen=True)
class Line:
    """A project: its money, the results it contributes to, its latest report and what waits."""

    view: ProjectView
    status: str
    amounts: tuple[Amount, ...]
    results: tuple[results.Row, ...]
    claims: tuple[Claim, ...]
    progress: str
    coming: tuple[Coming, ...]


@dataclass(frozen=True)
class Part:
    """A pillar with its money, its intended results and its projects."""

    view: PillarView
    share: str
    bar: Svg
    amounts: tuple[Amount, ...]
    results: tuple[results.Row, ...]
    lines: tuple[Line, ...]

    @property
    def contributes(self) -> bool:
        """Whether a project claims or reports something of an intended result."""
        return any(line.results or line.claims for line in self.lines)

    @property
    def waits(self) -> bool:
        """Whether something of a project is to be decided."""
        return any(line.coming for line in self.lines)


@dataclass(frozen=True)
class SteeringPage:
    """What the page shows; `coming` is what is decided of no project, or of a new one."""

    overview: Overview
    headings: tuple[str, ...]
    project_headings: tuple[str, ...]
    total: tuple[Amount, ...]
    overhead: tuple[Amount, ...]
    parts: tuple[Part, ...]
    coming: tuple[Coming, ...]


def present(seen: DealView, pillar: str = "") -> SteeringPage:
    """The page from a deal at a moment; `pillar` narrows it to one."""
    overview = seen.overview
    coming = tuple(_coming(seen))
    parts = tuple(
        _part(seen, row, coming)
        for row in _budget(overview)
        if pillar in ("", row.view.pillar.code)
    )
    shown = {line.view.project.code for part in parts for line in part.lines}
    later = seen.spending
    total = _amounts(
        (
            overview.allocated,
            overview.awarded,
            overview.reserved_open,
            overview.room,
        ),
        later.total.figures if later else None,
    )
    return SteeringPage(
        overview=overview,
        headings=tuple(a.label for a in total),
        project_headings=tuple(a.label for a in total if a.label not in OF_PILLARS),
        total=total,
        overhead=_overhead(overview, later),
        parts=parts,
        coming=tuple(c for c in coming if c.item.project not in shown),
    )


HELD = ("Verdeeld", "Toegekend", "Gereserveerd", "Nog vrij")
"""What is told of the money of a pillar before it is spent."""

OF_PILLARS = frozenset({"Verdeeld", "Nog vrij"})
"""What a project has no figure of."""

SPENT = ("Verplicht", "Betaald", "Vastgesteld")
"""What is told of it after; only once there is something of it."""


def _amounts(
    held: Sequence[Figure | None], spent: Sequence[Figure | None] | None
) -> tuple[Amount, ...]:
    found = [Amount(label, figure) for label, figure in zip(HELD, held, strict=True)]
    if spent:
        found += [Amount(label, figure) for label, figure in zip(SPENT, spent, strict=False)]
    return tuple(found)


def _overhead(overview: Overview, later: Spending | None) -> tuple[Amount, ...]:
    """The line of overhead; nothing when none is set apart for it."""
    if not overview.overhead.value:
        return ()
    spent = _spent(later, None)
    return _amounts((overview.overhead, None, None, None), spent)


def _spent(later: Spending | None, pillar: Pillar | None) -> tuple[Figure, ...] | None:
    """What became of the money of a pillar, or of overhead; None when there is nothing yet."""
    return next(line.figures for line in later.lines if line.pillar == pillar) if later else None


def _budget(overview: Overview) -> tuple[budget.BudgetRow, ...]:
    """The pillars with their bars; without money there is nothing to draw."""
    return budget.rows(overview) or tuple(
        budget.BudgetRow(view, "", NOTHING) for view in overview.pillars
    )


def _part(seen: DealView, row: budget.BudgetRow, coming: Sequence[Coming]) -> Part:
    view = row.view
    code = view.pillar.code
    rows = results.rows_of(seen, view)
    return Part(
        view=view,
        share=row.share,
        bar=row.bar,
        amounts=_amounts(
            (view.allocated, view.awarded, view.reserved_open, view.room),
            _spent(seen.spending, view.pillar),
        ),
        results=rows,
        lines=tuple(
            _line(seen, project, rows, coming)
            for project in seen.projects
            if project.pillar.code == code
        ),
    )


def _line(
    seen: DealView, view: ProjectView, rows: Sequence[results.Row], coming: Sequence[Coming]
) -> Line:
    code = view.project.code
    steps = spending.steps(seen.figure, project=code) if seen.spending else None
    amounts = _amounts(
        (None, view.awarded, view.reserved_open, None),
        (steps.committed, steps.paid, steps.settled) if steps else None,
    )
    measured = {m.result for m in seen.measurements if m.project == code}
    return Line(
        view=view,
        status=text(STATUS_WORDS[view.project.status]),
        amounts=tuple(a for a in amounts if a.label not in OF_PILLARS),
        results=tuple(r for r in rows if r.view.result.code in measured),
        claims=tuple(c for c in claims(seen, view) if c.result.code not in measured),
        progress=_shortened(view.progress.text) if view.progress else "",
        coming=tuple(c for c in coming if c.item.project == code),
    )


def _coming(seen: DealView) -> Iterator[Coming]:
    """What stands on agendas of planned meetings to be decided, by date of the meeting."""
    planned = {m.code: m for m in seen.snapshot.meetings if m.state == "planned"}
    boards = {b.code: b.name for b in seen.snapshot.boards}
    for item in seen.snapshot.agenda:
        if item.meeting in planned and item.kind == "decision":
            meeting = planned[item.meeting]
            yield Coming(item, meeting, boards.get(meeting.board, ""))


def _shortened(told: str) -> str:
    """The first sentences of a report, up to a whole word."""
    plain = " ".join(told.split())
    if len(plain) <= LONGEST:
        return plain
    return f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"
