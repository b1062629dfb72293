"""What a decision makes of the book on paper, or by which rules it is refused."""

from datetime import date

from noaber.decisions.effects import RESERVATION, Order
from tests.decisions_book import END, Back, DecisionsBook, Money, Said

MONEY = ("award", "reserve", "reallocate", "release", "stop", "revise_allocation")
GIVING = ("award", "reserve", "reallocate")
CONCLUDES = (*GIVING, "reject")
INTERESTED = "stuurgroep-1"
OF_ACCOUNT = {
    "overhead": {"B-27"},
    "reserved": {"B-24", "B-25", "B-27"},
    "awarded": {"B-25", "B-26"},
}


class No(Exception):
    """The decision is refused, by one of these rules."""

    def __init__(self, *rules: str) -> None:
        super().__init__(rules)
        self.rules = set(rules)


def wrong(book: DecisionsBook, order: Order, today: date) -> set[str]:
    """The rules by which an order is refused before anything is looked at in the books."""
    meeting = book.meetings[order.meeting]
    giving, money = order.kind in GIVING, order.kind in MONEY
    paper = book.proposals.get(order.proposal)
    of = book.decisions.get(order.supersedes)
    project = order.project or (paper.project if paper else "")
    again = bool(of and paper and paper.phase == "decided")
    days = [book.meetings[d.meeting].on for d in book.decisions.values() if d.kind in MONEY]
    earliest = max([*days, *book.tranches.values()])
    opened = book.tranches.get(meeting.tranche)
    same = of and (
        (order.proposal and order.proposal == of.proposal)
        or (order.project and order.project == of.project)
    )
    said = {
        "B-05": meeting.closed,
        "B-06": meeting.on > today,
        "B-07": money and meeting.board != "steering",
        "B-23": giving and meeting.on > END,
        "B-08": giving and opened is not None and opened != meeting.on,
        "B-12": giving and paper is not None and not project and not order.number,
        "B-13": (giving or order.kind in ("reject", "hold"))
        and paper is not None
        and paper.phase != "nominated"
        and not again,
        "B-15": order.kind == "reallocate" and order.giver == project,
        "B-17": money and meeting.on < earliest,
        "B-28": bool(order.item) and INTERESTED in order.taking_part,
        "B-30": of is not None
        and any(d.supersedes == order.supersedes for d in book.decisions.values()),
        "B-36": of is not None and meeting.on < book.meetings[of.meeting].on,
        "B-40": of is not None and of.kind == "revise_allocation" != order.kind,
        "B-33": of is not None and bool(of.project or of.proposal) and not same,
        "B-50": any(
            book.given_that_day(line, meeting.on, share) not in ("", order.supersedes)
            for line, share in order.shares.items()
        ),
        "B-48": any(book.hides(line, meeting.on, share) for line, share in order.shares.items()),
    }
    return {rule for rule, true in said.items() if true}


def taken(book: DecisionsBook, order: Order, code: str) -> DecisionsBook:
    """The book after a decision.

    :raises No: when it is refused.
    """
    new = book.copy()
    meeting = book.meetings[order.meeting]
    paper = book.proposals.get(order.proposal)
    project = order.project or (paper.project if paper else "")
    if paper and not project and order.kind in GIVING:
        project = f"{paper.pillar}-{order.number}"
        if project in book.pillars:
            raise No("V-51")
        new.pillars[project] = paper.pillar
        new.proposals[order.proposal] = paper._replace(project=project)
    if order.kind in GIVING and meeting.tranche:
        new.tranches.setdefault(meeting.tranche, meeting.on)
    _Pen(new, order, code, project).write()
    _check(book, new, order)
    new.decisions[code] = Said(order.meeting, order.kind, project, order.proposal, order.supersedes)
    if paper and order.supersedes and paper.phase == "decided":
        new.move_on(order.proposal, "nominated")
    if paper and order.kind in CONCLUDES:
        new.move_on(order.proposal, "decided")
    return new


def _check(book: DecisionsBook, new: DecisionsBook, order: Order) -> None:
    if stages := new.impossible():
        raise No(*(rule for stage in stages for rule in OF_ACCOUNT[stage]))
    if new.gives_too_much(book):
        raise No("B-31")
    before, after = book.room(), new.room()
    passing = any(after[p] < 0 and after[p] < before[p] for p in after)
    if passing and not order.over_guideline:
        raise No("B-32")


