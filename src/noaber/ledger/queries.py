"""Reading the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, Sum

from noaber.core.finding import Finding
from noaber.core.notation import euro
from noaber.ledger import models
from noaber.ledger.rules import GUARDED, Account, Flow, Kind, Posting, Stage, Total, Transfer
from noaber.record.rules import Evidence, Moment

Sums = dict[tuple[int, str, str], int]

KINDS = {kind.value: kind for kind in Kind}
STAGES = {stage.value: stage for stage in Stage}

# By hand, since every page asks them: indexes hold all they need, in the order of the groups.
SUMS_OF_DEAL = """
    SELECT giver_id, taker_id, kind, occasion, SUM(amount)
    FROM ledger_transfer
    WHERE deal_id = (SELECT id FROM deals_deal WHERE code = %s)
      AND effective_on <= %s AND revision_id <= %s
    GROUP BY giver_id, taker_id, kind, occasion
"""
ACCOUNTS_OF_DEAL = """
    SELECT id, stage, holder, pillar
    FROM ledger_account
    WHERE deal_id = (SELECT id FROM deals_deal WHERE code = %s)
"""


def flows(deal: str, moment: Moment) -> tuple[Flow, ...]:
    """Net amounts into the accounts of one deal, at the moment: two queries, whatever the size.

    The ledger takes no audience: decided amounts are never withheld.
    """
    with connection.cursor() as cursor:
        cursor.execute(SUMS_OF_DEAL, [deal, moment.as_of, moment.revision])
        sums = _net(cursor.fetchall())
        cursor.execute(ACCOUNTS_OF_DEAL, [deal])
        accounts = {pk: (deal, Account(Stage(s), h, p)) for pk, s, h, p in cursor.fetchall()}
    return _flows(accounts, sums)[deal]


def current_totals(deals: Collection[str]) -> Mapping[str, tuple[Total, ...]]:
    """Net amounts of several deals over all transfers so far, from the summary table; unordered."""
    rows = models.Balance.objects.filter(deal__code__in=deals).exclude(amount=0)
    columns = ("deal__code", "stage", "pillar", "kind", "occasion", "amount")
    found: dict[str, list[Total]] = {deal: [] for deal in deals}
    for deal, stage, pillar, kind, occasion, amount in rows.order_by().values_list(*columns):
        found[deal].append(Total(STAGES[stage], pillar, KINDS[kind], occasion, amount))
    return {deal: tuple(totals) for deal, totals in found.items()}


def transfers(
    deal: str, moment: Moment, *, kinds: Collection[Kind] | None = None
) -> tuple[Transfer, ...]:
    """Transfers of one deal at the moment, in order of posting."""
    rows = models.Transfer.objects.filter(
        deal__code=deal, effective_on__lte=moment.as_of, revision_id__lte=moment.revision
    )
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    return tuple(as_transfer(row) for row in rows.select_related("giver", "taker").order_by("id"))


def live_transfers(deal: str, causes: Collection[str]) -> tuple[Transfer, ...]:
    """Transfers that follow from `causes` and were not taken back, whatever their date."""
    rows = models.Transfer.objects.filter(
        deal__code=deal, cause__in=causes, reverses=None, reversed_by=None
    )
    return tuple(as_transfer(row) for row in rows.select_related("giver", "taker").order_by("id"))


def per_day(deal: str, stage: Stage) -> Mapping[date, int]:
    """What is added to all accounts of a stage together, in cents per day of effect, as known now:
    two queries.
    """
    found: dict[date, int] = defaultdict(int)
    rows = models.Transfer.objects.filter(deal__code=deal).order_by()
    for side, sign in (("taker", 1), ("giver", -1)):
        of_stage = rows.filter(**{f"{side}__stage": stage.value}).values_list("effective_on")
        for on, amount in of_stage.annotate(total=Sum("amount")):
            found[on] += sign * int(amount)
    return found


def last_effective_on(deal: str) -> date | None:
    """The latest date of effect of any transfer of the deal."""
    found: date | None = models.Transfer.objects.filter(deal__code=deal).aggregate(
        last=Max("effective_on")
    )["last"]
    return found


def entries(account: models.Account) -> Iterable[tuple[date, int]]:
    """Signed amounts (date of effect, cents) of an account over all transfers so far."""
    for on, amount in account.taken.values_list("effective_on").annotate(total=Sum("amount")):
        yield on, int(amount)
    for on, amount in account.given.values_list("effective_on").annotate(total=Sum("amount")):
        yield on, -int(amount)


def check_ledger() -> tuple[Finding, ...]:
    """Findings on the ledger: a summary that differs from its transfers, an account below zero."""
    every = models.Transfer.objects.order_by()
    pairs = every.values_list("giver_id", "taker_id", "kind", "occasion")
    lines = {
        pk: line
        for pk, *line in models.Account.objects.values_list("id", "deal_id", "stage", "pillar")
    }
    computed: dict[tuple[Any, ...], int] = defaultdict(int)
    for (account, kind, occasion), amount in _net(pairs.annotate(total=Sum("amount"))).items():
        computed[*lines[account], kind, occasion] += amount
    columns = ("deal_id", "stage", "pillar", "kind", "occasion")
    stored = {
        tuple(line): amount
        for *line, amount in models.Balance.objects.values_list(*columns, "amount")
    }
    found = [
        Finding(
            "K-10",
            f"Stand van deal {key[0]} ({' '.join(part for part in key[1:] if part)}): samenvatting "
            f"{euro(stored.get(key, 0))}, boekingen {euro(computed.get(key, 0))}.",
        )
        for key in sorted(computed.keys() | stored.keys())
        if computed.get(key, 0) != stored.get(key, 0)
    ]
    lowest = _lowest_balances()
    found.extend(
        Finding("K-11", f"{account.holder} ({account.stage}) staat op een dag onder nul.")
        for account in models.Account.objects.filter(stage__in=GUARDED)
        if lowest.get(account.pk, 0) < 0
    )
    return tuple(found)


def _lowest_balances() -> dict[int, int]:
    per_day: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    rows = models.Transfer.objects.values_list("giver_id", "taker_id", "effective_on", "amount")
    for giver, taker, on, amount in rows.iterator():
        per_day[giver][on] -= amount
        per_day[taker][on] += amount
    lowest = {}
    for account, days in per_day.items():
        balance = low = 0
        for on in sorted(days):
            balance += days[on]
            low = min(low, balance)
        lowest[account] = low
    return lowest


def _net(grouped: Iterable[tuple[int, int, str, str, int]]) -> Sums:
    """Net amounts per account, of sums per giver, taker, kind and occasion."""
    sums: Sums = defaultdict(int)
    for giver, taker, kind, occasion, total in grouped:
        cents = int(total)
        sums[taker, kind, occasion] += cents
        sums[giver, kind, occasion] -= cents
    return sums


def _accounts(deals: Collection[str]) -> dict[int, tuple[str, Account]]:
    rows = models.Account.objects.filter(deal__code__in=deals)
    columns = rows.values_list("id", "deal__code", "stage", "holder", "pillar")
    return {pk: (deal, Account(Stage(s), h, p)) for pk, deal, s, h, p in columns}


def _flows(
    accounts: Mapping[int, tuple[str, Account]], sums: Mapping[tuple[int, str, str], int]
) -> defaultdict[str, tuple[Flow, ...]]:
    found: dict[str, list[Flow]] = defaultdict(list)
    for (pk, kind, occasion), amount in sums.items():
        if amount:
            deal, account = accounts[pk]
            found[deal].append(Flow(account, KINDS[kind], occasion, amount))
    return defaultdict(tuple, {deal: tuple(flows) for deal, flows in found.items()})


def as_transfer(row: Any) -> Transfer:
    """A row as a value; its accounts must be loaded."""
    giver, taker = _account(row.giver), _account(row.taker)
    if row.reverses_id is not None:
        giver, taker = taker, giver  # the posting it takes back, so that its route is a known one
    posting = Posting(
        Kind(row.kind),
        giver,
        taker,
        row.amount,
        row.effective_on,
        row.cause,
        row.occasion,
        row.memo,
    )
    evidence = Evidence(row.source, row.locator, row.origin, row.revision_id)
    return Transfer(row.pk, posting, row.revision_id, row.reverses_id, evidence)


def _account(row: models.Account) -> Account:
    return Account(Stage(row.stage), row.holder, row.pillar)
