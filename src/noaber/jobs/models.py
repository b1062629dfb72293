"""The table of jobs: an ordinary table, not part of the record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from noaber.jobs.rules import State


class Job(models.Model):
    """One thing to do later: what, when, who holds it and how it went."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, null=True)
    payload = models.JSONField(default=dict)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, default=State.WAITING.value)
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveBigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    failure = models.CharField(max_length=500, default="")
    enqueued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once_per_key"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="job_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING.value, lease_until__isnull=False)
                | (~Q(state=State.RUNNING.value) & Q(lease_until=None)),
                name="job_has_a_lease_while_it_runs",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "not_before"], name="job_by_state"),
        ]
