"""Bringing a sheet of a thousand rows in."""

import csv
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.child import Taken, run
from benchmarks.measuring import Result, duration
from benchmarks.place import REFERENCE_DEAL, Place
from noaber.core.notation import count
from noaber.imports.writing import write_book

ROWS = 1_000
TIMES = 3
GOAL_SECONDS = 2
GOAL_MEMORY = 200_000_000
WRONG_AMOUNTS = ("1.000,5,0", "veel", "-5", "1e3", "12,345", "", "€", "1.00.0")


def results(place: Place) -> Iterator[Result]:
    """The rows of the import; each in a process of its own, start included."""
    folder = place.folder / "vol-fouten"
    wrong_awards(folder)
    yield _refused("map met CSV", folder)
    workbook = place.folder / "vol-fouten.xlsx"
    write_book(_as_sheets(folder), workbook)
    yield _refused("werkboek (XLSX)", workbook)
    loaded = _load(REFERENCE_DEAL)
    if loaded.code:
        raise AssertionError(loaded.output)
    rows = sum(_rows_of(file) for file in REFERENCE_DEAL.glob("*.csv"))
    yield Result(
        f"import: de referentiedeal geladen, {count(rows)} rijen",
        f"{duration(loaded.seconds)}, {loaded.memory // 1_000_000} MB",
    )


def wrong_awards(folder: Path) -> None:
    """The reference deal with a sheet of a thousand awards, nearly all with a mistake or two."""
    shutil.copytree(REFERENCE_DEAL, folder)
    file = folder / "toekenningen.csv"
    with file.open(encoding="utf-8", newline="") as old:
        rows = list(csv.DictReader(old))
    with file.open("w", encoding="utf-8", newline="") as new:
        writer = csv.DictWriter(new, list(rows[0]))
        writer.writeheader()
        for number in range(ROWS):
            writer.writerow(_spoiled(dict(rows[number % len(rows)]), number))


def _spoiled(row: dict[str, str], number: int) -> dict[str, str]:
    if number % 2 == 0:
        row["bedrag"] = WRONG_AMOUNTS[number // 2 % len(WRONG_AMOUNTS)]
    if number % 3 == 0:
        row["project"] = f"werken-{number + 100}"
    if number % 5 == 0:
        row["basis"] = "gegokt"
    if number % 7 == 0:
        row["bron"] = "de krant"
    return row


def _as_sheets(folder: Path) -> dict[str, list[dict[str, str]]]:
    sheets = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            sheets[file.stem] = list(csv.DictReader(opened))
    return sheets


def _rows_of(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as opened:
        return sum(1 for _ in csv.reader(opened)) - 1


def _load(path: Path) -> Taken:
    program = "from noaber.cli import main; main()"
    return run([sys.executable, "-c", program, "load", str(path)])


def _refused(form: str, path: Path) -> Result:
    taken = min((_load(path) for _ in range(TIMES)), key=lambda run: run.seconds)
    told = re.search(r"(\d+) bevinding", taken.output)
    if taken.code != 1 or told is None:
        raise AssertionError(f"refused with findings was expected: {taken.output[-500:]}")
    return Result(
        f"import: {form}, blad van {count(ROWS)} rijen, met alle {count(int(told[1]))} bevindingen",
        f"{duration(taken.seconds)}, {taken.memory // 1_000_000} MB",
        goal="minder dan 2 s en 200 MB",
        met=taken.seconds < GOAL_SECONDS and taken.memory < GOAL_MEMORY,
    )
