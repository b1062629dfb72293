"""Delivering a message to the mail server, as a job.

Never lost, and once as far as SMTP allows: between the server's acceptance and our commit a kill
means that it is sent again, byte for byte the same and with the same Message-ID (docs/adr/0008).
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from noaber.jobs.rules import GiveUp, Policy, TryLater
from noaber.jobs.running import Running
from noaber.jobs.working import Handler
from noaber.mail import actions
from noaber.mail.models import Message
from noaber.mail.rules import Part, Refusal

POLICY = Policy(attempts=20, first=timedelta(minutes=1), longest=timedelta(hours=4))
"""Tried for two days, as mail servers do among themselves."""


def deliver(job: Running) -> None:
    """Hand the job's message to the mail server, and wipe its text."""
    row = Message.objects.get(job_id=job.claimed.number)
    message = _message(row, job.now())
    connection = get_connection()
    try:
        with _answers(connecting=True):
            connection.open()
        # The last look at the fence before what cannot be taken back.
        job.renew()
        with _answers():
            connection.send_messages([message])
        with job.finishing():
            actions.wipe_sent(row.job_id)
    finally:
        _close(connection)


HANDLER = Handler(actions.KIND, deliver, POLICY)


def _message(row: Message, now: datetime) -> EmailMessage:
    """The message; the same bytes whenever it is made.

    :raises GiveUp: when there is nothing left to send, or it is too late.
    """
    if not row.address or not row.text:
        raise GiveUp("Adres of tekst is gewist.")
    if row.until is not None and row.until < now:
        raise GiveUp("Te laat: het bericht had eerder weg moeten zijn.")
    return EmailMessage(
        subject=row.subject,
        body=row.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.address],
        headers={
            "Message-ID": row.message_id,
            "Date": format_datetime(row.written_at),
            # No answer from a machine that says its owner is away (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )


@contextmanager
def _answers(*, connecting: bool = False) -> Iterator[None]:
    """What a mail server answers, as a reason to try later or to give up.

    What goes wrong while connecting is about our settings or the server, never this message.
    """
    try:
        yield
    except smtplib.SMTPException as error:
        refusal = None if connecting else _refusal(error)
        if refusal is not None and refusal.is_final:
            raise GiveUp(refusal.reason) from error
        raise TryLater(refusal.reason if refusal else _trouble(error)) from error
    except OSError as error:
        raise TryLater(_trouble(error)) from error


def _refusal(error: smtplib.SMTPException) -> Refusal | None:
    """What of the message the server refused; None when it is not about the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Refusal(Part.RECIPIENT, *next(iter(error.recipients.values())))
    parts = {smtplib.SMTPSenderRefused: Part.SENDER, smtplib.SMTPDataError: Part.CONTENT}
    part = parts.get(type(error))
    if part is None or not isinstance(error, smtplib.SMTPResponseException):
        return None
    text = error.smtp_error
    return Refusal(part, error.smtp_code, text.encode() if isinstance(text, str) else text)


def _trouble(error: OSError) -> str:
    """What goes wrong beside the message, without what the server said."""
    match error:
        case smtplib.SMTPResponseException():
            return f"De mailserver wijst ons af ({error.smtp_code})."
        # smtplib tells a time-out while it reads as a connection that was closed.
        case smtplib.SMTPServerDisconnected() if not isinstance(error.__context__, TimeoutError):
            return "De mailserver brak de verbinding af."
        case smtplib.SMTPServerDisconnected() | TimeoutError():
            return "De mailserver antwoordt niet op tijd."
        case smtplib.SMTPException():
            return f"De mailserver kan niet wat nodig is ({type(error).__name__})."
        case ssl.SSLError():
            return "De verbinding met de mailserver is niet te vertrouwen."
        case _:
            return "De mailserver is niet te bereiken."


def _close(connection: BaseEmailBackend) -> None:
    # The message has been accepted or not; how the goodbye goes changes nothing.
    with suppress(smtplib.SMTPException, OSError):
        connection.close()
