"""Recording the money of awards. Each fact posts the transfers that follow from it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple

from noaber.access.rules import OFFICE, Actor, own_label
from noaber.awards import queries as awards
from noaber.awards.actions import release, take_back_release
from noaber.awards.rules import Release
from noaber.deals.models import Deal, DealFact, DealVersion, Party
from noaber.deals.rules import OVERHEAD
from noaber.ledger import queries as ledger
from noaber.ledger.actions import settle_plan
from noaber.ledger.rules import Overdrawn, Stage, falls_short
from noaber.organisations.models import Organisation
from noaber.projects import queries as projects
from noaber.projects.models import Project, ProjectVersion
from noaber.projects.rules import ended
from noaber.record.actions import put, retract, revision
from noaber.record.anchors import find
from noaber.record.rules import Evidence, Moment, columns_of
from noaber.record.writing import Stamp
from noaber.treasury import models, posting, queries, rules
from noaber.treasury.problems import OutOfOrder, unknown

Step = rules.Commitment | rules.Payment | rules.Settlement | rules.Recovery
"""A fact that moves money."""

MODELS: dict[type, type[DealFact]] = {
    rules.Commitment: models.CommitmentVersion,
    rules.Payment: models.PaymentVersion,
    rules.Settlement: models.SettlementVersion,
    rules.Recovery: models.RecoveryVersion,
}


def record_steps(
    steps: Sequence[Step],
    *,
    deal: str,
    by: Actor,
    at: datetime,
    idempotency_key: str | None = None,
) -> int:
    """Record commitments, payments, settlements and recoveries together, or correct them.

    Each carries its evidence. Returns how many were new or changed.

    :raises OutOfOrder: when a step cannot be in the life of its commitment.
    :raises CommittedAfterEnd: for a commitment after the end of the deal.
    :raises CommittedAfterStop: for a commitment after its project stopped or went on in another.
    :raises NotAwarded: when more is committed than was awarded.
    :raises GivenAway: when what fell free before and no longer does was awarded anew.
    :raises AlreadyRecorded: when `idempotency_key` was used before; nothing is recorded.
    """
    owner = find(Deal, code=deal)
    left: dict[str, list[str]] = {}
    touched: dict[str, list[str]] = {}
    count = 0
    subject = f"deal:{deal}"
    with (
        revision(
            by=by, at=at, action="record_money", subject=subject, idempotency_key=idempotency_key
        ) as r,
        _within_room(deal),
    ):
        for step in steps:
            if isinstance(step, rules.Commitment):
                _check_end(owner, step, r)
            before = _commitment_of(owner, step)
            if _put(owner, step, r):
                count += 1
                touched.setdefault(_named(step), [])
                if before and before != _named(step):
                    left.setdefault(before, []).append(_cause(step))
        # What a step left first: its money goes from there to where it is now.
        for code, gone in (left | {c: left.get(c, []) for c in touched}).items():
            _replan(owner, code, r, by=by, gone=gone)
    return count


def take_back(step: Step, *, deal: str, by: Actor, at: datetime) -> bool:
    """Take a payment, settlement or recovery back as if it was never recorded, with its transfers.

    Returns whether it was there.

    :raises OutOfOrder: when a later step needs it.
    :raises GivenAway: when what fell free because of it was awarded anew.
    """
    owner = find(Deal, code=deal)
    subject = f"commitment:{_named(step)}"
    with (
        revision(by=by, at=at, action="take_back_money", subject=subject) as r,
        _within_room(deal),
    ):
        key = {"deal": owner, "code": step.code}
        changed = retract(MODELS[type(step)], key=key, stamp=r)
        if changed:
            _replan(owner, _named(step), r, by=by, gone=[_cause(step)])
    return changed


def record_condition(
    condition: rules.Condition,
    *,
    deal: str,
    since: date,
    evidence: Evidence,
    by: Actor,
    at: datetime,
) -> bool:
    """Record a condition of a commitment, for its own readers; returns whether it changed."""
    values = columns_of(condition)
    readers = values.pop("readers")
    subject = f"commitment:{condition.commitment}"
    with revision(by=by, at=at, action="record_condition", subject=subject) as r:
        return put(
            models.ConditionVersion,
            key={"deal": find(Deal, code=deal), "code": condition.code},
            values=values,
            since=since,
            evidence=evidence,
            readers=readers,
            stamp=r,
        )


def record_receipt(receipt: rules.Receipt, *, deal: str, by: Actor, at: datetime) -> bool:
    """Record money that came in; returns whether anything changed."""
    owner = find(Deal, code=deal)
    values = columns_of(receipt)
    del values["code"]
    values["party"] = find(Party, deal=owner, code=receipt.party) if receipt.party else None
    with revision(by=by, at=at, action="record_receipt", subject=f"deal:{deal}") as r:
        return put(
            models.ReceiptVersion,
            key={"deal": owner, "code": receipt.code},
            values=values,
            since=receipt.effective.counts_from,
            evidence=receipt.evidence,
            stamp=r,
        )


def record_budget_line(
    line: rules.BudgetLine, *, deal: str, since: date, evidence: Evidence, by: Actor, at: datetime
) -> bool:
    """Record a line of the budget of overhead; returns whether anything changed."""
    values = columns_of(line)
    del values["code"]
    with revision(by=by, at=at, action="record_budget_line", subject=f"deal:{deal}") as r:
        return put(
            models.BudgetLineVersion,
            key={"deal": find(Deal, code=deal), "code": line.code},
            values=values,
            since=since,
            evidence=evidence,
            stamp=r,
        )


def give_forecast(forecast: rules.Forecast, *, deal: str, by: Actor, at: datetime) -> bool:
    """Record a forecast as given on its day, for the office and who leads the project then.

    An earlier one is kept beside it. Returns whether anything changed.
    """
    owner = find(Deal, code=deal)
    project = find(Project, deal=owner, code=forecast.project)
    subject = f"project:{forecast.project}"
    with revision(by=by, at=at, action="give_forecast", subject=subject) as r:
        then = projects.facts(deal, Moment(forecast.given.counts_from, r.number), OFFICE).current
        lead = next((p.lead for p in then if p.code == forecast.project), "")
        return put(
            models.ForecastVersion,
            key={"deal": owner, "code": forecast.code},
            values={**columns_of(forecast), "project": project},
            since=forecast.given.counts_from,
            evidence=forecast.evidence,
            readers=own_label(lead) if lead else "office",
            stamp=r,
        )


def _put(owner: Deal, step: Step, stamp: Stamp) -> bool:
    values = columns_of(step)
    values.pop("code", None)
    if isinstance(step, rules.Settlement):
        del values["commitment"]
    if isinstance(step, rules.Commitment):
        values["receiver"] = find(Organisation, code=step.receiver)
        values["project"] = find(Project, deal=owner, code=step.project) if step.project else None
    return put(
        MODELS[type(step)],
        key={"deal": owner, "code": step.code},
        values=values,
        since=step.effective.counts_from,
        evidence=step.evidence,
        stamp=stamp,
    )


def _named(step: Step) -> str:
    """The commitment that a step is about."""
    return step.code if isinstance(step, rules.Commitment) else step.commitment


def _cause(step: Step) -> str:
    return f"{type(step).__name__.lower()}:{step.code}"


def _commitment_of(owner: Deal, step: Step) -> str:
    """The commitment that a payment or recovery was about until now; "" when it is new."""
    if not isinstance(step, rules.Payment | rules.Recovery):
        return ""
    rows = _latest(MODELS[type(step)], deal=owner, code=step.code)
    return rows[0].commitment if rows else ""


def _check_end(owner: Deal, commitment: rules.Commitment, stamp: Stamp) -> None:
    row = DealVersion.objects.filter(deal=owner).order_by("-id").first()
    on = commitment.effective.counts_from
    if row is not None and row.ends is not None and on > row.ends.last_day:
        raise rules.CommittedAfterEnd(on, row.ends.last_day)
    turns = projects.facts(owner.code, Moment.ever(stamp.number), OFFICE).turns
    ended_on = ended(commitment.project, turns)
    if ended_on is not None and on >= ended_on:
        raise rules.CommittedAfterStop(commitment.project, on, ended_on)


@contextmanager
def _within_room(deal: str) -> Iterator[None]:
    """What is recorded leaves all pillars together no further below zero, on any day."""
    before = ledger.per_day(deal, Stage.PILLAR)
    yield
    short = falls_short(before, ledger.per_day(deal, Stage.PILLAR))
    if short is not None:
        raise rules.GivenAway(short.amount)


def _replan(owner: Deal, code: str, stamp: Stamp, *, by: Actor, gone: Collection[str] = ()) -> None:
    """Bring the transfers of a commitment in line with what is recorded of it now.

    What falls free of it is released to the pillar: what no longer does is taken back first, since
    the money of both is on the account of the project in between. `gone` are the causes of steps
    that are of this commitment no more.
    """
    life = _life(owner, code)
    project = life.commitment.project
    wanted = posting.plan(life, _pillar(owner, project))
    evidence = {f"commitment:{code}": life.commitment.evidence}
    if life.settlement:
        evidence[f"settlement:{code}"] = life.settlement.evidence
    evidence |= {f"payment:{p.code}": p.evidence for p in life.payments}
    evidence |= {f"recovery:{r.code}": r.evidence for r in life.recoveries}
    causes = {*evidence, f"settlement:{code}", *gone}
    flows_back = _flows_back(owner, life, stamp)
    try:
        for former in flows_back.gone:
            take_back_release(former, deal=owner.code, by=by, at=stamp.recorded_at)
        settle_plan(wanted, deal=owner.code, causes=causes, evidence=evidence, stamp=stamp)
        if flows_back.new:
            release(flows_back.new, deal=owner.code, by=by, at=stamp.recorded_at)
    except Overdrawn as error:
        if error.account.stage in (Stage.AWARDED, Stage.OVERHEAD):
            raise rules.NotAwarded(project or OVERHEAD, error.on, error.short) from error
        raise


class _FlowsBack(NamedTuple):
    """The releases of a commitment to make, and the codes of those to take back."""

    new: tuple[Release, ...] = ()
    gone: tuple[str, ...] = ()


def _flows_back(owner: Deal, life: rules.Life, stamp: Stamp) -> _FlowsBack:
    """What is to flow back to the pillar; nothing when what stands comes to the same per day."""
    made = life.commitment
    decided = awards.facts(owner.code, Moment.ever(stamp.number), OFFICE)
    own = [r for r in decided.releases if posting.is_release_of(r.code, made.code)]
    others = [r for r in decided.releases if r.project == made.project and r.of and r not in own]
    given = [a for a in decided.awards if a.project == made.project]
    wanted = posting.releases(life, given, others, decided.tranches)
    if _per_day(own) == _per_day(wanted) and all(r.project == made.project for r in own):
        return _FlowsBack()
    return _FlowsBack(wanted, tuple(r.code for r in own))


def _per_day(releases: Sequence[Release]) -> dict[date, int]:
    found: dict[date, int] = {}
    for item in releases:
        on = item.on.counts_from
        found[on] = found.get(on, 0) + item.amount
    return found


def _life(owner: Deal, code: str) -> rules.Life:
    """A commitment and what became of it, over all dates, as known in the open revision.

    :raises OutOfOrder: when the commitment is not there.
    """
    found = _latest(models.CommitmentVersion, deal=owner, code=code)
    if not found:
        raise OutOfOrder(unknown(code))
    settled = _latest(models.SettlementVersion, deal=owner, code=code)
    return rules.Life(
        queries.as_commitment(found[0]),
        tuple(queries.as_payment(r) for r in _steps_of(models.PaymentVersion, owner, code)),
        queries.as_settlement(settled[0]) if settled else None,
        tuple(queries.as_recovery(r) for r in _steps_of(models.RecoveryVersion, owner, code)),
    )


def _steps_of(
    model: type[models.PaymentVersion | models.RecoveryVersion], owner: Deal, commitment: str
) -> list[Any]:
    """The rows that are of a commitment now, not those that were and are of another since."""
    ever = model.objects.filter(deal=owner, commitment=commitment).values("code")
    return [r for r in _latest(model, deal=owner, code__in=ever) if r.commitment == commitment]


def _latest(model: type[DealFact], **key: Any) -> list[Any]:
    """The rows of `model` that hold on some date, as known in the open revision."""
    rows = {row.code: row for row in model.objects.filter(**key).order_by("id")}
    return [row for row in rows.values() if not row.retracted]


def _pillar(owner: Deal, project: str) -> str:
    if not project:
        return ""
    row = (
        ProjectVersion.objects.filter(project__deal=owner, project__code=project)
        .select_related("pillar")
        .order_by("-id")
        .first()
    )
    return row.pillar.code if row else ""
