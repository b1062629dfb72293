"""A job while it is being done: its lease renewed beside the work, its end in one transaction."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection

from noaber.jobs import actions
from noaber.jobs.rules import Claimed, Policy, Superseded, told

logger = logging.getLogger("noaber.jobs")

Clock = Callable[[], datetime]

RENEWALS_PER_LEASE = 3


class Running:
    """A job that is being done, as its handler sees it."""

    def __init__(self, claimed: Claimed, policy: Policy, now: Clock) -> None:
        self.claimed, self.policy, self.now = claimed, policy, now
        self.is_finished = False

    def __str__(self) -> str:
        """Give the job as a log names it: nothing of what it is about."""
        claimed = self.claimed
        return f"Opdracht {claimed.number} ({claimed.kind}, poging {claimed.attempt})"

    @property
    def payload(self) -> dict[str, object]:
        return self.claimed.payload

    @contextmanager
    def finishing(self) -> Iterator[datetime]:
        """The transaction in which the handler makes its effects, and the job ends with them.

        What takes long is done before; gives the time.

        :raises Superseded: when the job is no longer this worker's; nothing is kept then.
        """
        at = self.now()
        with actions.finishing(self.claimed, at=at):
            yield at
        self.is_finished = True

    def renew(self) -> None:
        """Hold the job for another lease: just before what cannot be rolled back.

        :raises Superseded: when it is no longer this worker's.
        """
        actions.renew(self.claimed, self.policy, at=self.now())


@contextmanager
def lease_kept(job: Running) -> Iterator[None]:
    """Renew the lease beside the work, up to the limit of its policy."""
    done = threading.Event()
    beside = threading.Thread(target=_renew, args=(job, done), daemon=True)
    beside.start()
    try:
        yield
    finally:
        done.set()
        beside.join()


def _renew(job: Running, done: threading.Event) -> None:
    pause = job.policy.lease.total_seconds() / RENEWALS_PER_LEASE
    until = job.claimed.claimed_at + job.policy.limit
    try:
        while not done.wait(pause) and job.now() < until:
            try:
                job.renew()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("%s: lease niet verlengd: %s", job, told(error))
                connection.close()
    except Superseded:
        # The handler finds out when it ends the job.
        pass
    finally:
        connection.close()
