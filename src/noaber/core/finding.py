"""What is wrong with people's data, where, and how to put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from noaber.core.notation import with_full_stop


@dataclass(frozen=True)
class Cell:
    """A cell of a sheet, as a person finds it: column in letters, row from one.

    :raises ValueError: when no sheet has such a cell.
    """

    sheet: str
    column: str
    row: int

    def __post_init__(self) -> None:
        if not (self.column.isascii() and self.column.isalpha() and self.column.isupper()):
            raise ValueError(f"a column is named by capitals, not {self.column!r}")
        if self.row < 1:
            raise ValueError(f"rows are counted from one, not {self.row}")

    def __str__(self) -> str:
        return f"{self.sheet}, cel {self.column}{self.row}"


@dataclass(frozen=True)
class Field:
    """A field of a form, by the name the form gives it."""

    name: str

    def __str__(self) -> str:
        return f"veld {self.name}"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the rule it breaks, what is wrong and how to put it right.

    ``message`` and ``remedy`` are plain Dutch sentences for the person whose data it is.
    """

    rule: str
    message: str
    where: Cell | Field | None = None
    remedy: str = ""

    @property
    def said(self) -> str:
        """What is wrong and how to put it right, as sentences, for where its place is seen."""
        return " ".join(with_full_stop(text) for text in (self.message, self.remedy) if text)

    def __str__(self) -> str:
        """Give the finding as one line: where, what, remedy and rule."""
        place = "" if self.where is None else f"{self.where}: "
        return _one_line(f"{place}{self.said} ({self.rule})")


def at_field(rule: str, message: str, field: str, remedy: str) -> Finding:
    """What is wrong with a field of a form, by the name of the field."""
    return Finding(rule, message, Field(field), remedy)


class Refused(Exception):
    """Data of people that is refused, with everything found wrong with it.

    :raises ValueError: when made without a finding; a refusal has a reason.
    """

    findings: tuple[Finding, ...]

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        if not self.findings:
            raise ValueError("a refusal needs at least one finding")
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)


def refusal(rule: str, message: str, field: str, remedy: str) -> Refused:
    """The refusal of one thing: what is wrong with a field of a form, by the name of the field."""
    return Refused([at_field(rule, message, field, remedy)])


def column_letter(index: int) -> str:
    """Name a column, counted from zero, as a spreadsheet does: ``A`` to ``Z``, ``AA``.

    :raises ValueError: for an index below zero.
    """
    if index < 0:
        raise ValueError(f"columns are counted from zero, not {index}")
    before, letter = divmod(index, 26)
    return (column_letter(before - 1) if before else "") + chr(ord("A") + letter)


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines())
