"""The deal and what belongs to it, as values; amounts in cents."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from noaber.core.dates import PartialDate
from noaber.core.division import divide
from noaber.record.rules import Evidence

OVERHEAD = "overhead"
"""The line of an allocation that is no pillar (article 5.1)."""

REGIMES = ("decentralised_grant", "specific_grant")
SIDES = ("state", "region")
MARKS = ("square", "house", "circle", "triangle", "diamond", "hexagon", "star", "cross")
RESULT_KINDS = ("count", "delivery", "direction")
FORMS = ("cash", "existing_budget", "in_kind", "unknown")
STANDINGS = ("proposed", "published", "decided", "received")
BODIES = ("council", "provincial_states", "executive", "minister", "other")
OUTCOMES = ("granted", "conditional", "refused")
STATED_KINDS = ("amount", "count", "mark", "date", "text")
RESERVED_CODES = frozenset(
    {
        "en", "gezond", "privacy", "toegankelijkheid", "static", "kantoor", "aanmelden", "accounts",
        "api", "bestanden",
    }
)  # fmt: skip
"""Words with which other parts of the site begin, so that no deal can be called so."""


@dataclass(frozen=True)
class Deal:
    """A deal; `treasurer` is an organisation's code, the terms are how it calls its pillars.

    `logo` is an SVG of shapes as `core.logo` gives it; empty when the deal has none.
    """

    code: str
    name: str
    region: str
    ambition: str
    starts: PartialDate
    ends: PartialDate
    regime: str
    treasurer: str
    pillar_term: str
    pillar_terms: str
    accent: str
    logo: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Source:
    """A document or announcement that facts come from."""

    code: str
    title: str
    kind: str
    published: PartialDate | None = None
    publisher: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Party:
    """A signatory: organisation and office, with its number in the covenant and its side."""

    code: str
    number: int
    organisation: str
    name: str
    office: str
    side: str
    capacity: str = ""
    role: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Article:
    """An article of the covenant."""

    number: int
    title: str
    part: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the article: its number."""
        return str(self.number)


@dataclass(frozen=True)
class Pillar:
    """A first level of division: carries money, projects and a colour with a mark."""

    code: str
    name: str
    position: int
    colour: str
    mark: str
    introduction: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Theme:
    """A theme in a pillar, or one that connects all pillars (`pillar` empty)."""

    code: str
    name: str
    position: int
    pillar: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Goal:
    """A goal of the covenant, of a pillar or of the whole deal (`pillar` empty)."""

    code: str
    text: str
    pillar: str = ""
    due: PartialDate | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class IntendedResult:
    """An intended result: a count with target, a delivery, or only a direction."""

    code: str
    pillar: str
    position: int
    text: str
    kind: str
    target: int | None = None
    unit: str = ""
    direction: str = ""
    due: PartialDate | None = None
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class Allocation:
    """The indicative share of a pillar, or of `OVERHEAD`, from a date on (articles 5.1, 5.7).

    `decision` is what a later share rests on.
    """

    line: str
    amount: int
    effective: PartialDate
    decision: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the allocation: its line."""
        return self.line


@dataclass(frozen=True)
class Contribution:
    """What a party, or several together (`party` empty), promises (article 5.2)."""

    code: str
    name: str
    amount: int
    form: str
    standing: str
    effective: PartialDate
    party: str = ""
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class ContributionKey:
    """Weight of a party in a contribution of several, such as its inhabitants on a date."""

    contribution: str
    party: str
    position: int
    key: int
    unit: str
    measured: PartialDate
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the key: contribution and party."""
        return f"{self.contribution}/{self.party}"


@dataclass(frozen=True)
class Instalment:
    """A part in which a contribution comes; amount and date None when still to be agreed."""

    contribution: str
    number: int
    due: PartialDate | None = None
    amount: int | None = None
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the instalment: contribution and number."""
        return f"{self.contribution}/{self.number}"


@dataclass(frozen=True)
class Mandate:
    """What the council, the provincial states or another body of a party decided on its share of a
    contribution, in cents. A later one of the same party supersedes it from its date.
    """

    contribution: str
    party: str
    body: str
    effective: PartialDate
    outcome: str
    amount: int
    document: str = ""
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the mandate: contribution and party."""
        return f"{self.contribution}/{self.party}"


@dataclass(frozen=True)
class ContactPoint:
    """Where people can turn to with a question: an office, never a person.

    `website` is a whole address, `mail` that of the office; what is not given is empty.
    """

    code: str
    name: str
    position: int
    purpose: str = ""
    address: str = ""
    website: str = ""
    mail: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class StatedFact:
    """What a source itself says of a figure, beside what the register computes.

    `address` is that of the figure, without the deal; `value` is text as the source gives it.
    `rounded_to` is in cents: on what the source rounded; 0 when it is exact.
    """

    code: str
    address: str
    kind: str
    value: str
    rounded_to: int = 0
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)


Fact = (
    Source
    | Article
    | Theme
    | Goal
    | IntendedResult
    | Allocation
    | Contribution
    | ContributionKey
    | Instalment
    | Mandate
    | ContactPoint
    | StatedFact
)
"""A fact of a deal that has a code of its own."""


@dataclass(frozen=True)
class Share:
    """The part of one party in a contribution, in cents, with the key it follows from, if any."""

    party: str
    amount: int
    key: ContributionKey | None = None


def shares(contribution: Contribution, keys: Sequence[ContributionKey]) -> tuple[Share, ...]:
    """Divide a contribution over the parties: exact to the cent, ties by the order given.

    :raises ValueError: when there is neither a party nor a key, or both.
    """
    if bool(contribution.party) == bool(keys):
        raise ValueError(f"{contribution.code}: een partij of verdeelsleutels, niet beide of geen")
    if contribution.party:
        return (Share(contribution.party, contribution.amount),)
    ordered = sorted(keys, key=lambda k: k.position)
    amounts = divide(contribution.amount, [k.key for k in ordered])
    return tuple(Share(k.party, a, k) for k, a in zip(ordered, amounts, strict=True))


def mandated(
    shares: Sequence[Share], mandates: Sequence[Mandate]
) -> tuple[tuple[Mandate, int], ...]:
    """What counts of each mandate: no more than the share of its party, nothing when refused."""
    of_party = {share.party: share.amount for share in shares}
    return tuple(
        (m, 0 if m.outcome == "refused" else min(m.amount, of_party.get(m.party, 0)))
        for m in mandates
    )


def standing(shares: Sequence[Share], mandates: Sequence[Mandate], received: int) -> str:
    """How hard a contribution is by what was decided and came in; "" when nothing was decided.

    One of "received", "decided", "conditional" (decided, with conditions), "partly" or "refused".
    """
    whole = sum(share.amount for share in shares)
    counted = mandated(shares, mandates)
    total = sum(amount for _, amount in counted)
    if received and received >= whole:
        return "received"
    if not counted:
        return ""
    if total >= whole:
        bound = any(m.outcome == "conditional" for m, _ in counted)
        return "conditional" if bound else "decided"
    return "partly" if total else "refused"
