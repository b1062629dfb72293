"""Reading rounds and progress."""

from dataclasses import dataclass

from noaber.access.rules import Audience
from noaber.progress import models, rules
from noaber.record.reading import Rows, Shelf, read, values
from noaber.record.rules import Moment

SHELVES = (
    Shelf("round", models.ReportingRoundVersion, "round__deal__code", {"code": "round__code"}),
    Shelf(
        "report",
        models.ProgressReportVersion,
        "deal__code",
        {"project": "project__code", "round": "round__code"},
    ),
)


@dataclass(frozen=True)
class ProgressFacts:
    """Reporting rounds, oldest first, and what projects reported in them, in that order."""

    rounds: tuple[rules.ReportingRound, ...]
    reports: tuple[rules.ProgressReport, ...]


def facts(deal: str, moment: Moment, audience: Audience) -> ProgressFacts:
    """Rounds of a deal and the progress that `audience` may read: one query."""
    return of_rows(read(SHELVES, deal, moment, audience))


def of_rows(rows: Rows) -> ProgressFacts:
    """The same from what was read together with other features."""
    rounds = sorted(values(rules.ReportingRound, rows["round"]), key=lambda r: (r.as_of, r.code))
    dates = {r.code: r.as_of for r in rounds}
    known = [
        {**row, "as_of": dates[row["round"]]} for row in rows["report"] if row["round"] in dates
    ]
    reports = values(rules.ProgressReport, known)
    return ProgressFacts(
        tuple(rounds), tuple(sorted(reports, key=lambda r: (r.as_of, r.round, r.project)))
    )
