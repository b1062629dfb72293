"""Projects as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from noaber.core.dates import PartialDate
from noaber.core.numbering import code_of
from noaber.record.rules import Evidence

KINDS = ("project", "pilot")
STATUSES = ("planned", "running", "finished", "stopped")
TEXT_KINDS = ("description",)
TURN_KINDS = ("handover", "extension", "merger", "stop")


@dataclass(frozen=True)
class Project:
    """A project: number as printed, names, lead partner and how it goes on after the deal.

    `pillar`, `lead`, `paid_from`, `merged_into` and `themes` are codes; the project's own code is
    made of pillar and number (`code`). Which themes it serves may come from another source than
    the project itself, often the programme office's own reading: see `themes_evidence`.
    """

    pillar: str
    number: str
    name: str
    lead: str
    since: PartialDate
    also_known_as: str = ""
    former_names: tuple[str, ...] = ()
    kind: str = "project"
    heading: str = ""
    paid_from: str = ""
    merged_into: str = ""
    status: str = "running"
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    continuation: str = ""
    themes: tuple[str, ...] = ()
    themes_source: str = ""
    themes_locator: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Stable code: pillar and number, as in ``werken-2.4a``."""
        return project_code(self.pillar, self.number)

    @property
    def themes_evidence(self) -> Evidence:
        """Where it stands which themes the project serves: its own source, or that of the project."""
        if not self.themes_source:
            return self.evidence
        return replace(self.evidence, source=self.themes_source, locator=self.themes_locator)


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part in a project beside the lead partner."""

    project: str
    organisation: str
    role: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the partner: project and organisation."""
        return f"{self.project}/{self.organisation}"


@dataclass(frozen=True)
class Place:
    """Where a project happens: a municipality, and a place in it when one is named."""

    project: str
    municipality: str
    name: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the place: project, municipality and name."""
        return f"{self.project}/{self.municipality}/{code_of(self.name) if self.name else '-'}"


@dataclass(frozen=True)
class CrossOver:
    """A connection of a project with another pillar."""

    project: str
    pillar: str
    note: str
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the cross-over: project and pillar."""
        return f"{self.project}/{self.pillar}"


STRENGTHS = ("direct", "partial", "indirect")
"""How strong the influence on a result is claimed to be: the project makes it, helps it along
with others, or only creates what it needs."""


@dataclass(frozen=True)
class Influence:
    """What a project claims to do for an intended result (its code), and how strong that is.

    A claim, of its proposal and awarded by `decision`: what comes of it is a measurement.
    """

    project: str
    result: str
    note: str
    strength: str
    decision: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the influence: project and result."""
        return f"{self.project}/{self.result}"


@dataclass(frozen=True)
class ProjectText:
    """A text about a project, with the label of who may read it."""

    project: str
    kind: str
    text: str
    since: PartialDate | None = None
    readers: str = "public"
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the text: project and kind."""
        return f"{self.project}/{self.kind}"


@dataclass(frozen=True)
class Turn:
    """What changed a project from a day on, by a decision: another lead partner, a later end, the
    project it went on in, or that it stopped. What was before stays as it was.

    `lead`, `ends` and `merged_into` go with a handover, an extension and a merger.
    """

    project: str
    kind: str
    effective: PartialDate
    lead: str = ""
    ends: PartialDate | None = None
    merged_into: str = ""
    decision: str = ""
    note: str = ""
    evidence: Evidence = field(default=Evidence(), compare=False)

    @property
    def code(self) -> str:
        """Code of the turn: project, kind and day."""
        return f"{self.project}/{self.kind}/{self.effective}"


def turned(project: Project, turns: Sequence[Turn]) -> Project:
    """The project after `turns`, of which those of other projects do not count."""
    for turn in sorted(turns, key=lambda t: t.effective.counts_from):
        if turn.project != project.code:
            continue
        if turn.kind == "handover":
            project = replace(project, lead=turn.lead)
        elif turn.kind == "extension":
            project = replace(project, ends=turn.ends)
        elif turn.kind == "merger":
            project = replace(project, merged_into=turn.merged_into)
        else:
            project = replace(project, status="stopped")
    return project


def ended(project: str, turns: Sequence[Turn]) -> date | None:
    """From which day a project stopped or went on in another; None when it did not."""
    days = [
        t.effective.counts_from
        for t in turns
        if t.project == project and t.kind in ("merger", "stop")
    ]
    return min(days, default=None)


Fact = Partner | Place | CrossOver | Influence | ProjectText | Turn
"""A fact about a project."""


def project_code(pillar: str, number: str) -> str:
    """Code of the project with this printed number: ``werken-2.4a``."""
    return f"{pillar}-{number.replace(' ', '').lower()}"
