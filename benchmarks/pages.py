"""Public pages: how long they take to make, and that they ask the same however large the deal."""

from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Result, duration, seconds
from benchmarks.place import REFERENCE_CODE, Place, settle
from benchmarks.reference import load_reference_deal

PAGES = {"startpagina": "", "geldpagina": "geld/"}
TIMES = 10
MOST_QUERIES = 12
TIMES_FASTER = 15


def results(place: Place) -> Iterator[Result]:
    """The pages of the reference deal at the end and, much smaller, in its first year."""
    load_reference_deal()
    settle(place)
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"host": "localhost"})
    for name, path in PAGES.items():
        small, large = (
            f"/{REFERENCE_CODE}/{path}?peildatum={day}" for day in ("2019-12-31", "2021-12-31")
        )
        queries = {address: _queries(client, address) for address in (small, large)}
        taken, _ = seconds(lambda address=large: _made(client, address), times=TIMES)  # type: ignore[misc]
        yield Result(
            f"{name}, gemaakt",
            f"{duration(taken)}, {queries[large]} vragen aan de database",
            f"deal in het eerste jaar: {queries[small]} vragen",
            goal=f"evenveel bij een kleine deal, hoogstens {MOST_QUERIES}",
            met=queries[small] == queries[large] <= MOST_QUERIES,
        )
        yield _unchanged(client, name, large, taken)


def _unchanged(client: Client, name: str, address: str, made: float) -> Result:
    """The same page for who has it already."""
    kept = client.get(address).headers["ETag"]

    def again() -> int:
        return client.get(address, headers={"if-none-match": kept}).status_code

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


def _made(client: Client, address: str) -> bytes:
    response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answers {response.status_code}")
    return bytes(response.content)


def _queries(client: Client, address: str) -> int:
    _made(client, address)
    with CaptureQueriesContext(connection) as asked:
        _made(client, address)
    return len(asked)
