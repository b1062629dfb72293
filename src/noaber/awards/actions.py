"""Deciding: opening tranches, awarding, reserving. Each posts the transfers that follow."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from noaber.access.rules import Actor
from noaber.awards import models, queries, rules
from noaber.deals.models import Deal, DealVersion
from noaber.ledger.actions import settle_plan
from noaber.projects.models import Project, ProjectVersion
from noaber.record.actions import put, retract, revision
from noaber.record.anchors import ensure, find
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

    :raises AwardAfterEnd: when its awards would move past the end of the deal.
    :raises Overdrawn: when money of its awards has moved on before the new date.
    """
    owner = find(Deal, code=deal)
    with revision(by=by, at=at, action="open_tranche", subject=f"deal:{deal}") as r:
        anchor = ensure(models.Tranche, r, deal=owner, code=tranche.number)
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
        if changed:
            _move(owner, anchor, tranche.effective_on, r)
    return changed


def decide(
    *,
    deal: str,
    awards: Sequence[rules.Award] = (),
    reservations: Sequence[rules.Reservation] = (),
    releases: Sequence[rules.Release] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Award, reserve and release together, or correct what was; each carries its evidence.

    A corrected amount becomes a reversal and a new transfer, both from the decision's own date.
    Returns how many decisions were new or changed.

    :raises AwardAfterEnd: when a tranche is after the end of the deal.
    :raises ReservationExceeded: when a reservation is too small for the awards from it.
    :raises ReservationTooLow: when a reservation is less than what was awarded before it.
    :raises ReleaseExceeded: when a release takes more than there is.
    :raises Overdrawn: when the money has moved on, as when it was committed.
    """
    owner = find(Deal, code=deal)
    changed: dict[str, Project] = {}
    count = 0
    with revision(by=by, at=at, action="decide", subject=f"deal:{deal}") as r:
        tranches = {t.number: t for t in _tranches(owner)}
        ends = _end_of(owner)
        decisions: list[rules.Award | rules.Reservation] = [*awards, *reservations]
        for decision in decisions:
            project = find(Project, deal=owner, code=decision.project)
            on = tranches[decision.tranche].effective_on
            if on > ends and isinstance(decision, rules.Award):
                raise rules.AwardAfterEnd(on, ends)
            tranche = find(models.Tranche, deal=owner, code=decision.tranche)
            values = {
                "project": project,
                "tranche": tranche,
                "amount": decision.amount,
                "decision": decision.decision,
            }
            code = decision.code
            if isinstance(decision, rules.Award):
                model: type[Version] = models.AwardVersion
                values["basis"] = decision.basis
            else:
                model = models.ReservationVersion
                code = _code_of(project, tranche) or code
            if put(
                model,
                key={"deal": owner, "code": code},
                values=values,
                since=on,
                evidence=decision.evidence,
                stamp=r,
            ):
                changed[project.code] = project
                count += 1
        freed = _record_releases(releases, owner, r)
        for project in {**changed, **freed.projects}.values():
            _replan(project, r, [*tranches.values()])
    return count + freed.recorded


def award(award: rules.Award, *, deal: str, by: Actor, at: datetime) -> bool:
    """Award a project an amount in a tranche, or correct that award; see `decide`."""
    return decide(deal=deal, awards=[award], by=by, at=at) > 0


def reserve(reservation: rules.Reservation, *, deal: str, by: Actor, at: datetime) -> bool:
    """Set an amount aside for a whole project, or correct that; see `decide`."""
    return decide(deal=deal, reservations=[reservation], by=by, at=at) > 0


def release(releases: Sequence[rules.Release], *, deal: str, by: Actor, at: datetime) -> int:
    """Let money of awards or reservations flow back to their pillars, or correct what did.

    Returns how many releases were new or changed.

    :raises ReleaseExceeded: when a release takes more than there is.
    :raises Overdrawn: when the money has moved on, as when it was committed.
    """
    owner = find(Deal, code=deal)
    with revision(by=by, at=at, action="release", subject=f"deal:{deal}") as r:
        freed = _record_releases(releases, owner, r)
        for project in freed.projects.values():
            _replan(project, r)
    return freed.recorded


class _Freed(NamedTuple):
    """How many releases were new or changed, and the projects whose plan that changes, by code."""

    recorded: int
    projects: dict[str, Project]


def _record_releases(releases: Sequence[rules.Release], owner: Deal, stamp: Stamp) -> _Freed:
    changed: dict[str, Project] = {}
    count = 0
    for item in releases:
        project = find(Project, deal=owner, code=item.project)
        before = models.ReleaseVersion.objects.filter(deal=owner, code=item.code)
        former = {row.project.code: row.project for row in before.select_related("project")}
        if put(
            models.ReleaseVersion,
            key={"deal": owner, "code": item.code},
            values={
                "project": project,
                "tranche": find(models.Tranche, deal=owner, code=item.of) if item.of else None,
                "amount": item.amount,
                "on": item.on,
                "decision": item.decision,
            },
            since=item.on.counts_from,
            evidence=item.evidence,
            stamp=stamp,
        ):
            changed |= {**former, project.code: project}
            count += 1
    return _Freed(count, changed)


def take_back_reservation(
    *, deal: str, project: str, tranche: str, by: Actor, at: datetime
) -> bool:
    """Take a reservation back as if it was never made; returns whether there was one."""
    owner = find(Deal, code=deal)
    with revision(by=by, at=at, action="take_back_reservation", subject=f"project:{project}") as r:
        row = find(Project, deal=owner, code=project)
        code = _code_of(row, find(models.Tranche, deal=owner, code=tranche))
        changed = retract(models.ReservationVersion, key={"deal": owner, "code": code}, stamp=r)
        if changed:
            _replan(row, r)
    return changed


def take_back_release(code: str, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a release back as if it was never made; returns whether there was one."""
    owner = find(Deal, code=deal)
    with revision(by=by, at=at, action="take_back_release", subject=f"release:{code}") as r:
        row = models.ReleaseVersion.objects.filter(deal=owner, code=code).order_by("-id").first()
        changed = retract(models.ReleaseVersion, key={"deal": owner, "code": code}, stamp=r)
        if changed and row is not None:
            _replan(row.project, r)
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


def _latest(
    model: type[models.AwardVersion | models.ReservationVersion | models.ReleaseVersion],
    owner: Deal,
) -> list[Any]:
    """The rows of `model` that hold on some date, as known in the open revision."""
    rows = model.objects.filter(deal=owner).select_related("project", "tranche").order_by("id")
    return [row for row in {row.code: row for row in rows}.values() if not row.retracted]


def _code_of(project: Project, tranche: models.Tranche) -> str:
    """The code that a reservation of a project in a tranche was recorded under; "" for none."""
    rows = models.ReservationVersion.objects.filter(project=project, tranche=tranche)
    found: str = rows.order_by("-id").values_list("code", flat=True).first() or ""
    return found


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


def _end_of(owner: Deal) -> date:
    row = DealVersion.objects.filter(deal=owner).order_by("-id").first()
    if row is None or row.ends is None:
        return EVER
    last: date = row.ends.last_day
    return last


def _replan(project: Project, stamp: Stamp, tranches: Sequence[rules.Tranche] = ()) -> None:
    """Bring the project's transfers in line with its awards and reservation as now recorded.

    `tranches` are those of the deal, when they were read already.
    """
    # All that were ever recorded, so that what was taken back is taken out of the books too.
    given = _ever(models.AwardVersion, project)
    kept = _ever(models.ReservationVersion, project)
    freed = models.ReleaseVersion.objects.filter(project=project).values_list("code", flat=True)
    awards = [queries.as_award(r) for r in given.values() if not r.retracted]
    reserved = [queries.as_reservation(r) for r in kept.values() if not r.retracted]
    # Of the deal, since a release can have gone to another project by now.
    released = [
        queries.as_release(row)
        for row in _latest(models.ReleaseVersion, project.deal)
        if row.project_id == project.pk
    ]
    pillar = (
        ProjectVersion.objects.filter(project=project)
        .order_by("-id")
        .values_list("pillar__code", flat=True)[0]
    )
    decided = rules.Decided(awards, reserved, released)
    wanted = rules.plan(project.code, pillar, decided, tranches or _tranches(project.deal))
    evidence = {f"award:{a.code}": a.evidence for a in awards}
    evidence |= {f"release:{r.code}": r.evidence for r in released}
    causes = {f"award:{code}" for code in given} | {f"release:{code}" for code in freed}
    causes.add(f"reservation:{project.code}")
    if reserved:
        evidence[f"reservation:{project.code}"] = reserved[-1].evidence
    settle_plan(
        wanted,
        deal=project.deal.code,
        causes=causes,
        holder=project.code,
        evidence=evidence,
        stamp=stamp,
    )


def _ever(
    model: type[models.AwardVersion | models.ReservationVersion], project: Project
) -> dict[str, Any]:
    """The latest row of everything of `model` that was ever recorded of a project, by code."""
    rows = model.objects.filter(project=project).select_related("project", "tranche")
    return {row.code: row for row in rows.order_by("id")}


def _move(owner: Deal, anchor: models.Tranche, on: date, stamp: Stamp) -> None:
    """Give the awards and reservations of a corrected tranche its new date, and replan."""
    projects: dict[int, Project] = {}
    ends = _end_of(owner)
    for model in (models.AwardVersion, models.ReservationVersion):
        # Of all decisions the latest first: one that names another tranche by now stays put.
        for row in (r for r in _latest(model, owner) if r.tranche_id == anchor.pk):
            if on > ends and model is models.AwardVersion:
                raise rules.AwardAfterEnd(on, ends)
            projects[row.project.pk] = row.project
            values = {
                "project": row.project,
                "tranche": anchor,
                "amount": row.amount,
                "decision": row.decision,
            }
            if isinstance(row, models.AwardVersion):
                values["basis"] = row.basis
            put(
                model,
                key={"deal": owner, "code": row.code},
                values=values,
                since=on,
                evidence=row.evidence,
                readers=row.readers,
                stamp=stamp,
            )
    for project in projects.values():
        _replan(project, stamp)
