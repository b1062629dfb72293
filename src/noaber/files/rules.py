"""Files as values, and what may be sent in: pure."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from noaber.core.finding import Refused, refusal
from noaber.core.notation import file_size
from noaber.core.ref import Ref

MEGABYTE = 1_000_000
LARGEST = 20 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 2_000
MOST_PIXELS = 40_000_000
LONGEST_NAME = 120

TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
"""What may be sent in, by the ending of the name, and how it is served."""

CALLED = {
    ".pdf": "PDF",
    ".png": "PNG",
    ".jpg": "JPG",
    ".docx": "Word",
    ".xlsx": "Excel",
    ".odt": "OpenDocument-tekst",
    ".ods": "OpenDocument-rekenblad",
    ".csv": "CSV",
    ".txt": "platte tekst",
}
"""What people call each of them."""

SAME = {".jpeg": ".jpg"}

FAULTS = {
    "S-01": ("Er is geen bestand gekozen", "Kies een bestand."),
    "S-02": ("Het bestand is leeg", "Kies een ander bestand."),
    "S-03": ("Het bestand is groter dan 20 MB", "Maak het kleiner, of deel het op."),
    "S-04": (
        "Dit soort bestand kan niet",
        "Kies een PDF, een foto (PNG of JPG), Word, Excel, OpenDocument, CSV of platte tekst.",
    ),
    "S-05": (
        "Wat erin zit, past niet bij de naam",
        "Sla het bestand opnieuw op met het programma waarin het is gemaakt.",
    ),
    "S-06": (
        "Het bestand is beschadigd of niet te lezen",
        "Sla het opnieuw op en probeer het nog eens.",
    ),
    "S-07": ("Het bestand heeft een wachtwoord", "Haal het wachtwoord eraf."),
    "S-08": (
        "In het bestand zit een programma, macro of ander bestand",
        "Sla het op zonder macro's en zonder ingesloten bestanden.",
    ),
    "S-09": ("De foto is te groot", "Maak hem kleiner dan 40 miljoen beeldpunten."),
    "S-10": ("Het bestand pakt uit tot meer dan kan", "Maak het kleiner, of deel het op."),
}
"""What can be wrong with a file: what is said, and how to put it right."""

GONE = "gewist"
"""Stands in the name of a file where the name of a person stood."""

_UNSAFE = re.compile(r"[^\w .,()&+'-]", re.UNICODE)


@dataclass(frozen=True)
class File:
    """A file of something in a deal: whose it is, what it is called and what it holds.

    `parent` is what it belongs to; `size` in bytes of what is kept; `readers` who may have it.
    """

    code: str
    deal: str
    parent: Ref
    organisation: str
    name: str
    media_type: str
    size: int
    sha256: str
    readers: str
    since: date

    @property
    def described(self) -> str:
        """What sort of file it is and how large, in Dutch: ``PDF, 1,2 MB``."""
        return f"{CALLED[ending(self.name)]}, {file_size(self.size)}"


@dataclass(frozen=True)
class Searched:
    """Where in a file a name stands, and what of the file could not be searched, in Dutch."""

    places: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def holds(text: str, words: Collection[str]) -> bool:
    """Whether a text holds any of the words, whatever the capitals and what is between the parts:
    ``brief_jan-jansen.pdf`` holds "Jan Jansen". "Jan" is no part of "januari".
    """
    plain = unicodedata.normalize("NFC", text)
    return any(pattern.search(plain) for pattern in _patterns(words))


def without(name: str, words: Collection[str]) -> str:
    """The name of a file without the words; it keeps its ending."""
    suffix = PurePosixPath(name).suffix
    stem = unicodedata.normalize("NFC", name.removesuffix(suffix))
    for pattern in _patterns(words):
        stem = pattern.sub(GONE, stem)
    # Words that take in the ending, such as the whole name of a file, leave the ending alone.
    return f"{GONE if holds(f'{stem}{suffix}', words) else stem}{suffix}"


def _patterns(words: Collection[str]) -> list[re.Pattern[str]]:
    found = []
    for each in words:
        parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", each))
        if parts:
            spaced = r"[\W_]*".join(map(re.escape, parts))
            found.append(re.compile(rf"(?<![^\W_]){spaced}(?![^\W_])", re.IGNORECASE))
    return found


def refused_file(rule: str) -> Refused:
    """The refusal of a file, by its rule."""
    message, remedy = FAULTS[rule]
    return refusal(rule, message, "bestand", remedy)


def ending(name: str) -> str:
    """The ending of a name that says what the file is: ``.pdf``.

    :raises Refused: when such files are not taken.
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    suffix = SAME.get(suffix, suffix)
    if suffix not in TYPES:
        raise refused_file("S-04")
    return suffix


def safe_name(name: str) -> str:
    """The name under which a file is kept: no folders, no signs that mislead or break a header."""
    suffix = ending(name)
    stem = PurePosixPath(name.replace("\\", "/")).stem
    plain = unicodedata.normalize("NFC", stem)
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain)
    plain = " ".join(_UNSAFE.sub(" ", plain).split()).strip(". ")
    return f"{plain[: LONGEST_NAME - len(suffix)] or 'bestand'}{suffix}"


def check_size(content: bytes) -> None:
    """:raises Refused: when there is nothing in it, or too much."""
    if not content:
        raise refused_file("S-02")
    if len(content) > LARGEST:
        raise refused_file("S-03")
