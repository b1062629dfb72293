"""What an administrator does with jobs: tried again or dropped, with an entry in the audit for each."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from noaber.access.rules import Actor
from noaber.jobs import actions as jobs
from noaber.record.actions import revision


def retry(numbers: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Try jobs that were given up again: all of them or none.

    :raises noaber.jobs.rules.StepRefused: when one was not given up.
    """
    _change("retry_job", jobs.restart, numbers, by, at)


def drop(numbers: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Never do these jobs: all of them or none.

    :raises noaber.jobs.rules.StepRefused: when one has ended.
    """
    _change("drop_job", jobs.drop, numbers, by, at)


def _change(
    action: str, change: Callable[..., None], numbers: Sequence[int], by: Actor, at: datetime
) -> None:
    with transaction.atomic():
        # Rows of jobs first, as handlers do: the other order could wait for each other.
        for number in numbers:
            change(number, at=at)
        for number in numbers:
            with revision(by=by, at=at, action=action, subject=f"job:{number}"):
                pass
