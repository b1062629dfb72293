"""Reminding as jobs: one a day, which enqueues one for each person.

The day's job has the day as its key, so it exists once however many workers enqueue it; the jobs
of people are enqueued in the transaction that ends it.
"""

from datetime import date, datetime

from noaber.access import queries as people
from noaber.jobs.actions import enqueue
from noaber.jobs.running import Running
from noaber.jobs.working import Handler
from noaber.reminders import actions, queries

EVERYBODY, ONE = "remind_everybody", "remind"


def remind_on(day: date, *, not_before: datetime, at: datetime) -> int:
    """Have everybody reminded on a day, from a time on; gives the number of the job.

    Within a transaction. The day is enqueued once for ever.
    """
    payload: dict[str, object] = {"day": day.isoformat()}
    return enqueue(EVERYBODY, payload, key=day.isoformat(), not_before=not_before, at=at)


def _everybody(job: Running) -> None:
    today = date.fromisoformat(str(job.payload["day"]))
    found = queries.colleagues(today)
    with job.finishing() as at:
        for person in found:
            enqueue(ONE, {"person": person.code, "day": today.isoformat()}, at=at)


def _one(job: Running) -> None:
    today = date.fromisoformat(str(job.payload["day"]))
    person = people.person(str(job.payload["person"]))
    found = queries.due(person, today) if person and person.active else ()
    with job.finishing() as at:
        if person and found:
            actions.remind(person, found, today=today, at=at)


HANDLERS = (Handler(EVERYBODY, _everybody), Handler(ONE, _one))
