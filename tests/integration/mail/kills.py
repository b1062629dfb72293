"""Mail while workers are killed: what the server got, beside what was to be sent."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from noaber.mail import actions
from noaber.mail.models import Message
from noaber.mail.rules import Recipient
from tests.factories.mail_server import MailServer
from tests.integration.jobs.nursery import Manner, work_off

AT = datetime(2022, 1, 12, 9, 30, tzinfo=UTC)
TO = Recipient("anna" + "@" + "gemeente.example", "person-1")


@dataclass(frozen=True)
class Received:
    """What came of messages: those lost, copies beyond the first, and copies that differ."""

    lost: set[str]
    again: int
    different: int
    texts_left: int


def send_off(
    server: MailServer, *, messages: int, kills: int, seed: int = 1, name: int = 1
) -> Received:
    """Enqueue messages, have them sent while workers are killed, and look at the server.

    Once more in the same database, the round needs another `name`.
    """
    wanted = enqueue_messages(messages, name)
    work_off(Manner(lease=0.5), workers=3, kills=kills, seed=seed)
    return received(server, wanted)


def enqueue_messages(messages: int, name: int = 1) -> set[str]:
    """Have so many letters sent later; gives the Message-IDs of all that wait."""
    letter = actions.letter("noaber.mail", "proefbericht")
    with transaction.atomic():
        for number in range(messages):
            actions.send(letter, TO, {}, key=f"proef:{name}:{number}", at=AT)
    waiting = Message.objects.filter(job__state="waiting")
    return set(waiting.values_list("message_id", flat=True))


def received(server: MailServer, wanted: set[str]) -> Received:
    """What the server got beside what was to be sent."""
    taken = list(zip((str(m["Message-ID"]) for m in server.messages), server.taken, strict=True))
    times = Counter(name for name, _ in taken)
    return Received(
        lost=wanted ^ set(times),
        again=sum(count - 1 for count in times.values()),
        different=len(set(taken)) - len(times),
        texts_left=Message.objects.exclude(text="").count(),
    )
