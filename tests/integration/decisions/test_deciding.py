"""Deciding in the reference deal: what is shown before, what is recorded, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from noaber.access.rules import OFFICE, PUBLIC
from noaber.awards import queries as awards
from noaber.core.dates import PartialDate
from noaber.core.finding import Refused
from noaber.deals import queries as deals
from noaber.decisions import actions, deciding, knowing, queries, rules
from noaber.decisions.effects import RESERVATION, Order
from noaber.ledger import queries as ledger
from noaber.projects import queries as projects
from noaber.projects.rules import turned
from noaber.record.queries import check_chain, latest
from noaber.record.rules import AlreadyRecorded, Moment
from noaber.treasury import actions as treasury
from noaber.treasury.rules import Commitment
from tests.factories.people import ANNA
from tests.integration.decisions.meetings import (
    AT,
    DEAL,
    MEETING,
    NO_EVIDENCE,
    ON,
    decide,
    meet,
    members,
    order,
    stands,
    weigh,
)

pytestmark = pytest.mark.usefixtures("reference_register")


@pytest.fixture(autouse=True)
def _a_meeting(reference_register: object) -> None:
    meet()


def refused(asked: Order, *, at: datetime = AT) -> list[str]:
    """The rules by which an order is refused; nothing is recorded."""
    before = latest()
    with pytest.raises(Refused) as wrong:
        decide(asked, at=at)
    assert latest() == before
    assert all(f.message and f.where for f in wrong.value.findings)
    return [f.rule for f in wrong.value.findings]


def told(asked: Order) -> str:
    with pytest.raises(Refused) as wrong:
        decide(asked)
    return str(wrong.value)


def decisions() -> tuple[rules.Decision, ...]:
    return queries.facts(DEAL, Moment.ever(latest()), PUBLIC).decisions


def status(project: str, on: date) -> str:
    found = projects.facts(DEAL, Moment(on, latest()), PUBLIC)
    (known,) = (p for p in found.projects if p.code == project)
    return turned(known, found.turns).status


def test_an_award_opens_the_tranche_and_cites_the_decision_list() -> None:
    room = stands().room["werken"]
    decision = decide(order(euros=50_000, project="werken-1.1"))
    assert (decision.code, decision.number) == (f"{MEETING}-1", 1)
    found = awards.facts(DEAL, Moment(ON.first_day, latest()), PUBLIC)
    assert (found.tranches[-1].number, found.tranches[-1].decided) == ("7", ON)
    award = next(a for a in found.awards if a.tranche == "7")
    assert (award.project, award.amount, award.basis) == ("werken-1.1", 50_000_00, "decided")
    assert (award.decision, award.evidence.source) == (decision.code, f"besluiten-{MEETING}")
    assert stands().room["werken"] == room - 50_000_00
    assert queries.facts(DEAL, Moment.ever(latest()), OFFICE).meetings[-1].state == "held"
    assert check_chain() == ()


def test_what_is_shown_before_is_what_happens_and_looking_records_nothing() -> None:
    before = latest()
    asked = order(euros=50_000, project="werken-1.1")
    shown = weigh(asked)
    assert latest() == before
    assert stands() == shown.before
    decide(replace(asked, seen=shown.before.token))
    assert stands() == shown.after
    (line,) = shown.projects
    assert (line.project, line.awarded[1] - line.awarded[0]) == ("werken-1.1", 50_000_00)


def test_werken_9_gets_its_last_sixty_five_thousand_and_not_a_euro_more() -> None:
    assert refused(order(euros=65_001, project="werken-9")) == ["B-24"]
    assert "65.000" in told(order(euros=65_001, project="werken-9"))
    shown = weigh(order(euros=65_000, project="werken-9"))
    assert [(line.project, line.reserved) for line in shown.projects] == [
        ("werken-9", (65_000_00, 0))
    ]
    decide(order(euros=65_000, project="werken-9"))
    assert stands().of("werken-9").reserved == 0


def test_a_guideline_that_is_passed_is_shown_and_must_be_meant() -> None:
    asked = order(euros=1_100_000, project="werken-1.1")
    (line,) = weigh(asked).passing
    assert (line.pillar, line.over) == ("werken", 82_852_00)
    assert refused(asked) == ["B-32"]
    assert "82.852" in told(asked)
    decide(replace(asked, over_guideline=True))
    assert stands().room["werken"] == -82_852_00


def test_all_pillars_together_never_give_more_than_there_is() -> None:
    everything = stands().total_room // 100
    asked = order(euros=everything + 1, project="werken-1.1", over_guideline=True)
    assert refused(asked) == ["B-31"]
    decide(replace(asked, amount=everything * 100))
    assert stands().total_room == 0


def test_the_same_form_sent_twice_decides_once() -> None:
    asked = order(euros=10, project="werken-1.1")
    decide(asked, key="form-1")
    with pytest.raises(AlreadyRecorded):
        decide(asked, key="form-1")
    assert len(decisions()) == 1
    assert refused(asked) == ["B-20"]


def test_who_saw_another_standing_is_shown_the_new_one() -> None:
    asked = order(euros=10, project="werken-1.1")
    seen = weigh(asked).before.token
    decide(order(euros=10, project="wonen-1.1"))
    with pytest.raises(deciding.StandingChanged) as changed:
        decide(replace(asked, seen=seen))
    decide(replace(asked, seen=changed.value.weighing.before.token))


def test_a_decision_on_money_is_not_dated_before_an_earlier_one() -> None:
    meet("stuurgroep-2021-9", on=PartialDate(2021, 12, 20), tranche="6a")
    early = order("release", 10, project="werken-3", meeting="stuurgroep-2021-9")
    assert refused(early) == ["B-17"]
    decide(order(euros=10, project="werken-1.1"))
    meet("stuurgroep-2022-0", on=PartialDate(2022, 2, 1), tranche="6a")
    assert refused(order(euros=10, project="werken-1.1", meeting="stuurgroep-2022-0")) == ["B-17"]
    assert MEETING in told(order(euros=10, project="werken-1.1", meeting="stuurgroep-2022-0"))
    decide(order("other", meeting="stuurgroep-2022-0"))


def test_after_the_end_of_the_deal_nothing_is_awarded_but_money_is_released() -> None:
    late = datetime(2024, 2, 1, tzinfo=AT.tzinfo)
    meet("na-afloop", on=PartialDate(2024, 1, 31), tranche="8")
    for kind in ("award", "reserve"):
        assert refused(order(kind, 10, project="werken-1.1", meeting="na-afloop"), at=late) == [
            "B-23"
        ]
    decide(order("release", 10, project="werken-1.1", meeting="na-afloop"), at=late)
    assert stands().of("werken-1.1").awarded["5"] == 295_000_00 - 10_00


def test_a_meeting_that_is_still_to_come_decides_nothing() -> None:
    early = AT - timedelta(days=10)
    assert refused(order(euros=10, project="werken-1.1"), at=early) == ["B-06"]


def test_a_member_with_an_interest_takes_no_part() -> None:
    item = rules.AgendaItem(MEETING, 1, "Punt een", project="werken-1.1")
    actions.record_agenda_item(item, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    first, *others = members()
    interest = rules.Interest(item.code, first, "bestuurder van de penvoerder")
    actions.record_interest(interest, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    asked = order(euros=10, project="werken-1.1", item=item.code)
    assert refused(asked) == ["B-28"]
    decision = decide(replace(asked, taking_part=tuple(others)))
    assert (decision.absent, decision.taking_part) == ((first,), tuple(others))


def test_only_who_was_a_member_takes_part_and_somebody_does() -> None:
    assert refused(order(euros=10, project="werken-1.1", taking_part=("wonen-x",))) == ["B-19"]
    assert refused(order(euros=10, project="werken-1.1", taking_part=())) == ["B-18"]


def test_a_later_decision_supersedes_with_the_difference_from_its_own_day() -> None:
    first = decide(order(euros=100_000, project="werken-1.1"))
    meet("stuurgroep-2022-2", on=PartialDate(2022, 3, 15), tranche="8")
    lower = order(
        euros=60_000, project="werken-1.1", supersedes=first.code, meeting="stuurgroep-2022-2"
    )
    second = decide(lower)
    assert stands().of("werken-1.1").awarded["7"] == 60_000_00
    then = Moment(ON.first_day, latest())
    (before,) = (a for a in awards.facts(DEAL, then, PUBLIC).awards if a.tranche == "7")
    assert before.amount == 100_000_00
    assert refused(lower) == ["B-30"]
    meet("stuurgroep-2022-3", on=PartialDate(2022, 3, 15), tranche="9")
    higher = replace(lower, amount=75_000_00, supersedes=second.code, meeting="stuurgroep-2022-3")
    with pytest.raises(Refused, match="B-30"):
        decide(replace(higher, supersedes=first.code))
    decide(higher)
    # Not 75,000 beside the 60,000 that still stood of the first.
    awarded = stands().of("werken-1.1").awarded
    assert (awarded["7"], awarded["9"]) == (60_000_00, 15_000_00)


def test_rejecting_takes_back_what_still_stands_of_all_that_is_superseded() -> None:
    first = decide(order(euros=100_000, project="werken-1.1"))
    decide(order("release", 10_000, project="werken-1.1", of="7"))
    meet("stuurgroep-2022-2", on=PartialDate(2022, 3, 15), tranche="8")
    there: dict[str, Any] = {"project": "werken-1.1", "meeting": "stuurgroep-2022-2"}
    second = decide(order(euros=120_000, supersedes=first.code, **there))
    assert stands().of("werken-1.1").awarded["8"] == 30_000_00
    decide(order("reject", supersedes=second.code, **there))
    awarded = stands().of("werken-1.1").awarded
    assert (awarded["7"], awarded["8"]) == (0, 0)


def test_rejecting_a_raised_reservation_leaves_what_was_set_aside_before() -> None:
    room = stands().room["werken"]
    raised = decide(order("reserve", 250_000, project="werken-9"))
    assert stands().of("werken-9").reserved == 135_000_00
    decide(order("reject", project="werken-9", supersedes=raised.code))
    after = stands()
    assert (after.of("werken-9").reserved, after.room["werken"]) == (65_000_00, room)


def test_a_decision_superseding_one_that_was_committed_says_what_comes_first() -> None:
    first = decide(order(euros=100_000, project="werken-10"))
    held = stands().of("werken-10").total
    commitment = Commitment(
        "2022-001", "GM0114", held - 20_000_00, PartialDate(2022, 3, 15), "grant_decision",
        project="werken-10", tranche="7",
    )  # fmt: skip
    treasury.record_steps([commitment], deal=DEAL, by=ANNA, at=AT)
    meet("stuurgroep-2022-2", on=PartialDate(2022, 3, 15), tranche="8")
    lower = order(
        euros=79_999, project="werken-10", supersedes=first.code, meeting="stuurgroep-2022-2"
    )
    assert refused(lower) == ["B-26"]
    assert "kassier" in told(lower)
    decide(replace(lower, amount=80_000_00))
    assert stands().of("werken-10").uncommitted == 0


def test_a_decision_on_something_else_supersedes_nothing() -> None:
    first = decide(order(euros=10, project="werken-1.1"))
    other = order(euros=10, project="wonen-1.1", supersedes=first.code)
    assert refused(other) == ["B-33"]
    assert refused(replace(other, supersedes="x-1")) == ["B-29"]


def test_a_reallocation_takes_from_one_project_and_gives_to_another() -> None:
    before = stands()
    decide(order("reallocate", 20_000, project="wonen-1.1", giver="werken-1.1"))
    after = stands()
    assert after.of("werken-1.1").total == before.of("werken-1.1").total - 20_000_00
    assert after.of("wonen-1.1").awarded["7"] == 20_000_00
    assert after.total_room == before.total_room
    assert after.room["werken"] == before.room["werken"] + 20_000_00


def test_stopping_lets_go_of_all_that_is_not_committed() -> None:
    room = stands().room["werken"]
    held = stands().of("werken-9")
    decide(order("stop", project="werken-9"))
    after = stands().of("werken-9")
    assert (after.total, after.reserved, after.uncommitted) == (0, 0, 0)
    assert stands().room["werken"] == room + held.total + held.reserved
    day_before = ON.first_day - timedelta(days=1)
    assert status("werken-9", day_before) == "running"
    assert status("werken-9", ON.first_day) == "stopped"


def test_a_release_takes_what_it_says_from_where_it_says() -> None:
    decide(order("release", 65_000, project="werken-9", of=RESERVATION))
    assert stands().of("werken-9").reserved == 0
    assert refused(order("release", 1, project="werken-9", of=RESERVATION)) == ["B-22"]
    decide(order("release", 1_000, project="werken-9", of="5"))


def test_a_reservation_can_be_raised_and_awarded_from_in_one_meeting() -> None:
    decide(order("reserve", 250_000, project="werken-9"))
    assert stands().of("werken-9").reserved == 135_000_00
    decide(order(euros=135_000, project="werken-9"))
    assert stands().of("werken-9").reserved == 0


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = Order(MEETING, "award", "", "", project="werken-99")
    assert refused(wrong) == ["B-04", "B-04", "B-09", "B-16", "B-18"]


def test_a_board_without_power_over_money_gives_no_money() -> None:
    facts = queries.facts(DEAL, Moment.ever(latest()), OFFICE)
    board = next(b for b in facts.boards if b.kind != "steering_group")
    meet("vbo-1", board=board.code)
    asked = order(euros=1, project="werken-1.1", meeting="vbo-1", taking_part=members(board.code))
    assert "B-07" in refused(asked)


def test_a_recorded_decision_never_changes_and_a_closed_list_takes_no_more() -> None:
    decision = decide(order(euros=10, project="werken-1.1"))
    other = replace(decision, text="Toch anders.")
    with pytest.raises(rules.DecisionStands):
        actions.record_decision(other, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    assert [d.text for d in decisions()] == ["Akkoord."]
    assert deciding.close_meeting(MEETING, deal=DEAL, by=ANNA, at=AT)
    assert not deciding.close_meeting(MEETING, deal=DEAL, by=ANNA, at=AT)
    assert refused(order(euros=10, project="wonen-1.1")) == ["B-05"]


def test_only_a_meeting_that_decided_can_be_closed() -> None:
    with pytest.raises(Refused, match="B-02"):
        deciding.close_meeting(MEETING, deal=DEAL, by=ANNA, at=AT)


def test_allocated_is_always_awarded_and_reserved_and_room() -> None:
    takes: list[Callable[[], object]] = [
        lambda: decide(order(euros=10_000, project="werken-1.1")),
        lambda: decide(order("reserve", 250_000, project="werken-9")),
        lambda: decide(order("release", 5_000, project="werken-3")),
        lambda: decide(order("stop", project="werken-16")),
        lambda: decide(order("reallocate", 1_000, project="wonen-1.1", giver="werken-3")),
    ]
    for take in takes:
        take()
        held = stands()
        for pillar, allocated in held.allocated.items():
            mine = [p for p in held.projects.values() if p.pillar == pillar]
            used = sum(p.total + p.reserved for p in mine)
            assert allocated == used + held.room[pillar]
    assert ledger.check_ledger() == ()


def test_all_that_is_known_is_read_at_once(django_assert_num_queries: Callable[..., Any]) -> None:
    meet()
    asked, moment = order("hold"), Moment.ever(latest())
    with django_assert_num_queries(1):
        known = knowing.known(asked, deal=DEAL, moment=moment, at=AT)
    assert known.meeting.code == MEETING
    assert known.pillars == tuple(p.code for p in deals.pillars(DEAL, moment, OFFICE))
    assert known.awarded == awards.facts(DEAL, moment, OFFICE)
    assert known.facts == queries.facts(DEAL, moment, OFFICE)
    assert set(known.projects) == {p.code for p in projects.facts(DEAL, moment, OFFICE).projects}
