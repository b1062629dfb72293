"""What the page of the treasurer tells beside figures, summed here once more and plainly."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from noaber.access.rules import Audience
from noaber.core.notation import day
from noaber.deals import queries as deals
from noaber.projects import queries as projects
from noaber.projects.rules import Project
from noaber.record.rules import Moment
from noaber.treasury import queries as treasury
from noaber.treasury.queries import TreasuryFacts
from tests.reading.facts import Fact, fact, in_cells


def in_cash(deal: str, moment: Moment, audience: Audience) -> Counter[Fact]:
    """What the page of the treasurer tells that is no figure."""
    facts = treasury.facts(deal, moment, audience)
    found = [
        *_instalments(deals.facts(deal, moment, audience), facts),
        *(fact("binnen", r.code, "Bedrag", r.amount) for r in facts.receipts),
        *_budget_lines(facts),
        *_forecasts(projects.facts(deal, moment, audience).current, facts),
        *_days(facts),
    ]
    lacking = sum(fact.exact for fact in found if (fact.section, fact.label) == ("komt", "Nog"))
    return Counter([Fact("inhoud", "Er moet nog", "", Decimal(lacking)), *in_cells(found)])


def _instalments(of_deal: deals.DealFacts, facts: TreasuryFacts) -> Iterator[Fact]:
    """Of each instalment that did not come in whole what came in of it, and what lacks."""
    names = {c.code: c.name for c in of_deal.contributions}
    for due in of_deal.instalments:
        came = sum(
            r.amount for r in facts.receipts if r.instalment == f"{due.contribution}-{due.number}"
        )
        about = f"{names[due.contribution]} termijn {due.number}"
        if due.amount is None or came < due.amount:
            yield fact("komt", about, "Binnen", came)
            if due.amount is not None:
                yield fact("komt", about, "Nog", due.amount - came)


def _budget_lines(facts: TreasuryFacts) -> Iterator[Fact]:
    """Of each line of the budget of overhead what it was committed for, what was paid and is left."""
    settled = {s.commitment: s.amount for s in facts.settlements}
    for line in facts.budget:
        made = [c for c in facts.commitments if c.line == line.code]
        paid = {c.code: _paid(facts, c.code) for c in made}
        committed = sum(
            max(settled[c.code], paid[c.code]) if c.code in settled else c.amount for c in made
        )
        about = f"{line.name} {line.year}"
        yield fact("overhead", about, "Verplicht", committed)
        yield fact("overhead", about, "Betaald", sum(paid.values()))
        yield fact("overhead", about, "Nog vrij", line.amount - committed)


def _paid(facts: TreasuryFacts, commitment: str) -> int:
    came = sum(p.amount for p in facts.payments if p.commitment == commitment)
    return came - sum(r.amount for r in facts.recoveries if r.commitment == commitment)


def _forecasts(found: Iterable[Project], facts: TreasuryFacts) -> Iterator[Fact]:
    """Each forecast beside what was paid in that year."""
    names = {p.code: f"{p.number} {p.name}" for p in found}
    for given in facts.forecasts:
        mine = {c.code for c in facts.commitments if c.project == given.project}
        went = [(p.commitment, p.effective, p.amount) for p in facts.payments]
        went += [(r.commitment, r.effective, -r.amount) for r in facts.recoveries]
        paid = sum(
            cents for of, on, cents in went if of in mine and on.counts_from.year == given.year
        )
        about = f"{names[given.project]} {given.year}"
        yield fact("prognoses", about, "Verwacht", given.amount)
        yield fact("prognoses", about, "Betaald", paid)
        yield fact("prognoses", about, "Verschil", paid - given.amount)


def _days(facts: TreasuryFacts) -> Iterator[Fact]:
    """What came and went on each day."""
    came, went = Counter[date](), Counter[date]()
    for receipt in facts.receipts:
        came[receipt.effective.counts_from] += receipt.amount
    for recovery in facts.recoveries:
        came[recovery.effective.counts_from] += recovery.amount
    for payment in facts.payments:
        went[payment.effective.counts_from] += payment.amount
    for label, of in (("Binnen", came), ("Uit", went)):
        yield from (fact("stand", day(on), label, cents) for on, cents in of.items())
