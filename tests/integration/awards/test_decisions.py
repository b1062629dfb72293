"""Awarding, reserving and correcting: what the ledger holds follows from the decisions."""

from datetime import date

import pytest

from noaber.access.rules import PUBLIC
from noaber.awards import actions, queries
from noaber.awards.models import ReservationVersion
from noaber.awards.rules import (
    Award,
    AwardAfterEnd,
    Release,
    ReleaseExceeded,
    Reservation,
    ReservationExceeded,
    Tranche,
)
from noaber.core.dates import PartialDate
from noaber.ledger import queries as ledger
from noaber.ledger.actions import post
from noaber.ledger.rules import Account, Overdrawn, Stage, Transfer
from noaber.record.actions import retract, revision
from noaber.record.queries import check_chain, latest
from noaber.record.rules import Evidence, Moment
from tests.integration.ledger.small_deal import (
    ANNA,
    AT,
    DEAL,
    NO_EVIDENCE,
    TRANCHES,
    awarded,
    commitment,
    found,
    reserved,
    share_of,
)

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (t.effective_on for t in TRANCHES[:3])
EVER = date.max


@pytest.fixture(autouse=True)
def _a_deal(db: None) -> None:
    found()


def award(tranche: str, euros: int, project: str = "werken-9") -> bool:
    decision = Award(project, tranche, euros * 100, "printed", Evidence("programme", f"t{tranche}"))
    return actions.award(decision, deal=DEAL, by=ANNA, at=AT)


def reserve(tranche: str, euros: int, project: str = "werken-9") -> bool:
    decision = Reservation(project, euros * 100, tranche)
    return actions.reserve(decision, deal=DEAL, by=ANNA, at=AT)


def take_back(tranche: str) -> bool:
    return actions.take_back_award(deal=DEAL, project="werken-9", tranche=tranche, by=ANNA, at=AT)


def open_tranche(number: str, position: int, decided: PartialDate) -> bool:
    tranche = Tranche(number, position, decided, "printed")
    return actions.open_tranche(tranche, deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)


def euros(account: Account, on: date = EVER, known: int | None = None) -> int:
    moment = Moment(on, latest() if known is None else known)
    return sum(f.amount for f in ledger.flows(DEAL, moment) if f.account == account) // 100


def transfers_of(cause: str) -> list[Transfer]:
    rows = ledger.transfers(DEAL, Moment.ever(latest()))
    return [row for row in rows if row.posting.cause == cause]


def test_an_award_counts_from_the_date_of_its_tranche() -> None:
    award("2", 100)
    assert euros(awarded("werken-9"), FIRST) == 0
    assert euros(awarded("werken-9"), SECOND) == 100
    assert euros(share_of("werken"), SECOND) == 1_000_000 - 100


def test_a_corrected_award_is_a_reversal_and_a_new_transfer_from_the_original_date() -> None:
    award("2", 100)
    before = latest()
    assert award("2", 90)
    first, back, new = transfers_of("award:werken-9/2")
    assert (back.reverses, back.posting.amount, new.posting.amount) == (first.number, 10_000, 9_000)
    assert {t.posting.effective_on for t in (first, back, new)} == {SECOND}
    assert (euros(awarded("werken-9"), SECOND, before), euros(awarded("werken-9"), SECOND)) == (
        100,
        90,
    )
    assert new.evidence.locator == "t2"


def test_the_same_award_again_posts_nothing() -> None:
    award("2", 100)
    assert not award("2", 100)
    assert len(transfers_of("award:werken-9/2")) == 1


def test_werken_9_has_sixty_five_thousand_left_and_not_a_euro_more() -> None:
    award("1", 25_000)
    reserve("2", 180_000)
    award("3", 90_000)
    assert euros(reserved("werken-9"), SECOND) == 155_000
    assert euros(reserved("werken-9")) == 65_000
    before = latest()
    with pytest.raises(ReservationExceeded):
        award("4", 65_001)
    assert latest() == before
    award("4", 65_000)
    assert euros(reserved("werken-9")) == 0
    assert euros(awarded("werken-9")) == 180_000


def test_decisions_of_one_meeting_are_taken_together_or_not_at_all() -> None:
    decisions = [Award("werken-9", "3", 2_00, "printed"), Award("werken-1", "3", 1_00, "printed")]
    asked = Reservation("werken-9", 1_00, "2")
    before = latest()
    with pytest.raises(ReservationExceeded):
        actions.decide(deal=DEAL, awards=decisions, reservations=[asked], by=ANNA, at=AT)
    assert (latest(), euros(awarded("werken-1"))) == (before, 0)
    assert not queries.facts(DEAL, Moment.ever(latest()), PUBLIC).awards
    enough = Reservation("werken-9", 2_00, "2")
    count = actions.decide(deal=DEAL, awards=decisions, reservations=[enough], by=ANNA, at=AT)
    assert (count, latest()) == (3, before + 1)


