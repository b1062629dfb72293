"""Figures, their parts and their explanations, as values: amounts in cents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from noaber.awards.rules import Reservation, Tranche
from noaber.core.address import Address
from noaber.core.dates import PartialDate
from noaber.deals.rules import (
    Contribution,
    ContributionKey,
    Deal,
    Instalment,
    IntendedResult,
    Party,
    Pillar,
    Source,
    Theme,
)
from noaber.indicators.rules import Measurement
from noaber.organisations.rules import Organisation
from noaber.progress.rules import ProgressReport
from noaber.projects.rules import CrossOver, Influence, Project
from noaber.record.rules import Moment
from noaber.treasury.rules import Commitment, Condition, Settlement

CENTS = "cents"
COUNT = "count"
TEXT = "text"


class UnknownFigure(ValueError):
    """There is no such figure; the message is Dutch and for the person who asked."""


@dataclass(frozen=True)
class Figure:
    """A number with its address. `value` is cents or a count; None is "geen cijfer".

    `inferred` says that a part of it rests on a fact its source does not literally give.
    """

    address: Address
    value: int | None
    unit: str = CENTS
    inferred: bool = False


@dataclass(frozen=True)
class Part:
    """A signed part of a figure: what it is, from when, which decision, and its source.

    `origin` is the cell it was read from; `address` is set when the part has parts itself.
    """

    label: str
    value: int
    on: PartialDate | None = None
    decision: str = ""
    source: str = ""
    locator: str = ""
    origin: str = ""
    basis: str = ""
    note: str = ""
    revision: int = 0
    project: str = ""
    address: Address | None = None


@dataclass(frozen=True)
class Comparison:
    """What a source states of a figure beside what the register yields.

    `stated` and `computed` are written out for people; `difference` is stated less computed
    in cents or as a count (None when they are texts). `agrees` allows for the source's rounding.
    """

    code: str
    address: Address
    label: str
    stated: str
    computed: str
    agrees: bool
    difference: int | None
    unit: str
    source: str
    locator: str
    note: str


@dataclass(frozen=True)
class Step:
    """How a figure read from a day on."""

    on: date
    label: str
    value: int
    estimated: bool = False


@dataclass(frozen=True)
class Explanation:
    """A figure taken apart: its title, the parts that add up to it, what sources state of it,
    and how it read from each day on which it changed.
    """

    figure: Figure
    title: str
    text: str
    parts: tuple[Part, ...]
    stated: tuple[Comparison, ...]
    steps: tuple[Step, ...]
    moment: Moment
    recorded_at: datetime | None


@dataclass(frozen=True)
class PillarView:
    """A pillar with its figures; `per_tranche` is in the order of the overview's tranches."""

    pillar: Pillar
    allocated: Figure
    awarded: Figure
    reserved_open: Figure
    room: Figure
    projects: Figure
    per_tranche: tuple[Figure, ...]


@dataclass(frozen=True)
class TrancheView:
    """A tranche with its figures over all pillars."""

    tranche: Tranche
    awarded: Figure
    projects: Figure
    new: Figure
    follow_up: Figure


@dataclass(frozen=True)
class Steps:
    """What of money was committed, paid and settled; what is still to pay; and what was paid too
    much and did not come back yet.
    """

    committed: Figure
    paid: Figure
    settled: Figure
    payable: Figure
    claimed: Figure


