"""The transfers that follow from the life of a commitment, and what falls free of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from noaber.awards.rules import Award, Release, Tranche
from noaber.core.dates import PartialDate
from noaber.deals.rules import OVERHEAD
from noaber.ledger.rules import Account, Kind, Posting, Stage
from noaber.record.rules import Evidence
from noaber.treasury.problems import OutOfOrder, problems
from noaber.treasury.rules import Life, Payment, Recovery, paid_at_settlement


def plan(life: Life, pillar: str) -> tuple[Posting, ...]:
    """The transfers that a commitment and what became of it come to.

    :raises OutOfOrder: when a step cannot be.
    """
    for problem in problems(life):
        raise OutOfOrder(problem)
    made = life.commitment
    source = (
        Account(Stage.AWARDED, made.project, pillar)
        if made.project
        else Account(Stage.OVERHEAD, OVERHEAD)
    )
    stages = (Stage.COMMITTED, Stage.PAID, Stage.SETTLED)
    accounts = _Accounts(made.code, source, *(Account(s, made.code, pillar) for s in stages))
    return tuple(p for p in _postings(life, accounts) if p is not None)


@dataclass(frozen=True)
class _Accounts:
    """The accounts of one commitment, and what makes transfers between them; None for nothing."""

    code: str
    source: Account
    committed: Account
    paid: Account
    settled: Account

    def commit(self, amount: int, on: date) -> Posting | None:
        cause = f"commitment:{self.code}"
        return _post(Kind.COMMITMENT, (self.source, self.committed), amount, on, cause)

    def free(self, amount: int, on: date) -> Posting | None:
        cause = f"settlement:{self.code}"
        return _post(Kind.COMMITMENT, (self.committed, self.source), amount, on, cause)

    def pay(self, payment: Payment) -> Posting | None:
        on, cause = payment.effective.counts_from, f"payment:{payment.code}"
        return _post(Kind.PAYMENT, (self.committed, self.paid), payment.amount, on, cause)

    def settle(self, amount: int, on: date) -> Posting | None:
        cause = f"settlement:{self.code}"
        return _post(Kind.SETTLEMENT, (self.paid, self.settled), amount, on, cause)

    def recover(self, recovery: Recovery) -> Posting | None:
        on, cause = recovery.effective.counts_from, f"recovery:{recovery.code}"
        return _post(Kind.RECOVERY, (self.paid, self.committed), recovery.amount, on, cause)


def _post(
    kind: Kind, route: tuple[Account, Account], amount: int, on: date, cause: str
) -> Posting | None:
    return Posting(kind, *route, amount, on, cause) if amount else None


def _postings(life: Life, accounts: _Accounts) -> Iterator[Posting | None]:
    made, settlement = life.commitment, life.settlement
    yield accounts.commit(made.amount, made.effective.counts_from)
    for payment in life.payments:
        yield accounts.pay(payment)
    for recovery in life.recoveries:
        yield accounts.recover(recovery)
    if settlement is None:
        return
    on = settlement.effective.counts_from
    then = paid_at_settlement(life, settlement)
    yield accounts.settle(min(then, settlement.amount), on)
    for payment in life.payments:
        later = payment.effective.counts_from
        if later > on:
            yield accounts.settle(payment.amount, later)
    for freed_on, amount in freed(life):
        yield accounts.free(amount, freed_on)


def freed(life: Life) -> tuple[tuple[date, int], ...]:
    """What falls free of a commitment, in cents and each with its day: at the settlement, and when
    money that was paid too much comes back.
    """
    settlement = life.settlement
    if settlement is None:
        return ()
    on = settlement.effective.counts_from
    left = life.commitment.amount - max(settlement.amount, paid_at_settlement(life, settlement))
    steps = [(on, left)] if left else []
    steps += [
        (r.effective.counts_from, r.amount)
        for r in sorted(life.recoveries, key=lambda r: (r.effective.counts_from, r.code))
        if r.effective.counts_from > on
    ]
    return tuple(steps)


def release_code(commitment: str, number: int) -> str:
    """Code of the release of what fell free of a commitment, counted from 1."""
    return f"vrijval-{commitment}-{number}"


def is_release_of(code: str, commitment: str) -> bool:
    """Whether a release is of what fell free of a commitment."""
    start = f"vrijval-{commitment}-"
    return code.startswith(start) and code.removeprefix(start).isdecimal()


def releases(
    life: Life, awards: Sequence[Award], others: Sequence[Release], tranches: Sequence[Tranche]
) -> tuple[Release, ...]:
    """What flows back to the pillar of what fell free: of the latest award first.

    `awards` are those of the project, `others` all its other releases.
    """
    begun = {t.number: t.effective_on for t in tranches}
    order = {t.number: (t.effective_on, t.position) for t in tranches}
    left = {a.tranche: a.amount for a in awards}
    for other in others:
        left[other.of] = left.get(other.of, 0) - other.amount
    latest = sorted(awards, key=lambda a: order[a.tranche], reverse=True)
    found: list[Release] = []
    evidence = life.settlement.evidence if life.settlement else Evidence()
    for on, amount in freed(life):
        rest = amount
        for award in latest:
            part = min(rest, left[award.tranche]) if begun[award.tranche] <= on else 0
            if part > 0:
                code = release_code(life.commitment.code, len(found) + 1)
                day_of = PartialDate(on.year, on.month, on.day)
                found.append(Release(code, award.project, part, day_of, award.tranche, evidence))
                left[award.tranche] -= part
                rest -= part
    return tuple(found)
