"""Moving euros. Every action posts under one revision, and leaves no guarded account below zero."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F

from noaber.access.rules import Actor
from noaber.deals import actions as deals
from noaber.deals import rules as deal_rules
from noaber.deals.models import AllocationVersion, Deal
from noaber.ledger import models, queries
from noaber.ledger.rules import (
    GUARDED,
    Account,
    AlreadyReversed,
    Kind,
    Posting,
    Stage,
    changes,
    check_never_below_zero,
    reversal,
)
from noaber.record.actions import revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence
from noaber.record.writing import Stamp


def post(
    postings: Sequence[Posting],
    *,
    deal: str,
    evidence: Evidence,
    by: Actor,
    at: datetime,
    idempotency_key: str | None = None,
) -> tuple[int, ...]:
    """Post transfers together; returns their numbers.

    :raises Overdrawn: when a guarded account would be below zero on any date.
    :raises AlreadyRecorded: when `idempotency_key` was used before; nothing is posted.
    """
    with revision(
        by=by,
        at=at,
        action="post_transfers",
        subject=f"deal:{deal}",
        idempotency_key=idempotency_key,
    ) as r:
        owner = find(Deal, code=deal)
        rows = [_insert(owner, p, evidence, r) for p in postings]
        _check_guards(rows)
    return tuple(row.pk for row in rows)


def reverse(transfer: int, *, evidence: Evidence, memo: str = "", by: Actor, at: datetime) -> int:
    """Take a transfer back with its date of effect; returns the number of the reversal.

    :raises AlreadyReversed: when it was taken back before.
    :raises Overdrawn: when the money has moved on.
    """
    subject = f"transfer:{transfer}"
    with revision(by=by, at=at, action="reverse_transfer", subject=subject) as r:
        row = models.Transfer.objects.select_related("giver", "taker", "deal").get(pk=transfer)
        reversed_row = _reverse(row, memo, evidence, r)
        _check_guards([reversed_row])
    return reversed_row.pk


def settle_plan(
    wanted: Sequence[Posting],
    *,
    deal: str,
    causes: Collection[str],
    evidence: dict[str, Evidence],
    stamp: Stamp,
    holder: str = "",
) -> bool:
    """Make the live transfers that follow from `causes` the `wanted` ones.

    What differs is taken back with its date of effect and posted anew; returns whether anything
    was. `evidence` is given per cause. With a `holder` only transfers on its accounts count:
    another's may have the same cause.

    :raises Overdrawn: when a guarded account would be below zero on any date.
    """
    live = queries.live_transfers(deal, causes)
    if holder:
        live = tuple(t for t in live if holder in (t.posting.giver.holder, t.posting.taker.holder))
    surplus, missing = changes(live, wanted)
    owner = find(Deal, code=deal)
    by_number = models.Transfer.objects.select_related("giver", "taker", "deal").in_bulk(
        [t.number for t in surplus]
    )
    rows = [
        _reverse(by_number[t.number], "correctie", evidence.get(t.posting.cause, Evidence()), stamp)
        for t in surplus
    ]
    rows += [_insert(owner, p, evidence.get(p.cause, Evidence()), stamp) for p in missing]
    _check_guards(rows)
    return bool(rows)


def allocate(
    allocation: deal_rules.Allocation, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record the indicative share of a line from a date on, and post it (articles 5.1 and 5.7).

    A later share of the same line posts the difference. Returns whether anything changed.
    """
    line = allocation.line
    with revision(by=by, at=at, action="allocate", subject=f"deal:{deal}") as r:
        changed = deals.record_fact(
            allocation,
            deal=deal,
            since=allocation.effective.counts_from,
            evidence=evidence,
            by=by,
            at=at,
        )
        if not changed:
            return False
        cause = f"allocation:{line}"
        stage = Stage.OVERHEAD if line == deal_rules.OVERHEAD else Stage.PILLAR
        pool = Account(Stage.DEAL, deal)
        share = Account(stage, line, "" if stage == Stage.OVERHEAD else line)
        wanted, before = [], 0
        for row in _starts(deal, line):
            step = row.amount - before
            if step:
                giver, taker = (pool, share) if step > 0 else (share, pool)
                on = row.valid_from
                wanted.append(Posting(Kind.ALLOCATION, giver, taker, abs(step), on, cause))
            before = row.amount
        settle_plan(wanted, deal=deal, causes=[cause], evidence={cause: evidence}, stamp=r)
    return True


