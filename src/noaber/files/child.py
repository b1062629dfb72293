"""Looks into one file in a process of its own, with little memory and time.

What is asked and the bytes come in on standard input, so that no name stands in a list of
processes; the answer goes out. A file that brings this process down harms nothing else.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Collection

from noaber.core.finding import Refused
from noaber.files.rules import MEGABYTE, Searched, refused_file

_MEMORY = 900 * MEGABYTE
_CPU_SECONDS = 8
_WALL_SECONDS = 12
_KEPT, _REFUSED = 0, 3
_UNREAD = Searched(unread=("alles: het kost te veel om te lezen",))


def inspect(name: str, content: bytes) -> bytes:
    """What of a file is to be kept; see `inspecting.inspected`.

    :raises Refused: also when looking at it takes more than it may.
    """
    try:
        done = _asked({"name": name}, content)
    except subprocess.TimeoutExpired as error:
        raise refused_file("S-06") from error
    if done.returncode == _KEPT:
        return done.stdout
    rule = done.stdout.decode("ascii", "replace") if done.returncode == _REFUSED else "S-06"
    raise refused_file(rule)


def search(name: str, content: bytes, words: Collection[str]) -> Searched:
    """Where in a file any of the words stands, and what could not be searched; see `searching`."""
    try:
        done = _asked({"name": name, "words": [*words]}, content)
    except subprocess.TimeoutExpired:
        return _UNREAD
    if done.returncode != _KEPT:
        return _UNREAD
    said = json.loads(done.stdout)
    return Searched(tuple(said["places"]), tuple(said["unread"]))


def _asked(question: dict[str, object], content: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "noaber.files.child"],
        input=json.dumps(question).encode() + b"\n" + content,
        capture_output=True,
        timeout=_WALL_SECONDS,
        check=False,
    )


def main() -> int:
    """Answer what is asked on standard input: a line of JSON, then the file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    question = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    if "words" in question:
        from noaber.files.searching import searched

        found = searched(question["name"], content, question["words"])
        sys.stdout.write(json.dumps({"places": found.places, "unread": found.unread}))
        return _KEPT
    from noaber.files.inspecting import inspected

    try:
        kept = inspected(question["name"], content)
    except Refused as refused:
        sys.stdout.write(refused.findings[0].rule)
        return _REFUSED
    sys.stdout.buffer.write(kept)
    return _KEPT


if __name__ == "__main__":
    sys.exit(main())
