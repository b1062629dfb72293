"""What is read from a file, before and after it is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from noaber.core.finding import Cell, Finding

CellKind = Literal["text", "number", "date", "formula", "boolean", "error", "merged", "covered"]
"""How a file types a cell; ``covered`` lies under a merged cell."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands in the file.

    ``text`` of a number has a point and no grouping (``41.2``); of a date it is ISO 8601, as
    precise as the cell shows it.
    """

    text: str
    kind: CellKind = "text"


EMPTY = RawCell("")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not empty, numbered from one as a person sees it.

    ``skewed`` means that it has more or fewer columns than the header, so that nothing is certain
    about which value stands where.
    """

    number: int
    cells: tuple[RawCell, ...]
    skewed: bool = False

    def cell(self, index: int) -> RawCell:
        """Give the cell in a column counted from zero; past the end of the row it is empty."""
        return self.cells[index] if index < len(self.cells) else EMPTY


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands in the file, with what was already found wrong while reading it.

    ``broken`` means that not all rows could be read.
    """

    name: str
    rows: tuple[RawRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    broken: bool = False


def commitment(salt: str, content: bytes) -> str:
    """Hex SHA-256 of a salt and the bytes of a file: names the bytes, and gives nothing away."""
    return sha256(salt.encode() + content).hexdigest()


@dataclass(frozen=True)
class KeptFile:
    """A file exactly as it came in; ``sha256`` in hexadecimal."""

    name: str
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Book:
    """A deal as it came in: the bytes that are kept and the sheets read from them."""

    name: str
    files: tuple[KeptFile, ...]
    sheets: tuple[RawSheet, ...]


@dataclass(frozen=True)
class Row:
    """A row of a sheet with a typed value per English field name.

    Values: amount in cents, integer as int, decimal as Decimal, date as PartialDate, list as a
    tuple of texts, choice as its English code, colour as ``#rrggbb``, outline as a tuple of rings
    of (longitude, latitude) in Decimal degrees, address without the code of the deal, reference
    as the code of the row it points at; what is left open is None. ``code`` is the key joined by
    dashes, by which other sheets refer to this row. A row that is still being checked lacks the
    fields that could not be read.
    """

    sheet: str
    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Cell]
    code: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str) -> Any:
        """Give a value, or None when it is left open or could not be read."""
        return self.values.get(name)

    def cell(self, name: str) -> Cell:
        """Give the cell of a value, or the start of the row when its column is not in the file."""
        return self.cells.get(name, Cell(self.sheet, "A", self.number))

    def knows(self, *names: str) -> bool:
        """Whether all these values are there: not left open and read without fault."""
        return all(self.values.get(name) is not None for name in names)


@dataclass(frozen=True)
class Sheets:
    """All rows of a deal by kind (``project``, ``award``) and the kinds whose sheet is there."""

    rows: Mapping[str, tuple[Row, ...]]
    present: frozenset[str]

    def of(self, kind: str) -> tuple[Row, ...]:
        """Give the rows of a kind in the order of the sheet; none when the sheet is not there."""
        return self.rows.get(kind, ())


def upload_subject(sha256: str) -> str:
    """How an audit entry names an upload with this hash."""
    return f"upload:{sha256[:12]}"
