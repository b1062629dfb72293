"""The board of a pillar advises on a proposal in its meeting: what is recorded, refused and never public."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from noaber.access.rules import OFFICE, PUBLIC, Audience
from noaber.core.finding import Refused
from noaber.decisions import actions, deciding, queries
from noaber.decisions.effects import Order
from noaber.decisions.rules import AgendaItem, Board, Decision, DecisionStands, Interest, Seat
from noaber.editions import closing
from noaber.imports.exporting import exported
from noaber.ledger import queries as ledger
from noaber.monitor import queries as monitor
from noaber.monitor.decided import DecisionView
from noaber.proposals import actions as proposals
from noaber.proposals import queries as proposal_queries
from noaber.proposals.rules import Comment, Content, Proposal
from noaber.record.queries import check_chain, latest
from noaber.record.rules import AlreadyRecorded, Evidence, Moment
from tests.factories.advice import MEETING, advice, advised, put_on_agenda
from tests.factories.people import ANNA
from tests.factories.proposals import complete
from tests.integration.decisions.meetings import DEAL

SENT_IN = datetime(2022, 2, 1, 10, tzinfo=UTC)
AT = datetime(2022, 3, 1, 20, tzinfo=UTC)
LATER = datetime(2022, 3, 15, 20, tzinfo=UTC)
BOARD = Audience(frozenset({"public", "board"}))
WHO: Mapping[str, Any] = {"deal": DEAL, "by": ANNA}

pytestmark = pytest.mark.usefixtures("reference_register")


def sent_in(content: Content | None = None) -> str:
    code = proposals.write(code="", content=content or complete(), at=SENT_IN, **WHO)
    proposals.send_in(code=code, at=SENT_IN, **WHO)
    return code


def on_agenda(content: Content | None = None, **given: Any) -> AgendaItem:
    return put_on_agenda(sent_in(content), at=given.pop("at", AT), **WHO, **given)


def advise(order: Order, *, at: datetime = AT, key: str | None = None) -> Decision:
    return deciding.decide(order, deal=DEAL, by=ANNA, at=at, key=key)


def proposal(code: str = "v1") -> Proposal:
    found = proposal_queries.proposal(DEAL, code, Moment(LATER.date(), latest()), OFFICE)
    assert found is not None
    return found


def decisions(audience: Audience = OFFICE) -> tuple[Decision, ...]:
    return queries.facts(DEAL, Moment.ever(latest()), audience).decisions


def views(audience: Audience) -> tuple[DecisionView, ...]:
    """The decisions as somebody is shown them."""
    deal = monitor.view(DEAL, Moment(LATER.date(), latest()), audience)
    assert deal is not None
    return monitor.decisions(deal, audience)


def refused(order: Order, *, at: datetime = AT) -> list[str]:
    """The rules by which an advice is refused; nothing is recorded."""
    before = latest()
    with pytest.raises(Refused) as wrong:
        advise(order, at=at)
    assert latest() == before
    assert all(f.message and f.where for f in wrong.value.findings)
    return [f.rule for f in wrong.value.findings]


def test_an_advice_brings_its_proposal_on_and_says_in_which_meeting_it_was_given() -> None:
    item = on_agenda()
    money = ledger.flows(DEAL, Moment.ever(latest()))
    given = advise(advice(item, opinion="conditional", text="Mits de scholen tekenen."), at=LATER)
    found = proposal()
    assert (found.phase, found.advice) == ("advised", found.steps[-1])
    step = found.steps[-1]
    assert (step.opinion, step.text, step.decision) == (
        "conditional", "Mits de scholen tekenen.", given.code,
    )  # fmt: skip
    assert step.on == AT.date()
    assert (given.opinion, given.kind, given.title) == ("conditional", "advise", item.title)
    where = queries.given_in(DEAL, [given.code], Moment.ever(latest()))[given.code]
    assert (where.meeting.code, where.board.name) == (MEETING, "Vakbestuurlijk overleg Werken")
    assert where.meeting.state == "held"
    assert ledger.flows(DEAL, Moment.ever(latest())) == money
    assert check_chain() == ()


def test_an_advice_is_for_who_reads_the_point_and_never_public() -> None:
    given = advised("v1", at=AT, **WHO) if sent_in() else None
    assert given is not None
    assert given.readers == "board"
    assert [d.code for d in decisions(BOARD)] == [given.code]
    assert decisions(PUBLIC) == ()
    sources = exported(DEAL, latest(), PUBLIC)["bronnen"]
    assert not [row for row in sources if MEETING in str(row.values())]
    assert exported(DEAL, latest(), PUBLIC)["besluiten"] == []


@pytest.mark.parametrize(("readers", "labelled"), [("public", "board"), ("office", "office")])
def test_an_advice_at_a_point_is_read_by_no_more_than_read_the_point(
    readers: str, labelled: str
) -> None:
    assert advise(advice(on_agenda(readers=readers))).readers == labelled


def test_no_number_is_missing_for_who_may_not_read_advice() -> None:
    item = on_agenda()
    before = Order(MEETING, "other", "Werkwijze", "Zo doen we het.")
    assert advise(before).number == 1
    advise(advice(item))
    assert advise(replace(before, title="Volgende keer")).number == 2
    assert [d.decision.number for d in views(PUBLIC)] == [1, 2]
    assert [d.opinion for d in views(BOARD)] == ["", "", "positief"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    item = on_agenda(complete(risks=(), continuation=""), board="stuurgroep", meeting="sg")
    order = advice(item, opinion="goed", text=" ", item="", taking_part=("stuurgroep-emmen",))
    found = refused(order, at=AT - timedelta(days=1))
    assert found == ["B-04", "B-06", "B-41", "B-42", "B-43", "V-1a", "V-1a"]


def test_only_the_board_of_its_own_pillar_advises_on_a_proposal() -> None:
    assert refused(advice(on_agenda(board="vakbestuurlijk-wonen"))) == ["B-42"]
    team = on_agenda(board="ontwikkelteam-werken", meeting="ow")
    assert refused(advice(team, taking_part=("ontwikkelteam-werken-regisseur",))) == ["B-42"]
    everywhere = Board("vakbestuurlijk", "pillar_board", "Vakbestuurlijk overleg", 20, "Adviseert.")
    actions.record_board(everywhere, since=SENT_IN.date(), evidence=Evidence(), at=SENT_IN, **WHO)
    advise(advice(on_agenda(board="vakbestuurlijk", meeting="allen")))


def test_what_is_advised_on_stands_on_the_agenda_of_the_meeting() -> None:
    item, other = on_agenda(), on_agenda(meeting="werken-2022-2")
    assert refused(advice(item, item="")) == ["B-43"]
    assert refused(advice(item, proposal=other.proposal)) == ["B-43"]
    assert refused(advice(other, meeting=item.meeting)) == ["B-43"]
    advise(advice(item))


def test_a_proposal_is_advised_on_after_it_was_sent_in_and_before_it_is_put_forward() -> None:
    concept = proposals.write(code="", content=complete(), at=SENT_IN, **WHO)
    item = put_on_agenda(concept, at=AT, **WHO)
    assert refused(advice(item)) == ["B-44"]
    proposals.send_in(code=concept, at=LATER, **WHO)
    assert refused(advice(item), at=LATER) == ["B-45"]
    item = put_on_agenda(concept, at=LATER, meeting="werken-2022-2", **WHO)
    advise(advice(item), at=LATER)
    proposals.nominate(code=concept, at=LATER, **WHO)
    assert refused(advice(item, supersedes="werken-2022-2-1001"), at=LATER) == ["B-44"]


def test_a_second_advice_on_a_version_takes_the_place_of_the_first() -> None:
    item = on_agenda()
    first = advise(advice(item, opinion="negative"))
    assert refused(advice(item)) == ["B-46"]
    second = advise(advice(item, supersedes=first.code))
    assert refused(advice(item, supersedes=first.code)) == ["B-30", "B-46"]
    assert (proposal().advice or proposal().steps[0]).decision == second.code
    assert [d.stands for d in views(BOARD)] == [False, True]


def test_another_version_is_advised_on_anew() -> None:
    item = on_agenda()
    advise(advice(item))
    proposals.send_back(code="v1", comments=[Comment("geld", "Te duur.")], at=AT, **WHO)
    proposals.send_in(code="v1", at=LATER, **WHO)
    assert proposal().advice is None
    later = put_on_agenda("v1", at=LATER, meeting="werken-2022-2", **WHO)
    advise(advice(later, opinion="negative"), at=LATER)
    assert (proposal().phase, proposal().steps[-1].number) == ("advised", 2)


def test_advice_takes_the_place_of_advice_and_of_nothing_else() -> None:
    item = on_agenda()
    other = advise(Order(MEETING, "other", "Werkwijze", "Zo.", proposal="v1"))
    assert refused(advice(item, supersedes=other.code)) == ["B-47"]
    given = advise(advice(item))
    order = Order(MEETING, "other", "Toch niet", "Zo.", proposal="v1", supersedes=given.code)
    assert refused(order) == ["B-47"]


def test_an_opinion_belongs_to_advice_on_a_proposal() -> None:
    on_agenda()
    order = Order(MEETING, "other", "Werkwijze", "Zo.", opinion="positive")
    assert refused(order) == ["B-41"]
    general = replace(order, kind="advise", opinion="")
    assert advise(general).readers == "public"


def test_who_has_an_interest_takes_no_part_in_advising() -> None:
    item = on_agenda()
    seats = [Seat("vakbestuurlijk-werken", place, n, "lid") for n, place in enumerate("ab", 1)]
    for seat in seats:
        actions.record_seat(
            seat, since=SENT_IN.date(), until=None, evidence=Evidence(), at=SENT_IN, **WHO
        )
    actions.record_interest(
        Interest(item.code, seats[0].code, "trekt het"), evidence=Evidence(), at=AT, **WHO
    )
    both = tuple(seat.code for seat in seats)
    assert refused(advice(item)) == ["B-18"]
    assert refused(advice(item, taking_part=both)) == ["B-28"]
    given = advise(advice(item, taking_part=both[1:]))
    assert (given.taking_part, given.absent) == (both[1:], both[:1])


def test_the_same_form_sent_twice_advises_once() -> None:
    item = on_agenda()
    advise(advice(item), key="form-1")
    with pytest.raises(AlreadyRecorded):
        advise(advice(item), key="form-1")
    assert len(decisions()) == len([s for s in proposal().steps if s.step == "advise"]) == 1


def test_the_list_of_a_meeting_that_advised_is_closed_as_any_other() -> None:
    item = on_agenda()
    given = advise(advice(item))
    assert closing.close_meeting(MEETING, at=AT, **WHO) is None
    assert "B-05" in refused(advice(item, supersedes=given.code))
    with pytest.raises(DecisionStands):
        actions.record_decision(
            replace(given, opinion="negative"), evidence=Evidence(), at=AT, **WHO
        )