def test_a_reservation_made_smaller_or_larger_moves_what_is_open() -> None:
    award("3", 90)
    reserve("2", 180)
    reserve("2", 90)
    assert euros(reserved("werken-9")) == 0
    with pytest.raises(ReservationExceeded):
        reserve("2", 89)
    reserve("2", 100)
    assert (euros(reserved("werken-9")), euros(awarded("werken-9"))) == (10, 90)


def test_a_reservation_made_known_earlier_takes_in_awards_made_meanwhile() -> None:
    award("2", 40)
    reserve("3", 100)
    assert euros(reserved("werken-9"), SECOND) == 0
    reserve("1", 100)
    assert euros(reserved("werken-9"), FIRST) == 100
    assert euros(reserved("werken-9"), SECOND) == 60


def test_an_award_taken_back_was_never_made_as_known_from_then_on() -> None:
    award("2", 100)
    before = latest()
    assert take_back("2")
    assert not take_back("2")
    assert (euros(awarded("werken-9"), EVER, before), euros(awarded("werken-9"))) == (100, 0)
    assert queries.facts(DEAL, Moment.ever(latest()), PUBLIC).awards == ()
    assert len(queries.facts(DEAL, Moment.ever(before), PUBLIC).awards) == 1
    award("2", 70)
    assert euros(awarded("werken-9"), SECOND) == 70


def test_an_award_taken_back_goes_back_to_its_reservation() -> None:
    reserve("1", 100)
    award("2", 60)
    take_back("2")
    assert (euros(reserved("werken-9")), euros(share_of("werken"))) == (100, 1_000_000 - 100)


