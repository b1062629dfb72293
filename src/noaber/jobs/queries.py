"""Reading the table of jobs."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Min

from noaber.jobs.models import Job
from noaber.jobs.rules import Listed, State


def listed(states: Iterable[State], *, limit: int = 50) -> tuple[Listed, ...]:
    """Jobs in these states, what comes first first; at most `limit`."""
    rows = Job.objects.filter(state__in=[state.value for state in states])
    return tuple(_listed(row) for row in rows.order_by("priority", "not_before", "id")[:limit])


def find(number: int) -> Listed | None:
    """The job with this number."""
    row = Job.objects.filter(pk=number).first()
    return _listed(row) if row else None


def counts() -> dict[State, int]:
    """How many jobs are in each state."""
    rows = Job.objects.values_list("state").annotate(number=Count("id")).order_by()
    found = dict(rows)
    return {state: found.get(state.value, 0) for state in State}


def oldest_due(now: datetime) -> datetime | None:
    """Since when the job that has waited longest could have been done; None when none waits.

    Long ago means that no worker is at work.
    """
    due = Job.objects.filter(state=State.WAITING.value, not_before__lte=now)
    found: datetime | None = due.aggregate(first=Min("not_before"))["first"]
    return found


def _listed(row: Job) -> Listed:
    return Listed(
        number=row.pk,
        kind=row.kind,
        key=row.key or "",
        state=State(row.state),
        attempts=row.attempts,
        enqueued_at=row.enqueued_at,
        not_before=row.not_before,
        ended_at=row.ended_at,
        failure=row.failure,
    )
