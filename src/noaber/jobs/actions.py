"""Enqueueing, claiming and ending jobs. Every function is handed the time; none reads a clock."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from noaber.jobs.models import Job
from noaber.jobs.rules import (
    CHANGES,
    ENDED,
    INTERRUPTED,
    Claimed,
    Policy,
    State,
    Step,
    StepRefused,
    Superseded,
    check_payload,
)


class NoTransaction(RuntimeError):
    """A job is enqueued where what causes it could be committed without it."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind} is enqueued outside the transaction of what causes it")


def enqueue(
    kind: str,
    payload: dict[str, object],
    *,
    key: str | None = None,
    not_before: datetime | None = None,
    priority: int = 0,
    at: datetime,
) -> int:
    """Have something done later; it exists only if the caller's transaction is committed.

    The same `key` is enqueued once for ever: afterwards this gives the number of the job that
    was. `payload` names what is to be done, without personal data. Lower `priority` goes first.
    Gives the number of the job.

    :raises NoTransaction: outside a transaction.
    :raises noaber.jobs.rules.PayloadTooLarge: when the payload holds what it should name.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(kind)
    check_payload(kind, payload)
    values: dict[str, Any] = {
        "payload": payload,
        "not_before": not_before or at,
        "priority": priority,
        "enqueued_at": at,
    }
    if key is None:
        return Job.objects.create(kind=kind, **values).pk
    job, _ = Job.objects.get_or_create(kind=kind, key=key, defaults=values)
    return job.pk


def claim(policies: Mapping[str, Policy], *, at: datetime) -> Claimed | None:
    """Take the first job that is due, of the kinds named, under a lease; None when there is none.

    A job whose worker let its lease lapse is taken over; after its last attempt it is given up.
    """
    due = _due(policies, at)
    # Asked first without a transaction: on SQLite that would take the only lock of all writers.
    while due.exists():
        with transaction.atomic():
            # PostgreSQL skips what others are taking; SQLite's transaction is alone already.
            job = due.select_for_update(skip_locked=True).order_by(*_ORDER).first()
            if job is None:
                return None
            policy = policies[job.kind]
            lapsed = job.state == State.RUNNING
            if lapsed and policy.is_spent(job.attempts):
                _step(Step.GIVE_UP, _same(job), failure=INTERRUPTED, ended_at=at)
                continue
            _step(
                Step.TAKE_OVER if lapsed else Step.CLAIM,
                _same(job),
                fence=job.fence + 1,
                attempts=job.attempts + 1,
                lease_until=at + policy.lease,
            )
        return Claimed(job.pk, job.kind, job.payload, job.fence + 1, job.attempts + 1, at)
    return None


_ORDER = ("priority", "not_before", "id")


def _due(kinds: Mapping[str, Policy], at: datetime) -> QuerySet[Job]:
    ready = Q(state=State.WAITING.value, not_before__lte=at)
    lapsed = Q(state=State.RUNNING.value, lease_until__lte=at)
    return Job.objects.filter(ready | lapsed, kind__in=list(kinds))


@contextmanager
def finishing(claimed: Claimed, *, at: datetime) -> Iterator[None]:
    """One transaction for the job's end and for its effects, made inside: both or neither.

    :raises Superseded: when the job is no longer this worker's; nothing is kept then.
    """
    with transaction.atomic():
        # First, so that the row is locked and nobody takes the job over while effects are made.
        _fenced(Step.FINISH, claimed, ended_at=at, failure="")
        yield


def renew(claimed: Claimed, policy: Policy, *, at: datetime) -> None:
    """Hold the job for another lease.

    :raises Superseded: when it is no longer this worker's.
    """
    _fenced(Step.RENEW, claimed, lease_until=at + policy.lease)


def release(claimed: Claimed, *, at: datetime) -> None:
    """Put the job back at once, as if it had not been tried: the worker has to stop.

    :raises Superseded: when it is no longer this worker's.
    """
    _fenced(Step.RELEASE, claimed, attempts=F("attempts") - 1, not_before=at)


def fail(
    claimed: Claimed,
    policy: Policy,
    failure: str,
    *,
    final: bool,
    wait: timedelta | None = None,
    at: datetime,
) -> State:
    """Put a failed job back for later, or give it up; gives the state it came to.

    `failure` is what an administrator sees: it names no person. `final`: trying again cannot help.
    `wait` is how long to wait, if not as long as the policy says.

    :raises Superseded: when it is no longer this worker's.
    """
    shown = failure[: Job._meta.get_field("failure").max_length]
    if final or policy.is_spent(claimed.attempt):
        return _fenced(Step.GIVE_UP, claimed, failure=shown, ended_at=at)
    again = at + (policy.wait(claimed.attempt) if wait is None else wait)
    return _fenced(Step.RETRY, claimed, failure=shown, not_before=again)


def restart(number: int, *, at: datetime) -> None:
    """Try a job that was given up again, from the first attempt on.

    :raises StepRefused: when it was not given up.
    """
    _by_number(Step.RESTART, number, attempts=0, not_before=at, ended_at=None)


def drop(number: int, *, at: datetime) -> None:
    """Never do this job; what a worker is doing for it right now is not kept.

    :raises StepRefused: when it has ended.
    """
    _by_number(Step.DROP, number, ended_at=at)


def cancel(kind: str, key: str, *, at: datetime) -> bool:
    """Drop the job enqueued under `key`, because it is wanted no more; False when it had ended.

    The key stays used.
    """
    rows = Job.objects.filter(kind=kind, key=key)
    return _step(Step.DROP, rows, ended_at=at) == 1


def clean_up(*, before: datetime) -> int:
    """Remove jobs that ended before then; gives how many. What has a key leaves its key.

    Without it the same reminder could be enqueued once more.
    """
    ended = Job.objects.filter(state__in=[s.value for s in ENDED], ended_at__lt=before)
    emptied = ended.exclude(key=None).exclude(payload={}).update(payload={}, failure="")
    removed, _ = ended.filter(key=None).delete()
    return removed + emptied


def _same(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk)


def _step(step: Step, rows: QuerySet[Job], **values: Any) -> int:
    """Take `rows` through a step; how many were in a state that allows it."""
    change = CHANGES[step]
    if change.target != State.RUNNING:
        values["lease_until"] = None
    allowed = rows.filter(state__in=[state.value for state in change.sources])
    return allowed.update(state=change.target.value, **values)


def _fenced(step: Step, claimed: Claimed, **values: Any) -> State:
    rows = Job.objects.filter(pk=claimed.number, fence=claimed.fence)
    if _step(step, rows, **values) == 0:
        raise Superseded(claimed.number)
    return CHANGES[step].target


def _by_number(step: Step, number: int, **values: Any) -> None:
    rows = Job.objects.filter(pk=number)
    if _step(step, rows, **values) == 0:
        state = rows.values_list("state", flat=True).first()
        raise StepRefused(number, State(state) if state else None)
