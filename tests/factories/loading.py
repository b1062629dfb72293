"""Loading folders of sheets as the command does, and changing copies of them."""

import csv
import shutil
from datetime import datetime
from pathlib import Path

from noaber.imports.actions import Loaded, load, receive
from noaber.imports.checking import check
from noaber.imports.reading import read
from tests.factories.people import ANNA, TODAY
from tests.factories.reference_deal import FOLDER


def load_folder(folder: Path, at: datetime = TODAY, *, dry_run: bool = False) -> Loaded:
    """Load a folder or workbook; :raises Refused: with the findings."""
    book = read(folder)
    upload = receive(book, by=ANNA, at=at)
    return load(check(book), upload, by=ANNA, at=at, dry_run=dry_run)


def copy_of_reference(to: Path) -> Path:
    """The reference deal in a folder of its own, to change."""
    return Path(shutil.copytree(FOLDER, to / "deal"))


def change(folder: Path, sheet: str, key: dict[str, str], **columns: str) -> None:
    """Change columns of the row of a sheet that has the values of `key`."""
    rows = _read(folder, sheet)
    found = [row for row in rows if all(row[name] == value for name, value in key.items())]
    assert len(found) == 1, (sheet, key, len(found))
    found[0].update(columns)
    _write(folder, sheet, rows)


def add(folder: Path, sheet: str, **columns: str) -> None:
    """Add a row to a sheet; columns that are not given stay empty."""
    rows = _read(folder, sheet)
    _write(folder, sheet, [*rows, {name: columns.get(name, "") for name in rows[0]}])


def drop(folder: Path, sheet: str, key: dict[str, str]) -> None:
    """Leave the row out that has the values of `key`."""
    rows = _read(folder, sheet)
    kept = [row for row in rows if not all(row[n] == value for n, value in key.items())]
    assert len(kept) == len(rows) - 1
    _write(folder, sheet, kept)


def _read(folder: Path, sheet: str) -> list[dict[str, str]]:
    with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(folder: Path, sheet: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
