"""What cannot be in the life of a commitment. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noaber.core.dates import PartialDate
from noaber.core.notation import day, euro
from noaber.treasury.rules import Commitment, Life, Payment, Recovery, Settlement


@dataclass(frozen=True)
class Problem:
    """What cannot be in a life: of which fact (`kind` and `code`), what, and what comes first."""

    kind: str
    code: str
    field: str
    what: str
    remedy: str


class OutOfOrder(Exception):
    """A step in the life of a commitment that another step must precede."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.what} {problem.remedy}")
        self.problem = problem


def problems(life: Life) -> Iterator[Problem]:
    """What cannot be in the life of a commitment, in the order of the days."""
    made, settlement = life.commitment, life.settlement
    if made.amount <= 0:
        yield _nothing("commitment", made.code, "verplichting")
    if settlement is not None:
        yield from _of_settlement(settlement, made)
    left, paid = made.amount, 0
    settled_on = settlement.effective.counts_from if settlement else None
    closed = False
    for step in _in_order(life):
        on = step.effective.counts_from
        if settlement and settled_on is not None and on > settled_on and not closed:
            closed = True
            left = max(settlement.amount - paid, 0)
            paid = max(paid - settlement.amount, 0)
        problem = _of_step(step, made, left, paid, closed)
        if problem is not None:
            yield problem
        elif isinstance(step, Payment):
            if step.kind == "final" and (settled_on is None or on < settled_on):
                yield _before_settlement(step, made)
            left, paid = left - step.amount, paid + (0 if closed else step.amount)
        else:
            left, paid = left + (0 if closed else step.amount), paid - step.amount


def _of_settlement(settlement: Settlement, made: Commitment) -> Iterator[Problem]:
    if settlement.effective.counts_from < made.effective.counts_from:
        yield _too_early("settlement", settlement.code, "vaststelling", settlement.effective, made)
    if settlement.amount > made.amount:
        yield Problem(
            "settlement",
            settlement.code,
            "amount",
            f"Vastgesteld is {euro(settlement.amount)}, meer dan verplichting {made.code} van "
            f"{euro(made.amount)}.",
            "Verhoog eerst de verplichting, of stel minder vast.",
        )


def _of_step(
    step: Payment | Recovery, made: Commitment, left: int, paid: int, closed: bool
) -> Problem | None:
    kind, word = _NAMES[type(step)]
    on = step.effective
    if step.amount <= 0:
        return _nothing(kind, step.code, word)
    if on.counts_from < made.effective.counts_from:
        return _too_early(kind, step.code, word, on, made)
    if kind == "payment" and step.amount > left:
        base = "vaststelling" if closed else "verplichting"
        return Problem(
            kind,
            step.code,
            "amount",
            f"Op {day(on.counts_from)} is van {made.code} volgens de {base} nog {euro(left)} te "
            f"betalen; {euro(step.amount)} is meer.",
            f"Verhoog eerst de {base}, of verlaag de betaling.",
        )
    if kind == "recovery" and step.amount > paid:
        much = "te veel betaald en nog niet terug" if closed else "betaald"
        return Problem(
            kind,
            step.code,
            "amount",
            f"Op {day(on.counts_from)} is op {made.code} {euro(paid)} {much}; {euro(step.amount)} "
            "is meer.",
            "Leg eerst de betaling of de vaststelling vast, of verlaag de terugvordering.",
        )
    return None


_NAMES = {Payment: ("payment", "betaling"), Recovery: ("recovery", "terugvordering")}


def _nothing(kind: str, code: str, word: str) -> Problem:
    return Problem(
        kind, code, "amount", f"Een {word} van nul euro bestaat niet.", "Vul een bedrag in."
    )


def _too_early(kind: str, code: str, word: str, on: PartialDate, made: Commitment) -> Problem:
    return Problem(
        kind,
        code,
        "effective",
        f"De {word} van {day(on.counts_from)} ligt vóór verplichting {made.code} van "
        f"{day(made.effective.counts_from)}.",
        "Eerst komt de verplichting. Verbeter één van beide datums.",
    )


def _before_settlement(step: Payment, made: Commitment) -> Problem:
    return Problem(
        "payment",
        step.code,
        "kind",
        f"Verplichting {made.code} is op {day(step.effective.counts_from)} nog niet vastgesteld.",
        "Leg eerst de vaststelling vast, of kies voorschot of factuur.",
    )


def _in_order(life: Life) -> Sequence[Payment | Recovery]:
    """Payments and recoveries by day; of one day what came back first."""
    steps: list[Payment | Recovery] = [*life.recoveries, *life.payments]
    return sorted(steps, key=lambda s: (s.effective.counts_from, isinstance(s, Payment), s.code))


def unknown(code: str) -> Problem:
    """That there is no commitment with this number."""
    what = f"Verplichting {code} is niet bekend."
    return Problem("commitment", code, "code", what, "Leg eerst de verplichting vast.")
