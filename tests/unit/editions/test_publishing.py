"""A folder is the old site or the new one, never half, and never one of somebody else."""

import hashlib
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from noaber.core.finding import Refused
from noaber.editions import publishing
from noaber.editions.publishing import MANIFEST, Fetched, Published, publish
from noaber.editions.site import Site

SITE = Site("deal", "https://deal.example")
PAGES = {
    "/deal/": '<a href="/deal/geld/"></a><a href="/en/deal/"></a><link href="/static/a.css">',
    "/deal/geld/": '<a href="/deal/"></a><a href="/deal/programma.pdf"></a>',
    "/en/deal/": '<a href="/deal/"></a><a href="/en/deal/programma.pdf"></a>',
}
FILES = {"/static/a.css": "a{src:url(b.woff2)}", "/static/b.woff2": "b", "/deal/programma.pdf": "p"}


class FakeSite:
    """Answers from memory; every page tells which `version` of the site it is of."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked: list[str] = []
        self.before: Callable[[int], None] = lambda _: None

    def __call__(self, address: str) -> Fetched:
        self.asked.append(address)
        self.before(len(self.asked))
        if address in PAGES:
            body = f"{PAGES[address]} versie {self.version}"
            return Fetched(200, "text/html", body.encode(), self.version)
        if address in FILES:
            kind = "text/css" if address.endswith("css") else "application/octet-stream"
            return Fetched(200, kind, FILES[address].encode())
        return Fetched(404, "text/html", b"")


def made(folder: Path, ask: FakeSite, **given: str) -> Published:
    return publish(folder, SITE, ask, **{"head": "1:abc", "processes": 1, **given})  # type: ignore[arg-type]


def version_of(folder: Path) -> str:
    """The version of a whole site: every file is there, with the hash of the manifest."""
    manifest = json.loads((folder / MANIFEST).read_text())
    there = {str(f.relative_to(folder)): f for f in folder.rglob("*") if f.is_file()}
    assert set(there) == {*manifest["files"], MANIFEST}
    for name, known in manifest["files"].items():
        assert hashlib.sha256(there[name].read_bytes()).hexdigest() == known
    return (folder / "index.html").read_text().rpartition(" ")[2]


@pytest.mark.parametrize(("processes", "threads"), [(1, 1), (2, 1), (2, 3)])
def test_every_page_and_file_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int, threads: int
) -> None:
    monkeypatch.setattr(publishing, "_threads", lambda: threads)
    ask = FakeSite()
    done = publish(tmp_path / "site", SITE, ask, head="1:abc", processes=processes)
    assert (done.pages, done.files, done.unchanged) == (5, 3, False)
    assert done.processes == (processes if threads == 1 else 1)
    assert version_of(tmp_path / "site") == "1"
    assert {p.name for p in tmp_path.iterdir()} == {"site", ".site.slot"}
    assert (tmp_path / "site/en/index.html").read_text().startswith('<a href="../deal/">')


def test_what_did_not_change_is_not_made_again(tmp_path: Path) -> None:
    made(tmp_path / "site", FakeSite())
    ask = FakeSite()
    again = made(tmp_path / "site", ask)
    assert again == Published(5, 3, unchanged=True)
    assert ask.asked == ["/deal/", "/en/deal/"]
    assert not made(tmp_path / "site", FakeSite("2")).unchanged
    assert version_of(tmp_path / "site") == "2"
    assert not made(tmp_path / "site", FakeSite("2"), head="2:def").unchanged
    # A site that gives no version, as while developing, may have changed.
    assert not made(tmp_path / "site", FakeSite("")).unchanged


def test_a_folder_with_files_of_somebody_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    made(folder, FakeSite())
    (folder / MANIFEST).unlink()
    with pytest.raises(Refused, match="die Noaber niet heeft gemaakt"):
        made(folder, FakeSite("2"))
    assert (folder / "index.html").read_text().endswith("versie 1")


def test_a_link_that_leads_nowhere_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "site", FakeSite())
    monkeypatch.setitem(PAGES, "/deal/geld/", '<a href="/deal/weg/"></a><a href="/deal/weg.pdf">')
    with pytest.raises(Refused) as refused:
        made(tmp_path / "site", FakeSite("2"))
    assert [finding.rule for finding in refused.value.findings] == ["P-04", "P-04"]
    assert version_of(tmp_path / "site") == "1"


def test_a_register_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    ask = FakeSite()
    made(tmp_path / "site", ask)
    ask = FakeSite("2")
    ask.before = lambda number: setattr(ask, "version", "3") if number == 5 else None
    with pytest.raises(Refused, match="veranderde tijdens het maken"):
        made(tmp_path / "site", ask)
    assert version_of(tmp_path / "site") == "1"


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    def another(number: int) -> None:
        if number == 3:
            with pytest.raises(Refused, match="wordt al gepubliceerd"):
                made(tmp_path / "site", FakeSite("2"))

    ask = FakeSite()
    ask.before = another
    made(tmp_path / "site", ask)
    assert version_of(tmp_path / "site") == "1"


def killed(work: Callable[[], object]) -> None:
    """Do work in a process that is killed while it does."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def kill_now(*_: object) -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return False


@pytest.mark.parametrize("at", [1, 3, 6, 8])
def test_a_kill_while_making_leaves_the_old_site(tmp_path: Path, at: int) -> None:
    made(tmp_path / "site", FakeSite())
    ask = FakeSite("2")

    def before(number: int) -> None:
        if number == at:
            kill_now()

    ask.before = before
    killed(lambda: made(tmp_path / "site", ask))
    assert version_of(tmp_path / "site") == "1"
    assert not made(tmp_path / "site", FakeSite("2")).unchanged
    assert version_of(tmp_path / "site") == "2"
    assert {p.name for p in tmp_path.iterdir()} == {"site", ".site.slot"}


def test_a_kill_after_the_exchange_leaves_the_new_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, exchange = tmp_path / "site", publishing._exchanged
    made(folder, FakeSite())
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_exchanged", lambda *both: exchange(*both) and kill_now())
        killed(lambda: made(folder, FakeSite("2")))
    assert version_of(folder) == "2"
    assert made(folder, FakeSite("2")).unchanged


def test_where_folders_cannot_be_exchanged_a_kill_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, rename = tmp_path / "site", Path.rename
    made(folder, FakeSite())
    monkeypatch.setattr(publishing, "_exchanged", lambda *_: False)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", lambda *both: rename(*both) and kill_now())
        killed(lambda: made(folder, FakeSite("2")))
    assert not folder.exists()
    assert made(folder, FakeSite()).unchanged
    assert version_of(folder) == "1"
    made(folder, FakeSite("2"))
    assert version_of(folder) == "2"
    assert {p.name for p in tmp_path.iterdir()} == {"site", ".site.slot"}


def test_a_site_that_was_taken_away_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    made(folder, FakeSite())
    folder.rename(tmp_path / ".site.oud")
    assert made(folder, FakeSite()).unchanged
    assert version_of(folder) == "1"
