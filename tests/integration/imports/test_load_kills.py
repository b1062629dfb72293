"""Workers that load files and send letters are killed: each file is loaded, once; and a control."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from noaber.record.queries import check_chain
from tests.databases import RealDatabase
from tests.factories.mail_server import mail_server
from tests.integration.imports.kills import Survived, load_off

CODES = ("deal-1", "deal-2", "deal-3")


def survived(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    codes: Sequence[str],
    *,
    kills: int,
    hasty: bool = False,
) -> Survived:
    with mail_server() as server:
        monkeypatch.setenv("NOABER_SMTP", server.url)
        return load_off(server, folder, codes, kills=kills, pause=1.5, hasty=hasty)


def test_eight_kills_lose_no_file_and_load_none_twice(
    real_database: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = survived(monkeypatch, tmp_path, CODES, kills=8)
    assert (seen.lost, seen.twice) == (set(), set())
    assert (seen.letters.lost, seen.letters.different, seen.letters.texts_left) == (set(), 0, 0)
    # Otherwise no kill hit a worker while it loaded.
    assert seen.taken_over > 0
    assert check_chain() == ()


def test_a_job_that_ends_before_it_is_done_is_found_to_be_lost(
    real_database: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    assert survived(monkeypatch, tmp_path, CODES[:1], kills=1, hasty=True).lost == {CODES[0]}
