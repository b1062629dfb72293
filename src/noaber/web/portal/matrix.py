"""The matrix of pillar by tranche."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from noaber.deals.rules import Pillar
from noaber.documents.drawdown import MANY_PILLARS
from noaber.documents.drawing import bars
from noaber.documents.drawing.svg import NOTHING, Svg
from noaber.monitor.rules import Comparison, Figure, Overview, PillarView, TrancheView
from noaber.web.language import text
from noaber.web.portal.page import tone


@dataclass(frozen=True)
class Cell:
    """A figure of the matrix with its bar, and the differences that concern it."""

    label: str
    figure: Figure
    bar: Svg
    differs: tuple[Comparison, ...]


@dataclass(frozen=True)
class Row:
    """A row of the matrix: a tranche or a pillar."""

    tranche: TrancheView | None
    pillar: Pillar | None
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    """Pillar by tranche; the larger of the two makes the rows when there are many pillars."""

    by_pillar: bool
    pillars: tuple[Pillar, ...]
    tranches: tuple[TrancheView, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    total: Figure
    inferred: bool
    estimated: bool
    differs: tuple[Comparison, ...]


@dataclass(frozen=True)
class _Making:
    """What cells are made with: the largest amount, and the differences per address."""

    largest: int
    differs: Mapping[str, Sequence[Comparison]]

    def plain(self, label: str, figure: Figure) -> Cell:
        """A cell without a bar."""
        return Cell(label, figure, NOTHING, tuple(self.differs.get(str(figure.address), ())))

    def barred(self, label: str, figure: Figure, pillar: Pillar) -> Cell:
        """A cell with a bar in the colour of its pillar."""
        bar = bars.cell_bar(figure.value or 0, self.largest, tone(pillar))
        return Cell(label, figure, bar, tuple(self.differs.get(str(figure.address), ())))


def make(overview: Overview, comparisons: Sequence[Comparison]) -> Matrix:
    """The matrix of a deal, with what sources state otherwise."""
    pillars, tranches = overview.pillars, overview.tranches
    differs: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        if not comparison.agrees and comparison.address.figure == "awarded":
            differs.setdefault(str(comparison.address), []).append(comparison)
    largest = max((f.value or 0 for view in pillars for f in view.per_tranche), default=0)
    making = _Making(largest, differs)
    by_pillar = len(pillars) > MANY_PILLARS
    if by_pillar:
        rows = [_pillar_row(making, view, tranches) for view in pillars]
        totals = [making.plain(_named(t), t.awarded) for t in tranches]
    else:
        rows = [_tranche_row(making, place, t, pillars) for place, t in enumerate(tranches)]
        totals = [making.plain(view.pillar.name, view.awarded) for view in pillars]
    shown = [cell for row in rows for cell in (*row.cells, row.total)]
    shown += [*totals, making.plain(text("Samen"), overview.awarded)]
    return Matrix(
        by_pillar=by_pillar,
        pillars=tuple(view.pillar for view in pillars),
        tranches=tranches,
        rows=tuple(rows),
        totals=tuple(totals),
        total=overview.awarded,
        inferred=any(f.inferred for view in pillars for f in view.per_tranche),
        estimated=any(t.tranche.date_basis == "estimated" for t in tranches),
        differs=tuple(comparison for cell in shown for comparison in cell.differs),
    )


def _pillar_row(making: _Making, view: PillarView, tranches: Sequence[TrancheView]) -> Row:
    pairs = zip(tranches, view.per_tranche, strict=True)
    cells = tuple(making.barred(_named(t), figure, view.pillar) for t, figure in pairs)
    return Row(None, view.pillar, cells, making.plain(text("Samen"), view.awarded))


def _tranche_row(
    making: _Making, place: int, tranche: TrancheView, pillars: Sequence[PillarView]
) -> Row:
    cells = tuple(making.barred(v.pillar.name, v.per_tranche[place], v.pillar) for v in pillars)
    return Row(tranche, None, cells, making.plain(text("Samen"), tranche.awarded))


def _named(tranche: TrancheView) -> str:
    return f"Tranche {tranche.tranche.number}"
