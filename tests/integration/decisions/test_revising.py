"""The yearly revision of the allocation (article 5.7): decided, and with that decision in the books."""

from dataclasses import replace

import pytest

from noaber.access.rules import OFFICE
from noaber.core.dates import PartialDate
from noaber.core.finding import Finding, Refused
from noaber.deals import queries as deals
from noaber.deals.rules import OVERHEAD, Allocation
from noaber.decisions.effects import Order
from noaber.ledger.actions import allocate
from noaber.record.queries import latest
from noaber.record.rules import Evidence
from tests.factories.people import ANNA
from tests.integration.decisions.meetings import (
    AT,
    DEAL,
    decide,
    meet,
    members,
    order,
    stands,
    weigh,
)

pytestmark = pytest.mark.usefixtures("reference_register")

MILLION = 1_000_000_00


@pytest.fixture(autouse=True)
def _a_meeting(reference_register: object) -> None:
    meet()


def revised(**shares: int) -> Order:
    return order("revise_allocation", shares=shares)


def refusals(asked: Order) -> list[Finding]:
    before = latest()
    with pytest.raises(Refused) as wrong:
        decide(asked)
    assert latest() == before
    return list(wrong.value.findings)


def test_what_one_pillar_gets_more_another_gets_less_from_the_day_of_the_meeting() -> None:
    was = stands()
    shares = {
        "werken": was.allocated["werken"] + MILLION,
        "wonen": was.allocated["wonen"] - MILLION,
    }
    asked = revised(**shares)
    shown = weigh(asked)
    assert {p.pillar: (p.allocated_before, p.allocated) for p in shown.pillars} == {
        p: (cents, shares.get(p, cents)) for p, cents in was.allocated.items()
    }
    assert stands() == was
    taken = decide(asked)
    now = stands()
    assert now == shown.after
    assert now.room["werken"] - was.room["werken"] == MILLION
    assert now.room["wonen"] - was.room["wonen"] == -MILLION
    assert now.total_room == was.total_room
    found = [a for a in deals.allocations(DEAL, latest(), OFFICE) if a.decision == taken.code]
    assert {(a.line, a.amount, a.effective) for a in found} == {
        (line, cents, PartialDate(2022, 3, 14)) for line, cents in shares.items()
    }
    assert {a.evidence.source for a in found} == {"besluiten-stuurgroep-2022-1"}


def test_a_later_revision_supersedes_it_and_nothing_else_does() -> None:
    was = stands()
    more = was.allocated["werken"] + MILLION
    first = decide(revised(werken=more))
    hold = order("hold", supersedes=first.code)
    assert [f.rule for f in refusals(hold)] == ["B-40"]
    decide(replace(revised(werken=was.allocated["werken"]), supersedes=first.code))
    assert stands() == was


def test_a_share_that_another_follows_already_is_told_before_it_is_hidden() -> None:
    was = stands()
    later = Allocation("werken", was.allocated["werken"] + MILLION, PartialDate(2023, 1, 1))
    allocate(later, deal=DEAL, evidence=Evidence(), by=ANNA, at=AT)
    less = was.allocated["wonen"] - MILLION
    (found,) = refusals(revised(werken=was.allocated["werken"] - MILLION, wonen=less))
    assert (found.rule, str(found.where)) == ("B-48", "veld deel-werken")
    assert "Vanaf 1 januari 2023 geldt al een ander deel" in found.message
    decide(revised(werken=was.allocated["werken"], wonen=less))
    assert stands().allocated == {**was.allocated, "werken": later.amount, "wonen": less}


def test_a_second_share_on_one_day_says_which_decision_it_takes_the_place_of() -> None:
    was = stands()
    more, most = was.allocated["werken"] + MILLION, was.allocated["werken"] + 2 * MILLION
    first = decide(revised(werken=more))
    (found,) = refusals(revised(werken=most))
    assert (found.rule, str(found.where)) == ("B-50", "veld deel-werken")
    assert found.message == f"Besluit {first.code} gaf op 14 maart 2022 al een ander deel"
    assert f"Laat dit besluit {first.code} vervangen" in found.remedy
    # The same share again changes nothing, and another line was not given that day.
    wonen = decide(revised(werken=more, wonen=was.allocated["wonen"] - MILLION))
    second = decide(replace(revised(werken=most), supersedes=first.code))
    assert stands().allocated["werken"] == most
    # What took its place is what is superseded next, also of a line that only the first one gave.
    (found,) = refusals(replace(revised(werken=more), supersedes=wonen.code))
    assert second.code in found.message
    third = decide(replace(revised(werken=more), supersedes=second.code))
    assert third.supersedes == second.code


def test_a_share_below_what_was_given_passes_the_guideline_and_says_so() -> None:
    was = stands()
    less = was.allocated["werken"] - was.room["werken"] - 1
    asked = revised(werken=less, wonen=was.allocated["wonen"] + was.room["werken"] + 1)
    (found,) = refusals(asked)
    assert (found.rule, "0,01" in found.message) == ("B-32", True)
    decide(replace(asked, over_guideline=True))
    assert stands().room["werken"] == -1


def test_all_pillars_together_keep_what_was_given() -> None:
    was = stands()
    less = was.allocated["werken"] - was.total_room - 1
    (found,) = refusals(replace(revised(werken=less), over_guideline=True))
    assert found.rule == "B-31"


def test_overhead_is_a_line_of_it() -> None:
    was = stands()
    decide(revised(**{OVERHEAD: was.overhead + 5_00}))
    assert stands().overhead - was.overhead == 5_00


def test_what_is_wrong_is_said_all_at_once() -> None:
    asked = revised(werken=-1, elders=5)
    assert [(f.rule, str(f.where)) for f in refusals(asked)] == [
        ("B-38", "veld deel-werken"),
        ("B-38", "veld deel-elders"),
    ]
    same = revised(werken=stands().allocated["werken"])
    assert [f.rule for f in refusals(same)] == ["B-39"]
    assert [f.rule for f in refusals(revised())] == ["B-39"]
    award = replace(order(euros=1, project="werken-1.1"), shares={"werken": 5})
    assert [f.rule for f in refusals(award)] == ["B-37"]


def test_only_the_steering_group_revises_it() -> None:
    meet("consult", board="vakbestuurlijk-werken", tranche="")
    asked = replace(
        revised(werken=1), meeting="consult", taking_part=members("vakbestuurlijk-werken")
    )
    assert "B-07" in [f.rule for f in refusals(asked)]
