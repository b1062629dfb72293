"""How precisely an ODS workbook shows a date: its styles say so, not its value."""

from xml.etree.ElementTree import Element

from noaber.imports.rules import RawCell

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_RUNS = 1_000


class DateStyles:
    """The styles met so far in a workbook, in which styles stand before what uses them."""

    def __init__(self) -> None:
        self._parts: dict[str, frozenset[str]] = {}
        self._formats: dict[str, str] = {}
        self._columns: list[tuple[int, str]] = []

    def begin_sheet(self) -> None:
        """Forget the columns of the sheet before."""
        self._columns = []

    def take_column(self, element: Element) -> None:
        """Note the style that cells of one or more columns have when they name none."""
        if len(self._columns) < _MOST_RUNS:
            written = element.get(f"{_TABLE}number-columns-repeated", "1")
            repeated = int(written[:9]) if written.isdecimal() else 1
            style = element.get(f"{_TABLE}default-cell-style-name", "")
            self._columns.append((repeated, style))

    def take_style(self, element: Element) -> None:
        """Note what a date format shows, and which format a style of cells has."""
        name = element.get(f"{_STYLE}name")
        if name is None:
            return
        if element.tag == f"{_NUMBER}date-style":
            self._parts[name] = frozenset(part.tag.removeprefix(_NUMBER) for part in element)
        elif element.tag == f"{_STYLE}style":
            self._formats[name] = element.get(f"{_STYLE}data-style-name", "")

    def cell(self, entry: Element, value: str, column: int) -> RawCell:
        """Give the cell of a date, as precise as it is shown."""
        style = entry.get(f"{_TABLE}style-name") or self._style_of(column)
        shown = self._parts.get(self._formats.get(style, ""), frozenset())
        iso = value.removesuffix("T00:00:00")
        if len(iso) != len("2021-12-31") or "day" in shown or "year" not in shown:
            return RawCell(iso.replace("T", " "), "date")
        return RawCell(iso[:7] if "month" in shown else iso[:4], "date")

    def _style_of(self, column: int) -> str:
        for repeated, style in self._columns:
            if column < repeated:
                return style
            column -= repeated
        return ""
