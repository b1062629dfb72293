"""The life of a commitment: values, what cannot be, and the transfers that follow. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from noaber.awards.rules import Award, Release, Tranche
from noaber.core.dates import PartialDate
from noaber.core.notation import day, euro
from noaber.deals.rules import OVERHEAD
from noaber.ledger.rules import Account, Kind, Posting, Stage
from noaber.record.rules import Evidence

FORMS = ("grant_decision", "agreement")
PAYMENT_KINDS = ("advance", "invoice", "final")


@dataclass(frozen=True)
class Commitment:
    """What the treasurer owes a receiver: a grant decision or an agreement, in cents.

    `code` is its number as printed. `project` is empty for what is paid from overhead; `line` is
    then the budget line. `tranche` and `decision` name what it follows from. `ends` is until when
    the receiver may spend, `accounts_due` until when it accounts for that.
    """

    code: str
    receiver: str
    amount: int
    effective: PartialDate
    form: str
    project: str = ""
    line: str = ""
    tranche: str = ""
    decision: str = ""
    ends: PartialDate | None = None
    accounts_due: PartialDate | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Condition:
    """A condition of a commitment, with the label of who may read it."""

    commitment: str
    number: int
    text: str
    readers: str = "office"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the condition: commitment and number."""
        return f"{self.commitment}/{self.number}"


@dataclass(frozen=True)
class Payment:
    """What was paid on a commitment: an advance, an invoice, or the rest after settlement."""

    code: str
    commitment: str
    amount: int
    effective: PartialDate
    kind: str
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Settlement:
    """What of a commitment was justified by the accounts, in cents, by a decision of a date."""

    commitment: str
    amount: int
    effective: PartialDate
    document: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the settlement: its commitment."""
        return self.commitment


@dataclass(frozen=True)
class Recovery:
    """Money of a commitment that came back to the treasurer, in cents."""

    code: str
    commitment: str
    amount: int
    effective: PartialDate
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Receipt:
    """Money of a contribution that came in at the treasurer, in cents.

    `party` says whose, in a contribution of several; `instalment` is the code of the instalment.
    """

    code: str
    contribution: str
    amount: int
    effective: PartialDate
    party: str = ""
    instalment: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class BudgetLine:
    """What is budgeted of overhead for something in a year, in cents."""

    code: str
    year: int
    name: str
    amount: int
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Forecast:
    """What a project expects to be paid in a year, in cents, as given on a day; kept as given."""

    project: str
    year: int
    given: PartialDate
    amount: int
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the forecast: project, year and day."""
        return f"{self.project}/{self.year}/{self.given}"


@dataclass(frozen=True)
class Life:
    """A commitment and all that became of it."""

    commitment: Commitment
    payments: tuple[Payment, ...] = ()
    settlement: Settlement | None = None
    recoveries: tuple[Recovery, ...] = ()


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


class CommittedAfterEnd(Exception):
    """After the end of a deal nothing is committed anew."""

    def __init__(self, on: date, ends: date) -> None:
        super().__init__(
            f"De deal eindigt op {day(ends)}. Op {day(on)} kan geen verplichting meer ingaan; "
            "betalen, vaststellen en terugvorderen kan nog wel."
        )


class CommittedAfterStop(Exception):
    """After a project stopped or went on in another, nothing is committed to it."""

    def __init__(self, project: str, on: date, ended: date) -> None:
        super().__init__(
            f"Project {project} is op {day(ended)} gestopt of opgegaan in een ander. Op {day(on)} kan "
            "er geen verplichting meer ingaan; betalen, vaststellen en terugvorderen kan nog wel."
        )


class NotAwarded(Exception):
    """A commitment is more than what is awarded and not yet committed."""

    def __init__(self, project: str, on: date, short: int) -> None:
        what = f"voor {project} toegekend" if project != OVERHEAD else "aan overhead begroot"
        super().__init__(
            f"Op {day(on)} is {euro(short)} te weinig {what} voor wat daarvan verplicht is. "
            "Eerst wordt toegekend, dan verplicht."
        )
        self.project, self.on, self.short = project, on, short


