"""The site is killed while people work: what they were told is there, once; and controls."""

import pytest

from noaber.operation import checks
from tests.databases import RealDatabase
from tests.integration.killing.web_kills import killed_web

pytestmark = pytest.mark.usefixtures("reference_register")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NOABER_SMTP", "CONTROL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("NOABER_SECRET_KEY", "only-for-tests")


def test_four_kills_lose_nothing_that_was_acknowledged_and_do_nothing_twice() -> None:
    seen = killed_web(kills=4)
    assert seen.faults == [], seen
    assert checks.findings() == ()
    # Otherwise nothing was tried, or no kill hit anybody at work.
    assert min(seen.edits, seen.files, seen.people, seen.documents, seen.letters) > 0, seen
    assert seen.unanswered > 0


def test_an_acknowledgement_before_the_commit_is_found() -> None:
    """The control: a site that says "saved" a moment too early."""
    seen = killed_web(kills=4, control="early")
    assert any("bevestigd en weg" in fault for fault in seen.faults), seen


def test_what_is_done_twice_is_found(reference_register: RealDatabase) -> None:
    """The control: a site that does twice what is sent once."""
    seen = killed_web(kills=0, lives=4, control="twice")
    assert any("2 keer" in fault for fault in seen.faults), seen
