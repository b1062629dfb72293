"""Posting, taking back and adding up transfers of a small deal."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from noaber.awards.actions import award
from noaber.awards.rules import Award
from noaber.core.dates import PartialDate
from noaber.ledger import actions, queries
from noaber.ledger.rules import (
    Account,
    AlreadyReversed,
    Kind,
    Overdrawn,
    Posting,
    Stage,
    Transfer,
)
from noaber.record.queries import check_chain, latest
from noaber.record.rules import AlreadyRecorded, Evidence, Moment
from tests.integration.ledger.small_deal import (
    ANNA,
    AT,
    DEAL,
    NO_EVIDENCE,
    awarded,
    commitment,
    committed,
    found,
    share,
    share_of,
)

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2023, 1, 1)
LATER = date(2023, 6, 1)


@pytest.fixture(autouse=True)
def _a_thousand_euro_awarded(db: None) -> None:
    found()
    award(Award("werken-9", "1", 1_000_00, "printed"), deal=DEAL, by=ANNA, at=AT)


def post(*postings: Posting, deal: str = DEAL, key: str | None = None) -> tuple[int, ...]:
    return actions.post(
        postings, deal=deal, evidence=NO_EVIDENCE, by=ANNA, at=AT, idempotency_key=key
    )


def reverse(number: int) -> int:
    return actions.reverse(number, evidence=NO_EVIDENCE, memo="vergissing", by=ANNA, at=AT)


def balance(account: Account, on: date = date.max, known: int | None = None) -> int:
    moment = Moment(on, latest() if known is None else known)
    return sum(f.amount for f in queries.flows(DEAL, moment) if f.account == account)


def all_transfers() -> tuple[Transfer, ...]:
    return queries.transfers(DEAL, Moment.ever(latest()))


def test_what_is_committed_leaves_the_award() -> None:
    post(commitment("1", 400_00))
    assert balance(awarded("werken-9")) == 600_00
    assert balance(committed("werken-9")) == 400_00


def test_one_cent_too_much_is_refused_and_nothing_is_posted() -> None:
    before = (len(all_transfers()), latest())
    with pytest.raises(Overdrawn) as refused:
        post(commitment("1", 999_00), commitment("2", 1_01))
    assert refused.value.short == 1
    assert (len(all_transfers()), latest()) == before
    post(commitment("1", 1_000_00))
    assert balance(awarded("werken-9")) == 0


def test_money_of_another_project_or_deal_does_not_help() -> None:
    found("tweede")
    award(Award("werken-9", "1", 5_000_00, "printed"), deal="tweede", by=ANNA, at=AT)
    with pytest.raises(Overdrawn):
        post(commitment("1", 1, project="werken-1"))
    with pytest.raises(Overdrawn):
        post(commitment("1", 1_000_01))
    post(commitment("1", 1_000_01), deal="tweede")
    assert balance(awarded("werken-9")) == 1_000_00


def test_a_transfer_dated_before_the_award_is_refused() -> None:
    with pytest.raises(Overdrawn) as refused:
        post(commitment("1", 1, on=date(2020, 1, 1)))
    assert refused.value.on == date(2020, 1, 1)


def test_a_transfer_dated_back_that_overdraws_later_is_refused() -> None:
    post(commitment("1", 900_00, on=LATER))
    with pytest.raises(Overdrawn) as refused:
        post(commitment("2", 200_00, on=NEW_YEAR))
    assert (refused.value.on, refused.value.short) == (LATER, 100_00)
    post(commitment("2", 100_00, on=NEW_YEAR))


def test_a_pillar_may_pass_its_indicative_share() -> None:
    award(Award("werken-9", "2", 2_000_000_00, "printed"), deal=DEAL, by=ANNA, at=AT)
    assert balance(share_of("werken")) == 1_000_000_00 - 2_001_000_00
    assert queries.check_ledger() == ()


def test_a_reversal_restores_what_was_from_the_date_of_what_it_takes_back() -> None:
    (number,) = post(commitment("1", 400_00))
    posted = latest()
    back = reverse(number)
    assert balance(awarded("werken-9"), NEW_YEAR) == 1_000_00
    assert balance(awarded("werken-9"), NEW_YEAR, posted) == 600_00
    row = next(t for t in all_transfers() if t.number == back)
    assert (row.reverses, row.posting.effective_on, row.posting.memo) == (
        number,
        NEW_YEAR,
        "vergissing",
    )


def test_a_transfer_is_taken_back_once() -> None:
    (number,) = post(commitment("1", 400_00))
    back = reverse(number)
    for again in (number, back):
        with pytest.raises(AlreadyReversed, match=str(again)):
            reverse(again)
    assert balance(awarded("werken-9")) == 1_000_00


def test_what_has_moved_on_cannot_be_taken_back() -> None:
    (number,) = post(commitment("1", 400_00))
    paid = Account(Stage.PAID, "werken-9", "werken")
    post(Posting(Kind.PAYMENT, committed("werken-9"), paid, 1, LATER, "payment:1"))
    with pytest.raises(Overdrawn) as refused:
        reverse(number)
    assert (refused.value.on, refused.value.short) == (LATER, 1)


def test_the_same_request_posts_once() -> None:
    post(commitment("1", 400_00), key="form 1")
    with pytest.raises(AlreadyRecorded):
        post(commitment("1", 400_00), key="form 1")
    assert balance(committed("werken-9")) == 400_00


def test_a_transfer_keeps_its_evidence_and_cause() -> None:
    evidence = Evidence("programme-6", "p. 12", "sheet!C4")
    (number,) = actions.post([commitment("1", 1)], deal=DEAL, evidence=evidence, by=ANNA, at=AT)
    row = next(t for t in all_transfers() if t.number == number)
    assert row.evidence == replace(evidence, revision=row.revision)
    assert row.revision == latest()
    assert row.posting == commitment("1", 1)


def test_no_transfers_of_other_kinds_are_given_when_kinds_are_asked() -> None:
    post(commitment("1", 1))
    rows = queries.transfers(DEAL, Moment.ever(latest()), kinds=[Kind.AWARD])
    assert {t.posting.kind for t in rows} == {Kind.AWARD}


def test_the_last_date_of_effect_is_known() -> None:
    assert queries.last_effective_on("unknown") is None
    post(commitment("1", 1, on=LATER))
    assert queries.last_effective_on(DEAL) == LATER


def test_a_share_changed_later_posts_the_difference_from_its_own_date() -> None:
    share("werken", 700_000_00, since=PartialDate(2022, 1, 1))
    share("werken", 900_000_00, since=PartialDate(2023, 1, 1))
    found_on = [
        sum(
            f.amount
            for f in queries.flows(DEAL, Moment(on, latest()))
            if f.account == share_of("werken") and f.kind == Kind.ALLOCATION
        )
        for on in (date(2021, 12, 31), date(2022, 1, 1), date(2023, 1, 1))
    ]
    assert found_on == [1_000_000_00, 700_000_00, 900_000_00]


def test_a_corrected_first_share_moves_the_later_steps_along() -> None:
    share("werken", 700_000_00, since=PartialDate(2022, 1, 1))
    before = latest()
    share("werken", 600_000_00)
    first, later = Moment(date(2021, 1, 1), latest()), Moment(date(2022, 1, 1), latest())
    assert _allocated(first) == 600_000_00
    assert _allocated(later) == 700_000_00
    assert _allocated(replace(first, revision=before)) == 1_000_000_00


def _allocated(moment: Moment) -> int:
    flows = queries.flows(DEAL, moment)
    return sum(
        f.amount for f in flows if f.account == share_of("werken") and f.kind == Kind.ALLOCATION
    )


def test_the_same_share_again_posts_nothing() -> None:
    before = all_transfers()
    assert not share("werken", 1_000_000_00)
    assert all_transfers() == before


def test_overhead_has_an_account_of_its_own() -> None:
    share("overhead", 50_000_00)
    assert balance(Account(Stage.OVERHEAD, "overhead")) == 50_000_00


def test_a_summary_that_was_changed_by_hand_is_found() -> None:
    post(commitment("1", 1))
    assert queries.check_ledger() == ()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_balance SET amount = amount + 1 WHERE kind = 'commitment'")
    assert [f.rule for f in queries.check_ledger()] == ["K-10", "K-10"]


def test_a_transfer_past_the_guards_is_found() -> None:
    number = post(commitment("1", 1_000_00))[0]
    columns = "deal_id, kind, giver_id, taker_id, effective_on, occasion, cause, memo, source, "
    columns += "locator, origin, revision_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_transfer ({columns}, amount) "
            f"SELECT {columns}, 1 FROM ledger_transfer WHERE id = %s",
            [number],
        )
        cursor.execute(
            "UPDATE ledger_balance SET amount = CASE WHEN amount > 0 THEN amount + 1 "
            "ELSE amount - 1 END WHERE kind = 'commitment'"
        )
    assert [f.rule for f in queries.check_ledger()] == ["K-11"]
    assert [f.rule for f in check_chain()] == ["K-02"]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("amount = 0", "transfer_amount_above_zero"),
        ("amount = -1", "transfer_amount_above_zero"),
        ("taker_id = giver_id", "transfer_goes_elsewhere"),
        ("kind = 'gift'", "transfer_kind_is_known"),
    ],
)
def test_the_database_itself_refuses_what_is_no_transfer(change: str, constraint: str) -> None:
    column, value = change.split(" = ")
    columns = [
        "deal_id", "kind", "giver_id", "taker_id", "amount", "effective_on", "occasion", "cause",
        "memo", "source", "locator", "origin", "revision_id",
    ]  # fmt: skip
    chosen = [value if name == column else name for name in columns]
    statement = (
        f"INSERT INTO ledger_transfer ({', '.join(columns)}) "
        f"SELECT {', '.join(chosen)} FROM ledger_transfer LIMIT 1"
    )
    with (
        pytest.raises(DatabaseError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