class GivenAway(Exception):
    """What fell free of a commitment, and no longer does, was given to something else already."""

    def __init__(self, short: int) -> None:
        super().__init__(
            "Wat hier eerder vrijviel is intussen opnieuw toegekend: voor alle pijlers samen is er "
            f"{euro(short)} te weinig. Laat de stuurgroep eerst ander geld laten vrijvallen."
        )
        self.short = short


@dataclass(frozen=True)
class Position:
    """How a commitment stands at the end of a day, in cents.

    `paid` is less what came back. `open` is what may still be paid, `claim` what was paid too
    much and did not come back yet, `freed` what the receiver no longer gets.
    """

    paid: int
    settled: int
    open: int
    claim: int
    freed: int


def position(life: Life, on: date) -> Position:
    """How the commitment stands at the end of `on`; zero everywhere before it was made."""
    committed = life.commitment.amount if life.commitment.effective.counts_from <= on else 0
    paid = _sum(life.payments, on) - _sum(life.recoveries, on)
    settlement = life.settlement
    if settlement is None or settlement.effective.counts_from > on:
        return Position(paid, 0, committed - paid, 0, 0)
    settled = settlement.amount
    then = _paid_at_settlement(life, settlement)
    if then > settled:
        return Position(paid, settled, 0, paid - settled, committed - paid)
    return Position(paid, paid, settled - paid, 0, committed - settled)


def plan(life: Life, pillar: str) -> tuple[Posting, ...]:
    """The transfers that a commitment and what became of it come to.

    :raises OutOfOrder: when a step cannot be.
    """
    for problem in problems(life):
        raise OutOfOrder(problem)
    made = life.commitment
    source = (
        Account(Stage.AWARDED, made.project, pillar)
        if made.project
        else Account(Stage.OVERHEAD, OVERHEAD)
    )
    stages = (Stage.COMMITTED, Stage.PAID, Stage.SETTLED)
    accounts = _Accounts(made.code, source, *(Account(s, made.code, pillar) for s in stages))
    return tuple(p for p in _postings(life, accounts) if p is not None)


@dataclass(frozen=True)
class _Accounts:
    """The accounts of one commitment, and what makes transfers between them; None for nothing."""

    code: str
    source: Account
    committed: Account
    paid: Account
    settled: Account

    def commit(self, amount: int, on: date) -> Posting | None:
        cause = f"commitment:{self.code}"
        return _post(Kind.COMMITMENT, (self.source, self.committed), amount, on, cause)

    def free(self, amount: int, on: date) -> Posting | None:
        cause = f"settlement:{self.code}"
        return _post(Kind.COMMITMENT, (self.committed, self.source), amount, on, cause)

    def pay(self, payment: Payment) -> Posting | None:
        on, cause = payment.effective.counts_from, f"payment:{payment.code}"
        return _post(Kind.PAYMENT, (self.committed, self.paid), payment.amount, on, cause)

    def settle(self, amount: int, on: date) -> Posting | None:
        cause = f"settlement:{self.code}"
        return _post(Kind.SETTLEMENT, (self.paid, self.settled), amount, on, cause)

    def recover(self, recovery: Recovery) -> Posting | None:
        on, cause = recovery.effective.counts_from, f"recovery:{recovery.code}"
        return _post(Kind.RECOVERY, (self.paid, self.committed), recovery.amount, on, cause)


def _post(
    kind: Kind, route: tuple[Account, Account], amount: int, on: date, cause: str
) -> Posting | None:
    return Posting(kind, *route, amount, on, cause) if amount else None


