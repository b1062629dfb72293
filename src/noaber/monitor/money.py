"""Figures in euros: which transfers make up each, pure.

A figure is the net amount that transfers of some kinds bring into accounts of some stages. The
same rule sums flows (for pages) and lists transfers (for explanations), so they cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from noaber.core.address import Address
from noaber.deals.rules import OVERHEAD
from noaber.ledger.rules import Account, Kind, Stage, Transfer
from noaber.monitor.rules import UnknownFigure
from noaber.monitor.snapshot import AWARD_KINDS, Snapshot

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True)
class MoneyFigure:
    """Stages and kinds that make up a figure, and the filters it knows."""

    stages: frozenset[Stage]
    kinds: frozenset[Kind]
    filters: frozenset[str]


OF_COMMITMENTS = frozenset({Stage.COMMITTED, Stage.PAID, Stage.SETTLED})
"""Stages whose accounts are of a commitment, not of a project."""

_LATER = frozenset({"pillar", "project", "commitment"})

MONEY = {
    "awarded": MoneyFigure(
        frozenset({Stage.AWARDED}),
        AWARD_KINDS,
        frozenset({"pillar", "tranche", "project", "lead", "municipality"}),
    ),
    "reserved_open": MoneyFigure(
        frozenset({Stage.RESERVED}), ALL_KINDS, frozenset({"pillar", "project"})
    ),
    "room": MoneyFigure(frozenset({Stage.PILLAR}), ALL_KINDS, frozenset({"pillar"})),
    "allocated": MoneyFigure(
        frozenset({Stage.PILLAR, Stage.OVERHEAD}),
        frozenset({Kind.ALLOCATION, Kind.REALLOCATION}),
        frozenset({"pillar"}),
    ),
    "promised": MoneyFigure(
        frozenset({Stage.PLEDGE}),
        frozenset({Kind.PLEDGE}),
        frozenset({"party", "contribution", "side"}),
    ),
    "released": MoneyFigure(
        frozenset({Stage.AWARDED, Stage.RESERVED}),
        frozenset({Kind.RELEASE}),
        frozenset({"pillar", "tranche", "project"}),
    ),
    "committed": MoneyFigure(frozenset({Stage.COMMITTED}), frozenset({Kind.COMMITMENT}), _LATER),
    "payable": MoneyFigure(frozenset({Stage.COMMITTED}), ALL_KINDS, _LATER),
    "paid": MoneyFigure(frozenset({Stage.PAID}), frozenset({Kind.PAYMENT, Kind.RECOVERY}), _LATER),
    "settled": MoneyFigure(frozenset({Stage.SETTLED}), ALL_KINDS, _LATER),
    "claimed": MoneyFigure(frozenset({Stage.PAID}), ALL_KINDS, _LATER),
}

OUTWARD = frozenset({"promised", "released"})
"""Figures of what left accounts: what a party promised is what its account is below zero."""


def value(snapshot: Snapshot, address: Address) -> int:
    """Cents of a money figure at the snapshot's moment.

    :raises UnknownFigure: when the figure does not know one of the filters.
    """
    figure = _figure(address)
    if address.figure == "promised":
        return sum(amount for _, amount in entries(snapshot, address, snapshot.pledges))
    if address.figure == "awarded":
        return _awarded(snapshot, address)
    return _sign(address) * sum(
        flow.amount
        for flow in snapshot.flows
        if flow.account.stage in figure.stages
        and flow.kind in figure.kinds
        and _counts(snapshot, address, flow.account, flow.occasion)
    )


def entries(
    snapshot: Snapshot, address: Address, transfers: Iterable[Transfer]
) -> list[tuple[Transfer, int]]:
    """The transfers that make up a money figure, each with its signed cents.

    :raises UnknownFigure: when the figure does not know one of the filters.
    """
    figure = _figure(address)
    outward = _sign(address)
    found = []
    for transfer in transfers:
        posting = transfer.posting
        if posting.kind not in figure.kinds:
            continue
        signed = 0
        for account, side in ((posting.taker, 1), (posting.giver, -1)):
            if account.stage in figure.stages and _counts(
                snapshot, address, account, posting.occasion, posting.cause
            ):
                signed += side * posting.amount
        if signed:
            taken_back = -1 if transfer.reverses is not None else 1
            found.append((transfer, outward * taken_back * signed))
    return found


def inferred(snapshot: Snapshot, address: Address) -> bool:
    """Whether a figure of one tranche holds an award that stands there by inference.

    Over all tranches together an award counts the same, wherever it stands.
    """
    tranche = address.get("tranche")
    return address.figure == "awarded" and any(
        award.basis == "inferred"
        and award.tranche == tranche
        and project_counts(snapshot, address, award.project)
        for award in snapshot.awards
    )


def _sign(address: Address) -> int:
    return -1 if address.figure in OUTWARD else 1


def _figure(address: Address) -> MoneyFigure:
    figure = MONEY[address.figure]
    unknown = [name for name, _ in address.filters if name not in figure.filters]
    if unknown:
        raise UnknownFigure(f"Het cijfer {address.figure} kent het filter {unknown[0]} niet.")
    return figure


def _awarded(snapshot: Snapshot, address: Address) -> int:
    tranche, only = address.get("tranche"), address.get("project")
    rows = {only: snapshot.awarded.get(only, {})} if only else snapshot.awarded
    return sum(
        amount
        for project, amounts in rows.items()
        if project_counts(snapshot, address, project)
        for number, amount in amounts.items()
        if tranche in (None, number)
    )


def _counts(
    snapshot: Snapshot, address: Address, account: Account, occasion: str, cause: str = ""
) -> bool:
    if address.figure == "promised":
        return _pledge_counts(snapshot, address, account, cause)
    if account.stage in OF_COMMITMENTS:
        return _commitment_counts(snapshot, address, account)
    pillar = address.get("pillar")
    if account.stage in (Stage.PILLAR, Stage.OVERHEAD):
        line = OVERHEAD if account.stage == Stage.OVERHEAD else account.pillar
        return pillar in (None, line)
    return address.get("tranche") in (None, occasion) and project_counts(
        snapshot, address, account.holder
    )


def _commitment_counts(snapshot: Snapshot, address: Address, account: Account) -> bool:
    if address.get("commitment") not in (None, account.holder):
        return False
    if address.figure == "claimed" and account.holder not in snapshot.settled:
        return False
    made = snapshot.commitment_by_code.get(account.holder)
    if made and made.project:
        return project_counts(snapshot, address, made.project)
    return address.get("project") is None and address.get("pillar") in (None, OVERHEAD)


def _pledge_counts(snapshot: Snapshot, address: Address, account: Account, cause: str) -> bool:
    side = address.get("side")
    if side is not None:
        sides = {p.code: p.side for p in snapshot.parties}
        if sides.get(account.holder) != side:
            return False
    contribution = address.get("contribution")
    return address.get("party") in (None, account.holder) and (
        contribution is None or cause == f"contribution:{contribution}"
    )


def project_counts(snapshot: Snapshot, address: Address, code: str) -> bool:
    """Whether what is about a project counts for a figure, by the filters of its address."""
    if address.get("project") not in (None, code):
        return False
    project = snapshot.project_by_code.get(code)
    if project is None:
        return not any(address.get(name) for name in ("pillar", "lead", "municipality"))
    municipality = address.get("municipality")
    return (
        address.get("pillar") in (None, project.pillar)
        and address.get("lead") in (None, project.lead)
        and (
            municipality is None
            or municipality in snapshot.municipalities_of.get(code, frozenset())
        )
    )
