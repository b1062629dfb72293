"""Deciding: opening tranches, awarding, reserving. Each posts the transfers that follow."""

from datetime import date, datetime
from typing import Any

from noaber.access.rules import Actor
from noaber.awards import models, queries, rules
from noaber.deals.models import Deal, DealVersion
from noaber.ledger.actions import settle_plan
from noaber.projects.models import Project, ProjectVersion
from noaber.record.actions import put, retract, revision
from noaber.record.models import Version
from noaber.record.rules import Evidence
from noaber.record.writing import Stamp

EVER = date.max
"""As of every date: a plan holds all decisions, also those of later tranches."""


def open_tranche(
    tranche: rules.Tranche, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a tranche, or correct it; its awards move along with its date.

    Returns whether anything changed.
    """
    owner = Deal.objects.get(code=deal)
    with revision(by=by, at=at, action="open_tranche", subject=f"deal:{deal}") as r:
        found = models.Tranche.objects.filter(deal=owner, code=tranche.number).first()
        anchor = found or models.Tranche.objects.create(
            deal=owner, code=tranche.number, revision_id=r.number
        )
        changed = put(
            models.TrancheVersion,
            key={"tranche": anchor},
            values={
                "position": tranche.position,
                "decided": tranche.decided,
                "date_basis": tranche.date_basis,
            },
            since=tranche.effective_on,
            evidence=evidence,
            stamp=r,
        )
        if found and changed:
            _move(owner, anchor, tranche.effective_on, r)
    return changed


def award(award: rules.Award, *, deal: str, evidence: Evidence, by: Actor, at: datetime) -> bool:
    """Award a project an amount in a tranche, or correct that award.

    A corrected amount becomes a reversal and a new transfer, both from the award's own date.
    Returns whether anything changed.

    :raises AwardAfterEnd: when the tranche is after the end of the deal.
    :raises ReservationExceeded: when a reservation for the project is too small for it.
    :raises Overdrawn: when the money has moved on.
    """
    with revision(by=by, at=at, action="award", subject=f"project:{award.project}") as r:
        project = Project.objects.select_related("deal").get(deal__code=deal, code=award.project)
        on = _effective_on(project.deal, award.tranche)
        ends = _end_of(project.deal)
        if on > ends:
            raise rules.AwardAfterEnd(on, ends)
        changed = put(
            models.AwardVersion,
            key={"deal": project.deal, "code": award.code},
            values={
                "project": project,
                "tranche": models.Tranche.objects.get(deal=project.deal, code=award.tranche),
                "amount": award.amount,
                "basis": award.basis,
            },
            since=on,
            evidence=evidence,
            stamp=r,
        )
        if changed:
            _replan(project, r)
    return changed


def take_back_award(*, deal: str, project: str, tranche: str, by: Actor, at: datetime) -> bool:
    """Take an award back as if it was never made; returns whether there was one."""
    with revision(by=by, at=at, action="take_back_award", subject=f"project:{project}") as r:
        row = Project.objects.select_related("deal").get(deal__code=deal, code=project)
        key = {"deal": row.deal, "code": f"{project}/{tranche}"}
        changed = retract(models.AwardVersion, key=key, stamp=r)
        if changed:
            _replan(row, r)
    return changed


def reserve(
    reservation: rules.Reservation, *, deal: str, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Set an amount aside for a whole project, or correct that; returns whether anything changed.

    :raises ReservationExceeded: when awards already come to more.
    """
    subject = f"project:{reservation.project}"
    with revision(by=by, at=at, action="reserve", subject=subject) as r:
        project = Project.objects.select_related("deal").get(
            deal__code=deal, code=reservation.project
        )
        changed = put(
            models.ReservationVersion,
            key={"deal": project.deal, "code": reservation.project},
            values={
                "project": project,
                "tranche": models.Tranche.objects.get(deal=project.deal, code=reservation.tranche),
                "amount": reservation.amount,
            },
            since=_effective_on(project.deal, reservation.tranche),
            evidence=evidence,
            stamp=r,
        )
        if changed:
            _replan(project, r)
    return changed


def _latest(model: type[Version], **key: Any) -> Any:
    """The rows of `model` that hold on some date, as known in the open revision."""
    rows: dict[str, Any] = {}
    for row in model.objects.filter(**key).select_related("project", "tranche").order_by("id"):
        rows[row.code] = row
    return [row for row in rows.values() if not row.retracted]


def _tranches(owner: Deal) -> list[rules.Tranche]:
    rows: dict[str, Any] = {}
    for row in (
        models.TrancheVersion.objects.filter(tranche__deal=owner)
        .select_related("tranche")
        .order_by("id")
    ):
        rows[row.tranche.code] = row
    return [
        rules.Tranche(code, row.position, row.decided, row.date_basis) for code, row in rows.items()
    ]


def _effective_on(owner: Deal, number: str) -> date:
    return next(t.effective_on for t in _tranches(owner) if t.number == number)


def _end_of(owner: Deal) -> date:
    row = DealVersion.objects.filter(deal=owner).order_by("-id").first()
    if row is None or row.ends is None:
        return EVER
    last: date = row.ends.last_day
    return last


def _replan(project: Project, stamp: Stamp) -> None:
    """Bring the project's transfers in line with its awards and reservation as now recorded."""
    awards = [queries.as_award(r) for r in _latest(models.AwardVersion, project=project)]
    reserved = [
        queries.as_reservation(r) for r in _latest(models.ReservationVersion, project=project)
    ]
    version = (
        ProjectVersion.objects.filter(project=project).select_related("pillar").order_by("-id")[0]
    )
    reservation = reserved[0] if reserved else None
    wanted = rules.plan(
        project.code, version.pillar.code, awards, reservation, _tranches(project.deal)
    )
    evidence = {f"award:{a.code}": a.evidence for a in awards}
    causes = {
        f"award:{code}"
        for code in models.AwardVersion.objects.filter(project=project).values_list("code", flat=True)
    }
    causes.add(f"reservation:{project.code}")
    if reservation:
        evidence[f"reservation:{project.code}"] = reservation.evidence
    settle_plan(
        wanted, deal=project.deal.code, causes=causes, evidence=evidence, stamp=stamp
    )


def _move(owner: Deal, anchor: models.Tranche, on: date, stamp: Stamp) -> None:
    """Give the awards and reservations of a corrected tranche its new date, and replan."""
    projects: dict[int, Project] = {}
    for model in (models.AwardVersion, models.ReservationVersion):
        for row in _latest(model, tranche=anchor):
            projects[row.project.pk] = row.project
            values = {"project": row.project, "tranche": anchor, "amount": row.amount}
            if isinstance(row, models.AwardVersion):
                values["basis"] = row.basis
            put(
                model, key={"deal": owner, "code": row.code}, values=values, since=on,
                evidence=row.evidence, readers=row.readers, stamp=stamp,
            )
    for project in projects.values():
        _replan(project, stamp)
