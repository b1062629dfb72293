"""Writing mail, withdrawing it, and wiping what is no longer needed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.db.models import Q

from noaber.jobs import actions as jobs
from noaber.jobs.rules import State
from noaber.mail import rules
from noaber.mail.models import Message
from noaber.mail.rules import Letter, Recipient, Value

KIND = "mail"

TEXT_KEPT = timedelta(days=7)
"""How long the text of a message that could not be sent is kept, to try again."""

ADDRESS_KEPT = timedelta(days=30)
"""How long after its end a message still says to which address it went."""


@cache
def letter(package: str, name: str) -> Letter:
    """The letter NAME of a package, from the file `letters/NAME.txt` in it."""
    file = files(package) / "letters" / f"{name}.txt"
    return rules.letter(name, file.read_text("utf-8"))


def send(
    given: Letter,
    to: Recipient,
    values: Mapping[str, Value],
    *,
    key: str,
    until: datetime | None = None,
    at: datetime,
) -> int:
    """Have a letter sent, if the caller's transaction is committed; gives the number of its job.

    The same `key` is sent once for ever, so it names the occasion and the person:
    "reminder:round-3:person-12". After `until` it is not sent any more. `$site` is filled in.

    :raises Refused: when the address is not one.
    :raises noaber.jobs.actions.NoTransaction: outside a transaction.
    """
    rules.check_address(to.address)
    written = rules.write(given, {"site": settings.SITE, **values})
    number = jobs.enqueue(KIND, {}, key=key, at=at)
    if not Message.objects.filter(job_id=number).exists():
        Message.objects.create(
            job_id=number,
            letter=given.name,
            person=to.person,
            address=to.address,
            subject=written.subject,
            text=written.text,
            message_id=rules.message_id(settings.SITE, key, _domain()),
            written_at=at,
            until=until,
        )
    return number


def withdraw(key: str, *, at: datetime) -> bool:
    """Do not send the message under `key` any more; False when it had gone or had ended."""
    if not jobs.cancel(KIND, key, at=at):
        return False
    _wipe_texts(Q(job__kind=KIND, job__key=key))
    return True


def forget(person: str, *, at: datetime) -> int:
    """Erase whatever messages say of a person, and send none that wait; gives how many."""
    found = Message.objects.filter(person=person)
    for key in found.filter(job__state=State.WAITING).values_list("job__key", flat=True):
        jobs.cancel(KIND, str(key), at=at)
    return found.update(address="", subject="", text="", person="")


def wipe_sent(number: int) -> None:
    """Wipe what was sent: it may hold a link that lets somebody in."""
    _wipe_texts(Q(job_id=number))


def clean_up(*, at: datetime) -> None:
    """Wipe texts that will not be sent any more, and addresses of what ended long ago."""
    over = Q(job__state__in=[State.DONE, State.DROPPED]) | Q(until__lt=at)
    given_up = Q(job__state=State.FAILED, job__ended_at__lt=at - TEXT_KEPT)
    _wipe_texts(over | given_up)
    Message.objects.filter(job__ended_at__lt=at - ADDRESS_KEPT).exclude(address="").update(
        address=""
    )


def _wipe_texts(which: Q) -> None:
    Message.objects.filter(which).exclude(text="").update(subject="", text="")


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
