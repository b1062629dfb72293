"""The list of erasures that is kept outside the register, and what a backup says of itself: pure.

A backup brings back what was erased after it was made, unless something outside it remembers. The
list names random tokens, hashes and codes, never a person. Each line is linked to the one before.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from noaber.record.rules import GENESIS, canonical

Item = tuple[str, str]
"""What was erased, as a Ref, and the SHA-256 of what was left of it; "" for nothing."""


@dataclass(frozen=True)
class Line:
    """What was erased at one time (ISO 8601), linked to the line before."""

    number: int
    at: str
    items: tuple[Item, ...]
    previous: str
    hash: str


class ListBroken(Exception):
    """The list of erasures was changed, or part of it is missing."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"De lijst van wissingen klopt niet vanaf regel {number}: zij is veranderd of er "
            "ontbreekt iets. Neem een gave kopie."
        )


class NotARestorable(Exception):
    """A file that is no backup, or one that cannot be put back here; says why."""


def next_line(lines: Sequence[Line], at: str, items: Iterable[Item]) -> Line:
    """The line to add to `lines`."""
    number, previous = len(lines) + 1, lines[-1].hash if lines else GENESIS
    given = tuple(items)
    return Line(number, at, given, previous, _hash(number, at, given, previous))


def _hash(number: int, at: str, items: Sequence[Item], previous: str) -> str:
    return sha256(canonical([number, at, items, previous]).encode()).hexdigest()


def written(line: Line) -> str:
    """A line as it stands in the file, with its end."""
    return json.dumps(asdict(line), ensure_ascii=False) + "\n"


def parse(text: str) -> tuple[Line, ...]:
    """The lines of a list.

    :raises ListBroken: at the first line that does not follow from the one before.
    """
    lines: list[Line] = []
    for number, given in enumerate(text.splitlines(), 1):
        try:
            read: dict[str, Any] = json.loads(given)
            items = tuple((str(item), str(left)) for item, left in read["items"])
            line = Line(read["number"], read["at"], items, read["previous"], read["hash"])
        except (ValueError, KeyError, TypeError) as error:
            raise ListBroken(number) from error
        if line != next_line(lines, line.at, line.items):
            raise ListBroken(number)
        lines.append(line)
    return tuple(lines)


def items_of(lines: Iterable[Line]) -> tuple[Item, ...]:
    """Everything on the list, in order, each once."""
    return tuple(dict.fromkeys(item for line in lines for item in line.items))


@dataclass(frozen=True)
class Part:
    """A file in a backup: its size in bytes and its hash."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: made by which release, from what, up to which revision."""

    release: str
    made_at: str
    engine: str
    migrations: tuple[str, ...]
    head: tuple[int, str]
    parts: dict[str, Part]


def manifest_text(manifest: Manifest) -> str:
    """A manifest as it stands in a backup."""
    return json.dumps(asdict(manifest), indent=1, ensure_ascii=False)


def parse_manifest(text: str) -> Manifest:
    """Read what `manifest_text` wrote.

    :raises NotARestorable: when it is something else.
    """
    try:
        read = json.loads(text)
        number, value = read["head"]
        return Manifest(
            str(read["release"]),
            str(read["made_at"]),
            str(read["engine"]),
            tuple(map(str, read["migrations"])),
            (int(number), str(value)),
            {str(n): Part(int(p["size"]), str(p["sha256"])) for n, p in read["parts"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotARestorable("Dit is geen back-up van Noaber.") from error