def test_an_award_that_was_committed_cannot_be_taken_back_or_made_too_small() -> None:
    award("2", 100)
    post([commitment("1", 80_00)], deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    with pytest.raises(Overdrawn):
        take_back("2")
    with pytest.raises(Overdrawn):
        award("2", 79)
    assert award("2", 80)
    assert euros(awarded("werken-9")) == 0


def test_a_tranche_that_gets_another_date_moves_its_awards_and_reservations() -> None:
    award("2", 100)
    reserve("2", 300, "wonen-1")
    award("2", 50, "wonen-1")
    before = latest()
    assert open_tranche("2", 2, PartialDate(2021, 3))
    moved = date(2021, 3, 31)
    for account, amount in ((awarded("werken-9"), 100), (reserved("wonen-1"), 250)):
        assert [euros(account, on) for on in (SECOND, moved)] == [0, amount]
        assert euros(account, SECOND, before) == amount
    (known,) = (
        a for a in queries.facts(DEAL, Moment(moved, latest()), PUBLIC).awards if a.amount == 10_000
    )
    assert known.evidence.locator == "t2"
    assert not queries.facts(DEAL, Moment(SECOND, latest()), PUBLIC).awards


def test_a_reservation_raised_in_a_later_tranche_leaves_the_earlier_one_as_it_was() -> None:
    reserve("2", 100)
    reserve("3", 150)
    assert (euros(reserved("werken-9"), SECOND), euros(reserved("werken-9"))) == (100, 150)
    facts = queries.facts(DEAL, Moment(SECOND, latest()), PUBLIC)
    assert [r.amount for r in facts.standing_reservations] == [100_00]
    facts = queries.facts(DEAL, Moment(EVER, latest()), PUBLIC)
    assert [(r.tranche, r.amount) for r in facts.standing_reservations] == [("3", 150_00)]
    actions.take_back_reservation(deal=DEAL, project="werken-9", tranche="3", by=ANNA, at=AT)
    assert euros(reserved("werken-9")) == 100


def test_a_reservation_recorded_under_its_project_alone_is_corrected_under_that_code() -> None:
    reserve("2", 100)
    (row,) = ReservationVersion.objects.all()
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    with revision(by=ANNA, at=AT, action="test", subject="old") as r:
        retract(ReservationVersion, key={"deal": row.deal, "code": row.code}, stamp=r)
        old = {**columns, "id": None, "code": "werken-9", "revision_id": r.number}
        ReservationVersion.objects.create(**old)
    assert not reserve("2", 100)
    assert reserve("2", 90)
    assert euros(reserved("werken-9")) == 90


def release(euros: int, of: str, on: PartialDate, code: str = "r1") -> int:
    item = Release(code, "werken-9", euros * 100, on, of, Evidence("decisions", "1"))
    return actions.release([item], deal=DEAL, by=ANNA, at=AT)


def test_a_release_gives_room_back_from_its_day_and_the_past_stays() -> None:
    award("2", 100)
    on = PartialDate(2022, 1, 1)
    assert release(40, "2", on) == 1
    assert release(40, "2", on) == 0
    before = date(2021, 12, 30)
    assert (euros(awarded("werken-9"), before), euros(awarded("werken-9"))) == (100, 60)
    assert euros(share_of("werken")) == 1_000_000 - 60
    release(100, "2", on)
    assert euros(awarded("werken-9")) == 0
    assert actions.take_back_release("r1", deal=DEAL, by=ANNA, at=AT)
    assert not actions.take_back_release("r1", deal=DEAL, by=ANNA, at=AT)
    assert euros(awarded("werken-9")) == 100


def test_what_is_committed_cannot_be_released() -> None:
    award("2", 100)
    on = date(2021, 2, 1)
    post([commitment("1", 61_00, on=on)], deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    before = latest()
    with pytest.raises(Overdrawn):
        release(40, "2", PartialDate(2022, 1, 1))
    with pytest.raises(ReleaseExceeded):
        release(101, "2", PartialDate(2022, 1, 1))
    assert latest() == before


def test_a_release_that_moves_to_another_project_leaves_the_first_as_it_was() -> None:
    award("2", 100)
    award("2", 100, project="werken-1")
    on = PartialDate(2022, 1, 1)
    release(40, "2", on)
    other = Release("r1", "werken-1", 40_00, on, "2")
    actions.release([other], deal=DEAL, by=ANNA, at=AT)
    assert (euros(awarded("werken-9")), euros(awarded("werken-1"))) == (100, 60)
    # Nor does what is decided of the first take it back from the second.
    award("3", 5)
    assert (euros(awarded("werken-9")), euros(awarded("werken-1"))) == (105, 60)


def test_a_tranche_whose_money_was_committed_before_its_new_date_cannot_move() -> None:
    award("2", 100)
    on = date(2021, 2, 1)
    post([commitment("1", 1, on=on)], deal=DEAL, evidence=NO_EVIDENCE, by=ANNA, at=AT)
    with pytest.raises(Overdrawn):
        open_tranche("2", 2, PartialDate(2021, 3))
    assert euros(awarded("werken-9"), SECOND) == 100


def test_a_tranche_without_awards_or_change_posts_nothing() -> None:
    before = len(ledger.transfers(DEAL, Moment.ever(latest())))
    assert open_tranche("2", 2, PartialDate(2021, 3))
    assert not open_tranche("2", 2, PartialDate(2021, 3))
    assert len(ledger.transfers(DEAL, Moment.ever(latest()))) == before


def test_after_the_end_of_the_deal_nothing_is_awarded() -> None:
    open_tranche("7", 7, PartialDate(2024, 12, 31))
    open_tranche("8", 8, PartialDate(2025, 1, 1))
    award("7", 1)
    with pytest.raises(AwardAfterEnd, match=r"31 december 2024.*1 januari 2025"):
        award("8", 1)


def test_a_tranche_with_awards_does_not_move_past_the_end_of_the_deal() -> None:
    award("2", 1)
    reserve("3", 10, "wonen-1")
    with pytest.raises(AwardAfterEnd):
        open_tranche("2", 2, PartialDate(2025, 1, 1))
    assert euros(awarded("werken-9"), SECOND) == 1
    assert open_tranche("3", 3, PartialDate(2025, 1, 1))


def test_awards_and_reservations_are_told_as_they_were_known() -> None:
    award("2", 100)
    before = latest()
    award("2", 90)
    reserve("3", 200)
    held = {a.code: a.amount for a in queries.facts(DEAL, Moment(SECOND, before), PUBLIC).awards}
    assert held == {"werken-9/2": 10_000}
    assert [a.amount for a in queries.facts(DEAL, Moment(SECOND, latest()), PUBLIC).awards] == [
        9_000
    ]
    assert queries.facts(DEAL, Moment(SECOND, latest()), PUBLIC).reservations == ()
    assert len(queries.facts(DEAL, Moment(THIRD, latest()), PUBLIC).reservations) == 1


def test_whatever_is_decided_record_and_ledger_stay_whole() -> None:
    award("1", 25)
    reserve("2", 180)
    award("3", 90)
    award("1", 30)
    take_back("3")
    open_tranche("2", 2, PartialDate(2021, 3))
    assert ledger.check_ledger() == ()
    assert check_chain() == ()
    assert sum(f.amount for f in ledger.flows(DEAL, Moment.ever(latest()))) == 0
    assert euros(Account(Stage.DEAL, DEAL)) == -2_000_000
