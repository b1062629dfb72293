"""A real SMTP server on this machine, that takes mail, refuses it, is slow, or hangs up."""

import asyncio
import email
import email.policy
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 OK"
HANG_UP = "hang up"


class MailServer:
    """What came in, and what to answer: to a recipient, a sender, and the message itself.

    An answer is a line, HANG_UP to break the connection off, or a function of the address or
    message that gives one. `pause` is how many seconds it thinks before it accepts a message.
    """

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self.recipient: str | Callable[[str], str] = ACCEPTED
        self.sender = ACCEPTED
        self.content = ACCEPTED
        self.after = ACCEPTED
        self.pause = 0.0
        self.url = ""

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(content, policy=email.policy.default) for content in self.taken
        ]

    # The names are aiosmtpd's.
    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._answer(server, self.sender)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        given = self.recipient if isinstance(self.recipient, str) else self.recipient(address)
        answer = self._answer(server, given)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.pause:
            await asyncio.sleep(self.pause)
        if self.content != ACCEPTED:
            return self._answer(server, self.content)
        assert isinstance(envelope.original_content, bytes)
        self.taken.append(envelope.original_content)
        self.recipients.extend(envelope.rcpt_tos)
        # The message is in; whether its sender hears so is another matter.
        return self._answer(server, self.after)

    @staticmethod
    def _answer(server: SMTP, answer: str) -> str:
        if answer == HANG_UP:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on a free port of this machine; its `url` is what NOABER_SMTP must be."""
    made = MailServer()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    made.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield made
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def wait_for(wanted: Callable[[], Any], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
