"""A register with very many transfers, the same for the same seed, posted in bulk.

The rows go in as the record demands: under revisions with their digests, past every trigger, with
the summary table kept beside them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from noaber.access.rules import Actor
from noaber.deals.models import Deal
from noaber.ledger.models import Account, Balance, Transfer
from noaber.ledger.rules import Kind, Stage
from noaber.record.actions import revision

PILLARS = ("werken", "wonen", "welzijn")
PROJECTS = 50
TRANCHES = 6
START = date(2020, 1, 1)
DAYS = 1500
BY = Actor("benchmark")
AT = datetime(2024, 6, 1, 12, tzinfo=UTC)

SHARES = {
    Kind.AWARD: 15,
    Kind.RESERVATION: 3,
    Kind.RELEASE: 2,
    Kind.COMMITMENT: 30,
    Kind.PAYMENT: 50,
}
"""Of a hundred transfers in a running deal: few decisions, many payments."""

REVERSED_IN_HUNDRED = 2


@dataclass(frozen=True)
class Project:
    """The accounts of one project."""

    pillar: Account
    reserved: Account
    awarded: Account
    committed: Account
    paid: Account

    def route(self, kind: Kind) -> tuple[Account, Account]:
        """From where to where a transfer of this kind goes."""
        return {
            Kind.AWARD: (self.pillar, self.awarded),
            Kind.RESERVATION: (self.pillar, self.reserved),
            Kind.RELEASE: (self.awarded, self.pillar),
            Kind.COMMITMENT: (self.awarded, self.committed),
            Kind.PAYMENT: (self.committed, self.paid),
        }[kind]


def fill(*, deals: int, transfers: int, revisions: int = 20, seed: int = 1) -> list[str]:
    """Make `deals` deals with `transfers` transfers in all, and return their codes.

    Every revision posts in every deal, as revisions of a running register do.
    """
    random = Random(seed)
    codes = [f"deal-{number:03}" for number in range(1, deals + 1)]
    projects = _accounts(codes)
    waiting: list[Transfer] = []
    balances: Counter[tuple[int, str, str, str, str]] = Counter()
    for turn in range(revisions):
        wanted = transfers * (turn + 1) // revisions - transfers * turn // revisions
        with revision(
            by=BY, at=AT + timedelta(days=turn), action="post_transfers", subject="benchmark"
        ) as r:
            rows = [_reversal(row, r.number) for row in waiting[:wanted]]
            places = range(wanted - len(rows))
            rows += [_transfer(random, projects[codes[i % deals]], r.number) for i in places]
            made = Transfer.objects.bulk_create(rows, batch_size=1000)
        waiting = [
            row for row in made
            if row.reverses_id is None and random.randrange(100) < REVERSED_IN_HUNDRED
        ]  # fmt: skip
        for row in made:
            for account, cents in ((row.taker, row.amount), (row.giver, -row.amount)):
                line = (row.deal_id, account.stage, account.pillar, row.kind, row.occasion)
                balances[line] += cents
    Balance.objects.bulk_create(
        [
            Balance(
                deal_id=deal, stage=stage, pillar=pillar, kind=kind, occasion=occasion, amount=cents
            )
            for (deal, stage, pillar, kind, occasion), cents in balances.items()
        ],
        batch_size=1000,
    )
    return codes


def _accounts(codes: list[str]) -> dict[str, list[Project]]:
    with revision(by=BY, at=AT, action="open_accounts", subject="benchmark") as r:
        deals = [Deal.objects.create(code=code, revision_id=r.number) for code in codes]
        made = {
            (a.deal_id, a.stage, a.holder): a
            for a in Account.objects.bulk_create(
                [
                    Account(
                        deal=deal, stage=stage, holder=holder, pillar=pillar, revision_id=r.number
                    )
                    for deal in deals
                    for stage, holder, pillar in _opened()
                ],
                batch_size=1000,
            )
        }
    return {
        deal.code: [
            Project(
                made[deal.pk, Stage.PILLAR, pillar],
                *(
                    made[deal.pk, stage, holder]
                    for stage in (Stage.RESERVED, Stage.AWARDED, Stage.COMMITTED, Stage.PAID)
                ),
            )
            for holder, pillar in _projects()
        ]
        for deal in deals
    }


def _projects() -> Iterator[tuple[str, str]]:
    for number in range(PROJECTS):
        pillar = PILLARS[number % len(PILLARS)]
        yield f"{pillar}-{number + 1}", pillar


def _opened() -> Iterator[tuple[Stage, str, str]]:
    for pillar in PILLARS:
        yield Stage.PILLAR, pillar, pillar
    for project, pillar in _projects():
        for stage in (Stage.RESERVED, Stage.AWARDED, Stage.COMMITTED, Stage.PAID):
            yield stage, project, pillar


def _transfer(random: Random, projects: list[Project], number: int) -> Transfer:
    kind = random.choices(list(SHARES), list(SHARES.values()))[0]
    giver, taker = random.choice(projects).route(kind)
    decided = kind in (Kind.AWARD, Kind.RESERVATION, Kind.RELEASE)
    tranche = random.randint(1, TRANCHES)
    return Transfer(
        deal_id=giver.deal_id,
        kind=kind.value,
        giver=giver,
        taker=taker,
        amount=random.randint(1, 50_000_000),
        effective_on=START + timedelta(days=random.randrange(DAYS)),
        occasion=str(tranche) if decided else "",
        cause=f"{kind.value}:{taker.holder}/{tranche}",
        revision_id=number,
    )


def _reversal(row: Transfer, number: int) -> Transfer:
    return Transfer(
        deal_id=row.deal_id,
        kind=row.kind,
        giver=row.taker,
        taker=row.giver,
        amount=row.amount,
        effective_on=row.effective_on,
        occasion=row.occasion,
        cause=row.cause,
        reverses=row,
        revision_id=number,
    )
