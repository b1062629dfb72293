"""Real workers, quickly started and killed: `python -m tests.integration.jobs.nursery ...`.

The nursery has Django ready and forks a worker for every line "start" it reads, so that a worker
can be killed and replaced many times a second. The effect of job N under fence F is deal "N-F":
whatever was done twice can be seen.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from noaber.jobs.models import Job
    from noaber.jobs.running import Running
    from noaber.jobs.working import Handler

ROOT = Path(__file__).parents[3]
AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
KIND = "count"

HASTE = 1.5
"""Seconds between saying that a job is done and doing it, for who is hasty."""

STANDSTILL = 90.0
"""Seconds in which at least one job ends, also when many processes want to run."""


@dataclass(frozen=True)
class Manner:
    """How the workers do their jobs: `lease` in seconds, `slowest` is the longest counting takes.

    How long other work takes is for others to say. As controls: without renewing, without a
    fence, or `hasty`, ending each job before it is done.
    """

    lease: float
    slowest: float = 0
    renewed: bool = True
    fenced: bool = True
    hasty: bool = False

    def arguments(self) -> list[str]:
        return [json.dumps(asdict(self))]


class Nursery:
    """Starts and kills workers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.workers: list[str] = []

    def start(self) -> None:
        self.workers.append(self._told("start"))

    def kill(self, worker: str) -> None:
        """Kill a worker that is alive; one that died by itself is a failure."""
        self.workers.remove(worker)
        assert self._told(worker) == "killed"

    def _told(self, line: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def nursery(manner: Manner, workers: int) -> Iterator[Nursery]:
    """A nursery with this many workers; all are gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.jobs.nursery", *manner.arguments()],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "noaber.config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = Nursery(process)
    try:
        for _ in range(workers):
            made.start()
        yield made
    finally:
        for worker in list(made.workers):
            made.kill(worker)
        process.communicate()


@dataclass(frozen=True)
class Survived:
    """What became of the jobs: effects per job, and how many were claimed more than once."""

    wanted: set[int]
    effects: Counter[int]
    done: int
    taken_over: int

    @property
    def lost(self) -> set[int]:
        return self.wanted - set(self.effects)

    @property
    def twice(self) -> set[int]:
        return {number for number, times in self.effects.items() if times > 1}


def count_off(
    manner: Manner, *, workers: int, jobs: int, kills: int = 0, seed: int = 1
) -> Survived:
    """Enqueue jobs that leave a trace, have them done while workers are killed, and look."""
    from django.db import transaction

    from noaber.jobs.actions import enqueue

    with transaction.atomic():
        wanted = {enqueue(KIND, {}, at=AT) for _ in range(jobs)}
    work_off(manner, workers=workers, kills=kills, seed=seed)
    return _seen(wanted)


def work_off(
    manner: Manner, *, workers: int, kills: int = 0, seed: int = 1, pause: float = 0.15
) -> None:
    """Let workers do what is enqueued, while so many of them are killed at any moment.

    `pause` is the longest between two kills, in seconds. A hasty worker is killed where it hurts:
    it has said that a job is done, and has not done it.
    """
    from django.db import connection

    chance = random.Random(seed)
    connection.close()
    with nursery(manner, workers) as made:
        for number in range(kills):
            if manner.hasty:
                _wait_until_ended(number + 1)
            else:
                _wait_until_at_work()
                time.sleep(chance.uniform(0, pause))
            made.kill(chance.choice(made.workers))
            made.start()
        _wait_until_done()


def _wait_until_at_work() -> None:
    """On a busy machine workers begin late; a kill before that shows nothing."""
    from noaber.jobs.models import Job

    until = time.monotonic() + 10
    while time.monotonic() < until and not Job.objects.filter(state="running").exists():
        time.sleep(0.02)


def _wait_until_ended(jobs: int) -> None:
    """Until so many jobs are said to be done."""
    from noaber.jobs.models import Job

    until = time.monotonic() + STANDSTILL
    while Job.objects.filter(state="done").count() < jobs:
        assert time.monotonic() < until
        time.sleep(0.02)


def _wait_until_done() -> None:
    from noaber.jobs.models import Job

    _wait_while_fewer(Job.objects.exclude(state="done"))
    # Who is still busy with a job that was taken over gets the time to do harm.
    time.sleep(1)


def _wait_while_fewer(left: "QuerySet[Job]") -> None:
    """Until none is left. On a busy machine that takes long; too long is when none ends for long."""
    fewest, until = left.count(), time.monotonic() + STANDSTILL
    while count := left.count():
        if count < fewest:
            fewest, until = count, time.monotonic() + STANDSTILL
        assert time.monotonic() < until, list(left.values()[:3])
        time.sleep(0.05)


def _seen(wanted: set[int]) -> Survived:
    from noaber.deals.models import Deal
    from noaber.jobs.models import Job

    numbers = [int(code.split("-")[0]) for code in Deal.objects.values_list("code", flat=True)]
    ours = Job.objects.filter(pk__gte=min(wanted), pk__lte=max(wanted))
    return Survived(
        wanted=wanted,
        effects=Counter(number for number in numbers if number in wanted),
        done=ours.filter(state="done").count(),
        taken_over=ours.filter(fence__gt=1).count(),
    )


def _work(manner: Manner) -> None:
    from noaber.cli.working import handlers
    from noaber.jobs.working import Handler, Worker

    usual = (*handlers(), Handler(KIND, _counting(manner)))
    worker = Worker([_tireless(h, manner) for h in usual], now=_now, poll=0.05)
    worker.run(threading.Event())


def _now() -> datetime:
    return datetime.now(UTC)


def _counting(manner: Manner) -> "Callable[[Running], None]":
    from noaber.access.rules import Actor
    from noaber.deals.models import Deal
    from noaber.record.actions import revision

    chance = random.Random(os.getpid())

    def count(job: "Running") -> None:
        time.sleep(chance.uniform(0, manner.slowest))
        with job.finishing() as at, revision(by=Actor("work"), at=at, action="c", subject="d") as r:
            code = f"{job.claimed.number}-{job.claimed.fence}"
            Deal.objects.create(code=code, revision_id=r.number)

    return count


def _tireless(usual: "Handler", manner: Manner) -> "Handler":
    """The handler, with as many attempts as there are kills and a short lease."""
    policy = replace(
        usual.policy,
        attempts=1000,
        first=timedelta(milliseconds=10),
        lease=timedelta(seconds=manner.lease),
        limit=timedelta(hours=1) if manner.renewed else timedelta(0),
    )
    return replace(usual, policy=policy, work=_hasty(usual.work) if manner.hasty else usual.work)


def _hasty(work: "Callable[[Running], None]") -> "Callable[[Running], None]":
    """As the control: first says that the job is done, and then does it."""
    from django.db import transaction

    from noaber.jobs.running import Running

    class Ended(Running):
        @contextmanager
        def finishing(self) -> Iterator[datetime]:
            with transaction.atomic():
                yield self.now()

        def renew(self) -> None:
            pass

    def hasty(job: Running) -> None:
        with job.finishing():
            pass
        time.sleep(HASTE)
        work(Ended(job.claimed, job.policy, job.now))

    return hasty


def _unfence() -> None:
    """As the control: whoever ends a job is believed."""
    from typing import Any

    from noaber.jobs import actions
    from noaber.jobs.models import Job
    from noaber.jobs.rules import CHANGES, Claimed, State, Step

    def believed(step: Step, claimed: Claimed, **values: Any) -> State:
        target = CHANGES[step].target
        if target != State.RUNNING:
            Job.objects.filter(pk=claimed.number).update(
                state=target.value, lease_until=None, **values
            )
        return target

    actions._fenced = believed


def _main(given: str) -> None:
    import django

    django.setup()
    manner = Manner(**json.loads(given))
    if not manner.fenced:
        _unfence()
    for line in sys.stdin:
        if line == "start\n":
            print(_start(manner), flush=True)
        else:
            print(_kill(int(line)), flush=True)


def _start(manner: Manner) -> int:
    child = os.fork()
    if child == 0:
        sys.stdin.close()
        _work(manner)
        os._exit(1)
    return child


def _kill(child: int) -> str:
    # Our own child keeps its number until it is waited for, so no other process can be hit.
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else "died"


if __name__ == "__main__":
    _main(*sys.argv[1:])
