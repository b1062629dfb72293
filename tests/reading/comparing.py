"""What is shown against what the monitor gives, its parts, and what the blocks of a document hold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from noaber.access.rules import PUBLIC
from noaber.core.address import Address
from noaber.documents.blocks import Document, Number, Table
from noaber.monitor import queries
from noaber.monitor.rules import CENTS
from noaber.record.rules import Moment
from tests.reading import pages, pdf, sheets, word
from tests.reading.shown import Read, Shown, read

Asked = tuple[Address, Moment]

LINKED, EVERY, LISTED = "linked", "every", "listed"
"""What a form keeps: figures that are not nought, all, or each one once on a sheet."""

KEEPS = {"pdf": LINKED, "docx": LINKED, "html": EVERY, "xlsx": LISTED, "ods": LISTED, "csv": LISTED}


class Monitor:
    """What the monitor gives, each figure asked once: its value once its parts add up to it."""

    def __init__(self) -> None:
        self.known: dict[Asked, Decimal | None] = {}

    def value(self, asked: Asked) -> Decimal | None:
        """The value in euros or as a count; None for "geen cijfer"."""
        if asked not in self.known:
            self.known[asked] = _explained(*asked)
        return self.known[asked]


def checked(
    found: Iterable[Shown], usual: Moment, monitor: Monitor | None = None
) -> dict[Asked, Decimal | None]:
    """Compare each figure with the monitor at its moment, and with its parts; the values found.

    :raises AssertionError: with the figure that differs, is written otherwise, or does not add up.
    """
    values: dict[Asked, Decimal | None] = {}
    monitor = monitor or Monitor()
    for item in found:
        asked = item.address, item.at(usual)
        values[asked] = value = monitor.value(asked)
        assert item.text or item.exact is not None or value is None, (item, value)
        if item.text:
            said = read(item.text, english=item.place.startswith("/en/"))
            assert _agrees(said, value), (item, value)
        if item.exact is not None:
            assert item.exact == value, (item, value)
    return values


def _agrees(said: Read | None, value: Decimal | None) -> bool:
    if said is None or value is None:
        return said is None and value is None
    return said.stands_for(value)


def _explained(address: Address, moment: Moment) -> Decimal | None:
    explanation = queries.explain(address, moment, PUBLIC)
    figure = explanation.figure
    if figure.value is None:
        return None
    assert sum(part.value for part in explanation.parts) == figure.value, (address, moment)
    return Decimal(figure.value).scaleb(-2) if figure.unit == CENTS else Decimal(figure.value)


def in_form(form: str, content: bytes) -> tuple[list[Shown], list[Shown]]:
    """Figures of a written document, and for workbooks those in the tables besides."""
    match form:
        case "pdf":
            return pdf.figures(content), []
        case "docx":
            return word.figures(content), []
        case "html":
            return pages.Page.of(content.decode(), form).figures, []
    book = {"xlsx": sheets.xlsx, "ods": sheets.ods, "csv": sheets.from_csv}[form](content)
    return sheets.figures(book, form), list(sheets.in_tables(book, form))


def check_document(
    document: Document, form: str, content: bytes, monitor: Monitor | None = None
) -> dict[Asked, Decimal | None]:
    """Compare a written document with the monitor and with its blocks; the values found.

    :raises AssertionError: with the figure that differs, or that the form has lost.
    """
    found, in_tables = in_form(form, content)
    values = checked((*found, *in_tables), document.moment, monitor)
    assert {moment for _, moment in values} == {document.moment}
    check_nothing_lost(document, form, found, in_tables)
    return values


def check_nothing_lost(
    document: Document, form: str, found: list[Shown], in_tables: list[Shown]
) -> None:
    """Compare which figures a form shows, and how often, with the blocks.

    :raises AssertionError: with the addresses that are lost, or that are in no block.
    """
    held = list(numbers(document.blocks))
    shown = Counter(item.address for item in found)
    wanted = Counter(
        number.figure.address for number in held if number.figure.value or KEEPS[form] != LINKED
    )
    if KEEPS[form] == LISTED:
        wanted = Counter(set(wanted))
    assert not wanted - shown, (form, "lost", wanted - shown)
    # A PDF repeats the heads of a table that runs on.
    assert set(shown) <= set(wanted), (form, "in no block", set(shown) - set(wanted))
    if form in ("xlsx", "ods"):
        alone = Counter(_alone_in_cells(document))
        assert Counter(item.address for item in in_tables) >= alone, (form, "lost from tables")


def _alone_in_cells(document: Document) -> Iterator[Address]:
    """Figures that are a whole cell of a table, and so a number in the cell of a sheet."""
    for block in document.blocks:
        if isinstance(block, Table):
            rows = (*(row for group in block.groups for row in group.rows), *block.totals)
            for cell in (cell for row in rows for cell in row.cells):
                match cell.words:
                    case (Number(figure=figure),) if figure.value:
                        yield figure.address


def numbers(value: Any) -> Iterator[Number]:
    """Every figure in blocks, in their order."""
    if isinstance(value, Number):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from numbers(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from numbers(getattr(value, part.name))
