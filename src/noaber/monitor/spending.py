"""What became of the money after it was awarded, as pages, documents and the command show it."""

from collections.abc import Callable, Iterator

from noaber.deals.rules import OVERHEAD, Contribution, Pillar
from noaber.monitor.income import STANDINGS, standing_of
from noaber.monitor.rules import CommitmentView, Figure, Spending, SpendingView, Steps
from noaber.monitor.snapshot import Snapshot

Ask = Callable[..., Figure]
"""Gives a figure by name and filters."""


def spending(snapshot: Snapshot, figure: Ask) -> Spending | None:
    """What was committed, paid and settled per line; None when there is nothing of it yet."""
    money = snapshot.money
    if not (money.commitments or money.receipts or money.budget or _released(figure)):
        return None
    lines = [_line(figure, pillar) for pillar in snapshot.pillars]
    return Spending(
        lines=(*lines, _line(figure, None)),
        total=SpendingView(None, steps(figure), figure("released")),
        received=figure("received"),
        cash=figure("cash"),
        overhead_budget=figure("overhead_budget"),
    )


def _released(figure: Ask) -> bool:
    return bool(figure("released").value)


def _line(figure: Ask, pillar: Pillar | None) -> SpendingView:
    code = pillar.code if pillar else OVERHEAD
    released = figure("released", pillar=code) if pillar else None
    return SpendingView(pillar, steps(figure, pillar=code), released)


def steps(figure: Ask, **filters: str) -> Steps:
    """The figures of what the filters narrow to."""
    names = ("committed", "paid", "settled", "payable", "claimed")
    return Steps(*(figure(name, **filters) for name in names))


def commitments(snapshot: Snapshot, figure: Ask) -> Iterator[CommitmentView]:
    """Every commitment with its figures, by date."""
    settled = {s.commitment: s for s in snapshot.money.settlements}
    for made in snapshot.money.commitments:
        yield CommitmentView(
            made,
            snapshot.organisations[made.receiver],
            snapshot.project_by_code.get(made.project),
            steps(figure, commitment=made.code),
            settlement=settled.get(made.code),
            conditions=tuple(c for c in snapshot.money.conditions if c.commitment == made.code),
        )


def backing(
    snapshot: Snapshot, contribution: Contribution, figure: Ask
) -> tuple[str, Figure | None, Figure | None]:
    """How hard a contribution is in words, what was decided and what came in; nothing when there
    is nothing of it.
    """
    code = contribution.code
    decided = any(m.contribution == code for m in snapshot.mandates)
    received = any(r.contribution == code for r in snapshot.money.receipts)
    return (
        STANDINGS[standing_of(snapshot, contribution)],
        figure("mandated", contribution=code) if decided else None,
        figure("received", contribution=code) if received else None,
    )
