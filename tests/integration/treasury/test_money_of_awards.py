"""Committing, paying, settling and recovering: what the ledger holds follows from the facts."""

from datetime import date

import pytest

from noaber.access.rules import OFFICE, PUBLIC
from noaber.awards import queries as awards
from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.core.dates import PartialDate
from noaber.deals.rules import OVERHEAD
from noaber.ledger import queries as ledger
from noaber.ledger.rules import Account, Overdrawn, Stage
from noaber.record.queries import check_chain, latest
from noaber.record.rules import AlreadyRecorded, Evidence, Moment
from noaber.treasury import queries
from noaber.treasury.actions import Step, record_condition, record_steps, take_back
from noaber.treasury.problems import OutOfOrder
from noaber.treasury.rules import (
    Commitment,
    CommittedAfterEnd,
    Condition,
    GivenAway,
    NotAwarded,
    Payment,
    Recovery,
    Settlement,
)
from tests.integration.ledger.small_deal import ANNA, AT, DEAL, LEAD, found, share

pytestmark = pytest.mark.django_db

EVER = date.max


@pytest.fixture(autouse=True)
def _a_deal(db: None) -> None:
    found()
    give(1_000)


def give(euros: int, tranche: str = "1", project: str = "werken-9") -> None:
    award(Award(project, tranche, euros * 100, "printed"), deal=DEAL, by=ANNA, at=AT)


MADE = PartialDate(2021, 1, 5)


def committed(euros: int, on: PartialDate = MADE, **other: str) -> Commitment:
    given = {"project": "werken-9", "code": "B-1", **other}
    return Commitment(
        given["code"], LEAD.code, euros * 100, on, "grant_decision", given["project"],
        evidence=Evidence("register", given["code"]),
    )  # fmt: skip


def paid(euros: int, month: int, code: str = "P-1", kind: str = "advance") -> Payment:
    return Payment(code, "B-1", euros * 100, PartialDate(2021, month, 1), kind)


def settled(euros: int, month: int) -> Settlement:
    return Settlement("B-1", euros * 100, PartialDate(2021, month, 1), "verklaring")


def back(euros: int, month: int) -> Recovery:
    return Recovery("T-1", "B-1", euros * 100, PartialDate(2021, month, 1))


def record(*steps: Step, key: str | None = None) -> int:
    return record_steps(steps, deal=DEAL, by=ANNA, at=AT, idempotency_key=key)


def stages(on: date = EVER) -> dict[str, int]:
    """Euros per stage of the project and its commitment."""
    totals: dict[str, int] = {}
    for flow in ledger.flows(DEAL, Moment(on, latest())):
        if flow.account.holder in ("werken-9", "B-1"):
            stage = flow.account.stage.value
            totals[stage] = totals.get(stage, 0) + flow.amount // 100
    return {stage: euros for stage, euros in totals.items() if euros}


def test_a_commitment_an_advance_a_settlement_and_the_final_payment() -> None:
    record(committed(800))
    assert stages() == {"awarded": 200, "committed": 800}
    record(paid(500, 2))
    assert stages() == {"awarded": 200, "committed": 300, "paid": 500}
    record(settled(700, 6))
    assert stages() == {"awarded": 200, "committed": 200, "settled": 500}
    record(paid(200, 7, "P-2", "final"))
    assert stages() == {"awarded": 200, "settled": 700}
    assert stages(date(2021, 5, 31)) == {"awarded": 200, "committed": 300, "paid": 500}
    assert (check_chain(), ledger.check_ledger()) == ((), ())


def test_what_was_paid_too_much_waits_on_the_account_until_it_is_back() -> None:
    record(committed(800), paid(800, 2), settled(700, 6))
    assert stages() == {"awarded": 200, "paid": 100, "settled": 700}
    record(back(100, 9))
    assert stages() == {"awarded": 200, "settled": 700}


