"""Public pages: how long they take to make, and that they ask the same however large the deal."""

from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Result, duration, seconds
from benchmarks.place import REFERENCE_CODE, Place, settle
from benchmarks.reference import load_reference_deal
from noaber.cli.publishing import Asking, in_process

PAGES = {"startpagina": "", "geldpagina": "geld/"}
TIMES = 10
MOST_QUERIES = 12
TIMES_FASTER = 15


def results(place: Place) -> Iterator[Result]:
    """The pages of the reference deal at the end and, much smaller, in its first year."""
    load_reference_deal()
    settle(place)
    call_command("collectstatic", interactive=False, verbosity=0)
    ask = in_process()
    for name, path in PAGES.items():
        small, large = (
            f"/{REFERENCE_CODE}/{path}?peildatum={day}" for day in ("2019-12-31", "2021-12-31")
        )
        queries = {address: _queries(ask, address) for address in (small, large)}
        taken, _ = seconds(lambda address=large: _made(ask, address), times=TIMES)  # type: ignore[misc]
        yield Result(
            f"{name}, gemaakt",
            f"{duration(taken)}, {queries[large]} vragen aan de database",
            f"deal in het eerste jaar: {queries[small]} vragen",
            goal=f"evenveel bij een kleine deal, hoogstens {MOST_QUERIES}",
            met=queries[small] == queries[large] <= MOST_QUERIES,
        )
        yield _unchanged(ask, name, large, taken)


def _unchanged(ask: Asking, name: str, address: str, made: float) -> Result:
    """The same page for who has it already."""
    kept = ask(address).version

    def again() -> int:
        return ask(address, kept).status

    taken, status = seconds(again, times=TIMES * 5)
    if status != 304:
        raise AssertionError(f"{address} answers {status} to who has it")
    ratio = made / taken
    return Result(
        f"{name}, onveranderd (304)",
        duration(taken),
        f"gemaakt: {duration(made)}",
        ratio,
        goal=f"minstens {TIMES_FASTER} x zo snel als gemaakt",
        met=ratio >= TIMES_FASTER,
    )


def _made(ask: Asking, address: str) -> bytes:
    answer = ask(address)
    if answer.status != 200:
        raise AssertionError(f"{address} answers {answer.status}")
    return answer.body


def _queries(ask: Asking, address: str) -> int:
    _made(ask, address)
    with CaptureQueriesContext(connection) as asked:
        _made(ask, address)
    return len(asked)
