"""A deal as it goes out: the sheets that can be read in again, and the empty ones to fill in."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from noaber.imports.definitions import sheet_definitions
from noaber.imports.pages import Page, empty_pages, explanation, pages
from noaber.imports.values import format_value

__all__ = ["UnknownFormat", "format_value", "write_book", "write_template"]


class UnknownFormat(ValueError):
    """A name for a file that says no kind we write; the message is Dutch and for the person."""


def write_template(path: Path) -> None:
    """Write an empty workbook, XLSX or ODS by the name, with an explanation of every column.

    :raises UnknownFormat: when the name ends otherwise.
    """
    sheets = (explanation(), *empty_pages())
    match path.suffix.lower():
        case ".xlsx":
            path.write_bytes(_xlsx(sheets, notes=True))
        case ".ods":
            path.write_bytes(_ods(sheets, notes=True))
        case _:
            raise UnknownFormat(f"“{path.name}” eindigt niet op .xlsx of .ods. Kies één van beide.")


def write_book(sheets: Mapping[str, Sequence[Mapping[str, str]]], path: Path) -> None:
    """Write sheets by name, with texts by column name, as XLSX or ODS, or as a folder of CSV.

    The name says which: ``.xlsx``, ``.ods``, or no ending for a folder. The same sheets give the
    same bytes.

    :raises UnknownFormat: when the name ends otherwise.
    :raises FileExistsError: when the folder holds sheets that these would not replace.
    :raises ValueError: for a sheet or column that is not defined.
    """
    written = pages(sheets)
    match path.suffix.lower():
        case ".xlsx":
            path.write_bytes(_xlsx(written, notes=False))
        case ".ods":
            path.write_bytes(_ods(written, notes=False))
        case "":
            _write_folder(written, path)
        case _:
            raise UnknownFormat(
                f"“{path.name}” is geen map en eindigt niet op .xlsx of .ods. Kies één van die."
            )


def _write_folder(written: Sequence[Page], path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    files = {f"{page.name}.csv": page for page in written}
    known = {f"{sheet.name}.csv" for sheet in sheet_definitions()}
    left = sorted(name for name in known - set(files) if (path / name).exists())
    if left:
        # They would be read in again as if they belonged to this deal.
        raise FileExistsError(f"In {path.name} staan nog andere bladen: {', '.join(left)}.")
    for name, page in files.items():
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows((page.header, *page.rows))
        (path / name).write_text(text.getvalue(), encoding="utf-8", newline="")


# The libraries for spreadsheets take a tenth of the start of the web server, which seldom needs them.


def _xlsx(sheets: Sequence[Page], *, notes: bool) -> bytes:
    from noaber.imports.xlsx_writer import xlsx

    return xlsx(sheets, notes=notes)


def _ods(sheets: Sequence[Page], *, notes: bool) -> bytes:
    from noaber.imports.ods_writer import ods

    return ods(sheets, notes=notes)
