"""Run a command in a process of its own, and know what it took.

A process counts the memory of whoever started it as its own until its program begins. So it is
started by a process that is small itself: this module, which imports nothing large.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


class Taken(NamedTuple):
    """Exit code, seconds, and the most memory in bytes that it or a process of its own held."""

    code: int
    seconds: float
    memory: int
    output: str


def run(command: list[str]) -> Taken:
    """Run a command to its end; its output is what it wrote, of both kinds."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", __file__, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=Path(__file__).parents[1],
        check=True,
    )
    output, _, told = done.stdout.rstrip("\n").rpartition("\n")
    return Taken(**json.loads(told), output=output)


def _measure(command: list[str]) -> None:
    start = perf_counter()
    number = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(number, 0)
    taken = perf_counter() - start
    told = {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": taken,
        "memory": used.ru_maxrss * 1024,
    }
    print("\n" + json.dumps(told))


if __name__ == "__main__":
    _measure(sys.argv[1:])
