"""What must always hold, over record, ledger and figures."""

from collections import Counter

from noaber.access.rules import OFFICE
from noaber.awards import queries as awards
from noaber.core.address import Address
from noaber.core.finding import Finding
from noaber.core.notation import euro
from noaber.deals import queries as deals
from noaber.deals.rules import shares
from noaber.ledger import queries as ledger
from noaber.monitor import figures, queries
from noaber.monitor.income import INCOME
from noaber.monitor.money import MONEY
from noaber.monitor.views import DealView
from noaber.record import queries as record
from noaber.record import triggers
from noaber.record.rules import Moment
from noaber.treasury.rules import position


def invariants(published: tuple[int, str] | None = None) -> tuple[Finding, ...]:
    """Findings on what must always hold; none when all is well.

    `published` is a head of the chain as published before: number and hash.
    """
    moment = Moment.ever(record.latest())
    found = [
        Finding(
            "K-00",
            f"De bewaking {name} ontbreekt in de database.",
            remedy="Herstel met: noaber setup.",
        )
        for name in triggers.missing()
    ]
    found += record.check_chain(published)
    found += ledger.check_ledger()
    for code in deals.codes():
        seen = queries.view(code, moment, OFFICE)
        if seen is not None:
            found += _decided_and_posted(seen, moment)
            found += _explained(seen, moment)
            found += _lived(seen)
    return tuple(found)


def _decided_and_posted(seen: DealView, moment: Moment) -> list[Finding]:
    """Each award (less what flowed back of it), allocation and contribution stands in the ledger with its own amount."""
    s = seen.snapshot
    code = s.deal.code
    decided = awards.facts(code, moment, OFFICE)
    back = Counter[tuple[str, str]]()
    for item in decided.releases:
        back[item.project, item.of] += item.amount
    expected = {
        Address(code, "awarded", (("project", a.project), ("tranche", a.tranche))): a.amount
        - back[a.project, a.tranche]
        for a in decided.awards
    }
    latest = {a.line: a for a in sorted(s.allocations, key=lambda a: a.effective)}
    expected |= {
        Address(code, "allocated", (("pillar", line),)): a.amount for line, a in latest.items()
    }
    for contribution in s.contributions:
        keys = [k for k in s.contribution_keys if k.contribution == contribution.code]
        divided = sum(share.amount for share in shares(contribution, keys))
        expected[Address(code, "promised", (("contribution", contribution.code),))] = divided
    found = []
    for address, wanted in expected.items():
        posted = figures.figure(s, address).value
        if posted != wanted:
            found.append(
                Finding("K-20", f"{address}: besloten {euro(wanted)}, geboekt {euro(posted or 0)}.")
            )
    return found


def _lived(seen: DealView) -> list[Finding]:
    """Each commitment stands in the ledger as its payments, settlement and recoveries come to."""
    s = seen.snapshot
    found = []
    for life in s.money.lives:
        code = life.commitment.code
        stands = position(life, s.moment.as_of)
        wanted = {
            "payable": stands.open,
            "paid": stands.paid,
            "settled": stands.settled,
            "claimed": stands.claim,
        }
        for name, cents in wanted.items():
            address = Address(s.deal.code, name, (("commitment", code),))
            posted = figures.figure(s, address).value
            if posted != cents:
                told = f"vastgelegd {euro(cents)}, geboekt {euro(posted or 0)}."
                found.append(Finding("K-22", f"{address}: {told}"))
    return found


def _explained(seen: DealView, moment: Moment) -> list[Finding]:
    """The parts of every figure in euros add up to it."""
    s = seen.snapshot
    transfers = ledger.transfers(s.deal.code, moment)
    found = []
    known = {name: kind.filters for name, kind in MONEY.items()}
    known |= {name: filters for name, (_, filters) in INCOME.items()}
    for name, filters in known.items():
        addresses = [Address(s.deal.code, name)]
        if "pillar" in filters:
            addresses += [Address(s.deal.code, name, (("pillar", p.code),)) for p in s.pillars]
        for address in addresses:
            value = figures.figure(s, address).value
            total = sum(p.value for p in figures.parts(s, address, transfers))
            if value != total:
                found.append(
                    Finding(
                        "K-21", f"{address}: cijfer {euro(value or 0)}, delen samen {euro(total)}."
                    )
                )
    return found
