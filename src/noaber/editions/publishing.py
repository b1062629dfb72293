"""Publishing the site of a deal as a folder of files: made apart, and put in place at once."""

import ctypes
import errno
import fcntl
import hashlib
import json
import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connections

from noaber.core.finding import Finding, Refused
from noaber.editions.site import Site, file_of, is_file

MANIFEST = "noaber-publicatie.json"
"""Stands in every published folder: what it was made of, and the hash of each file."""
FOUND = 200
SHOWN = 20
_AT = -100
_EXCHANGE = 2


@dataclass(frozen=True)
class Fetched:
    """What the site answers to an address; `version` is its ETag, empty when it gives none."""

    status: int
    content_type: str
    body: bytes
    version: str = ""


Fetch = Callable[[str], Fetched]
"""Asks the site for an address. It is called in several processes at once, each with a copy."""


@dataclass(frozen=True)
class Published:
    """What was published: how many pages and other files, and the seconds they took.

    `unchanged` says that the folder held this already, so that nothing was made.
    """

    pages: int
    files: int
    seconds_of_pages: float = 0
    seconds_of_files: float = 0
    processes: int = 0
    unchanged: bool = False


@dataclass(frozen=True)
class _Made:
    """A file that was written; `status` says why not when the site did not give it."""

    address: str
    status: int
    written: Mapping[str, str]
    links: tuple[str, ...]


def publish(
    folder: Path,
    site: Site,
    fetch: Fetch,
    *,
    head: str,
    processes: int = 2,
    again: bool = False,
) -> Published:
    """Write the whole site of a deal to a folder, which is the old one or the new one, never half.

    `processes` do it together, unless this process has threads: those do not survive a fork.
    `head` names all that is in the register. When the folder was made of the same register,
    release and day, nothing is made, unless `again`.

    :raises Refused: when the folder holds something else, another publication to it is running,
        a link leads nowhere, or the register changes meanwhile; the folder stays as it was then.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _recover(folder)
        _check_folder(folder)
        versions = _versions(site, fetch)
        made_of = {"deal": site.deal, "site": site.live, "base": site.base, "register": head}
        made_of |= versions
        known = _manifest(folder)
        if not again and all(versions.values()) and known.get("made_of") == made_of:
            return Published(known["pages"], len(known["files"]) - known["pages"], unchanged=True)
        new = folder.with_name(f".{folder.name}.nieuw")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        done, files = _make(new, site, fetch, processes if _threads() == 1 else 1)
        if _versions(site, fetch) != versions:
            raise _refused("P-03", "Het register veranderde tijdens het maken.", "Begin opnieuw.")
        manifest = {"made_of": made_of, "pages": done.pages, "files": files}
        (new / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), "utf-8")
        _put_in_place(new, folder)
    return done


def _versions(site: Site, fetch: Fetch) -> dict[str, str]:
    """Of which version the site is in each language; the answers also warm the process up."""
    return {home: fetch(home).version for home in site.homes}


def _make(new: Path, site: Site, fetch: Fetch, processes: int) -> tuple[Published, dict[str, str]]:
    """All pages first, then the files that they lead to; hashes by file."""
    worker = _Worker(new, site, fetch)
    hashes: dict[str, str] = {}
    missing: dict[str, int] = {}
    wanted: set[str] = set(site.homes)
    with _workers(worker, processes) as run:

        def follow(first: Iterable[str]) -> set[str]:
            """Make these and what they lead to of the same kind; returns what is of the other."""
            waiting, other = list(first), set[str]()
            kind = is_file(waiting[0].partition("?")[0]) if waiting else False
            while waiting:
                found: list[str] = []
                for made in run(sorted(waiting)):
                    hashes.update(made.written)
                    if made.status != FOUND:
                        missing[made.address] = made.status
                    new_links = [link for link in made.links if link not in wanted]
                    wanted.update(new_links)
                    found += new_links
                waiting = [a for a in found if is_file(a.partition("?")[0]) == kind]
                other.update(a for a in found if a not in set(waiting))
            return other

        start = perf_counter()
        files = follow(site.homes)
        pages, half = len(hashes), perf_counter()
        follow(files)
    _check_found(missing)
    times = (half - start, perf_counter() - half)
    return Published(pages, len(hashes) - pages, *times, processes), hashes


@dataclass(frozen=True)
class _Worker:
    """Makes files in a folder from what the site answers."""

    folder: Path
    site: Site
    fetch: Fetch

    def __call__(self, address: str) -> _Made:
        answer = self.fetch(address)
        if answer.status != FOUND:
            return _Made(address, answer.status, {}, ())
        if not is_file(address.partition("?")[0]):
            return self._page(address, answer.body.decode())
        links: Iterable[str] = ()
        if answer.content_type.startswith("text/css"):
            links = self.site.links_in_style(answer.body.decode(), address)
        return _Made(address, FOUND, self._written(file_of(address), answer.body), tuple(links))

    def _page(self, address: str, html: str) -> _Made:
        written: dict[str, str] = {}
        for file in (file_of(address), self.site.roots.get(address)):
            if file:
                written |= self._written(file, self.site.page(html, address, file).encode())
        return _Made(address, FOUND, written, tuple(self.site.links_in(html)))

    def _written(self, file: str, content: bytes) -> dict[str, str]:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return {file: hashlib.sha256(content).hexdigest()}


def _threads() -> int:
    """Threads of this process, also those that are not Python's (typst starts some)."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


