"""Closing a meeting makes its list final and its tranche an edition: both, or neither."""

from datetime import timedelta

import pytest

from noaber.access.rules import OFFICE
from noaber.core.dates import PartialDate
from noaber.decisions import deciding
from noaber.decisions import queries as decisions
from noaber.editions import closing, models, queries
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Moment
from tests.factories.people import ANNA
from tests.integration.decisions.meetings import AT, DEAL, MEETING, decide, meet, order

LATER = AT + timedelta(days=2)
pytestmark = pytest.mark.usefixtures("reference_register")


def state() -> str:
    found = decisions.facts(DEAL, Moment.ever(latest()), OFFICE).meetings
    return next(m.state for m in found if m.code == MEETING)


def close(code: str = MEETING) -> int | None:
    return closing.close_meeting(code, deal=DEAL, by=ANNA, at=LATER)


def test_a_closed_meeting_has_its_edition_and_closing_again_changes_nothing() -> None:
    meet()
    decide(order(euros=10, project="werken-1.1"))
    before = latest()
    assert close() == 1
    assert (state(), latest()) == ("closed", before + 1)
    assert close() is None
    assert queries.editions_of(DEAL, "7") == 1
    assert check_chain() == ()


def test_who_is_killed_before_the_edition_is_kept_has_closed_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet()
    decide(order(euros=10, project="werken-1.1"))
    before = latest()

    def killed(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(models.AdoptedFile.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            close()
    assert (state(), latest(), queries.editions_of(DEAL, "7")) == ("held", before, 0)
    assert close() == 1


def test_a_meeting_that_was_closed_without_its_edition_gets_it() -> None:
    meet()
    decide(order(euros=10, project="werken-1.1"))
    deciding.close_meeting(MEETING, deal=DEAL, by=ANNA, at=LATER)
    assert close() == 1


def test_a_meeting_that_awards_nothing_is_closed_without_one() -> None:
    meet(on=PartialDate(2022, 3, 14), tranche="")
    decide(order("hold"))
    assert close() is None
    assert state() == "closed"
