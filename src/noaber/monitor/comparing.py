"""What sources state beside what the register yields: pure."""

from decimal import Decimal, InvalidOperation

from noaber.core.address import Address
from noaber.core.dates import DateError, parse_date
from noaber.core.money import AmountError, parse_amount
from noaber.core.notation import MISSING, count, euro, partial
from noaber.deals.rules import StatedFact
from noaber.monitor.figures import figure, text
from noaber.monitor.rules import CENTS, COUNT, TEXT, Comparison, UnknownFigure
from noaber.monitor.snapshot import Snapshot
from noaber.monitor.titles import title

UNREADABLE = "niet te lezen"
NOT_RECORDED = "niet vastgelegd"


def compare(snapshot: Snapshot) -> tuple[Comparison, ...]:
    """Every stated fact of the deal beside its computed figure; differing ones first."""
    found = [_compare(snapshot, stated) for stated in snapshot.stated]
    return tuple(sorted((c for c in found if c), key=lambda c: (c.agrees, str(c.address), c.code)))


def address_of(snapshot: Snapshot, stated: StatedFact) -> Address:
    """Address of the figure a stated fact is about."""
    return Address.parse(f"{snapshot.deal.code}/{stated.address}")


def _compare(snapshot: Snapshot, stated: StatedFact) -> Comparison | None:
    """The comparison, or None when its figure does not exist at this moment yet."""
    address = address_of(snapshot, stated)
    if not _exists(snapshot, address):
        return None
    try:
        if stated.kind == "amount":
            return _amounts(snapshot, stated, address)
        if stated.kind == "count":
            return _counts(snapshot, stated, address)
        return _texts(snapshot, stated, address)
    except UnknownFigure:
        return None


def _exists(snapshot: Snapshot, address: Address) -> bool:
    tranche, project = address.get("tranche"), address.get("project")
    return (tranche is None or tranche in snapshot.tranche_by_number) and (
        project is None or project in snapshot.project_by_code
    )


def _made(
    snapshot: Snapshot,
    stated: StatedFact,
    address: Address,
    *,
    said: str,
    computed: str,
    agrees: bool,
    difference: int | None,
    unit: str,
) -> Comparison:
    return Comparison(
        code=stated.code,
        address=address,
        label=title(snapshot, address),
        stated=said,
        computed=computed or MISSING,
        agrees=agrees,
        difference=difference,
        unit=unit,
        source=snapshot.cite(stated.evidence.source),
        locator=stated.evidence.locator,
        note=stated.note,
    )


def _amounts(snapshot: Snapshot, stated: StatedFact, address: Address) -> Comparison:
    try:
        said = parse_amount(stated.value)
    except AmountError:
        said = None
    computed = figure(snapshot, address).value
    difference = None if said is None or computed is None else said - computed
    return _made(
        snapshot,
        stated,
        address,
        said=UNREADABLE if said is None else euro(said),
        computed="" if computed is None else euro(computed),
        agrees=difference is not None and _within(difference, stated.rounded_to),
        difference=difference,
        unit=CENTS,
    )


def _within(difference: int, rounded_to: int) -> bool:
    return difference == 0 or abs(difference) < rounded_to


def _counts(snapshot: Snapshot, stated: StatedFact, address: Address) -> Comparison:
    try:
        said = Decimal(stated.value.replace(".", "").replace(",", "."))
    except InvalidOperation:
        said = None
    if address.figure == "measurement":
        words = text(snapshot, address)
        computed = Decimal(words) if words else None
    else:
        value = figure(snapshot, address).value
        computed = None if value is None else Decimal(value)
    difference = None if said is None or computed is None else said - computed
    whole = difference is not None and difference == int(difference)
    return _made(
        snapshot,
        stated,
        address,
        said=UNREADABLE if said is None else _number(said),
        computed="" if computed is None else _number(computed),
        agrees=difference == 0,
        difference=int(difference) if difference is not None and whole else None,
        unit=COUNT,
    )


def _number(value: Decimal) -> str:
    return count(int(value)) if value == int(value) else f"{value:f}".replace(".", ",")


def _texts(snapshot: Snapshot, stated: StatedFact, address: Address) -> Comparison:
    computed = text(snapshot, address)
    said = stated.value
    return _made(
        snapshot,
        stated,
        address,
        said=_words(snapshot, address, said),
        computed=_words(snapshot, address, computed) or NOT_RECORDED,
        agrees=_same_date(said, computed) if stated.kind == "date" else said == computed,
        difference=None,
        unit=TEXT,
    )


def _same_date(said: str, computed: str) -> bool:
    """A date known less precisely agrees when the other falls in it."""
    return bool(said and computed) and (said.startswith(computed) or computed.startswith(said))


def _words(snapshot: Snapshot, address: Address, value: str) -> str:
    """A stored text as people read it: dates written out, codes as names."""
    if address.figure == "lead":
        organisation = snapshot.organisations.get(value)
        return organisation.name if organisation else value
    if address.figure in ("name", "mark"):
        return value
    try:
        return " tot en met ".join(partial(parse_date(part)) for part in value.split("/") if part)
    except DateError:
        return value
