"""Amounts of single facts, such as what one decision gave: what pages tell of them against the
register, summed here once more and plainly.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from noaber.access.rules import Audience
from noaber.awards import queries as awards
from noaber.deals import queries as deals
from noaber.deals.rules import OVERHEAD
from noaber.projects import queries as projects
from noaber.record.rules import Moment
from noaber.treasury import queries as treasury
from tests.reading.shown import Told, read


@dataclass(frozen=True)
class Fact:
    """Euros of one fact: in which part of a page, of what, and under which heading."""

    section: str
    about: str
    label: str
    exact: Decimal


def check_told(told: Iterable[Told], wanted: Counter[Fact], *, english: bool = False) -> None:
    """Compare the amounts that a page tells with the facts: each of these, and nothing else.

    :raises AssertionError: with the amount that is of no fact, written otherwise, or lost.
    """
    left = Counter(wanted)
    for item in told:
        said = read(item.text, english=english)
        assert said is not None, item
        assert said.stands_for(item.exact), item
        found = next((f for f in left if left[f] and _is(item, f)), None)
        assert found is not None, ("of no fact", item)
        left[found] -= 1
    assert not +left, ("lost", +left)


def _is(told: Told, fact: Fact) -> bool:
    where = (told.section, told.label, told.exact)
    return where == (fact.section, fact.label, fact.exact) and fact.about in told.row


def in_list(deal: str, moment: Moment, audience: Audience) -> Counter[Fact]:
    """What the public list of decisions tells of each decision."""
    return Counter(
        Fact(f"besluit-{code}", about, label, exact)
        for code, about, label, exact in _decided(deal, moment, audience, lambda *_: "")
    )


def in_meeting(deal: str, meeting: str, moment: Moment, audience: Audience) -> Counter[Fact]:
    """What the page of a meeting in the office tells of the decisions that were taken in it."""
    return Counter(
        Fact(f"besluit-{code.rpartition('-')[2]}", about, label, exact)
        for code, about, label, exact in _decided(deal, moment, audience, _term)
        if code.rpartition("-")[0] == meeting
    )


def _term(kind: str, tranche: str) -> str:
    """How the office calls what a decision did."""
    return {
        "award": f"Toegekend in tranche {tranche}",
        "reservation": "Gereserveerd, in totaal",
        "release": f"Vrijgevallen van tranche {tranche}"
        if tranche
        else "Vrijgevallen van de reservering",
    }[kind]


def _decided(
    deal: str, moment: Moment, audience: Audience, term: Callable[[str, str], str]
) -> Iterator[tuple[str, str, str, Decimal]]:
    """Decision, of what, heading and euros of all that decisions came to."""
    facts = awards.facts(deal, moment, audience)
    found = projects.facts(deal, moment, audience).current
    names = {p.code: f"{p.number} {p.name}" for p in found}
    money = [("award", a.decision, a.project, a.tranche, a.amount) for a in facts.awards]
    money += [
        ("reservation", r.decision, r.project, r.tranche, r.amount) for r in facts.reservations
    ]
    money += [("release", r.decision, r.project, r.of, r.amount) for r in facts.releases]
    for kind, decision, project, tranche, cents in money:
        if decision:
            yield decision, names[project], term(kind, tranche), euros(cents)
    lines = {p.code: p.name for p in deals.pillars(deal, moment, audience)}
    lines[OVERHEAD] = "Overheadkosten"
    before: dict[str, int] = {}
    for share in deals.allocations(deal, moment.revision, audience):
        more = share.amount - before.get(share.line, 0)
        before[share.line] = share.amount
        if share.decision and share.effective.counts_from <= moment.as_of:
            yield share.decision, lines[share.line], "Deel", euros(share.amount)
            if more:
                yield share.decision, lines[share.line], "Verschil", euros(more)


def in_cells(found: Iterable[Fact]) -> Iterator[Fact]:
    """Those that a table tells as a number: nought is a dash there."""
    return (fact for fact in found if fact.exact)


def in_allocation(deal: str, moment: Moment, audience: Audience) -> Counter[Fact]:
    """What the page of the allocation tells of each year in which a share became another."""
    lines = {p.code: p.name for p in deals.pillars(deal, moment, audience)}
    lines[OVERHEAD] = "Overheadkosten"
    standing: dict[str, int] = {}
    ends: dict[int, dict[str, int]] = {}
    found = list(_overhead(deal, moment, audience))
    for share in deals.allocations(deal, moment.revision, audience):
        name = lines[share.line]
        about = f": {name if share.line != OVERHEAD else name.lower()}"
        if share.line in standing:
            about = f"{about} van"
            found.append(fact("jaren", about, "", standing[share.line]))
        else:
            about = f"{about} krijgt"
        found.append(fact("jaren", about, "", share.amount))
        standing[share.line] = share.amount
        ends[share.effective.counts_from.year] = dict(standing)
    for year, shares in ends.items():
        found += [fact("jaren", str(year), lines[line], cents) for line, cents in shares.items()]
    return Counter(in_cells(found))


def _overhead(deal: str, moment: Moment, audience: Audience) -> Iterator[Fact]:
    """What of overhead is not committed."""
    facts = treasury.facts(deal, moment, audience)
    settled = {s.commitment: s.amount for s in facts.settlements}
    shares = deals.facts(deal, moment, audience).allocations
    whole = sum(share.amount for share in shares if share.line == OVERHEAD)
    made = (settled.get(c.code, c.amount) for c in facts.commitments if not c.project)
    yield fact("nu", "Overheadkosten", "Vrij", whole - sum(made))


def fact(section: str, about: str, label: str, cents: int) -> Fact:
    """A fact of an amount in cents."""
    return Fact(section, " ".join(about.split()), label, euros(cents))


def euros(cents: int) -> Decimal:
    """Cents as euros."""
    return Decimal(cents).scaleb(-2)
