"""Reading rounds and progress."""

from noaber.access.rules import Audience
from noaber.progress import models, rules
from noaber.record.rules import Moment


def rounds(deal: str, moment: Moment, audience: Audience) -> tuple[rules.ReportingRound, ...]:
    """Reporting rounds, oldest first."""
    rows = (
        models.ReportingRoundVersion.objects.at(moment, audience)
        .filter(round__deal__code=deal)
        .select_related("round")
    )
    return tuple(
        sorted(
            (rules.ReportingRound(r.round.code, r.as_of, r.evidence) for r in rows),
            key=lambda r: r.as_of,
        )
    )


def reports(deal: str, moment: Moment, audience: Audience) -> tuple[rules.ProgressReport, ...]:
    """Progress of all projects of the deal that `audience` may read, oldest round first."""
    dates = {r.code: r.as_of for r in rounds(deal, moment, audience)}
    rows = (
        models.ProgressReportVersion.objects.at(moment, audience)
        .filter(deal__code=deal)
        .select_related("project", "round")
    )
    found = (
        rules.ProgressReport(
            r.project.code, r.round.code, dates[r.round.code], r.text, r.readers, r.evidence
        )
        for r in rows
        if r.round.code in dates
    )
    return tuple(sorted(found, key=lambda r: (r.as_of, r.project)))
