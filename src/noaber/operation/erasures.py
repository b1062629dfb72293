"""The list of erasures in the var folder, beside the register."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from noaber.core.finding import Finding
from noaber.operation.rules import Item, Line, items_of, next_line, parse, written
from noaber.record import queries

NAME = "erasures.jsonl"


def read(path: Path) -> tuple[Line, ...]:
    """The lines of the list; none when there is no file.

    :raises ListBroken: when it was changed.
    """
    return parse(path.read_text("utf-8")) if path.is_file() else ()


def keep(path: Path, at: datetime) -> int:
    """Add to the list what was erased from the register and is not on it; returns how much."""
    lines = read(path)
    known = set(items_of(lines))
    new = [item for item in _recorded() if item not in known]
    if new:
        line = next_line(lines, at.isoformat(timespec="seconds"), dict.fromkeys(new))
        _append(path, [line])
    return len(new)


def put(path: Path, lines: Sequence[Line]) -> None:
    """Add to the file what it lacks of a list that goes on where it ends."""
    _append(path, lines[len(read(path)) :])


def _append(path: Path, lines: Sequence[Line]) -> None:
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.writelines(map(written, lines))
        file.flush()
        os.fsync(file.fileno())


def not_erased(lines: tuple[Line, ...]) -> tuple[Item, ...]:
    """What is on the list and not erased from the register: it came back with a backup."""
    done = set(_recorded())
    return tuple(item for item in items_of(lines) if item not in done)


def check(path: Path) -> tuple[Finding, ...]:
    """Findings on the list against the register."""
    lines = read(path)
    back = not_erased(lines)
    off = set(_recorded()) - set(items_of(lines))
    found = []
    if back:
        found.append(
            Finding(
                "K-09",
                f"{len(back)} wissingen op de lijst zijn in dit register niet gedaan.",
                remedy="Doe ze opnieuw: noaber erase --list erasures.jsonl.",
            )
        )
    if off:
        found.append(
            Finding(
                "K-09",
                f"{len(off)} wissingen staan niet op de lijst {path.name}.",
                remedy="Werk de lijst bij: noaber setup. Zonder lijst keren ze terug met een back-up.",
            )
        )
    return tuple(found)


def _recorded() -> list[Item]:
    return [(done.item, done.left) for done in queries.erasures()]
