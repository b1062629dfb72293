"""The ledger at the size of a whole country: 500,000 transfers in 100 deals."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from benchmarks import made_ledger
from benchmarks.measuring import Result, duration, percentile, quickest, seconds
from benchmarks.place import Place, settle
from noaber.core.notation import count
from noaber.ledger import queries
from noaber.ledger.models import Account, Transfer
from noaber.ledger.rules import Kind, Stage
from noaber.record.queries import latest
from noaber.record.rules import Moment

Line = tuple[str, str, str, str, str, str]
"""Deal, stage, holder, pillar, kind and occasion."""

DECIDED = frozenset({Kind.AWARD, Kind.RELEASE, Kind.REALLOCATION})
GOAL_ONE_DEAL = 0.005
GOAL_ALL_DEALS = 50


def results(place: Place, *, deals: int = 100, transfers: int = 500_000) -> Iterator[Result]:
    """The rows of the ledger, on a register made for it."""
    took, codes = seconds(lambda: made_ledger.fill(deals=deals, transfers=transfers))
    settle(place)
    size = f"{count(transfers)} boekingen in {count(deals)} deals"
    yield Result(f"grootboek: maken van {size}", duration(took))
    moments = _moments()
    yield _wrong_cents(codes, moments)
    yield _one_deal(codes, moments)
    yield _all_deals(codes)


def _moments() -> tuple[Moment, ...]:
    """All that is known, a day half-way, and the same day as known half-way."""
    half = date(2022, 1, 20)
    return (Moment(date(2030, 1, 1), latest()), Moment(half, latest()), Moment(half, latest() // 2))


def _wrong_cents(codes: Sequence[str], moments: Sequence[Moment]) -> Result:
    """Every line of every deal at every moment, beside adding up each row in Python."""
    wrong = lines = 0
    for moment, added in zip(moments, _added_up(codes, moments), strict=True):
        asked = {
            (code, f.account.stage.value, f.account.holder, f.account.pillar, f.kind.value, f.occasion): f.amount
            for code in codes
            for f in queries.flows(code, moment)
        }  # fmt: skip
        wrong += _differing(asked, added)
        lines += len(added)
    current: dict[Line, int] = {
        (code, t.stage.value, "", t.pillar, t.kind.value, t.occasion): t.amount
        for code, totals in queries.current_totals(codes).items()
        for t in totals
    }
    summed: dict[Line, int] = defaultdict(int)
    for line, cents in _added_up(codes, moments[:1])[0].items():
        code, stage, _, pillar, kind, occasion = line
        summed[code, stage, "", pillar, kind, occasion] += cents
    wrong += _differing(current, summed)
    return Result(
        "grootboek: bedragen met een verkeerde cent, tegen elke rij opgeteld in Python",
        f"{count(wrong)} van {count(lines + len(current))}",
        goal="0",
        met=wrong == 0,
    )


def _differing(asked: dict[Line, int], added: dict[Line, int]) -> int:
    return sum(asked.get(line, 0) != added.get(line, 0) for line in asked.keys() | added.keys())


def _added_up(codes: Sequence[str], moments: Sequence[Moment]) -> list[dict[Line, int]]:
    accounts = {
        pk: line
        for pk, *line in Account.objects.filter(deal__code__in=codes).values_list(
            "pk", "deal__code", "stage", "holder", "pillar"
        )
    }
    sums: list[dict[tuple[int, str, str], int]] = [defaultdict(int) for _ in moments]
    rows = Transfer.objects.values_list(
        "giver_id", "taker_id", "kind", "occasion", "amount", "effective_on", "revision_id"
    )
    for giver, taker, kind, occasion, amount, on, revision in rows.iterator(chunk_size=10_000):
        for found, moment in zip(sums, moments, strict=True):
            if on <= moment.as_of and revision <= moment.revision:
                found[taker, kind, occasion] += amount
                found[giver, kind, occasion] -= amount
    return [
        {(*accounts[pk], kind, occasion): cents for (pk, kind, occasion), cents in found.items() if cents and pk in accounts}  # type: ignore[misc]
        for found in sums
    ]  # fmt: skip


def _matrix(deal: str, moment: Moment) -> dict[tuple[str, str], int]:
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for flow in queries.flows(deal, moment):
        if flow.account.stage == Stage.AWARDED and flow.kind in DECIDED:
            cells[flow.account.pillar, flow.occasion] += flow.amount
    return cells


def _matrix_in_decimals(deal: str, moment: Moment) -> dict[tuple[str, str], Decimal]:
    """What one does without a ledger: fetch the rows of the deal and add them up as decimals."""
    cells: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    rows = Transfer.objects.filter(deal__code=deal).select_related("giver", "taker")
    for row in rows:
        if row.effective_on > moment.as_of or row.revision_id > moment.revision:
            continue
        if row.kind in DECIDED:
            for account, sign in ((row.taker, 1), (row.giver, -1)):
                if account.stage == Stage.AWARDED:
                    cells[account.pillar, row.occasion] += sign * Decimal(row.amount) / 100
    return cells


def _one_deal(codes: Sequence[str], moments: Sequence[Moment]) -> Result:
    """Median over all deals and moments, each the quickest of three; and the 95th percentile."""
    times = [
        quickest(lambda code=code, moment=moment: _matrix(code, moment), times=3)[0]  # type: ignore[misc]
        for code in codes
        for moment in moments
    ]
    asked = codes[len(codes) // 2]
    other, added = seconds(lambda: _matrix_in_decimals(asked, moments[0]), times=3)
    if {cell: int(value * 100) for cell, value in added.items()} != _matrix(asked, moments[0]):
        raise AssertionError(f"the matrix of {asked} is not what its rows add up to")
    middle = percentile(times, 0.5)
    return Result(
        "grootboek: pijler x tranche van een deal, op elke peildatum",
        f"{duration(middle)} (p95 {duration(percentile(times, 0.95))})",
        f"rijen optellen als decimalen: {duration(other)}",
        other / middle,
        "minder dan 5 ms",
        middle < GOAL_ONE_DEAL,
    )


def _all_deals(codes: Sequence[str]) -> Result:
    mine, _ = seconds(lambda: queries.current_totals(codes), times=3)
    other, _ = seconds(_every_row, times=3)
    return Result(
        f"grootboek: stand van {count(len(codes))} deals nu",
        duration(mine),
        f"alle rijen optellen in de database: {duration(other)}",
        other / mine,
        "minstens 50 x",
        other / mine >= GOAL_ALL_DEALS,
    )


def _every_row() -> list[tuple[object, ...]]:
    return [
        row
        for side in ("taker", "giver")
        for row in Transfer.objects.order_by()
        .values_list("deal_id", f"{side}__stage", f"{side}__pillar", "kind", "occasion")
        .annotate(total=Sum("amount"))
    ]