def released() -> list[tuple[str, int, str]]:
    """Tranche, euros and day of what flowed back to the pillar."""
    found = awards.facts(DEAL, Moment.ever(latest()), PUBLIC).releases
    return sorted((r.of, r.amount // 100, str(r.on)) for r in found)


def test_what_falls_free_flows_back_to_the_pillar_from_the_latest_award() -> None:
    give(60, "2")
    record(committed(1_060), paid(1_060, 2))
    record(settled(1_060, 6))
    assert released() == []
    record(settled(900, 6))
    assert released() == []
    record(back(160, 9))
    assert released() == [("1", 100, "2021-09-01"), ("2", 60, "2021-09-01")]
    assert stages() == {"settled": 900}
    assert share_left() == 1_000_000_00 - 900_00
    assert (check_chain(), ledger.check_ledger()) == ((), ())


def share_left() -> int:
    """What the pillar has, in cents."""
    flows = ledger.flows(DEAL, Moment(EVER, latest()))
    return sum(f.amount for f in flows if f.account == Account(Stage.PILLAR, "werken", "werken"))


def test_what_fell_free_goes_with_a_commitment_to_another_project() -> None:
    give(1_000, project="werken-1")
    record(committed(1_000), settled(700, 6))
    record(committed(1_000, project="werken-1"))
    assert released() == [("1", 300, "2021-06-01")]
    assert share_left() == 1_000_000_00 - 1_700_00
    record(settled(900, 6))
    assert share_left() == 1_000_000_00 - 1_900_00
    # What is decided of the project that it was of leaves it alone.
    give(50, "2")
    assert share_left() == 1_000_000_00 - 1_950_00
    assert ledger.check_ledger() == ()


def test_a_settlement_corrected_upwards_takes_back_what_flowed_back() -> None:
    record(committed(1_000), paid(500, 2), settled(700, 6))
    assert released() == [("1", 300, "2021-06-01")]
    record(settled(950, 6))
    assert released() == [("1", 50, "2021-06-01")]
    assert stages() == {"committed": 450, "settled": 500}
    record(paid(450, 8, "P-2", "final"))
    assert released() == [("1", 50, "2021-06-01")]
    assert take_back(paid(450, 8, "P-2", "final"), deal=DEAL, by=ANNA, at=AT)
    assert take_back(settled(950, 6), deal=DEAL, by=ANNA, at=AT)
    assert released() == []
    assert stages() == {"committed": 500, "paid": 500}


def test_what_was_released_can_be_awarded_again_but_not_committed() -> None:
    record(committed(1_000), settled(700, 6))
    with pytest.raises(NotAwarded):
        record(committed(1, PartialDate(2021, 7, 1), code="B-2"))
    give(100, "6")
    record(committed(100, PartialDate(2022, 7, 1), code="B-2"))


def test_what_fell_free_and_was_awarded_anew_cannot_be_settled_after_all() -> None:
    record(committed(1_000), paid(500, 2), settled(700, 6))
    everything = 2_000_000 - 700
    give(everything, "6", "wonen-1")
    with pytest.raises(GivenAway, match="€ 300".replace(" ", "\u00a0")):
        record(settled(1_000, 6))
    with pytest.raises(GivenAway):
        take_back(settled(700, 6), deal=DEAL, by=ANNA, at=AT)
    assert released() == [("1", 300, "2021-06-01")]


def test_a_payment_that_was_of_another_commitment_takes_its_money_along() -> None:
    record(committed(100), committed(100, code="B-2"), paid(80, 2), settled(50, 6))
    moved = Payment("P-1", "B-2", 80_00, PartialDate(2021, 2, 1), "advance")
    record(moved)
    assert released() == [("1", 50, "2021-06-01")]
    held: dict[tuple[str, str], int] = {}
    for flow in ledger.flows(DEAL, Moment.ever(latest())):
        account = flow.account.stage.value, flow.account.holder
        held[account] = held.get(account, 0) + flow.amount // 100
    assert (held["committed", "B-1"], held["committed", "B-2"], held["paid", "B-2"]) == (50, 20, 80)
    assert (check_chain(), ledger.check_ledger()) == ((), ())


def test_a_corrected_settlement_is_reversed_and_posted_anew_from_its_date() -> None:
    record(committed(800), paid(500, 2), settled(700, 6))
    before = latest()
    assert record(settled(750, 6)) == 1
    assert stages() == {"awarded": 200, "committed": 250, "settled": 500}
    moment = Moment(EVER, before)
    assert {f.amount for f in ledger.flows(DEAL, moment) if f.account.stage == Stage.SETTLED} == {
        500_00
    }
    every = ledger.transfers(DEAL, Moment.ever(latest()))
    reversals = [t for t in every if t.reverses]
    assert {t.posting.effective_on for t in reversals} == {date(2021, 6, 1)}


def test_a_payment_that_belongs_to_another_commitment_moves_there() -> None:
    record(committed(400), committed(400, code="B-2"), paid(300, 2))
    moved = Payment("P-1", "B-2", 300_00, PartialDate(2021, 2, 1), "advance")
    assert record(moved) == 1
    assert stages() == {"awarded": 200, "committed": 400}
    assert ledger.check_ledger() == ()


def test_a_settlement_taken_back_leaves_the_commitment_as_it_was() -> None:
    record(committed(800), paid(500, 2))
    record(settled(700, 6))
    assert take_back(settled(700, 6), deal=DEAL, by=ANNA, at=AT)
    assert stages() == {"awarded": 200, "committed": 300, "paid": 500}
    assert not take_back(settled(700, 6), deal=DEAL, by=ANNA, at=AT)


def test_a_settlement_on_which_a_final_payment_rests_is_not_taken_back() -> None:
    record(committed(800), settled(700, 6), paid(700, 7, "P-2", "final"))
    with pytest.raises(OutOfOrder, match="nog niet vastgesteld"):
        take_back(settled(700, 6), deal=DEAL, by=ANNA, at=AT)


def test_more_than_what_is_awarded_is_not_committed() -> None:
    before = latest()
    with pytest.raises(NotAwarded, match="0,01"):
        record(Commitment("B-1", LEAD.code, 1_000_01, PartialDate(2021), "agreement", "werken-9"))
    assert latest() == before
    record(committed(1_000))
    with pytest.raises(NotAwarded):
        record(committed(1, code="B-2"))


def test_what_falls_free_at_a_settlement_is_not_committed_later() -> None:
    record(committed(700, PartialDate(2022, 6, 1), code="B-2"))
    before = latest()
    with pytest.raises(NotAwarded, match="1 juni 2022 is €\xa0300 te weinig"):
        record(committed(600), settled(100, 6))
    assert latest() == before
    assert record(committed(300), settled(100, 6)) == 2


def test_nothing_is_committed_before_the_day_of_the_award() -> None:
    with pytest.raises(NotAwarded, match="Eerst wordt toegekend"):
        record(committed(10, PartialDate(2020, 1, 2)))


def test_an_award_is_not_lowered_below_what_is_committed() -> None:
    record(committed(800))
    with pytest.raises(Overdrawn, match="toegekend"):
        give(700)


def test_a_payment_before_its_commitment_says_what_comes_first() -> None:
    with pytest.raises(OutOfOrder, match="Leg eerst de verplichting vast"):
        record(paid(10, 2))
    record(committed(800))
    with pytest.raises(OutOfOrder, match="Verhoog eerst de verplichting"):
        record(paid(801, 2))


def test_after_the_end_of_the_deal_nothing_is_committed_but_settled_and_recovered() -> None:
    record(committed(800), paid(800, 2))
    with pytest.raises(CommittedAfterEnd, match="31 december 2024"):
        record(committed(10, PartialDate(2025, 1, 1), code="B-2"))
    record(
        Settlement("B-1", 600_00, PartialDate(2025, 3, 1)),
        Recovery("T-1", "B-1", 200_00, PartialDate(2025, 6, 1)),
    )
    assert stages() == {"awarded": 200, "settled": 600}


def test_overhead_is_committed_from_its_own_share_and_what_is_left_returns_there() -> None:
    share(OVERHEAD, 500_00)
    record(committed(300, code="B-1", project=""), paid(100, 2, kind="invoice"), settled(100, 6))
    assert stages() == {"awarded": 1_000, "settled": 100}
    flows = ledger.flows(DEAL, Moment(EVER, latest()))
    left = sum(f.amount for f in flows if f.account.stage == Stage.OVERHEAD)
    assert left == 400_00
    with pytest.raises(NotAwarded, match="overhead"):
        record(committed(401, code="B-2", project=""))


def test_the_same_facts_again_post_nothing() -> None:
    steps = (committed(800), paid(500, 2), settled(700, 6))
    assert record(*steps) == 3
    before = len(ledger.transfers(DEAL, Moment.ever(latest())))
    assert record(*steps) == 0
    assert len(ledger.transfers(DEAL, Moment.ever(latest()))) == before


def test_what_is_sent_twice_is_recorded_once() -> None:
    record(committed(800), key="form-1")
    with pytest.raises(AlreadyRecorded):
        record(committed(800), key="form-1")


def test_amounts_are_public_and_conditions_are_for_the_office() -> None:
    record(committed(800))
    for audience in ("office", "public"):
        number = 1 if audience == "office" else 2
        condition = Condition("B-1", number, "Meldt wijzigingen vooraf.", audience)
        assert record_condition(
            condition, deal=DEAL, since=date(2021, 1, 5), evidence=Evidence(), by=ANNA, at=AT
        )
    moment = Moment(EVER, latest())
    public, office = (queries.facts(DEAL, moment, a) for a in (PUBLIC, OFFICE))
    assert public.commitments == office.commitments
    assert [c.number for c in public.conditions] == [2]
    assert [c.number for c in office.conditions] == [1, 2]


def test_each_transfer_carries_the_source_of_its_fact() -> None:
    record(committed(800))
    (posted,) = (
        t
        for t in ledger.transfers(DEAL, Moment.ever(latest()))
        if t.posting.cause == "commitment:B-1"
    )
    assert posted.evidence.locator == "B-1"
