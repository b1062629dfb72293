"""The worker, beside the web or inside it, and the jobs it does."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from noaber.access.rules import Actor
from noaber.cli.options import HERE, by_option, refusals_shown

if TYPE_CHECKING:
    from noaber.jobs.rules import Listed
    from noaber.jobs.working import Handler, Worker

logger = logging.getLogger("noaber.jobs")

ENDED_KEPT = timedelta(days=30)
"""How long jobs that ended can be seen."""

GRACE = 25
"""Seconds in which a job may be finished after the worker was told to stop."""

SEAT_AGAIN = 2.0
"""Seconds between asking whether the worker inside another web process is gone."""

REMIND_FROM = time(7)
"""From which time on a day's reminders go out."""

WORDS = {
    "waiting": "wacht",
    "running": "bezig",
    "done": "klaar",
    "failed": "opgegeven",
    "dropped": "geschrapt",
}


def now() -> datetime:
    """The time, in UTC: leases and waits must not jump when summer ends."""
    return datetime.now(UTC)


def handlers() -> "tuple[Handler, ...]":
    """What does the jobs of each kind; a kind without a handler here waits for ever."""
    from noaber.imports import later
    from noaber.mail import delivering
    from noaber.reminders import later as reminders

    return (delivering.HANDLER, later.HANDLER, *reminders.HANDLERS)


def worker() -> "Worker":
    """A worker for every kind of job, that also cleans up and has people reminded."""
    from noaber.access import actions as access
    from noaber.jobs import actions as jobs
    from noaber.jobs.working import Worker
    from noaber.mail import actions as mail
    from noaber.reminders.later import remind_on

    def tidy_jobs(at: datetime) -> None:
        jobs.clean_up(before=at - ENDED_KEPT)

    def tidy_mail(at: datetime) -> None:
        mail.clean_up(at=at)

    def tidy_sign_ins(at: datetime) -> None:
        access.forget_sign_ins(at=at)

    def remind(at: datetime) -> None:
        today = at.astimezone(HERE).date()
        begin = datetime.combine(today, REMIND_FROM, HERE)
        remind_on(today, not_before=max(begin, at), at=at)

    chores = (tidy_mail, tidy_jobs, tidy_sign_ins, remind)
    return Worker(handlers(), now=now, chores=chores)


class Inside:
    """A worker in a thread of the web process: on each machine one of them has the seat."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish the job that is being done, if that goes soon enough; else it is taken over."""
        self._stop.set()
        self._thread.join(GRACE)

    def _run(self) -> None:
        from django.conf import settings

        from noaber.jobs.rules import told
        from noaber.jobs.seat import Seat

        seat = Seat(settings.VAR / "worker.lock")
        while not self._stop.is_set():
            if seat.take():
                try:
                    worker().run(self._stop)
                except Exception as error:  # noqa: BLE001  nobody else would have the seat
                    # Not the trace: it can hold what people typed.
                    logger.error("De werker viel uit en begint opnieuw: %s", told(error))  # noqa: TRY400
                finally:
                    seat.leave()
            self._stop.wait(SEAT_AGAIN)


@click.command()
@click.option("--once", is_flag=True, help="Doe wat nu klaarstaat en stop dan.")
@refusals_shown
def work(once: bool) -> None:
    """Doe de opdrachten die klaarstaan: mail en ander werk voor later.

    Blijft bezig tot het gestopt wordt (Ctrl+C of SIGTERM). De opdracht van dat moment wordt
    afgemaakt; duurt dat te lang, dan gaat zij terug in de rij.
    """
    from noaber.jobs.working import Stopped
    from noaber.record import schema, triggers

    schema.require_known()
    triggers.require()
    schema.require_current()
    logging.getLogger("noaber.jobs").setLevel(logging.INFO)
    made = worker()
    if once:
        while made.once():
            pass
        return
    stop = threading.Event()
    _stop_when_told(stop)
    click.echo("De werker is begonnen (stoppen: Ctrl+C).")
    try:
        made.run(stop)
    except Stopped:
        click.echo("De werker is gestopt; de opdracht is teruggelegd.")
    else:
        click.echo("De werker is gestopt.")


def _stop_when_told(stop: threading.Event) -> None:
    from noaber.jobs.working import Stopped

    def told(*_: Any) -> None:
        stop.set()
        signal.alarm(GRACE)

    def enough(*_: Any) -> None:
        raise Stopped

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    signal.signal(signal.SIGALRM, enough)


@click.group(invoke_without_command=True)
@click.pass_context
@click.option("--all", "everything", is_flag=True, help="Ook wat klaar of geschrapt is.")
def jobs(context: click.Context, everything: bool) -> None:
    """Laat zien welke opdrachten wachten en welke zijn opgegeven."""
    if context.invoked_subcommand is not None:
        return
    from noaber.jobs import queries
    from noaber.jobs.rules import ENDED, State

    counts = queries.counts()
    click.echo(", ".join(f"{WORDS[state]}: {counts[state]}" for state in State))
    since = queries.oldest_due(now())
    if since is not None and now() - since > timedelta(minutes=1):
        click.echo(f"Al sinds {_time(since)} staat er werk klaar. Draait `noaber work`?")
    for job in queries.listed([s for s in State if everything or s not in ENDED]):
        click.echo(_line(job))


def _line(job: "Listed") -> str:
    when = f"vanaf {_time(job.not_before)}" if job.state == "waiting" else ""
    if job.ended_at:
        when = f"sinds {_time(job.ended_at)}"
    tried = f"{job.attempts} keer geprobeerd" if job.attempts else ""
    parts = (WORDS[job.state], job.kind, when, tried, job.failure)
    return f"{job.number:>6}  " + "  ".join(part for part in parts if part)


def _time(at: datetime) -> str:
    return f"{at.astimezone(HERE):%d-%m-%Y %H:%M}"


@jobs.command()
@click.argument("numbers", nargs=-1, type=int, metavar="NUMMER...")
@click.option("--all", "everything", is_flag=True, help="Alles wat is opgegeven.")
@by_option
def retry(numbers: tuple[int, ...], everything: bool, by: str) -> None:
    """Probeer opgegeven opdrachten opnieuw."""
    from noaber.jobs import queries
    from noaber.jobs.rules import State
    from noaber.operation import later

    if everything:
        numbers = tuple(j.number for j in queries.listed([State.FAILED], limit=10_000))
    with _refused_in_words():
        later.retry(numbers, by=Actor("command-line", by), at=now())
    click.echo(f"Opnieuw in de rij: {len(numbers)}.")


@jobs.command()
@click.argument("numbers", nargs=-1, type=int, required=True, metavar="NUMMER...")
@by_option
def drop(numbers: tuple[int, ...], by: str) -> None:
    """Schrap opdrachten: zij worden niet meer gedaan."""
    from noaber.operation import later

    with _refused_in_words():
        later.drop(numbers, by=Actor("command-line", by), at=now())
    click.echo(f"Geschrapt: {len(numbers)}.")


@contextmanager
def _refused_in_words() -> Iterator[None]:
    from noaber.jobs.rules import StepRefused

    try:
        yield
    except StepRefused as error:
        state = f"is {WORDS[error.state]}" if error.state else "bestaat niet"
        raise click.ClickException(
            f"Opdracht {error.number} {state}; er is niets veranderd."
        ) from error


COMMANDS = (work, jobs)
