"""What a second decision on the same money does: in one tranche, and with what falls free later."""

from dataclasses import replace

import pytest

from noaber.access.rules import PUBLIC
from noaber.awards import queries as awards
from noaber.core.dates import PartialDate
from noaber.core.finding import Finding, Refused
from noaber.deals.rules import Allocation
from noaber.decisions.effects import Order
from noaber.ledger.actions import allocate
from noaber.record.queries import latest
from noaber.record.rules import Evidence, Moment
from tests.factories.people import ANNA
from tests.integration.decisions.meetings import AT, DEAL, MEETING, decide, meet, order, stands

pytestmark = pytest.mark.usefixtures("reference_register")


@pytest.fixture(autouse=True)
def _a_meeting(reference_register: object) -> None:
    meet()


def refusal(asked: Order) -> Finding:
    before = latest()
    with pytest.raises(Refused) as wrong:
        decide(asked)
    assert latest() == before
    (found,) = wrong.value.findings
    return found


def test_money_that_comes_later_is_not_awarded_before_it_comes() -> None:
    now = stands()
    share = Allocation("werken", now.allocated["werken"] + 1_000_00, PartialDate(2023, 5, 1))
    allocate(share, deal=DEAL, evidence=Evidence(), by=ANNA, at=AT)
    there = now.total_room // 100
    assert stands().total_room == now.total_room + 1_000_00
    asked = order(euros=there + 1, project="werken-1.1", over_guideline=True)
    found = refusal(asked)
    assert (found.rule, "14 maart 2022" in found.message) == ("B-31", True)
    decide(replace(asked, amount=there * 100))
    meet("later", on=PartialDate(2022, 3, 15), tranche="8")
    more = order(euros=1, project="wonen-1.1", meeting="later", over_guideline=True)
    assert refusal(more).rule == "B-31"


def test_a_second_reservation_in_a_tranche_says_what_it_supersedes() -> None:
    """Its amount is the total of the project: adding it up, or replacing in silence, surprises."""
    first = decide(order("reserve", 250_000, project="werken-9"))
    second = order("reserve", 260_000, project="werken-9")
    found = refusal(second)
    assert (found.rule, first.code in found.message + found.remedy) == ("B-34", True)
    decide(replace(second, supersedes=first.code))
    assert stands().of("werken-9").reserved == 145_000_00


def test_a_reservation_does_not_leave_the_award_that_it_supersedes() -> None:
    first = decide(order(euros=10_000, project="werken-1.1"))
    meet("later", on=PartialDate(2022, 3, 15), tranche="8")
    for asked in (
        order("reserve", 500_000, project="werken-1.1", meeting="later"),
        order("reallocate", 500, project="werken-1.1", giver="wonen-1.1", meeting="later"),
    ):
        found = refusal(replace(asked, supersedes=first.code))
        assert (found.rule, "Wijs het eerst af" in found.remedy) == ("B-35", True)


def test_an_award_is_raised_in_its_own_meeting_by_a_decision_that_supersedes_it() -> None:
    first = decide(order(euros=10_000, project="werken-1.1"))
    raised = order(euros=12_000, project="werken-1.1")
    assert refusal(raised).rule == "B-20"
    second = decide(replace(raised, supersedes=first.code))
    assert stands().of("werken-1.1").awarded["7"] == 12_000_00
    found = awards.facts(DEAL, Moment.ever(latest()), PUBLIC).awards
    (award,) = (a for a in found if (a.project, a.tranche) == ("werken-1.1", "7"))
    assert (award.amount, award.decision) == (12_000_00, second.code)
    lower = decide(order(euros=9_000, project="werken-1.1", supersedes=second.code))
    assert (lower.meeting, stands().of("werken-1.1").awarded["7"]) == (MEETING, 9_000_00)


def test_a_decision_does_not_supersede_what_was_decided_after_its_day() -> None:
    """What it would take back was not there yet on its day."""
    meet("later", on=PartialDate(2022, 3, 15), tranche="8")
    given = decide(order(euros=10, project="werken-1.1", meeting="later"))
    asked = order("hold", project="werken-1.1", supersedes=given.code)
    assert refusal(asked).rule == "B-36"
    decide(replace(asked, meeting="later"))
    assert stands().of("werken-1.1").awarded["8"] == 0
