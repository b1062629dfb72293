"""The reference deal, in the register of this run."""

from datetime import UTC, datetime

from benchmarks.place import REFERENCE_CODE, REFERENCE_DEAL
from noaber.access.rules import Actor
from noaber.imports import actions
from noaber.imports.checking import check
from noaber.imports.reading import read
from noaber.monitor import queries

AT = datetime(2024, 1, 1, 12, tzinfo=UTC)


def load_reference_deal() -> None:
    """Load it, unless it is there."""
    if REFERENCE_CODE in queries.deals():
        return
    book = read(REFERENCE_DEAL)
    by = Actor("benchmark")
    upload = actions.receive(book, by=by, at=AT)
    actions.load(check(book), upload, by=by, at=AT)