class _Pen:
    """Writes what a decision comes to in a book."""

    def __init__(self, book: DecisionsBook, order: Order, code: str, project: str) -> None:
        self.book, self.order, self.code, self.project = book, order, code, project
        self.meeting = book.meetings[order.meeting]
        self.written = 0

    def write(self) -> None:
        kind, amount = self.order.kind, self.order.amount or 0
        if kind == "award":
            mine = self._superseded()
            stood = sum(mine.values())
            self._release(self.project, max(0, stood - amount), mine)
            self._award(max(0, amount - stood))
        elif kind == "reserve":
            key = self.project, self._tranche()
            self._replaces_no_award()
            there = self.book.reservations.get(key)
            if there and there.decision not in self._chain():
                raise No("B-34")
            self.book.reservations[key] = Money(amount, self.code)
        elif kind == "reallocate":
            self._replaces_no_award()
            self._release(self.order.giver, amount, self.book.net(self.order.giver))
            self._award(amount)
        elif kind == "release":
            self._release(self.project, amount, self._named())
        elif kind == "stop":
            held = self.book.balances()
            free, kept = (held.get((s, self.project), 0) for s in ("awarded", "reserved"))
            self._release(self.project, free, self.book.net(self.project))
            self._release(self.project, kept, {"": kept})
            first = self.book.stopped.get(self.project, self.meeting.on)
            self.book.stopped[self.project] = min(first, self.meeting.on)
        elif kind == "revise_allocation":
            self._revise()
        elif self.order.supersedes:
            self._undo()

    def _revise(self) -> None:
        other = {n: c for n, c in self.order.shares.items() if c != self.book.share(n)}
        if not other:
            raise No("B-39")
        for line, cents in other.items():
            self.book.revised[line, self.meeting.on] = cents
            self.book.revised_by[line, self.meeting.on] = self.code

    def _undo(self) -> None:
        """What the superseded decisions gave is taken back, and what they still reserve."""
        mine = self._superseded()
        self._release(self.project, sum(mine.values()), mine)
        kept = sorted(
            (t for of, t in self.book.reservations if of == self.project), key=self.book.place
        )
        totals = [self.book.reservations[self.project, t] for t in kept]
        if totals and totals[-1].decision in self._chain():
            others = [m.amount for m in totals if m.decision not in self._chain()]
            raised = max(0, totals[-1].amount - (others[-1] if others else 0))
            part = min(raised, self.book.balances().get(("reserved", self.project), 0))
            self._release(self.project, part, {"": part})

    def _chain(self) -> set[str]:
        found, code = set(), self.order.supersedes
        while code:
            found.add(code)
            code = self.book.decisions[code].supersedes
        return found

    def _superseded(self) -> dict[str, int]:
        """What still stands of what was awarded by what is superseded, by tranche."""
        chain, net = self._chain(), self.book.net(self.project)
        mine = {t: m for (of, t), m in self.book.awards.items() if of == self.project}
        return {t: net[t] for t, money in mine.items() if money.decision in chain}

    def _named(self) -> dict[str, int]:
        if self.order.of == RESERVATION:
            return {"": self.book.balances().get(("reserved", self.project), 0)}
        net = self.book.net(self.project)
        return {self.order.of: net.get(self.order.of, 0)} if self.order.of else net

    def _tranche(self) -> str:
        if not self.meeting.tranche:
            raise No("B-21")
        return self.meeting.tranche

    def _award(self, amount: int) -> None:
        if not amount:
            return
        key = self.project, self._tranche()
        former = self.book.awards.get(key, Money(0, ""))
        if former.amount and former.decision not in self._chain():
            raise No("B-20")
        self.book.awards[key] = Money(former.amount + amount, self.code)

    def _replaces_no_award(self) -> None:
        if any(self._superseded().values()):
            raise No("B-35")

    def _release(self, project: str, amount: int, of: dict[str, int]) -> None:
        """Release of the latest tranche first."""
        if amount > sum(of.values()):
            raise No("B-22")
        for tranche in sorted(of, key=lambda t: -self.book.place(t) if t else 0):
            part = min(amount, of[tranche])
            if part:
                self.written += 1
                back = Back(project, tranche, part, self.meeting.on)
                self.book.releases[f"{self.code}-{self.written}"] = back
                amount -= part