_FORKED: list[_Worker] = []
"""The worker of a forked process: what it holds cannot be sent, only be there from the start."""


def _run_forked(address: str) -> _Made:
    return _FORKED[0](address)


@contextmanager
def _workers(
    worker: _Worker, processes: int
) -> Iterator[Callable[[Iterable[str]], Iterable[_Made]]]:
    """Run the worker over addresses, in processes of their own when there are to be several."""
    if processes == 1:
        yield lambda addresses: map(worker, addresses)
        return
    connections.close_all()  # a process must not share the connection of another
    _FORKED[:] = [worker]
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield lambda addresses: pool.imap_unordered(_run_forked, addresses, chunksize=4)
    finally:
        _FORKED.clear()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; a process that is killed lets go of it."""
    with folder.with_name(f".{folder.name}.slot").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refused(
                "P-02", f"Naar {folder.name} wordt al gepubliceerd.", "Wacht tot dat klaar is."
            ) from None
        yield


def _check_folder(folder: Path) -> None:
    """A folder of somebody's own is never replaced."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise _refused(
            "P-01",
            f"In de map {folder.name} staan bestanden die Noaber niet heeft gemaakt.",
            "Kies een lege map, of een map waarin Noaber eerder publiceerde.",
        )


def _check_found(missing: Mapping[str, int]) -> None:
    if missing:
        raise Refused(
            Finding("P-04", f"Het adres {address} geeft {status} en niet de bladzijde.")
            for address, status in sorted(missing.items())[:SHOWN]
        )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.oud")


def _recover(folder: Path) -> None:
    """Put the old site back when a process was killed between taking it away and the new one."""
    if not folder.exists() and _old(folder).is_dir():
        _old(folder).rename(folder)


def _put_in_place(new: Path, folder: Path) -> None:
    """Exchange the new folder for the old one in one step, and remove the old one."""
    if not folder.exists():
        new.rename(folder)
        return
    if not _exchanged(new, folder):
        # No such step on this system: for a moment there is no folder, and never half of one.
        shutil.rmtree(_old(folder), ignore_errors=True)
        folder.rename(_old(folder))
        new.rename(folder)
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(_old(folder), ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system could exchange two folders (Linux, on most file systems)."""
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    if exchange(_AT, os.fsencode(one), _AT, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.EXDEV):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _refused(rule: str, message: str, remedy: str) -> Refused:
    return Refused([Finding(rule, message, remedy=remedy)])