def _postings(life: Life, accounts: _Accounts) -> Iterator[Posting | None]:
    made, settlement = life.commitment, life.settlement
    yield accounts.commit(made.amount, made.effective.counts_from)
    for payment in life.payments:
        yield accounts.pay(payment)
    for recovery in life.recoveries:
        yield accounts.recover(recovery)
    if settlement is None:
        return
    on = settlement.effective.counts_from
    then = _paid_at_settlement(life, settlement)
    yield accounts.settle(min(then, settlement.amount), on)
    for payment in life.payments:
        later = payment.effective.counts_from
        if later > on:
            yield accounts.settle(payment.amount, later)
    for freed_on, amount in freed(life):
        yield accounts.free(amount, freed_on)


def freed(life: Life) -> tuple[tuple[date, int], ...]:
    """What falls free of a commitment, in cents and each with its day: at the settlement, and when
    money that was paid too much comes back.
    """
    settlement = life.settlement
    if settlement is None:
        return ()
    on = settlement.effective.counts_from
    left = life.commitment.amount - max(settlement.amount, _paid_at_settlement(life, settlement))
    steps = [(on, left)] if left else []
    steps += [
        (r.effective.counts_from, r.amount)
        for r in sorted(life.recoveries, key=lambda r: (r.effective.counts_from, r.code))
        if r.effective.counts_from > on
    ]
    return tuple(steps)


def release_code(commitment: str, number: int) -> str:
    """Code of the release of what fell free of a commitment, counted from 1."""
    return f"vrijval-{commitment}-{number}"


def is_release_of(code: str, commitment: str) -> bool:
    """Whether a release is of what fell free of a commitment."""
    start = f"vrijval-{commitment}-"
    return code.startswith(start) and code.removeprefix(start).isdecimal()


def releases(
    life: Life, awards: Sequence[Award], others: Sequence[Release], tranches: Sequence[Tranche]
) -> tuple[Release, ...]:
    """What flows back to the pillar of what fell free: of the latest award first.

    `awards` are those of the project, `others` all its other releases.
    """
    begun = {t.number: t.effective_on for t in tranches}
    order = {t.number: (t.effective_on, t.position) for t in tranches}
    left = {a.tranche: a.amount for a in awards}
    for other in others:
        left[other.of] = left.get(other.of, 0) - other.amount
    latest = sorted(awards, key=lambda a: order[a.tranche], reverse=True)
    found: list[Release] = []
    evidence = life.settlement.evidence if life.settlement else Evidence()
    for on, amount in freed(life):
        rest = amount
        for award in latest:
            part = min(rest, left[award.tranche]) if begun[award.tranche] <= on else 0
            if part > 0:
                code = release_code(life.commitment.code, len(found) + 1)
                day_of = PartialDate(on.year, on.month, on.day)
                found.append(Release(code, award.project, part, day_of, award.tranche, evidence))
                left[award.tranche] -= part
                rest -= part
    return tuple(found)


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


def _paid_at_settlement(life: Life, settlement: Settlement) -> int:
    on = settlement.effective.counts_from
    return _sum(life.payments, on) - _sum(life.recoveries, on)


def _sum(steps: Sequence[Payment | Recovery], until: date) -> int:
    return sum(s.amount for s in steps if s.effective.counts_from <= until)


def unknown(code: str) -> Problem:
    """That there is no commitment with this number."""
    what = f"Verplichting {code} is niet bekend."
    return Problem("commitment", code, "code", what, "Leg eerst de verplichting vast.")


def lives(
    commitments: Sequence[Commitment],
    payments: Sequence[Payment],
    settlements: Sequence[Settlement],
    recoveries: Sequence[Recovery],
) -> tuple[Life, ...]:
    """Every commitment with what became of it, in the order of the commitments."""
    settled = {s.commitment: s for s in settlements}
    return tuple(
        Life(
            made,
            tuple(p for p in payments if p.commitment == made.code),
            settled.get(made.code),
            tuple(r for r in recoveries if r.commitment == made.code),
        )
        for made in commitments
    )
