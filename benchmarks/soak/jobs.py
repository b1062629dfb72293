"""Workers killed at any time: no job lost or done twice, no mail lost, every copy the same."""

import os
from time import monotonic

from benchmarks.place import Place
from benchmarks.soak.asked import Asked, Outcome
from noaber.core.notation import count
from noaber.deals.models import Deal
from noaber.jobs.models import Job
from noaber.mail.models import Message
from noaber.record.queries import check_chain
from tests.factories.mail_server import mail_server
from tests.integration.jobs.nursery import Manner, count_off
from tests.integration.mail.kills import send_off

ROUNDS = 4
"""Each with as many kills as asked for, of workers that count and of workers that send mail."""

JOBS_PER_KILL = 10
MESSAGES_PER_KILL = 4


def run(place: Place, asked: Asked) -> Outcome:
    """Round after round, and what was found in all of them."""
    del place
    deadline = asked.deadline()
    failures: list[str] = []
    kills = jobs = messages = again = taken_over = rounds = 0
    while rounds < ROUNDS and monotonic() < deadline:
        rounds += 1
        seed = asked.seed * ROUNDS + rounds
        seen = count_off(
            Manner(lease=0.5, slowest=0.03),
            workers=3,
            jobs=asked.kills * JOBS_PER_KILL,
            kills=asked.kills,
            seed=seed,
        )
        failures += [f"opdracht {number} is weg" for number in seen.lost]
        failures += [f"opdracht {number} is twee keer gedaan" for number in seen.twice]
        jobs += len(seen.wanted)
        taken_over += seen.taken_over
        with mail_server() as server:
            server.pause = 0.02
            os.environ["NOABER_SMTP"] = server.url
            wanted = asked.kills * MESSAGES_PER_KILL
            received = send_off(server, messages=wanted, kills=asked.kills, seed=seed, name=rounds)
        failures += [f"bericht {name} is weg" for name in received.lost]
        if received.different:
            failures.append(f"{received.different} tweede berichten zijn anders dan het eerste")
        messages += wanted
        again += received.again
        kills += 2 * asked.kills
    failures += [str(finding) for finding in check_chain()]
    if Job.objects.exclude(state="done").exists() or Deal.objects.count() != jobs:
        failures.append("er is iets blijven liggen")
    if Message.objects.exclude(text="").exists():
        failures.append("een tekst is niet gewist")
    done = (
        f"{count(kills)} keer gedood: {count(jobs)} opdrachten, waarvan {count(taken_over)} "
        f"overgenomen; {count(messages)} berichten, {count(again)} nog eens gekomen, gelijk"
    )
    return Outcome(done, failures)
