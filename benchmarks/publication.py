"""The whole site as files: how many pages a second two processes make."""

import multiprocessing
import re
from collections.abc import Iterator
from html import unescape
from time import perf_counter

from django.core.management import call_command
from django.db import connections
from django.test import Client

from benchmarks.measuring import Result, duration
from benchmarks.place import REFERENCE_CODE, Place, settle
from benchmarks.reference import load_reference_deal

MOMENT = "peildatum=2021-12-31"
PROCESSES = 2
RATE = 150
_LINK = re.compile(r'href="(/[^"#]*)')


def results(place: Place) -> Iterator[Result]:
    """Every page of the reference deal at one moment, the origins of its figures included."""
    load_reference_deal()
    settle(place)
    call_command("collectstatic", interactive=False, verbosity=0)
    addresses = _addresses(f"/{REFERENCE_CODE}/?{MOMENT}")
    connections.close_all()  # a process must not share the connection of another
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        pool.map(_size, addresses[: PROCESSES * 2], chunksize=1)
        start = perf_counter()
        sizes = pool.map(_size, addresses, chunksize=10)
        taken = perf_counter() - start
    rate = len(addresses) / taken
    yield Result(
        "hele site, gemaakt",
        f"{len(addresses)} bladzijden in {duration(taken)}: {rate:.0f} per seconde",
        f"{PROCESSES} processen, {sum(sizes) // 1_000_000} MB",
        goal=f"minstens {RATE} per seconde",
        met=rate >= RATE,
    )


def _addresses(first: str) -> list[str]:
    """Every page at the moment that can be reached from the first; documents are no pages."""
    client = Client(headers={"host": "localhost"})
    waiting, found = [first], {first}
    while waiting:
        page = client.get(waiting.pop()).content.decode()
        for link in map(unescape, _LINK.findall(page)):
            if _is_page(link) and link not in found:
                found.add(link)
                waiting.append(link)
    return sorted(found)


def _is_page(link: str) -> bool:
    path, _, query = link.partition("?")
    at_the_moment = query.endswith(MOMENT) and path.startswith(f"/{REFERENCE_CODE}/")
    return at_the_moment and not path.rpartition("/")[2].count(".")


def _size(address: str) -> int:
    response = Client(headers={"host": "localhost"}).get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answers {response.status_code}")
    return len(response.content)
