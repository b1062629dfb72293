"""Reminding people, and their choice of what."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from noaber.access.queries import Person
from noaber.core.notation import day
from noaber.mail import actions as mail
from noaber.mail.rules import Recipient
from noaber.monitor.tasks import Topic
from noaber.reminders.models import Reminded, SwitchedOff
from noaber.reminders.rules import Due, lines


def remind(person: Person, found: Sequence[Due], *, today: date, at: datetime) -> int:
    """Send somebody one letter about what is new in `found`; gives how many things that is.

    Within the caller's transaction: a thing counts as told when, and only when, its letter is
    enqueued. Whoever does this at the same time waits, and then finds that it was told.

    :raises noaber.jobs.actions.NoTransaction: outside a transaction.
    """
    new = [item for item in found if _first_time(person.code, item, at)]
    if new:
        letter = mail.letter(__package__, "reminder")
        values = {"today": day(today), "things": lines(new)}
        key = f"reminder:{person.code}:{today.isoformat()}"
        mail.send(letter, Recipient(person.email, person.code), values, key=key, at=at)
    return len(new)


def _first_time(person: str, item: Due, at: datetime) -> bool:
    _, new = Reminded.objects.get_or_create(
        person=person,
        deal=item.deal,
        topic=item.topic.value,
        thing=item.thing,
        due=item.on,
        defaults={"at": at},
    )
    return new


def choose(person: str, off: Collection[Topic]) -> None:
    """Keep of which topics somebody wants no reminders; the others are on."""
    with transaction.atomic():
        SwitchedOff.objects.filter(person=person).exclude(topic__in=off).delete()
        for topic in off:
            SwitchedOff.objects.get_or_create(person=person, topic=topic.value)


def forget(person: str) -> None:
    """Erase of what somebody was reminded, and what they chose."""
    Reminded.objects.filter(person=person).delete()
    SwitchedOff.objects.filter(person=person).delete()
