"""What a decision comes to in awards, reservations and releases: pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from noaber.awards.rules import Award, Release, Reservation, Tranche
from noaber.core.dates import PartialDate
from noaber.core.finding import refusal
from noaber.core.notation import euro
from noaber.deals.rules import OVERHEAD, Allocation
from noaber.decisions.rules import advises
from noaber.decisions.standing import Standing
from noaber.record.rules import Evidence

RESERVATION = "reservation"
"""What a release names when it is of the reservation, instead of a tranche."""


@dataclass(frozen=True)
class Order:
    """What a board decides, as it is put to the register.

    `amount` is in cents. `number` is that of the project to be when a proposal is for a new one.
    A reallocation takes from the project `giver`; a release is `of` a tranche, of `RESERVATION`,
    or of the latest awards (""). `opinion` is that of an advice on a proposal. `shares` are those that a revision of the allocation gives, in
    cents by pillar or `OVERHEAD`; a line that is not named keeps its own. `over_guideline` says that
    passing a guideline is meant. `seen` is the token of the standing that the effect was shown with;
    None: it was not looked at.
    """

    meeting: str
    kind: str
    title: str
    text: str
    opinion: str = ""
    item: str = ""
    proposal: str = ""
    project: str = ""
    number: str = ""
    amount: int | None = None
    giver: str = ""
    of: str = ""
    conditions: str = ""
    reason: str = ""
    supersedes: str = ""
    taking_part: tuple[str, ...] = ()
    shares: Mapping[str, int] = field(default_factory=dict)
    over_guideline: bool = False
    seen: str | None = None

    @property
    def is_advice(self) -> bool:
        """Whether it is advice on a proposal."""
        return advises(self.kind, self.proposal)


@dataclass(frozen=True)
class Effects:
    """What is recorded beside a decision."""

    awards: tuple[Award, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    releases: tuple[Release, ...] = ()
    allocations: tuple[Allocation, ...] = ()


@dataclass(frozen=True)
class Superseded:
    """What was awarded by the decision that is superseded and by those that one superseded, and
    by how much they raised, in cents, what is set aside for the project; their codes.
    """

    awards: tuple[Award, ...] = ()
    raised: int = 0
    decisions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """What the effects of an order depend on: its decision's code and day, and what stands.

    `tranche` is the one its awards go in, None when the meeting has none; `tranches` all of them.
    `evidence` is where its decision stands. `reserved_in_tranche` is the decision that set an amount
    aside for the project in that tranche, "" when none is named, None when nothing was set aside.
    """

    code: str
    on: PartialDate
    standing: Standing
    tranche: Tranche | None
    tranches: Sequence[Tranche]
    evidence: Evidence
    superseded: Superseded = Superseded()
    reserved_in_tranche: str | None = None


def effects(order: Order, context: Context) -> Effects:
    """What an order comes to.

    :raises Refused: when it takes more than there is, or lacks the tranche it would go in.
    """
    working = _WORKING.get(order.kind)
    return working(order, context) if working else Effects()


def _award(order: Order, context: Context) -> Effects:
    """An award; one that supersedes another comes to the difference, from its own day on."""
    amount, stood = order.amount or 0, _stood(order, context)
    before = sum(part for _, part in stood)
    if amount < before:
        taken = _take(order.project, before - amount, stood, context)
        return Effects(releases=_numbered(taken, context))
    return Effects(awards=_give(order, amount - before, context))


def _reserve(order: Order, context: Context) -> Effects:
    """Sets the total of a project anew. Only what it supersedes gives way to it in its tranche."""
    number, amount = _tranche(context).number, order.amount or 0
    _check_replaces_no_award(order, context)
    there = context.reserved_in_tranche
    if there is not None and there not in context.superseded.decisions:
        raise refusal(
            "B-34",
            f"In tranche {number} is voor {order.project} al gereserveerd"
            + (f" met besluit {there}" if there else ""),
            "vervangt",
            f"Laat dit besluit {there} vervangen, met het nieuwe totaal."
            if there
            else "Reserveer het nieuwe totaal in een volgende vergadering met een eigen tranche.",
        )
    kept = Reservation(order.project, amount, number, context.evidence, context.code)
    return Effects(reservations=(kept,))


def _reallocate(order: Order, context: Context) -> Effects:
    amount = order.amount or 0
    _check_replaces_no_award(order, context)
    given = _release(order.giver, amount, "", context)
    return Effects(awards=_give(order, amount, context), releases=given)


def _let_go(order: Order, context: Context) -> Effects:
    return Effects(releases=_release(order.project, order.amount or 0, order.of, context))


def _stop(order: Order, context: Context) -> Effects:
    return Effects(releases=_everything(order.project, context))


def _undo(order: Order, context: Context) -> Effects:
    """What still stands of what is superseded, awarded or reserved, is released."""
    stood = _stood(order, context)
    taken = _take(order.project, sum(part for _, part in stood), stood, context)
    kept = min(context.superseded.raised, context.standing.of(order.project).reserved)
    taken += _take(order.project, kept, [("", kept)], context)
    return Effects(releases=_numbered(taken, context))


def _revise(order: Order, context: Context) -> Effects:
    """Every share that becomes another, from the day of the meeting on (article 5.7)."""
    now = {**context.standing.allocated, OVERHEAD: context.standing.overhead}
    found = tuple(
        Allocation(line, share, context.on, context.code, context.evidence)
        for line, share in order.shares.items()
        if share != now.get(line, 0)
    )
    if not found:
        raise refusal(
            "B-39",
            "Geen enkel deel wordt anders",
            "soort",
            "Vul bij een pijler of bij de overheadkosten het nieuwe deel in.",
        )
    return Effects(allocations=found)


_WORKING: Mapping[str, Callable[[Order, Context], Effects]] = {
    "award": _award,
    "reserve": _reserve,
    "reallocate": _reallocate,
    "release": _let_go,
    "stop": _stop,
    "reject": _undo,
    "hold": _undo,
    "revise_allocation": _revise,
}


def _stood(order: Order, context: Context) -> list[tuple[str, int]]:
    """What still stands of what was awarded by what is superseded: cents by tranche, the latest
    first.
    """
    of = context.standing.of(order.project).awarded
    mine = [a.tranche for a in context.superseded.awards if a.project == order.project]
    return _latest_first({tranche: of.get(tranche, 0) for tranche in mine}, context)


def _check_replaces_no_award(order: Order, context: Context) -> None:
    """What is awarded is not set aside or given on by the same decision: it is taken back first."""
    if _stood(order, context):
        raise refusal(
            "B-35",
            f"Van besluit {order.supersedes} is nog geld toegekend; dat blijft zo staan",
            "vervangt",
            f"Wijs het eerst af met een besluit dat {order.supersedes} vervangt. Leg daarna dit besluit vast.",
        )


def _give(order: Order, amount: int, context: Context) -> tuple[Award, ...]:
    """The award of a project in a tranche: a new one, or that of what is superseded, raised."""
    if not amount:
        return ()
    tranche, before = _tranche(context), 0
    if tranche.number in context.standing.of(order.project).awarded:
        raised = (a for a in context.superseded.awards if a.tranche == tranche.number)
        former = next((a for a in raised if a.project == order.project), None)
        if former is None:
            raise refusal(
                "B-20",
                f"In tranche {tranche.number} is aan {order.project} al toegekend",
                "vervangt",
                "Laat dit besluit het eerdere vervangen, met het bedrag dat het project in totaal krijgt. "
                "Of neem het op in een volgende vergadering met een eigen tranche.",
            )
        before = former.amount
    award = Award(
        order.project, tranche.number, before + amount, "decided", context.evidence, context.code
    )
    return (award,)


def _tranche(context: Context) -> Tranche:
    if context.tranche is None:
        raise refusal(
            "B-21",
            "Deze vergadering heeft geen tranche",
            "soort",
            "Geef bij de vergadering aan in welke tranche zij toekent.",
        )
    return context.tranche


def _release(project: str, amount: int, of: str, context: Context) -> tuple[Release, ...]:
    """Releases of an amount: of one tranche, of the reservation, or of the latest awards first."""
    held = context.standing.of(project)
    if of == RESERVATION:
        parts = [("", held.reserved)]
    elif of:
        parts = [(of, held.awarded.get(of, 0))]
    else:
        parts = _latest_first(held.awarded, context)
    there = sum(part for _, part in parts)
    if amount > there:
        what = "gereserveerd" if of == RESERVATION else "toegekend"
        raise refusal(
            "B-22",
            f"Voor {project} is nog {euro(there)} {what}; {euro(amount)} kan niet vrijvallen",
            "bedrag",
            "Kies een lager bedrag.",
        )
    return _numbered(_take(project, amount, parts, context), context)


def _latest_first(awarded: Mapping[str, int], context: Context) -> list[tuple[str, int]]:
    position = {t.number: t.position for t in context.tranches}
    latest = sorted(awarded.items(), key=lambda part: -position.get(part[0], 0))
    return [(number, there) for number, there in latest if there > 0]


def _take(
    project: str, amount: int, parts: Sequence[tuple[str, int]], context: Context
) -> list[Release]:
    """Releases of an amount, of one part after another."""
    found = []
    for number, part in parts:
        taken = min(part, amount)
        if taken:
            found.append(
                Release("", project, taken, context.on, number, context.evidence, context.code)
            )
            amount -= taken
    return found


def _everything(project: str, context: Context) -> tuple[Release, ...]:
    """All of a project that is not committed yet, and all that is reserved for it."""
    held = context.standing.of(project)
    freed = _release(project, held.uncommitted, "", context) if held.uncommitted else ()
    kept = _release(project, held.reserved, RESERVATION, context) if held.reserved else ()
    return _numbered((*freed, *kept), context)


def _numbered(releases: Sequence[Release], context: Context) -> tuple[Release, ...]:
    """Releases with a code each: that of the decision and their place."""
    return tuple(
        replace(release, code=f"{context.code}-{place}")
        for place, release in enumerate(releases, start=1)
    )