def pledge(
    contribution: deal_rules.Contribution,
    keys: Sequence[deal_rules.ContributionKey],
    *,
    deal: str,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a contribution and post the share of every party that promises it (article 5.2).

    `keys` divide a contribution of several parties exactly. Returns whether anything changed.
    """
    cause = f"contribution:{contribution.code}"
    with revision(by=by, at=at, action="pledge", subject=f"deal:{deal}") as r:
        on = contribution.effective.counts_from
        changed = deals.record_fact(
            contribution, deal=deal, since=on, evidence=evidence, by=by, at=at
        )
        for key in keys:
            changed |= deals.record_fact(
                key, deal=deal, since=on, evidence=key.evidence, by=by, at=at
            )
        changed |= deals.retract_keys(
            contribution.code, deal=deal, except_for={k.party for k in keys}, by=by, at=at
        )
        wanted = [
            Posting(
                Kind.PLEDGE,
                Account(Stage.PLEDGE, share.party),
                Account(Stage.DEAL, deal),
                share.amount,
                on,
                cause,
            )
            for share in deal_rules.shares(contribution, keys)
            if share.amount
        ]
        settle_plan(wanted, deal=deal, causes=[cause], evidence={cause: evidence}, stamp=r)
    return changed


def _starts(deal: str, line: str) -> list[Any]:
    """The latest recorded share per start of a line, in order of date."""
    rows = AllocationVersion.objects.filter(deal__code=deal, code=line).order_by("id")
    latest = {row.valid_from: row for row in rows}
    return [latest[on] for on in sorted(latest) if not latest[on].retracted]


def _account(owner: Deal, account: Account, stamp: Stamp) -> models.Account:
    key = {"stage": account.stage.value, "holder": account.holder, "pillar": account.pillar}
    return ensure(models.Account, stamp, deal=owner, **key)


def _insert(
    owner: Deal,
    posting: Posting,
    evidence: Evidence,
    stamp: Stamp,
    *,
    reverses: models.Transfer | None = None,
) -> models.Transfer:
    """Insert a transfer, or the one that takes `reverses` back: the same the other way."""
    giver, taker = reversal(posting) if reverses else (posting.giver, posting.taker)
    row = models.Transfer.objects.create(
        deal=owner,
        kind=posting.kind.value,
        giver=_account(owner, giver, stamp),
        taker=_account(owner, taker, stamp),
        amount=posting.amount,
        effective_on=posting.effective_on,
        occasion=posting.occasion,
        cause=posting.cause,
        memo=posting.memo,
        reverses=reverses,
        source=evidence.source,
        locator=evidence.locator,
        origin=evidence.origin,
        revision_id=stamp.number,
    )
    _add(row.taker, row, row.amount)
    _add(row.giver, row, -row.amount)
    return row


def _add(account: models.Account, row: models.Transfer, amount: int) -> None:
    line = {
        "deal_id": account.deal_id,
        "stage": account.stage,
        "pillar": account.pillar,
        "kind": row.kind,
        "occasion": row.occasion,
    }
    if not models.Balance.objects.filter(**line).update(amount=F("amount") + amount):
        models.Balance.objects.create(**line, amount=amount)


def _reverse(row: models.Transfer, memo: str, evidence: Evidence, stamp: Stamp) -> models.Transfer:
    if row.reverses_id is not None or models.Transfer.objects.filter(reverses=row).exists():
        raise AlreadyReversed(row.pk)
    posting = replace(queries.as_transfer(row).posting, memo=memo)
    return _insert(row.deal, posting, evidence, stamp, reverses=row)


def _check_guards(rows: Sequence[models.Transfer]) -> None:
    """Check every guarded account that gave money, on all dates."""
    givers = {row.giver_id: row.giver for row in rows if row.giver.stage in GUARDED}
    for account in givers.values():
        check_never_below_zero(
            Account(Stage(account.stage), account.holder, account.pillar), queries.entries(account)
        )
