"""Print the figures of speed and scale beside their goals: `python -m benchmarks [NAME...]`."""

import argparse
import importlib
import sys

from benchmarks.measuring import Result, cells, table
from benchmarks.place import ROOT, NoPostgres, place

NAMES = {
    # First: what is loaded before would count as memory of the processes it starts.
    "import": "benchmarks.importing",
    "pages": "benchmarks.pages",
    # Before documents: a process that made a PDF has threads, and cannot be forked.
    "publication": "benchmarks.publication",
    "document": "benchmarks.document",
    "ledger": "benchmarks.ledger",
}
REPORT = ROOT / "docs" / "metingen.md"


def main(arguments: list[str]) -> int:
    """Exit code: 0 when every goal was met, 1 when not, 2 when it could not be measured."""
    asked = _arguments(arguments)
    results: list[Result] = []
    try:
        with place(on_postgres=asked.postgres) as here:
            for name in (name for name in NAMES if name in asked.names or not asked.names):
                for result in importlib.import_module(NAMES[name]).results(here):
                    results.append(result)
                    print("  ".join(cell for cell in cells(result) if cell), flush=True)
    except NoPostgres as error:
        print(error)
        return 2
    print(f"\n{table(results)}")
    if asked.report:
        _report(results, "PostgreSQL" if asked.postgres else "SQLite")
    return int(any(result.met is False for result in results))


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Meet, en toon naast het doel."
    )
    parser.add_argument("names", nargs="*", metavar="NAAM", help=f"welke: {', '.join(NAMES)}")
    parser.add_argument("--postgres", action="store_true", help="op een eigen PostgreSQL")
    parser.add_argument(
        "--report", action="store_true", help=f"schrijf de tabel in {REPORT.relative_to(ROOT)}"
    )
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"onbekend: {', '.join(unknown)}. Kies uit: {', '.join(NAMES)}")
    return asked


def _report(results: list[Result], engine: str) -> None:
    """Replace the table of this engine in the report."""
    start, end = f"<!-- {engine}: begin -->", f"<!-- {engine}: eind -->"
    text = REPORT.read_text(encoding="utf-8")
    before, _, rest = text.partition(start)
    after = rest.partition(end)[2]
    REPORT.write_text(f"{before}{start}\n{table(results)}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
