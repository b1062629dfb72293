"""A state machine that plays writers, boards and the treasurer, beside an obvious book of it.

`explore(steps)` runs it in the default database, which must be migrated; all of it is rolled back.
How many steps the tests take is set by NOABER_STEPS.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from noaber.access.rules import OFFICE
from noaber.awards import queries as awards
from noaber.core.dates import PartialDate
from noaber.core.finding import Refused
from noaber.decisions import deciding, queries
from noaber.decisions.effects import Order
from noaber.decisions.rules import Decision
from noaber.decisions.standing import Standing, standing
from noaber.ledger import queries as ledger
from noaber.ledger.rules import Flow
from noaber.proposals import actions as proposals
from noaber.proposals import queries as proposal_queries
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from noaber.treasury import actions as treasury
from noaber.treasury import rules as money
from noaber.treasury.problems import OutOfOrder
from tests.decisions_book import (
    GUARDED,
    DecisionsBook,
    Made,
    Paper,
    Settled,
    Step,
)
from tests.decisions_deal import DAYS, EARLY, NOW, advising, content, found_with_boards
from tests.decisions_orders import SELDOM, Draw, order
from tests.decisions_paper import No, taken, wrong
from tests.factories.advice import advice, put_on_agenda
from tests.integration.ledger.small_deal import ANNA, DEAL, LEAD, PILLARS

STEPS = int(os.environ.get("NOABER_STEPS", "200"))
STEPS_PER_EXAMPLE = 40
CHAIN_EVERY = 8
"""Of so many games one ends with a look at the whole chain, which takes longer than many steps."""

COMMITMENTS = ("B-1", "B-2", "B-3")

NOT_MONEY = (OutOfOrder, money.CommittedAfterEnd, money.NotAwarded, money.GivenAway)
PROPOSAL_STEPS = {
    "send_in": (1, {"concept", "returned"}, "in_development"),
    "send_back": (0, {"in_development", "advised", "nominated"}, "returned"),
    "nominate": (3, {"advised"}, "nominated"),
    "withdraw": (0, {"concept", "in_development", "returned", "advised", "nominated"}, "withdrawn"),
}
"""How complete a proposal must be, in which phases it can be, and which follows."""

SAID = {
    "send_in": {},
    "send_back": {"text": "anders"},
    "nominate": {},
    "withdraw": {"text": "geen geld"},
}
OFTEN = {
    "decide": 12, "propose": 1, "rewrite": 1, "move_proposal": 2, "further": 3,
    "advise": 2, "unadvised": 2, "close": 2,
    "commit": 4, "pay": 4, "recover": 3, "settle": 4, "take_back": 1,
}  # fmt: skip
NO_ADVICE = {
    "in_development": "nominate", "returned": "send_in", "concept": "send_in",
    "nominated": "send_back",
}  # fmt: skip
"""What leads to a nomination without advice, by phase: the nearest first."""
AMISS = ("board", "agenda", "early", "again")
"""What may be wrong with an advice: of the wrong board, of no point of its agenda, of a version that
was not there yet, or beside an earlier one."""
ENOUGH_TO_ADVISE = 2
NEED_COMMITMENT = ("pay", "recover", "settle", "take_back")
MOST_PROPOSALS = 6
codes = st.sampled_from(COMMITMENTS)
numbers = st.sampled_from(("1", "2", "3", "4"))
days = st.sampled_from(DAYS)


class Seen(NamedTuple):
    """What was true as of a day, as known at a revision."""

    moment: Moment
    held: dict[tuple[str, str], int]
    phases: dict[str, str]
    decisions: tuple[Decision, ...]


class DecisionsMachine(RuleBasedStateMachine):
    """Steps that the book refuses must be refused by the register too, for the same reason."""

    taken: ClassVar[int] = 0
    played: ClassVar[int] = 0
    base: ClassVar[DecisionsBook]

    def __init__(self) -> None:
        super().__init__()
        type(self).played += 1
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.book = self.base.copy()
        self.now = NOW
        given = queries.facts(DEAL, Moment.ever(latest()), OFFICE)
        self.decisions = {d.code: d for d in given.decisions}
        self.held = {m.code: m.on.counts_from for m in given.meetings}
        self.past: list[Seen] = []
        self.looked = 0

    def teardown(self) -> None:
        try:
            if type(self).played % CHAIN_EVERY == 1:
                assert check_chain() == ()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @property
    def who(self) -> dict[str, Any]:
        return {"deal": DEAL, "by": ANNA, "at": self.now}

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        """Something somebody does; what is done most is drawn most."""
        needless = () if self.book.commitments else NEED_COMMITMENT
        likely = [name for name, n in OFTEN.items() if name not in needless for _ in range(n)]
        type(self).taken += 1
        self.now += timedelta(days=1)
        getattr(self, data.draw(st.sampled_from(likely)))(data.draw)

    def _refused(self, action: Callable[[], object], *errors: type[Exception]) -> Exception:
        """It is refused, and nothing is recorded."""
        before = latest()
        try:
            action()
        except errors as refused:
            assert latest() == before
            return refused
        raise AssertionError("the register does what must be refused")

    # Proposals

    def propose(self, draw: Draw) -> None:
        pillar, complete = draw(st.sampled_from(PILLARS)), draw(st.integers(0, 3))
        if len(self.book.proposals) < MOST_PROPOSALS:
            code = proposals.write(code="", content=content(pillar, complete), **self.who)
            assert code not in self.book.proposals
            self.book.proposals[code] = Paper("concept", complete, pillar)

    def rewrite(self, draw: Draw) -> None:
        code, complete = draw(self._proposals()), draw(st.integers(1, 3))
        paper = self.book.proposals[code]
        # The content keeps the project it continues; one that was started stands in a step.
        said = proposal_queries.content_at(DEAL, code, latest())
        new = content(paper.pillar, complete, said.project if said else "")
        base = latest()

        def write() -> None:
            proposals.write(code=code, content=new, base=base, **self.who)

        if complete == paper.complete or paper.phase in ("concept", "returned"):
            write()
            self.book.proposals[code] = paper._replace(complete=complete)
        else:
            self._refused(write, Refused)

    def move_proposal(self, draw: Draw) -> None:
        self._move(draw(self._proposals()), draw(st.sampled_from(sorted(PROPOSAL_STEPS))))

    def further(self, draw: Draw) -> None:
        """The next step of a proposal that can go on."""
        going = {"concept": "send_in", "in_development": "advise", "advised": "nominate"}
        on = [c for c, p in self.book.proposals.items() if p.phase in going]
        code = draw(st.sampled_from(on)) if on else draw(self._proposals())
        # Sometimes one step is left out.
        too_soon = draw(st.integers(0, 4)) == 1
        step = "nominate" if too_soon else going.get(self.book.proposals[code].phase, "nominate")
        if step == "advise":
            self._advise(code)
        else:
            self._move(code, step)

    def unadvised(self, draw: Draw) -> None:
        """A complete proposal comes before the board without advice; or one is made ready for it."""
        for phase, step in NO_ADVICE.items():
            there = [
                c for c, p in self.book.proposals.items() if (p.phase, p.complete) == (phase, 3)
            ]
            if there:
                self._move(draw(st.sampled_from(there)), step)
                return

    def advise(self, draw: Draw) -> None:
        """The board of a pillar advises in its own meeting; mostly something is amiss."""
        can = [
            c for c, p in self.book.proposals.items() if p.phase in ("in_development", "advised")
        ]
        code = draw(st.sampled_from([*can * 3, *sorted(self.book.proposals)]))
        self._advise(code, draw(st.sampled_from(("", *AMISS))))

    def _advise(self, code: str, amiss: str = "") -> None:
        paper = self.book.proposals[code]
        pillar = next(p for p in PILLARS if (p == paper.pillar) != (amiss == "board"))
        on = EARLY.date() if amiss == "early" else self.now.date()
        meeting = f"vbo-{code}-{len(self.held)}"
        item = put_on_agenda(code, board=advising(pillar), meeting=meeting, on=on, **self.who)
        self.held[meeting] = on
        asked = advice(
            item,
            item="" if amiss == "agenda" else item.code,
            supersedes="" if amiss == "again" else paper.advice,
        )
        if rules := self._amiss(paper, amiss, asked, on):
            refused = self._refused(lambda: self._decide(asked, self.now), Refused)
            assert refused_by(refused) == rules
            return
        decision = self._decide(asked, self.now)
        self.decisions[decision.code] = decision
        self.book.proposals[code] = paper._replace(phase="advised", advice=decision.code)

    def _amiss(self, paper: Paper, amiss: str, order: Order, on: date) -> set[str]:
        """By which rules an advice is refused."""
        before = paper.advice.rpartition("-")[0]
        can = paper.phase in ("in_development", "advised")
        wrong = {
            "B-36": bool(order.supersedes) and on < self.held[before],
            "B-42": amiss == "board",
            "B-43": amiss == "agenda",
            "B-44": not can,
            "B-45": can and on < paper.sent_on,
            "B-46": amiss == "again" and bool(paper.advice),
            "V-1a": can and paper.complete < ENOUGH_TO_ADVISE,
        }
        return {rule for rule, is_so in wrong.items() if is_so}

    def _proposals(self) -> st.SearchStrategy[str]:
        return st.sampled_from(sorted(self.book.proposals))

    def _move(self, code: str, step: str) -> None:
        paper = self.book.proposals[code]
        complete, phases, after = PROPOSAL_STEPS[step]

        def move() -> None:
            getattr(proposals, step)(code=code, **SAID[step], **self.who)

        if paper.phase in phases and paper.complete >= complete:
            move()
            self.book.proposals[code] = paper._replace(phase=after)
            if step == "send_in":
                self.book.proposals[code] = paper._replace(
                    phase=after, sent=paper.sent + 1, sent_on=self.now.date(), advice=""
                )
        else:
            self._refused(move, Refused)

    # Decisions

    def decide(self, draw: Draw) -> None:
        asked = order(draw, self.book)
        early = draw(st.integers(0, 19)) == SELDOM
        at = EARLY if early else self.now
        code = f"{asked.meeting}-{self._number(asked.meeting)}"
        if draw(st.booleans()):
            self._look(asked, code, at)
        wanted = self._on_paper(asked, code, at.date())
        if isinstance(wanted, No):
            refused = self._refused(lambda: self._decide(asked, at), Refused)
            assert refused_by(refused) <= wanted.rules, (refused, wanted.rules)
            return
        decision = self._decide(asked, at)
        assert decision.code == code
        self.decisions[code] = decision
        self.book = wanted

    def _decide(self, order: Order, at: datetime) -> Decision:
        return deciding.decide(order, deal=DEAL, by=ANNA, at=at)

    def _on_paper(self, order: Order, code: str, today: date) -> DecisionsBook | No:
        if rules := wrong(self.book, order, today):
            return No(*rules)
        try:
            return taken(self.book, order, code)
        except No as no:
            return no

    def _number(self, meeting: str) -> int:
        return 1 + sum(d.meeting == meeting for d in self.book.decisions.values())

    def _look(self, order: Order, code: str, at: datetime) -> None:
        """What a decision would do is shown as it will be, and nothing of it is recorded."""
        before, held = latest(), stands()
        meant = Order(**{**vars(order), "over_guideline": True})
        wanted = self._on_paper(meant, code, at.date())
        if isinstance(wanted, No):
            self._refused(lambda: deciding.weigh(order, deal=DEAL, by=ANNA, at=at), Refused)
            return
        shown = deciding.weigh(order, deal=DEAL, by=ANNA, at=at)
        assert latest() == before
        assert (shown.before, stands()) == (held, held)
        assert_stands(shown.after, wanted)
        over = {line.pillar: line.over for line in shown.passing}
        was, will = self.book.room(), wanted.room()
        assert over == {p: -will[p] for p in will if will[p] < 0 and will[p] < was[p]}

    def close(self, draw: Draw) -> None:
        decided = [d.meeting for d in self.book.decisions.values()]
        code = draw(st.sampled_from([*sorted(self.book.meetings), *decided * 3]))

        def shut() -> None:
            deciding.close_meeting(code, **self.who)

        if any(d.meeting == code for d in self.book.decisions.values()):
            shut()
            meeting = self.book.meetings[code]
            self.book.meetings[code] = meeting._replace(closed=True)
        else:
            self._refused(shut, Refused)

    # The treasurer

    def commit(self, draw: Draw) -> None:
        held = self.book.balances()
        awarded = [p for p in self.book.pillars if held.get(("awarded", p), 0)]
        project = draw(st.sampled_from([*awarded * 3, *sorted(self.book.pillars), ""]))
        most = max(1, held.get(("awarded", project), 0))
        code, amount, day = draw(codes), draw(st.integers(1, most + 1)), draw(days)
        wanted = self.book.copy()
        wanted.commitments[code] = Made(project, amount, day)
        made = money.Commitment(code, LEAD.code, amount, exactly(day), "grant_decision", project)
        if project in wanted.stopped and day >= wanted.stopped[project]:
            late = (money.CommittedAfterStop, money.CommittedAfterEnd)
            self._refused(lambda: treasury.record_steps([made], **self.who), *late)
        else:
            self._record(wanted, made, code)

    def pay(self, draw: Draw) -> None:
        code, number, final = draw(self._commitments()), draw(numbers), draw(st.booleans())
        amount, day = self._step_of(code, draw)
        wanted = self.book.copy()
        before = wanted.payments.get(number)
        wanted.payments[number] = Step(code, amount, day, final)
        kind = "final" if final else "advance"
        item = money.Payment(number, code, amount, exactly(day), kind)
        self._record(wanted, item, *([before.commitment] if before else []), code)

    def recover(self, draw: Draw) -> None:
        code, number = draw(self._commitments()), draw(numbers)
        amount, day = self._step_of(code, draw)
        wanted = self.book.copy()
        before = wanted.recoveries.get(number)
        wanted.recoveries[number] = Step(code, amount, day)
        item = money.Recovery(number, code, amount, exactly(day))
        self._record(wanted, item, *([before.commitment] if before else []), code)

    def settle(self, draw: Draw) -> None:
        code = draw(self._commitments())
        amount, day = self._step_of(code, draw)
        amount -= 1
        wanted = self.book.copy()
        wanted.settlements[code] = Settled(amount, day)
        self._record(wanted, money.Settlement(code, amount, exactly(day)), code)

    def take_back(self, draw: Draw) -> None:
        wanted = self.book.copy()
        names = ("payments", "recoveries", "settlements")
        there = [(name, code) for name in names for code in getattr(wanted, name)]
        if not there:
            return
        name, code = draw(st.sampled_from(there))
        fact = getattr(wanted, name).pop(code)
        item: treasury.Step
        if isinstance(fact, Settled):
            of, item = code, money.Settlement(code, fact.amount, exactly(fact.on))
        else:
            of, on = fact.commitment, exactly(fact.on)
            item = (
                money.Payment(code, of, fact.amount, on, "advance")
                if name == "payments"
                else money.Recovery(code, of, fact.amount, on)
            )
        self._money(wanted, lambda: treasury.take_back(item, **self.who), of)

    def _step_of(self, code: str, draw: Draw) -> tuple[int, date]:
        """An amount and a day, mostly such as can be."""
        made = self.book.commitments[code]
        later = [day for day in DAYS if day >= made.on]
        return draw(st.integers(1, made.amount + 1)), draw(st.sampled_from(later * 3 + [*DAYS]))

    def _commitments(self) -> st.SearchStrategy[str]:
        return st.sampled_from(sorted(self.book.commitments))

    def _record(self, wanted: DecisionsBook, item: treasury.Step, *codes: str) -> None:
        self._money(wanted, lambda: treasury.record_steps([item], **self.who), *codes)

    def _money(self, wanted: DecisionsBook, action: Callable[[], object], *codes: str) -> None:
        """Do as the book says: it succeeds, or is refused in words for the treasurer."""
        before = self.book
        for code in dict.fromkeys(codes):
            if not any(wanted.cannot(code)):
                wanted.flow_back(code)
        if wanted.impossible() or wanted.gives_too_much(before):
            self._refused(action, *NOT_MONEY)
            return
        action()
        self.book = wanted

    # What always holds

    @invariant()
    def all_is_as_on_paper(self) -> None:
        known = latest()
        if known == self.looked:
            return
        self.looked = known
        ever = ledger.flows(DEAL, Moment.ever(known))
        assert_stands(standing(ever, PILLARS), self.book)
        assert balances(ever) == self.book.balances()
        assert min(self.book.room_by_day().values()) >= 0
        day = DAYS[known % len(DAYS)]
        assert held(Moment(day, known)) == self.book.balances(day)
        assert ledger.check_ledger() == ()
        read = seen(Moment(self.now.date(), known))
        assert read.phases == {c: p.phase for c, p in self.book.proposals.items()}
        assert read.decisions == tuple(
            sorted(
                self.decisions.values(), key=lambda d: (self.held[d.meeting], d.meeting, d.number)
            )
        )
        facts = awards.facts(DEAL, Moment.ever(known), OFFICE)
        for given, on_paper in (
            (facts.awards, self.book.awards),
            (facts.reservations, self.book.reservations),
        ):
            named = {(i.project, i.tranche): (i.amount, i.decision) for i in given}
            assert named == on_paper
            assert all(decision in self.decisions for _, decision in named.values())
        self._nothing_changed(read)

    def _nothing_changed(self, read: Seen) -> None:
        """What was true as of an earlier day and revision stays so."""
        known = read.moment.revision
        if self.past:
            then = self.past[known % len(self.past)]
            assert seen(then.moment) == then
        kept = read if known % 2 else seen(Moment(DAYS[known % len(DAYS)], known))
        self.past.append(kept)


def refused_by(error: Exception) -> set[str]:
    """The rules that something is refused by."""
    return {f.rule for f in error.findings} if isinstance(error, Refused) else set()


def exactly(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def held(moment: Moment) -> dict[tuple[str, str], int]:
    """What the ledger says is on every account at a moment."""
    return balances(ledger.flows(DEAL, moment))


def balances(flows: Iterable[Flow]) -> dict[tuple[str, str], int]:
    """What flows leave on every account."""
    found: dict[tuple[str, str], int] = {}
    for flow in flows:
        stage, holder = flow.account.stage.value, flow.account.holder
        key = (stage, "" if stage == "deal" else holder)
        found[key] = found.get(key, 0) + flow.amount
    assert all(amount >= 0 for (stage, _), amount in found.items() if stage in GUARDED)
    return {account: amount for account, amount in found.items() if amount}


def stands() -> Standing:
    """What stands now, over all that was decided."""
    return standing(ledger.flows(DEAL, Moment.ever(latest())), PILLARS)


def seen(moment: Moment) -> Seen:
    """What the register says is true at a moment."""
    known = proposal_queries.proposals(DEAL, moment, OFFICE)
    decisions = queries.facts(DEAL, moment, OFFICE).decisions
    return Seen(moment, held(moment), {p.code: p.phase for p in known}, decisions)


def assert_stands(found: Standing, book: DecisionsBook) -> None:
    """What is awarded, reserved and left is as on paper; together it is what was allocated."""
    held = book.balances()
    assert dict(found.room) == book.room()
    for pillar, allocated in found.allocated.items():
        mine = [p for p in found.projects.values() if p.pillar == pillar]
        assert allocated == found.room[pillar] + sum(p.total + p.reserved for p in mine)
    for project in book.pillars:
        of = found.of(project)
        assert {t: n for t, n in of.awarded.items() if n} == {
            t: n for t, n in book.net(project).items() if n
        }
        assert of.reserved == held.get(("reserved", project), 0)
        assert of.uncommitted == held.get(("awarded", project), 0)


def explore(steps: int = STEPS, *, random: bool = False) -> int:
    """Take at least about `steps` steps; returns how many. `random`: others every time."""
    with founded():
        return play(steps, random=random)


@contextmanager
def founded() -> Iterator[None]:
    """The deal that games are played on; all of it is rolled back."""
    with transaction.atomic():
        DecisionsMachine.base = found_with_boards()
        try:
            yield
        finally:
            transaction.set_rollback(True)


def play(steps: int, *, random: bool = False) -> int:
    """The same as `explore` where the deal was founded: games from its start, one after another."""
    DecisionsMachine.taken = DecisionsMachine.played = 0
    chosen = settings(
        max_examples=max(1, -(-steps // STEPS_PER_EXAMPLE)),
        stateful_step_count=STEPS_PER_EXAMPLE,
        deadline=None,
        database=None,
        derandomize=not random,
        # Steps are slow and few: a failing example is read as it is.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(DecisionsMachine, settings=chosen)
    return DecisionsMachine.taken
