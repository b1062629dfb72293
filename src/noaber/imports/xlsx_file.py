"""The cells of an XLSX workbook, part by part, in one pass and without padding.

openpyxl fills the sheet up to its farthest cell and shows either a formula or its value, never
that there is one; here cells stay where they are, and what is no plain value is known as such.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from posixpath import dirname, join, normpath
from typing import IO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse, parse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from noaber.imports.grid import Budget, Grid, SheetStopped, number_cell, text_cell
from noaber.imports.rules import EMPTY, RawCell, RawSheet

_WORKBOOK = "xl/workbook.xml"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_xlsx(archive: ZipFile, name: str) -> tuple[RawSheet, ...]:
    """Read all sheets of a workbook that was judged harmless.

    :raises Refused: when it holds too much.
    """
    workbook = _root(archive, _WORKBOOK)
    reader = _Reader(archive, name, mac=_uses_mac_dates(workbook))
    parts = _relations(archive, _WORKBOOK)
    sheets = []
    for entry in (found for found in workbook.iter() if _tag(found) == "sheet"):
        kind, part = parts[_attribute(entry, "id")]
        if kind == "worksheet":
            sheets.append(reader.sheet(entry.get("name", ""), part))
    return tuple(sheets)


class _Reader:
    """What the sheets of one workbook share: texts, formats and the day dates count from."""

    def __init__(self, archive: ZipFile, name: str, *, mac: bool) -> None:
        self._archive = archive
        self._budget = Budget(name)
        self._epoch = MAC_EPOCH if mac else WINDOWS_EPOCH
        parts = dict(_relations(archive, _WORKBOOK).values())
        texts, styles = parts.get("sharedStrings"), parts.get("styles")
        self._texts = list(_shared_texts(archive, texts)) if texts else []
        self._formats = _formats(_root(archive, styles)) if styles else []

    def sheet(self, name: str, part: str) -> RawSheet:
        grid = Grid(name, self._budget)
        with self._archive.open(part) as content, suppress(SheetStopped):
            self._fill(grid, content)
        return grid.sheet()

    def _fill(self, grid: Grid, content: IO[bytes]) -> None:
        data: Element | None = None
        row = 0
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
            tag = _tag(element)
            if event == "start":
                data = element if tag == "sheetData" else data
            elif tag == "row":
                row = int(element.get("r") or row + 1)
                self._fill_row(grid, row, element)
                if data is not None:
                    data.clear()
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                grid.merge(_span(top, bottom), _span((left or 1) - 1, (right or 1) - 1))

    def _fill_row(self, grid: Grid, row: int, element: Element) -> None:
        column = -1
        for entry in element:
            column += 1
            if place := entry.get("r"):
                letters, row = coordinate_from_string(place)
                column = column_index_from_string(letters) - 1
            grid.put(row, column, self._cell(entry))

    def _cell(self, entry: Element) -> RawCell:
        parts = {_tag(part): part for part in entry}
        value = parts["v"].text or "" if "v" in parts else ""
        if "f" in parts:
            return RawCell(value, "formula")
        if entry.get("t") == "inlineStr":
            return text_cell(_unescaped(_text(parts["is"]))) if "is" in parts else EMPTY
        return self._valued(value, entry) if value else EMPTY

    def _valued(self, value: str, entry: Element) -> RawCell:
        match entry.get("t", "n"):
            case "s":
                return text_cell(self._texts[int(value)])
            case "str":
                return text_cell(_unescaped(value))
            case "b" | "e" as kind:
                return RawCell(value, "boolean" if kind == "b" else "error")
            case "d":
                return RawCell(value.removesuffix("T00:00:00"), "date")
            case _:
                return self._number(value, int(entry.get("s", 0)))

    def _number(self, value: str, style: int) -> RawCell:
        shown = self._formats[style] if style < len(self._formats) else "General"
        cell = number_cell(value)
        if cell.kind != "number" or not is_date_format(shown):
            return cell
        try:
            moment = from_excel(float(value), self._epoch)
        except (OverflowError, ValueError):
            return RawCell(value, "error")
        return RawCell(_date_text(moment, shown), "date")


def _date_text(moment: object, shown: str) -> str:
    """Write a date as precisely as the cell shows it: Excel makes 1 December of “2021-12”."""
    if not isinstance(moment, date):
        return str(moment)
    if isinstance(moment, datetime) and (moment.hour, moment.minute, moment.second) != (0, 0, 0):
        return moment.isoformat(" ", "minutes")
    iso = moment.isoformat()[:10]
    signs = set(_NOT_FORMAT.sub("", shown).lower())
    if "d" in signs or "y" not in signs:
        return iso
    return iso[:7] if "m" in signs else iso[:4]


def _span(first: int | None, last: int | None) -> range:
    return range(first or 0, (last or 0) + 1)


def _shared_texts(archive: ZipFile, part: str) -> Iterator[str]:
    with archive.open(part) as content:
        for _, element in iterparse(content, events=("end",), forbid_dtd=True):
            if _tag(element) == "si":
                yield _unescaped(_text(element))
                element.clear()


def _formats(styles: Element) -> list[str]:
    """Give the number format of each cell style, in the order by which cells name them."""
    own: dict[int, str] = dict(BUILTIN_FORMATS)
    used: list[str] = []
    for element in styles.iter():
        if _tag(element) == "numFmt":
            own[int(element.get("numFmtId", 0))] = element.get("formatCode", "General")
    for element in styles.iter():
        if _tag(element) == "cellXfs":
            used = [own.get(int(style.get("numFmtId", 0)), "General") for style in element]
    return used


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Give the kind and name of the parts that a part points at, by identifier."""
    folder = dirname(part)
    root = _root(archive, join(folder, "_rels", f"{part.removeprefix(folder + '/')}.rels"))
    return {
        entry.get("Id", ""): (
            entry.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, entry.get("Target", ""))).lstrip("/"),
        )
        for entry in root
    }


def _root(archive: ZipFile, part: str) -> Element:
    with archive.open(part) as content:
        root = parse(content, forbid_dtd=True).getroot()
    if root is None:
        raise ValueError(f"{part} is empty")
    return root


def _uses_mac_dates(workbook: Element) -> bool:
    return any(
        _tag(element) == "workbookPr" and element.get("date1904") in ("1", "true")
        for element in workbook
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    """Give an attribute whatever its namespace: there are two for each in use."""
    return next(value for key, value in element.items() if key.endswith(f"}}{name}"))


def _text(element: Element) -> str:
    """Join the runs of a text, without the reading aids that Japanese has."""
    if _tag(element) == "t":
        return element.text or ""
    return "".join(_text(part) for part in element if _tag(part) != "rPh")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
