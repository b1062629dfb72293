"""A deal as it comes in: a folder of CSV files or one workbook, with its bytes kept."""

import json
import logging
import os
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from noaber.core.finding import Finding, Refused
from noaber.imports import child
from noaber.imports.csv_file import read_csv
from noaber.imports.definitions import EXPLANATION
from noaber.imports.faults import FAULTS
from noaber.imports.grid import Budget
from noaber.imports.limits import (
    CHILD_WALL_SECONDS,
    LARGEST_FILE,
    LARGEST_FOLDER,
    MEGABYTE,
    MOST_SHEETS,
)
from noaber.imports.rules import Book, KeptFile, RawSheet

logger = logging.getLogger(__name__)

_SOURCES = Path(__file__).parents[2]
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS_BY_START = (
    (b"%PDF", "een PDF"),
    (b"{\\rtf", "een RTF-document"),
    (b"\x1f\x8b", "een ingepakt bestand"),
    (b"Rar!", "een ingepakt bestand"),
    (b"7z\xbc\xaf", "een ingepakt bestand"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
)
_IGNORED_BESIDE_SHEETS = (".md",)


def read(path: Path) -> Book:
    """Read a deal from a folder of CSV files, or from a workbook (XLSX or ODS).

    Faults in cells and sheets stay in the book for the check that follows.

    :raises Refused: when there is nothing there that can be read, within ten seconds.
    """
    name = path.name or path.resolve().name
    if path.is_dir():
        return _read_folder(path, name)
    content = _content(path, name, links=True)
    sheets = _read_workbook(content, name)
    return Book(name, (_kept(name, content),), _without_explanation(sheets))


def _read_folder(path: Path, name: str) -> Book:
    """Read every CSV file of a folder; notes (Markdown) and hidden files may stand beside them."""
    files: list[KeptFile] = []
    findings: list[Finding] = []
    left = LARGEST_FOLDER
    for entry in sorted(path.iterdir()):
        if entry.name.startswith(".") or entry.suffix.lower() in _IGNORED_BESIDE_SHEETS:
            continue
        if entry.suffix.lower() != ".csv" or not entry.stem.strip():
            findings.append(FAULTS["F-20"].at(None, name=entry.name))
            continue
        try:
            files.append(_kept(entry.name, _content(entry, entry.name)))
        except Refused as refusal:
            findings.extend(refusal.findings)
            continue
        left -= len(files[-1].content)
        if left < 0 or len(files) > MOST_SHEETS:
            limit = f"{LARGEST_FOLDER // MEGABYTE} MB of {MOST_SHEETS} bestanden"
            raise Refused([FAULTS["F-03"].at(None, name=name, limit=limit)])
    if not files and not findings:
        raise Refused([FAULTS["F-02"].at(None, name=name, kind="een map zonder CSV-bestanden")])
    if findings:
        raise Refused(findings)
    budget = Budget(name)
    sheets = tuple(read_csv(file.content, file.name, budget) for file in files)
    return Book(name, tuple(files), _without_explanation(sheets))


def _content(path: Path, name: str, *, links: bool = False) -> bytes:
    """Give the bytes of an ordinary file; a link to one only where a person named it.

    :raises Refused: for what is not there, no ordinary file (a pipe never ends) or too large.
    """
    # Without waiting: opening a pipe that nobody writes to would take for ever.
    flags = os.O_RDONLY | os.O_NONBLOCK | (0 if links else os.O_NOFOLLOW)
    try:
        handle = os.open(path, flags)
    except OSError as error:
        raise Refused([FAULTS["F-01"].at(None, name=name)]) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refused([FAULTS["F-01"].at(None, name=name)])
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        limit = f"{LARGEST_FILE // MEGABYTE} MB"
        raise Refused([FAULTS["F-03"].at(None, name=name, limit=limit)])
    return content


def _kept(name: str, content: bytes) -> KeptFile:
    return KeptFile(name, sha256(content).hexdigest(), content)


def _without_explanation(sheets: tuple[RawSheet, ...]) -> tuple[RawSheet, ...]:
    return tuple(sheet for sheet in sheets if sheet.name.strip().casefold() != EXPLANATION)


def _read_workbook(content: bytes, name: str) -> tuple[RawSheet, ...]:
    if not content.startswith(b"PK"):
        raise Refused([_what_it_is(content, name)])
    command = [sys.executable, "-s", "-P", "-m", child.__name__, name]
    # A clean environment: what reads files of strangers knows no passwords.
    environment = {"PYTHONPATH": str(_SOURCES), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603  the command is ours; the name is only shown
            command,
            input=content,
            capture_output=True,
            env=environment,
            timeout=CHILD_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused([FAULTS["F-11"].at(None, name=name)]) from error
    if done.returncode < 0 or done.returncode == child.TOO_HEAVY:
        raise Refused([FAULTS["F-11"].at(None, name=name)])
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("A workbook could not be read: %s", reason[:500])
        raise Refused([FAULTS["F-09"].at(None, name=name)])
    result = json.loads(done.stdout)
    if "refused" in result:
        raise Refused(child.decoded_findings(result["refused"]))
    return child.decoded(result["sheets"])


def _what_it_is(content: bytes, name: str) -> Finding:
    """Recognise by its content, whatever its name, what is no workbook of ours."""
    if content.startswith(_OLD_OFFICE):
        return _old_office(content, name)
    for start, kind in _KINDS_BY_START:
        if content.startswith(start):
            return FAULTS["F-02"].at(None, name=name, kind=kind)
    if not content.strip(b"\0 \r\n\t"):
        return FAULTS["F-02"].at(None, name=name, kind="leeg")
    plain = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if plain.startswith(b"<"):
        return FAULTS["F-02"].at(None, name=name, kind="een webpagina of los XML-bestand")
    if name.lower().endswith(".csv"):
        return FAULTS["F-02"].at(None, name=name, kind="één los blad")
    return FAULTS["F-02"].at(None, name=name, kind="geen werkboek")


def _old_office(content: bytes, name: str) -> Finding:
    """Tell apart what older Office files hold: their parts are named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return FAULTS["F-04"].at(None, name=name)
    if "WordDocument".encode("utf-16-le") in content:
        return FAULTS["F-02"].at(None, name=name, kind="een oud Word-document (DOC)")
    return FAULTS["F-02"].at(None, name=name, kind="een oud Excel-werkboek (XLS)")
