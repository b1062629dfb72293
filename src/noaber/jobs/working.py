"""A worker: claims jobs one by one and has the handler of their kind do them.

It reads no clock: whoever starts it hands in `now`. Waiting is done on an event, so that it stops
at once when told.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)

from noaber.jobs import actions
from noaber.jobs.rules import GiveUp, Policy, State, Superseded, TryLater, told
from noaber.jobs.running import Clock, Running, lease_kept

logger = logging.getLogger("noaber.jobs")

POLL = 1.0
"""Seconds between looking for work, when there is none."""

AFTER_TROUBLE = 5.0
"""Seconds to wait when the database could not be asked."""

TIDY_EVERY = timedelta(hours=1)
USUAL = Policy()


class Stopped(BaseException):
    """The worker must stop now: the job it is doing goes back. Not an error of the handler's."""


@dataclass(frozen=True)
class Handler:
    """What does the jobs of a kind, and how they are tried.

    `work` does what takes long outside any transaction, and makes its effects inside
    `job.finishing()`. Raises TryLater or GiveUp with a reason to show; any other error is tried
    again too, and shown by its kind and place only.
    """

    kind: str
    work: Callable[[Running], None]
    policy: Policy = USUAL


class Worker:
    """Does the jobs of its handlers' kinds, one at a time.

    `chores` are called with the time, at the start and every hour, to clean up.
    """

    def __init__(
        self,
        handlers: Sequence[Handler],
        *,
        now: Clock,
        chores: Sequence[Callable[[datetime], object]] = (),
        poll: float = POLL,
    ) -> None:
        self.handlers = {handler.kind: handler for handler in handlers}
        self.policies = {handler.kind: handler.policy for handler in handlers}
        self.now, self.chores, self.poll = now, chores, poll
        self._tidied: datetime | None = None
        if len(self.handlers) != len(handlers):
            raise ValueError("two handlers of one kind")

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; the job that is being done then is finished first."""
        while not stop.is_set():
            try:
                close_old_connections()
                self._tidy()
                if not self.once():
                    stop.wait(self.poll)
            except (DatabaseError, InterfaceError) as error:
                logger.warning("De database is er even niet: %s", told(error))
                connection.close()
                stop.wait(AFTER_TROUBLE)
        connection.close()

    def once(self) -> bool:
        """Do one job that is due; False when there was none."""
        claimed = actions.claim(self.policies, at=self.now())
        if claimed is None:
            return False
        handler = self.handlers[claimed.kind]
        job = Running(claimed, handler.policy, self.now)
        try:
            with lease_kept(job):
                handler.work(job)
                if not job.is_finished:
                    with job.finishing():
                        pass
        except Superseded:
            logger.warning("%s: overgenomen of geschrapt; niets bewaard", job)
        except Stopped:
            with _superseded_is_fine():
                actions.release(job.claimed, at=self.now())
            logger.info("%s: teruggelegd", job)
            raise
        except Exception as error:  # noqa: BLE001  whatever a handler does, the worker goes on
            self._failed(job, error)
        else:
            logger.info("%s: klaar", job)
        return True

    def _failed(self, job: Running, error: Exception) -> None:
        if job.is_finished:
            # Its effects are kept, so it is not tried again.
            logger.error("%s: na het einde nog %s", job, told(error))
            return
        reason = error.reason if isinstance(error, TryLater | GiveUp) else told(error)
        with _superseded_is_fine():
            state = actions.fail(
                job.claimed,
                job.policy,
                reason,
                final=isinstance(error, GiveUp),
                wait=_wait(job, error),
                at=self.now(),
            )
            outcome = "opgegeven" if state == State.FAILED else "later opnieuw"
            logger.warning("%s: %s. %s", job, outcome, reason)

    def _tidy(self) -> None:
        at = self.now()
        if self._tidied is None or at - self._tidied >= TIDY_EVERY:
            self._tidied = at
            for chore in self.chores:
                try:
                    with transaction.atomic():
                        chore(at)
                except Exception as error:  # noqa: BLE001  cleaning up never stops the work
                    logger.error("Opruimen lukt niet: %s", told(error))  # noqa: TRY400


def _wait(job: Running, error: Exception) -> timedelta | None:
    """How long to wait when that is not for the policy to say.

    What goes wrong in our own database soon goes right again, and is not about the job: a letter
    need not wait for it as long as for a mail server that refuses.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    return min(USUAL.wait(job.claimed.attempt), job.policy.wait(job.claimed.attempt))


@contextmanager
def _superseded_is_fine() -> Iterator[None]:
    try:
        yield
    except Superseded as error:
        logger.warning("%s", error)
