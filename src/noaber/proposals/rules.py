"""Proposals as values: what they say, how they move on, what they add up to. Amounts in cents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from noaber.core.dates import PartialDate

PHASES = (
    "concept", "in_development", "returned", "advised", "nominated", "decided", "withdrawn",
)  # fmt: skip
"""How far a proposal is; `returned` is in development, and for its writer to work on."""

STEPS: Mapping[str, Mapping[str, str]] = {
    "write": {"concept": "concept", "returned": "returned"},
    "send_in": {"concept": "in_development", "returned": "in_development"},
    "return": dict.fromkeys(("in_development", "advised", "nominated"), "returned"),
    "advise": {"in_development": "advised", "advised": "advised"},
    "nominate": {"advised": "nominated"},
    "withdraw": dict.fromkeys(
        ("concept", "in_development", "returned", "advised", "nominated"), "withdrawn"
    ),
    "hold": {"nominated": "nominated"},
    "conclude": {"nominated": "decided"},
    "reopen": {"decided": "nominated"},
    "start_project": {"nominated": "nominated", "decided": "decided"},
}
"""What can be done in which phase, and the phase that follows."""

OPINIONS = ("positive", "conditional", "negative")
OUTCOMES = ("awarded", "reserved", "rejected")
FUNDING_FORMS = ("cash", "existing_budget", "in_kind")
CERTAINTIES = ("decided", "promised", "asked")
"""How sure other money is: decided by who gives it, promised, or still to be asked."""
ANSWERS = ("needed", "not_needed", "unknown")
"""Outcome of a check on procurement, state aid or privacy: something must be arranged or not."""


@dataclass(frozen=True)
class Participant:
    """An organisation that takes part: its code, or its `name` when the register has none."""

    organisation: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Spot:
    """Where it happens: the code of a municipality, and a place in it when one is named."""

    municipality: str = ""
    name: str = ""


@dataclass(frozen=True)
class YearAmount:
    """What is asked of the deal in a year."""

    year: int | None = None
    amount: int | None = None


@dataclass(frozen=True)
class Funding:
    """Money or work beside what is asked: whose, in which form, how sure, and how it is valued.

    `payer` is the code of an organisation, or `name` when the register has none.
    """

    payer: str = ""
    name: str = ""
    form: str = ""
    amount: int | None = None
    certainty: str = ""
    valuation: str = ""


@dataclass(frozen=True)
class Milestone:
    """What is there when."""

    on: PartialDate | None = None
    what: str = ""


@dataclass(frozen=True)
class Risk:
    """What can go wrong, what it would do, and what is done about it."""

    what: str = ""
    effect: str = ""
    measure: str = ""


@dataclass(frozen=True)
class ResultClaim:
    """An intended result (its code) it contributes to: how, how strongly, and how much."""

    result: str = ""
    influence: str = ""
    strength: str = ""
    target: Decimal | None = None


@dataclass(frozen=True)
class OtherPillar:
    """A cross-over: the code of another pillar it touches, and how."""

    pillar: str = ""
    note: str = ""


@dataclass(frozen=True)
class Content:
    """All that a proposal says. What is not filled in yet is empty or None.

    `project` is the code of a project that it continues, "" for a new one.
    """

    title: str = ""
    pillar: str = ""
    themes: tuple[str, ...] = ()
    project: str = ""
    summary: str = ""
    reason: str = ""
    approach: str = ""
    lead: str = ""
    partners: tuple[Participant, ...] = ()
    places: tuple[Spot, ...] = ()
    asked: tuple[YearAmount, ...] = ()
    money_note: str = ""
    funding: tuple[Funding, ...] = ()
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    planning: str = ""
    milestones: tuple[Milestone, ...] = ()
    risks: tuple[Risk, ...] = ()
    results: tuple[ResultClaim, ...] = ()
    cross_overs: tuple[OtherPillar, ...] = ()
    continuation: str = ""
    continuation_payer: str = ""
    procurement: str = ""
    procurement_note: str = ""
    state_aid: str = ""
    state_aid_note: str = ""
    privacy: str = ""
    privacy_note: str = ""


ROWS: Mapping[str, type] = {
    "partners": Participant,
    "places": Spot,
    "asked": YearAmount,
    "funding": Funding,
    "milestones": Milestone,
    "risks": Risk,
    "results": ResultClaim,
    "cross_overs": OtherPillar,
}
"""Parts of the content that are rows, and what a row is."""


@dataclass(frozen=True)
class Budget:
    """What a proposal costs and who pays: asked of the deal, of its own and of others, in cents."""

    asked: int
    own_cash: int
    own_in_kind: int
    other_cash: int
    other_in_kind: int

    @property
    def own(self) -> int:
        """What the lead partner puts in."""
        return self.own_cash + self.own_in_kind

    @property
    def other(self) -> int:
        """What others put in."""
        return self.other_cash + self.other_in_kind

    @property
    def beside(self) -> int:
        """All that is put in beside what is asked."""
        return self.own + self.other

    @property
    def total(self) -> int:
        """What it costs altogether."""
        return self.asked + self.beside


def budget(content: Content) -> Budget:
    """Add up what a proposal asks and what is put in beside it."""

    def put_in(*, own: bool, in_kind: bool) -> int:
        return sum(
            f.amount or 0
            for f in content.funding
            if (f.payer == content.lead and bool(f.payer)) == own
            and (f.form == "in_kind") == in_kind
        )

    return Budget(
        sum(year.amount or 0 for year in content.asked),
        put_in(own=True, in_kind=False),
        put_in(own=True, in_kind=True),
        put_in(own=False, in_kind=False),
        put_in(own=False, in_kind=True),
    )


def asked_per_year(content: Content) -> Mapping[int, int]:
    """What is asked of the deal per year, in order of years."""
    found: dict[int, int] = {}
    for line in content.asked:
        if line.year is not None:
            found[line.year] = found.get(line.year, 0) + (line.amount or 0)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Comment:
    """What a judge says of one section of a proposal."""

    section: str
    text: str


@dataclass(frozen=True)
class Step:
    """Something that was done with a proposal, by whom and when.

    `number` is that of the version it was about, `text` the reason or the advice. `opinion` is of
    an advice, `outcome` and `decision` of what was decided, `project` of what was started.
    """

    step: str
    before: str
    after: str
    number: int
    on: date
    author: str
    revision: int
    text: str = ""
    opinion: str = ""
    outcome: str = ""
    decision: str = ""
    project: str = ""
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A proposal at a moment: how far it is, what it says now, and all that was done with it.

    `number` is how often it was sent in, `revision` the one that its content is of.
    """

    code: str
    phase: str
    number: int
    content: Content
    revision: int
    since: date
    steps: tuple[Step, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.content.title

    @property
    def pillar(self) -> str:
        """Code of the pillar it is for."""
        return self.content.pillar

    @property
    def lead(self) -> str:
        """Code of the organisation that leads it."""
        return self.content.lead

    @property
    def project(self) -> str:
        """Code of the project it continues or has become; "" while it is new."""
        started = next((s.project for s in reversed(self.steps) if s.project), "")
        return self.content.project or started

    @property
    def asked(self) -> Mapping[int, int]:
        """What is asked per year, in cents."""
        return asked_per_year(self.content)

    @property
    def total(self) -> int:
        """What is asked of the deal, in cents."""
        return budget(self.content).asked

    @property
    def advice(self) -> Step | None:
        """The latest advice on the version that was sent in last."""
        return self._last("advise", of_this_version=True)

    @property
    def sent_in(self) -> Step | None:
        """When the version that stands was sent in."""
        return self._last("send_in", of_this_version=True)

    @property
    def returned(self) -> Step | None:
        """When it was last sent back, with the comments per section."""
        return self._last("return")

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What was said per section when it was last sent back."""
        return self.returned.comments if self.returned else ()

    @property
    def concluded(self) -> Step | None:
        """What was decided; None while nothing is."""
        return self._last("conclude") if self.phase == "decided" else None

    def can(self, step: str) -> bool:
        """Whether something can be done with it in its phase."""
        return self.phase in STEPS[step]

    def _last(self, step: str, *, of_this_version: bool = False) -> Step | None:
        done = (
            s
            for s in reversed(self.steps)
            if s.step == step and (not of_this_version or s.number == self.number)
        )
        return next(done, None)


@dataclass(frozen=True)
class Awarded:
    """What everybody may know of a proposal once money was awarded on it, and nothing else of it:
    what it is called and about, what it asked per year in cents, and how it goes on after the deal.
    `decision` is the code of the decision.
    """

    title: str
    summary: str
    asked: Mapping[int, int]
    continuation: str
    continuation_payer: str
    decision: str

    @property
    def total(self) -> int:
        """What was asked of the deal, in cents."""
        return sum(self.asked.values())


def awarded(proposal: Proposal) -> Awarded | None:
    """What of a proposal is public; None unless money was awarded on it."""
    concluded, content = proposal.concluded, proposal.content
    if concluded is None or concluded.outcome != "awarded":
        return None
    return Awarded(
        content.title,
        content.summary,
        proposal.asked,
        content.continuation,
        content.continuation_payer,
        concluded.decision,
    )


@dataclass(frozen=True)
class Tally:
    """How many proposals there are of a kind, and what they ask together, in cents."""

    number: int
    asked: int


def tally(proposals: Iterable[Proposal]) -> Tally:
    """Count proposals and add up what they ask."""
    asked = [proposal.total for proposal in proposals]
    return Tally(len(asked), sum(asked))


def tally_per_phase(proposals: Iterable[Proposal]) -> Mapping[str, Tally]:
    """The same per phase in which there are any, in the order of phases."""
    every = tuple(proposals)
    counted = {phase: tally(p for p in every if p.phase == phase) for phase in PHASES}
    return {phase: found for phase, found in counted.items() if found.number}


@dataclass(frozen=True)
class SentVersion:
    """A proposal as it was sent in: the how-manieth time, when, by whom and what it said."""

    number: int
    on: date
    author: str
    content: Content


class ChangedMeanwhile(Exception):
    """Somebody else wrote the proposal since the form was opened; nothing was recorded.

    `before` is what the form was opened with, `theirs` what stands there now.
    """

    def __init__(self, before: Content, theirs: Proposal, author: str) -> None:
        super().__init__(f"changed in revision {theirs.revision}")
        self.before, self.theirs, self.author = before, theirs, author


@dataclass(frozen=True)
class Named:
    """What a proposal may name: its name, the pillar it belongs to ("" for all), and its unit."""

    name: str
    pillar: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Known:
    """All that a proposal may name, by code, and the days in which the deal runs."""

    pillars: Mapping[str, Named]
    themes: Mapping[str, Named]
    projects: Mapping[str, Named]
    organisations: Mapping[str, Named]
    municipalities: Mapping[str, Named]
    results: Mapping[str, Named]
    starts: date
    ends: date
