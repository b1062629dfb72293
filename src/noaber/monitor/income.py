"""Figures in euros that follow from facts and not from the ledger: what parties decided and paid, the
cash of the treasurer, budgets and forecasts. Pure; each is the sum of its parts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from noaber.core.address import Address
from noaber.core.dates import PartialDate
from noaber.deals.rules import Contribution, mandated, shares, standing
from noaber.monitor import money
from noaber.monitor.rules import Part, UnknownFigure
from noaber.monitor.snapshot import Snapshot
from noaber.record.rules import Evidence
from noaber.treasury.rules import Forecast

BODIES = {
    "council": "gemeenteraad",
    "provincial_states": "Provinciale Staten",
    "executive": "college of Gedeputeerde Staten",
    "minister": "minister",
    "other": "ander orgaan",
}
OUTCOMES = {
    "granted": "ingestemd",
    "conditional": "ingestemd onder voorwaarden",
    "refused": "geweigerd",
}
STANDINGS = {
    "received": "ontvangen",
    "decided": "besloten",
    "conditional": "besloten onder voorwaarden",
    "partly": "deels besloten",
    "refused": "geweigerd",
    "": "",
}
"""How hard a contribution is by what was decided and came in, in words."""


def parts(snapshot: Snapshot, address: Address) -> tuple[Part, ...]:
    """The signed parts of the figure at `address`.

    :raises UnknownFigure: when the figure does not know one of the filters.
    """
    made, known = INCOME[address.figure]
    for name, _ in address.filters:
        if name not in known:
            raise UnknownFigure(f"Het cijfer {address.figure} kent het filter {name} niet.")
    return tuple(made(snapshot, address))


def standing_of(snapshot: Snapshot, contribution: Contribution) -> str:
    """How hard a contribution is by what was decided and came in; "" when nothing was."""
    keys = [k for k in snapshot.contribution_keys if k.contribution == contribution.code]
    own = [m for m in snapshot.mandates if m.contribution == contribution.code]
    received = sum(r.amount for r in snapshot.money.receipts if r.contribution == contribution.code)
    return standing(shares(contribution, keys), own, received)


@dataclass(frozen=True)
class Variance:
    """A forecast as given, what was paid in its year by now, and the difference: cents.

    `latest` says that no later forecast of the same year was given.
    """

    forecast: Forecast
    paid: int
    latest: bool

    @property
    def difference(self) -> int:
        """Paid less what was forecast."""
        return self.paid - self.forecast.amount


def variances(snapshot: Snapshot) -> tuple[Variance, ...]:
    """Every forecast beside what was paid, by project, year and the day it was given."""
    paid = _paid_per_year(snapshot)
    last = {(f.project, f.year): f for f in snapshot.money.forecasts}
    return tuple(
        Variance(f, paid.get((f.project, f.year), 0), last[f.project, f.year] is f)
        for f in snapshot.money.forecasts
    )


def _paid_per_year(snapshot: Snapshot) -> dict[tuple[str, int], int]:
    """What was paid less what came back, per project and year."""
    found: dict[tuple[str, int], int] = {}
    steps = [(p.commitment, p.effective, p.amount) for p in snapshot.money.payments]
    steps += [(r.commitment, r.effective, -r.amount) for r in snapshot.money.recoveries]
    for code, on, amount in steps:
        made = snapshot.commitment_by_code.get(code)
        if made:
            key = (made.project, on.counts_from.year)
            found[key] = found.get(key, 0) + amount
    return found


def _mandated(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    parties = {p.code: p for p in snapshot.parties}
    for contribution in snapshot.contributions:
        if address.get("contribution") not in (None, contribution.code):
            continue
        keys = [k for k in snapshot.contribution_keys if k.contribution == contribution.code]
        own = [m for m in snapshot.mandates if m.contribution == contribution.code]
        for mandate, amount in mandated(shares(contribution, keys), own):
            party = parties.get(mandate.party)
            if address.get("party") not in (None, mandate.party):
                continue
            if party is None or address.get("side") not in (None, party.side):
                continue
            yield _part(
                snapshot,
                party.name,
                amount,
                mandate.effective,
                mandate.evidence,
                decision=", ".join(w for w in (BODIES[mandate.body], mandate.document) if w),
                note=OUTCOMES[mandate.outcome],
            )


def _received(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    names = {c.code: c for c in snapshot.contributions}
    parties = {p.code: p for p in snapshot.parties}
    for receipt in snapshot.money.receipts:
        contribution = names.get(receipt.contribution)
        payer = receipt.party or (contribution.party if contribution else "")
        party = parties.get(payer)
        if (
            address.get("contribution") in (None, receipt.contribution)
            and address.get("party") in (None, payer)
            and address.get("side") in (None, party.side if party else "")
        ):
            yield _part(
                snapshot,
                contribution.name if contribution else receipt.contribution,
                receipt.amount,
                receipt.effective,
                receipt.evidence,
                decision=f"ontvangst {receipt.code}",
                note=party.name if party and receipt.party else "",
            )


def _cash(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for name, label, sign in (("received", "Ontvangen", 1), ("paid", "Betaald", -1)):
        of = Address(address.deal, name)
        value = (
            money.value(snapshot, of)
            if name in money.MONEY
            else sum(part.value for part in parts(snapshot, of))
        )
        if value:
            yield Part(label, sign * value, address=of)


def _overhead_budget(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for line in snapshot.money.budget:
        if address.get("year") in (None, str(line.year)) and (
            address.get("line") in (None, line.code)
        ):
            yield _part(
                snapshot,
                f"{line.name} {line.year}",
                line.amount,
                PartialDate(line.year),
                line.evidence,
            )


def _forecast(snapshot: Snapshot, address: Address) -> Iterator[Part]:
    for found in variances(snapshot):
        given = found.forecast
        project = snapshot.project_by_code.get(given.project)
        if (
            found.latest
            and project is not None
            and address.get("project") in (None, given.project)
            and address.get("pillar") in (None, project.pillar)
            and address.get("year") in (None, str(given.year))
        ):
            yield _part(
                snapshot,
                f"{project.number} {project.name}, {given.year}",
                given.amount,
                given.given,
                given.evidence,
                note=given.note,
                project=project.code,
            )


def _part(
    snapshot: Snapshot,
    label: str,
    value: int,
    on: PartialDate,
    evidence: Evidence,
    **more: str,
) -> Part:
    return Part(
        label,
        value,
        on,
        source=snapshot.cite(evidence.source),
        locator=evidence.locator,
        origin=evidence.origin,
        revision=evidence.revision,
        **more,  # type: ignore[arg-type]
    )


_OF_PARTIES = frozenset({"party", "contribution", "side"})

INCOME: dict[str, tuple[Callable[[Snapshot, Address], Iterator[Part]], frozenset[str]]] = {
    "mandated": (_mandated, _OF_PARTIES),
    "received": (_received, _OF_PARTIES),
    "cash": (_cash, frozenset()),
    "overhead_budget": (_overhead_budget, frozenset({"year", "line"})),
    "forecast": (_forecast, frozenset({"project", "pillar", "year"})),
}
"""What makes each figure, and the filters it knows."""
