"""Reading how far messages are."""

from noaber.jobs.rules import State
from noaber.mail.models import Message
from noaber.mail.rules import Sending, Status

_STATUS = {
    State.WAITING: Status.WAITING,
    State.RUNNING: Status.WAITING,
    State.DONE: Status.SENT,
    State.FAILED: Status.FAILED,
    State.DROPPED: Status.WITHDRAWN,
}


def sendings(*, limit: int = 50) -> tuple[Sending, ...]:
    """The latest messages, the newest first; at most `limit`."""
    rows = Message.objects.select_related("job").order_by("-job_id")[:limit]
    return tuple(_sending(row) for row in rows)


def find(number: int) -> Sending | None:
    """The message of the job with this number."""
    row = Message.objects.select_related("job").filter(job_id=number).first()
    return _sending(row) if row else None


def _sending(row: Message) -> Sending:
    return Sending(
        number=row.job_id,
        letter=row.letter,
        address=row.address,
        status=_STATUS[State(row.job.state)],
        attempts=row.job.attempts,
        reason=row.job.failure,
    )
