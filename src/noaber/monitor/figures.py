"""Every figure of a deal by its address: one figure, one function. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from noaber.awards.rules import Release, Reservation
from noaber.core.address import Address
from noaber.core.dates import PartialDate
from noaber.core.notation import euro
from noaber.deals.rules import OVERHEAD
from noaber.ledger.rules import Kind, Posting, Stage, Transfer
from noaber.monitor import income, money, results
from noaber.monitor.counts import COUNTS, TEXTS, count_parts, count_steps, text_of
from noaber.monitor.rules import CENTS, COUNT, TEXT, Figure, Part, Step, UnknownFigure
from noaber.monitor.snapshot import Snapshot
from noaber.monitor.titles import NAMES
from noaber.treasury.rules import Commitment

RESERVED = "reserved"


def check_known(address: Address) -> None:
    """:raises UnknownFigure: when there is no figure of this name."""
    if address.figure not in NAMES:
        raise UnknownFigure(
            f"Het cijfer “{address.figure}” bestaat niet. Kies uit: {', '.join(sorted(NAMES))}."
        )


def figure(snapshot: Snapshot, address: Address) -> Figure:
    """The figure at `address`; a text has no value (see `text`).

    :raises UnknownFigure: when there is no such figure, filter or thing.
    """
    check_known(address)
    _check_filters(snapshot, address)
    if address.figure in money.MONEY:
        value = money.value(snapshot, address)
        return Figure(address, value, CENTS, money.inferred(snapshot, address))
    if address.figure == RESERVED:
        return Figure(address, sum(p.value for p in _reserved(snapshot, address)), CENTS)
    if address.figure in income.INCOME:
        return Figure(address, sum(p.value for p in income.parts(snapshot, address)), CENTS)
    if address.figure == results.REACHED:
        return Figure(address, results.value(snapshot, address), COUNT)
    if address.figure in COUNTS:
        return Figure(address, sum(p.value for p in count_parts(snapshot, address)), COUNT)
    text_of(snapshot, address)
    return Figure(address, None, TEXT)


def text(snapshot: Snapshot, address: Address) -> str:
    """The word, name or date at `address`; "" for a number.

    :raises UnknownFigure: when there is no such figure, filter or thing.
    """
    check_known(address)
    return text_of(snapshot, address) if address.figure in TEXTS else ""


def _check_filters(snapshot: Snapshot, address: Address) -> None:
    """:raises UnknownFigure: when a filter names something the deal does not have now."""
    known: Mapping[str, Iterable[str]] = {
        "pillar": [p.code for p in snapshot.pillars] + [OVERHEAD],
        "theme": [t.code for t in snapshot.themes],
        "tranche": snapshot.tranche_by_number,
        "project": snapshot.project_by_code,
        "lead": snapshot.organisations,
        "municipality": snapshot.organisations,
        "party": [p.code for p in snapshot.parties],
        "side": ["state", "region"],
        "contribution": [c.code for c in snapshot.contributions],
        "commitment": snapshot.commitment_by_code,
    }
    for name, value in address.filters:
        if name in known and value not in known[name]:
            raise UnknownFigure(f"{name}={value} bestaat niet op deze dag in deze deal.")


def parts(snapshot: Snapshot, address: Address, transfers: Iterable[Transfer]) -> tuple[Part, ...]:
    """The signed parts that add up to the figure at `address`; none for a text.

    `transfers` are those of the deal at the snapshot's moment.
    """
    if address.figure in money.MONEY and address.figure != "room":
        return tuple(_merged(snapshot, money.entries(snapshot, address, transfers)))
    made = {"room": _room, RESERVED: _reserved, results.REACHED: results.parts}
    made |= dict.fromkeys(COUNTS, count_parts) | dict.fromkeys(income.INCOME, income.parts)
    return made[address.figure](snapshot, address) if address.figure in made else ()


def steps(snapshot: Snapshot, address: Address, transfers: Iterable[Transfer]) -> tuple[Step, ...]:
    """How a figure read from each day on which it changed: in euros, or a count of projects."""
    if address.figure in COUNTS:
        return count_steps(snapshot, address)
    if address.figure not in money.MONEY:
        return ()
    per_day: dict[date, int] = {}
    occasions: dict[date, set[str]] = {}
    for transfer, amount in money.entries(snapshot, address, transfers):
        on = transfer.posting.effective_on
        per_day[on] = per_day.get(on, 0) + amount
        occasions.setdefault(on, set()).add(transfer.posting.occasion)
    found, total = [], 0
    for on in sorted(per_day):
        total += per_day[on]
        tranches = [
            snapshot.tranche_by_number[n] for n in occasions[on] if n in snapshot.tranche_by_number
        ]
        label = " en ".join(sorted(f"tranche {t.number}" for t in tranches))
        estimated = any(t.date_basis == "estimated" for t in tranches)
        found.append(Step(on, label, total, estimated))
    return tuple(found)


def _merged(snapshot: Snapshot, entries: list[tuple[Transfer, int]]) -> Iterable[Part]:
    """A part per transfer that stands; one that was taken back is told as a note."""
    taken_back = {t.reverses for t, _ in entries if t.reverses is not None}
    before: dict[str, int] = {}
    for transfer, amount in entries:
        if transfer.number in taken_back:
            before[transfer.posting.cause] = amount
    standing = sorted(entries, key=lambda e: (e[0].posting.effective_on, e[0].number))
    for transfer, amount in standing:
        if transfer.reverses is None and transfer.number not in taken_back:
            was = before.get(transfer.posting.cause)
            note = "" if was is None or was == amount else f"gecorrigeerd, was {euro(was)}"
            yield _money_part(snapshot, transfer, amount, note)


def _money_part(snapshot: Snapshot, transfer: Transfer, amount: int, note: str) -> Part:
    posting = transfer.posting
    tranche = snapshot.tranche_by_number.get(posting.occasion)
    account = (
        posting.taker
        if posting.taker.stage in (Stage.AWARDED, Stage.RESERVED, Stage.PILLAR, Stage.OVERHEAD)
        else posting.giver
    )
    made = _commitment(snapshot, posting)
    project = snapshot.project_by_code.get(made.project if made else account.holder)
    award = next(
        (a for a in snapshot.awards_of.get(account.holder, ()) if a.tranche == posting.occasion),
        None,
    )
    on = tranche.decided if tranche else _known_date(snapshot, posting.cause, posting.effective_on)
    return Part(
        label=f"{project.number} {project.name}"
        if project
        else _holder(snapshot, OVERHEAD if made else account.holder),
        value=amount,
        on=on,
        decision=f"tranche {tranche.number}"
        if tranche
        else f"verplichting {made.code}"
        if made
        else "",
        source=snapshot.cite(transfer.evidence.source),
        locator=transfer.evidence.locator,
        origin=transfer.evidence.origin,
        basis=award.basis if award and posting.kind == Kind.AWARD else "",
        note=note or _what(posting.kind, amount),
        revision=transfer.revision,
        project=project.code if project else "",
    )


def _commitment(snapshot: Snapshot, posting: Posting) -> Commitment | None:
    """The commitment whose account gives or takes, if one does."""
    for account in (posting.taker, posting.giver):
        if account.stage in money.OF_COMMITMENTS:
            return snapshot.commitment_by_code.get(account.holder)
    return None


def _known_date(snapshot: Snapshot, cause: str, on: date) -> PartialDate:
    """The date as precisely as the fact behind a transfer knows it."""
    kind, _, code = cause.partition(":")
    if kind == "contribution":
        for contribution in snapshot.contributions:
            if contribution.code == code:
                return contribution.effective
    if kind == "allocation":
        for allocation in snapshot.allocations:
            if allocation.line == code and allocation.effective.counts_from == on:
                return allocation.effective
    return PartialDate(on.year, on.month, on.day)


_STEPS = {
    Kind.PAYMENT: "betaald",
    Kind.RECOVERY: "teruggevorderd",
    Kind.SETTLEMENT: "vastgesteld",
    Kind.RELEASE: "vrijgevallen",
}


def _what(kind: Kind, amount: int) -> str:
    if kind == Kind.RESERVATION:
        return "gereserveerd"
    if kind == Kind.AWARD and amount < 0:
        return "toegekend uit de reservering"
    if kind == Kind.COMMITMENT and amount < 0:
        return "vrijgevallen bij de vaststelling"
    if kind in _STEPS:
        return _STEPS[kind]
    return ""


def _holder(snapshot: Snapshot, code: str) -> str:
    names = {p.code: p.name for p in snapshot.parties} | {p.code: p.name for p in snapshot.pillars}
    return {OVERHEAD: "Overheadkosten", **names}.get(code, code)


def _room(snapshot: Snapshot, address: Address) -> tuple[Part, ...]:
    found = []
    pillar = address.get("pillar")
    for item in snapshot.pillars:
        if pillar not in (None, item.code):
            continue
        for name, sign in (("allocated", 1), ("awarded", -1), ("reserved_open", -1)):
            source = Address(address.deal, name, (("pillar", item.code),))
            value = sign * money.value(snapshot, source)
            if value:
                label = f"{item.name}: {NAMES[name].lower()}"
                found.append(Part(label, value, address=source))
    return tuple(found)


def _reserved(snapshot: Snapshot, address: Address) -> tuple[Part, ...]:
    """What was set aside for whole projects, without what was released of it since."""
    tranches = snapshot.tranche_by_number
    since = {r.project: tranches[r.tranche].effective_on for r in snapshot.reservations}
    return tuple(
        part
        for part in (
            *(_set_aside(snapshot, item) for item in snapshot.reservations),
            *(
                _set_free(snapshot, item)
                for item in snapshot.releases
                if not item.of and item.on.counts_from >= since.get(item.project, date.max)
            ),
        )
        if money.project_counts(snapshot, address, part.project)
    )


def _set_aside(snapshot: Snapshot, item: Reservation) -> Part:
    tranche = snapshot.tranche_by_number[item.tranche]
    part = _decided_part(snapshot, item, item.amount, tranche.decided)
    return replace(part, decision=f"tranche {tranche.number}")


def _set_free(snapshot: Snapshot, item: Release) -> Part:
    return replace(_decided_part(snapshot, item, -item.amount, item.on), note="vrijgevallen")


def _decided_part(
    snapshot: Snapshot, item: Reservation | Release, amount: int, on: PartialDate
) -> Part:
    project = snapshot.project_by_code.get(item.project)
    return Part(
        f"{project.number} {project.name}" if project else item.project,
        amount,
        on,
        source=snapshot.cite(item.evidence.source),
        locator=item.evidence.locator,
        origin=item.evidence.origin,
        revision=item.evidence.revision,
        project=item.project,
    )
