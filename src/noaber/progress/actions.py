"""Recording rounds and progress."""

from datetime import datetime

from noaber.access.rules import Actor
from noaber.deals.models import Deal
from noaber.progress import models, rules
from noaber.projects.models import Project
from noaber.record.actions import put, retract, revision
from noaber.record.anchors import ensure, find
from noaber.record.rules import Evidence


def open_round(
    reporting_round: rules.ReportingRound, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a reporting round; it counts from its date. Returns whether anything changed."""
    owner = find(Deal, code=deal)
    with revision(by=by, at=at, action="open_round", subject=f"deal:{deal}") as r:
        anchor = ensure(models.ReportingRound, r, deal=owner, code=reporting_round.code)
        return put(
            models.ReportingRoundVersion,
            key={"round": anchor},
            values={"as_of": reporting_round.as_of},
            since=reporting_round.as_of.counts_from,
            evidence=evidence,
            stamp=r,
        )


def report_progress(
    report: rules.ProgressReport, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record what a project reported in a round; returns whether anything changed."""
    owner = find(Deal, code=deal)
    project = find(Project, deal=owner, code=report.project)
    values = {
        "project": project,
        "round": find(models.ReportingRound, deal=owner, code=report.round),
        "text": report.text,
    }
    subject = f"project:{report.project}"
    with revision(by=by, at=at, action="report_progress", subject=subject) as r:
        return put(
            models.ProgressReportVersion,
            key={"deal": owner, "code": f"{report.project}/{report.round}"},
            values=values,
            since=report.as_of.counts_from,
            evidence=evidence,
            readers=report.readers,
            stamp=r,
        )


def retract_round(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a reporting round back as if it never was; returns whether there was one."""
    anchor = find(models.ReportingRound, deal=find(Deal, code=deal), code=code)
    with revision(by=by, at=at, action="retract_round", subject=f"deal:{deal}") as r:
        return retract(models.ReportingRoundVersion, key={"round": anchor}, stamp=r)


def retract_report(project: str, code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take back what a project reported in the round `code`; returns whether it did."""
    key = {"deal": find(Deal, code=deal), "code": f"{project}/{code}"}
    with revision(by=by, at=at, action="retract_report", subject=f"project:{project}") as r:
        return retract(models.ProgressReportVersion, key=key, stamp=r)
