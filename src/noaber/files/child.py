"""Inspects one file in a process of its own, with little memory and time.

The bytes come in on standard input; what is to be kept goes out, or the rule that was broken. A
file that brings this process down harms nothing else.
"""

import resource
import subprocess
import sys

from noaber.core.finding import Refused
from noaber.files.rules import MEGABYTE, refusal

_MEMORY = 900 * MEGABYTE
_CPU_SECONDS = 8
_WALL_SECONDS = 12
_KEPT, _REFUSED = 0, 3


def inspect(name: str, content: bytes) -> bytes:
    """What of a file is to be kept; see `inspecting.inspected`.

    :raises Refused: also when looking at it takes more than it may.
    """
    try:
        done = subprocess.run(  # noqa: S603  our own program, the name is an argument
            [sys.executable, "-m", "noaber.files.child", name],
            input=content,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("B-06") from error
    if done.returncode == _KEPT:
        return done.stdout
    rule = done.stdout.decode("ascii", "replace") if done.returncode == _REFUSED else "B-06"
    raise refusal(rule)


def main() -> int:
    """Inspect the file on standard input, whose name is the argument."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from noaber.files.inspecting import inspected

    try:
        kept = inspected(sys.argv[1], sys.stdin.buffer.read())
    except Refused as refused:
        sys.stdout.write(refused.findings[0].rule)
        return _REFUSED
    sys.stdout.buffer.write(kept)
    return _KEPT


if __name__ == "__main__":
    sys.exit(main())