@dataclass(frozen=True)
class SpendingView:
    """What became of the money of a line after it was awarded: a pillar, or overhead (`pillar`
    None). Of overhead nothing is released.
    """

    pillar: Pillar | None
    steps: Steps
    released: Figure | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in the order of the pipe."""
        s = self.steps
        found = (s.committed, s.paid, s.settled, s.payable, s.claimed)
        return (*found, self.released) if self.released else found


@dataclass(frozen=True)
class Spending:
    """What became of what was awarded, and the cash of the treasurer; only made when there is some.

    `total` is over all lines, overhead included.
    """

    lines: tuple[SpendingView, ...]
    total: SpendingView
    received: Figure
    cash: Figure
    overhead_budget: Figure


@dataclass(frozen=True)
class Overview:
    """A deal at a moment: pillars by tranches, overhead and totals.

    `room` is over the pillars. `spending` is None as long as nothing was committed or came in.
    """

    deal: Deal
    moment: Moment
    recorded_at: datetime | None
    parties: tuple[Party, ...]
    pillars: tuple[PillarView, ...]
    tranches: tuple[TrancheView, ...]
    overhead: Figure
    allocated: Figure
    awarded: Figure
    reserved_open: Figure
    room: Figure
    promised: Figure
    projects: Figure
    results: Figure
    treasurer: Organisation | None = None
    spending: Spending | None = None


@dataclass(frozen=True)
class CommitmentView:
    """A commitment with its figures, who receives it and what was asked, as far as readable."""

    commitment: Commitment
    receiver: Organisation
    project: Project | None
    steps: Steps
    settlement: Settlement | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class AwardView:
    """An award to a project: "new" or "follow_up" (`mark`), and its basis."""

    tranche: Tranche
    figure: Figure
    mark: str
    basis: str


@dataclass(frozen=True)
class Location:
    """A municipality where a project happens, with the places named in it."""

    municipality: Organisation
    names: tuple[str, ...]


@dataclass(frozen=True)
class ProjectView:
    """A project at a moment with everything pages and documents show of it."""

    project: Project
    pillar: Pillar
    lead: Organisation
    awarded: Figure
    reserved_open: Figure
    awards: tuple[AwardView, ...] = ()
    description: str = ""
    paid_from: Project | None = None
    merged_into: Project | None = None
    themes: tuple[Theme, ...] = ()
    partners: tuple[Organisation, ...] = ()
    locations: tuple[Location, ...] = ()
    cross_overs: tuple[CrossOver, ...] = ()
    influences: tuple[Influence, ...] = ()
    progress: ProgressReport | None = None
    reservation: Reservation | None = None
    comparisons: tuple[Comparison, ...] = ()

    def mark_in(self, tranche: str) -> str:
        """Mark of the project in a tranche: "new", "follow_up", or "" when it got nothing."""
        return next((a.mark for a in self.awards if a.tranche.number == tranche), "")


class Standing(Enum):
    """How an intended result stands, by what sources report of it."""

    REACHED = "reached"
    """What is reported is the target or more."""
    SHORT = "short"
    """What is reported is less than the target."""
    UNKNOWN = "unknown"
    """There is a target and no figure. That is not the same as not reached."""
    OPEN = "open"
    """There is nothing to reach: a direction, or a target still to be determined."""


@dataclass(frozen=True)
class ResultView:
    """An intended result, its target, and what is reached of it.

    `target` is a number, 1 for a delivery, or None. `counted` are the measurements `reached` is
    made of, `others` those that do not count: planned, older, or of a wider area. `sign` says how
    sources put it. `differing` is what sources state otherwise of its date.
    """

    result: IntendedResult
    target: int | None
    reached: Figure
    standing: Standing
    sign: str
    counted: tuple[Measurement, ...]
    others: tuple[Measurement, ...]
    differing: tuple[Comparison, ...] = ()


@dataclass(frozen=True)
class ShareView:
    """The part of one party in a contribution: computed, and what was published, if anything."""

    party: Party
    promised: Figure
    key: ContributionKey | None
    stated: Comparison | None


@dataclass(frozen=True)
class ContributionView:
    """A contribution with the shares of the parties and its instalments.

    `standing` is how hard it is by what was decided and came in, in words; that, `mandated` and
    `received` are there only when something was decided or came in.
    """

    contribution: Contribution
    promised: Figure
    shares: tuple[ShareView, ...]
    instalments: tuple[Instalment, ...]
    stated: tuple[Comparison, ...]
    source: str = ""
    standing: str = ""
    mandated: Figure | None = None
    received: Figure | None = None


@dataclass(frozen=True)
class LeadView:
    """What one lead partner carries: its projects by pillar and what they were awarded."""

    organisation: Organisation
    projects: Mapping[str, tuple[ProjectView, ...]]
    count: Figure
    awarded: Figure


@dataclass(frozen=True)
class MunicipalityView:
    """A municipality: what it carries, what happens there, and what it promises."""

    organisation: Organisation
    led: Figure
    taking_part: Figure
    awarded: Figure
    promised: Figure
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True)
class DrawdownPoint:
    """Awarded so far, from the day of a tranche on, per pillar and in total."""

    tranche: Tranche
    per_pillar: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Sources:
    """Sources by code, to cite them in words."""

    by_code: Mapping[str, Source] = field(default_factory=dict)

    def cite(self, code: str) -> str:
        """Title of the source, or its code when it is not described."""
        source = self.by_code.get(code)
        return source.title if source else code
