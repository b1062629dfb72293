"""Letters and their values, addresses, and what a mail server's refusal means: pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Template

from noaber.core.finding import Field, Finding, Refused
from noaber.record.rules import sha256

Value = str | Sequence[str]
"""What a letter is filled with: a line, or lines that are listed one below the other."""

SUBJECT = "Onderwerp: "
LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 200

# The part of RFC 5321 that people have: no quotes, no comments, no address of a machine.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*", re.ASCII)


class Status(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Recipient:
    """Whom a message is for: an address, and the person's stable code by which it is erased."""

    address: str
    person: str = ""


@dataclass(frozen=True)
class Letter:
    """A text to fill, with `$names` for values."""

    name: str
    subject: str
    text: str


@dataclass(frozen=True)
class Written:
    """A letter filled with values: one line of subject, and the text."""

    subject: str
    text: str


@dataclass(frozen=True)
class Sending:
    """A message as an administrator sees it; `address` is empty once erased."""

    number: int
    letter: str
    address: str
    status: Status
    attempts: int
    reason: str


class NoLetter(ValueError):
    """A file with a letter is not one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: de eerste regel is '{SUBJECT}...', dan een lege regel.")


class ValueMissing(ValueError):
    """A letter is filled without a value it needs."""

    def __init__(self, letter: str, name: str) -> None:
        super().__init__(f"{letter}: ${name} ontbreekt.")


def letter(name: str, content: str) -> Letter:
    """The letter in a file: a line with the subject, an empty line, the text.

    :raises NoLetter: when it does not look like that.
    """
    first, _, rest = content.partition("\n")
    if not first.startswith(SUBJECT) or not rest.startswith("\n") or not rest.strip():
        raise NoLetter(name)
    return Letter(name, first.removeprefix(SUBJECT).strip(), rest.strip("\n") + "\n")


def write(given: Letter, values: Mapping[str, Value]) -> Written:
    """Fill a letter. A value is one line whatever it holds, so that it cannot pose as more.

    :raises ValueMissing: when the letter needs a value that is not given.
    """
    lines = {name: _lines(value) for name, value in values.items()}
    try:
        subject = Template(given.subject).substitute(lines)
        text = Template(given.text).substitute(lines)
    except KeyError as missing:
        raise ValueMissing(given.name, str(missing.args[0])) from missing
    return Written(one_line(subject)[:LONGEST_SUBJECT], text)


def _lines(value: Value) -> str:
    if isinstance(value, str):
        return one_line(value)
    return "\n".join(f"- {one_line(line)}" for line in value)


def one_line(text: str) -> str:
    """`text` on one line: whatever breaks a line, controls it or turns it around is a space."""
    plain = (" " if unicodedata.category(c) in _CONTROLS else c for c in text)
    return " ".join("".join(plain).split())


_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def check_address(address: str) -> None:
    """Check that `address` is one plain e-mail address.

    :raises Refused: when it is not, also when it would add a header or a second address.
    """
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise Refused(
            [
                Finding(
                    "M-01",
                    "Dit is geen e-mailadres",
                    Field("address"),
                    "Vul één adres in, zoals naam@gemeente.nl, zonder spaties of leestekens erbij",
                )
            ]
        )


def message_id(site: str, key: str, domain: str) -> str:
    """The Message-ID of a message: the same for the same key, so that a second copy is known."""
    return f"<{sha256(f'{site}|{key}')[:40]}@{domain}>"


class Part(StrEnum):
    """What of a message a mail server can refuse."""

    RECIPIENT = "dit adres"
    SENDER = "de afzender"
    CONTENT = "het bericht"


_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)")


@dataclass(frozen=True)
class Refusal:
    """A mail server's answer: its code, and the longer code its text may start with.

    The text itself is left out: it often repeats the address.
    """

    part: Part
    code: int
    text: bytes = b""

    @property
    def is_final(self) -> bool:
        """Whether the server says that trying again cannot help (RFC 5321, 4.2.1)."""
        return 500 <= self.code <= 599

    @property
    def reason(self) -> str:
        """What an administrator reads."""
        longer = _ENHANCED.match(self.text)
        codes = f"{self.code} {longer[1].decode()}" if longer else str(self.code)
        verb = "weigert" if self.is_final else "weigert voorlopig"
        return f"De mailserver {verb} {self.part} ({codes})."
