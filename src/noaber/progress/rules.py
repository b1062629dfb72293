"""Reporting rounds and progress as values."""

from dataclasses import dataclass, field

from noaber.core.dates import PartialDate
from noaber.record.rules import Evidence


@dataclass(frozen=True)
class ReportingRound:
    """A round in which all projects report, and the date it reports on."""

    code: str
    as_of: PartialDate
    evidence: Evidence = field(default=Evidence(), compare=False)


@dataclass(frozen=True)
class ProgressReport:
    """What a project reported in a round, with the label of who may read it."""

    project: str
    round: str
    as_of: PartialDate
    text: str
    readers: str = "public"
    evidence: Evidence = field(default=Evidence(), compare=False)
