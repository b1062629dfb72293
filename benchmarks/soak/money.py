"""Money is equal everywhere: rows, sums, summary, monitor, explanation and page, to the cent."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from random import Random
from time import monotonic
from urllib.parse import parse_qs

from django.core.management import call_command
from django.db.models import F
from django.test import Client

from benchmarks.place import Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.access.rules import PUBLIC
from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.core.address import Address
from noaber.core.notation import ZERO, amount, count
from noaber.ledger import queries as ledger
from noaber.ledger.models import Account, Balance, Transfer
from noaber.ledger.rules import Kind, Stage, Total, totals
from noaber.monitor import figures, queries
from noaber.monitor.snapshot import AWARD_KINDS
from noaber.record.actions import revision
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from tests.integration.ledger.small_deal import (
    ANNA,
    AT,
    PILLARS,
    PROJECTS,
    TRANCHES,
    found,
)

PER_DEAL = 10_000
ALLOCATED = 10**14
LINK = re.compile(
    r'<a class="figure" href="[^"]*/herkomst/awarded\?([^"]*)"[^>]*>(.*?)</a>', re.DOTALL
)
TAG = re.compile(r"<[^>]+>")
Cells = dict[tuple[str, str], int]


def run(place: Place, asked: Asked) -> Outcome:
    """Deal after deal, each with decisions and very many transfers in bulk."""
    del place
    call_command("collectstatic", interactive=False, verbosity=0)
    random = Random(asked.seed)
    deadline = asked.deadline()
    failures: list[str] = []
    posted = deals = 0
    while posted < asked.transfers and monotonic() < deadline:
        deals += 1
        deal = f"deal-{deals}"
        found(deal, allocated=ALLOCATED)
        _decide(random, deal)
        _post_in_bulk(random, deal, min(PER_DEAL, asked.transfers - posted))
        posted += Transfer.objects.filter(deal__code=deal).count()
        for tranche in (TRANCHES[2], TRANCHES[5]):
            moment = Moment(tranche.effective_on, latest())
            failures += [
                f"{deal} op {moment.as_of}: {wrong}" for wrong in _differences(deal, moment)
            ]
    failures += [str(finding) for finding in check_chain()]
    return Outcome(f"{count(posted)} boekingen in {count(deals)} deals vergeleken", failures)


def _decide(random: Random, deal: str) -> None:
    """Decisions as people take them, and some of them corrected."""
    taken = [(p, t.number) for p in PROJECTS for t in TRANCHES if random.random() < 0.7]
    for project, tranche in [*taken, *random.sample(taken, len(taken) // 3)]:
        decision = Award(project, tranche, random.randint(1, 500_000_00), "printed")
        award(decision, deal=deal, by=ANNA, at=AT)


def _post_in_bulk(random: Random, deal: str, wanted: int) -> None:
    accounts = list(Account.objects.filter(deal__code=deal))
    shares = {a.pillar: a for a in accounts if a.stage == Stage.PILLAR}
    awarded = [a for a in accounts if a.stage == Stage.AWARDED]
    balances: Counter[tuple[str, str, str, str]] = Counter()
    with revision(by=ANNA, at=AT, action="post_transfers", subject=f"deal:{deal}") as r:
        rows = []
        for number in range(wanted):
            taker = random.choice(awarded)
            kind = Kind.AWARD if number % 4 else Kind.RELEASE
            route = (shares[taker.pillar], taker)
            giver, taker = route if kind == Kind.AWARD else route[::-1]
            tranche = random.choice(TRANCHES)
            cents = random.randint(1, 10**7 if kind == Kind.AWARD else 10**5)
            rows.append(
                Transfer(
                    deal_id=giver.deal_id, kind=kind.value, giver=giver, taker=taker, amount=cents,
                    effective_on=tranche.effective_on, occasion=tranche.number,
                    cause=f"soak:{number}", revision_id=r.number,
                )
            )  # fmt: skip
            for account, moved in ((taker, cents), (giver, -cents)):
                line = (account.stage, account.pillar, kind.value, tranche.number)
                balances[line] += moved
        Transfer.objects.bulk_create(rows, batch_size=1000)
        owner = shares[PILLARS[0]].deal_id
        for (stage, pillar, name, occasion), cents in balances.items():
            balance, _ = Balance.objects.get_or_create(
                deal_id=owner,
                stage=stage,
                pillar=pillar,
                kind=name,
                occasion=occasion,
                defaults={"amount": 0},
            )
            Balance.objects.filter(pk=balance.pk).update(amount=F("amount") + cents)


def _differences(deal: str, moment: Moment) -> Iterator[str]:
    """Every place that shows pillar x tranche, beside the rows themselves."""
    expected = _of_rows(deal, moment)
    yield from _unequal("som", _of_totals(totals(ledger.flows(deal, moment))), expected)
    if moment.as_of == TRANCHES[-1].effective_on:
        yield from _unequal(
            "samenvatting", _of_totals(ledger.current_totals([deal])[deal]), expected
        )
    seen = queries.view(deal, moment, PUBLIC)
    if seen is None:
        yield "de deal is er niet"
        return
    shown: Cells = {
        (p.pillar.code, t.tranche.number): figure.value or 0
        for p in seen.overview.pillars
        for t, figure in zip(seen.overview.tranches, p.per_tranche, strict=True)
    }
    yield from _unequal("monitor", shown, expected)
    transfers = ledger.transfers(deal, moment)
    explained: Cells = {
        (pillar, tranche): sum(
            part.value
            for part in figures.parts(seen.snapshot, _address(deal, pillar, tranche), transfers)
        )
        for pillar, tranche in expected
    }
    yield from _unequal("uitleg", explained, expected)
    yield from _on_page(deal, moment, expected)


def _address(deal: str, pillar: str, tranche: str) -> Address:
    return Address(deal, "awarded", (("pillar", pillar), ("tranche", tranche)))


def _of_rows(deal: str, moment: Moment) -> Cells:
    cells: Cells = defaultdict(int)
    rows = Transfer.objects.filter(deal__code=deal).select_related("giver", "taker")
    for row in rows.iterator(chunk_size=5000):
        if row.effective_on <= moment.as_of and row.revision_id <= moment.revision:
            for account, sign in ((row.taker, 1), (row.giver, -1)):
                if account.stage == Stage.AWARDED and row.kind in AWARD_KINDS:
                    cells[account.pillar, row.occasion] += sign * row.amount
    return dict(cells)


def _of_totals(found: tuple[Total, ...]) -> Cells:
    cells: Cells = defaultdict(int)
    for total in found:
        if total.stage == Stage.AWARDED and total.kind in AWARD_KINDS:
            cells[total.pillar, total.occasion] += total.amount
    return dict(cells)


def _unequal(where: str, cells: Cells, expected: Cells) -> Iterator[str]:
    for cell in sorted(cells.keys() | expected.keys()):
        if cells.get(cell, 0) != expected.get(cell, 0):
            yield f"{where} {cell}: {cells.get(cell, 0)}, boekingen {expected.get(cell, 0)} cent"


def _on_page(deal: str, moment: Moment, expected: Cells) -> Iterator[str]:
    address = f"/{deal}/geld/?peildatum={moment.as_of}&bekend={moment.revision}"
    response = Client(headers={"host": "localhost"}).get(address)
    if response.status_code != 200:
        yield f"{address} antwoordt {response.status_code}"
        return
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    for query, text in LINK.findall(response.content.decode()):
        filters = parse_qs(unescape(query))
        if filters.keys() >= {"pillar", "tranche"}:
            place = (filters["pillar"][0], filters["tranche"][0])
            shown[place].add(unescape(TAG.sub("", text)).strip())
    for cell, cents in expected.items():
        wanted = amount(cents) if cents else ZERO
        if shown[cell] != {wanted}:
            yield f"bladzijde {cell}: {sorted(shown[cell])} in plaats van {wanted}"
