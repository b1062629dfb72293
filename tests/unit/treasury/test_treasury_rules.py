"""The life of a commitment: what cannot be, and the transfers it comes to; without a database."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.dates import PartialDate
from noaber.ledger.rules import Account, Kind, Stage, check_never_below_zero
from noaber.treasury.posting import freed, plan
from noaber.treasury.problems import OutOfOrder, problems
from noaber.treasury.rules import Commitment, Life, Payment, Recovery, Settlement, position

START = date(2022, 1, 1)


def on(days: int) -> PartialDate:
    day = START + timedelta(days=days)
    return PartialDate(day.year, day.month, day.day)


def committed(amount: int, days: int = 0, project: str = "werken-3") -> Commitment:
    return Commitment("B-1", "GM0114", amount, on(days), "grant_decision", project)


def paid(number: int, amount: int, days: int, kind: str = "advance") -> Payment:
    return Payment(f"P-{number}", "B-1", amount, on(days), kind)


def settled(amount: int, days: int) -> Settlement:
    return Settlement("B-1", amount, on(days))


def back(number: int, amount: int, days: int) -> Recovery:
    return Recovery(f"T-{number}", "B-1", amount, on(days))


def balances(life: Life, until: date = date.max) -> dict[Stage, int]:
    found: dict[Stage, int] = defaultdict(int)
    for posting in plan(life, "werken"):
        if posting.effective_on <= until:
            found[posting.giver.stage] -= posting.amount
            found[posting.taker.stage] += posting.amount
    return found


def told(life: Life) -> list[tuple[str, str]]:
    return [(p.kind, p.field) for p in problems(life)]


def test_a_commitment_takes_from_what_is_awarded_to_its_project() -> None:
    (posting,) = plan(Life(committed(100)), "werken")
    assert (posting.kind, posting.amount) == (Kind.COMMITMENT, 100)
    assert posting.giver == Account(Stage.AWARDED, "werken-3", "werken")
    assert posting.taker == Account(Stage.COMMITTED, "B-1", "werken")


def test_a_commitment_without_project_takes_from_overhead() -> None:
    (posting,) = plan(Life(committed(100, project="")), "")
    assert posting.giver == Account(Stage.OVERHEAD, "overhead")


def test_what_the_accounts_do_not_justify_falls_free_at_the_settlement() -> None:
    life = Life(committed(100), (paid(1, 60, 5),), settled(80, 300))
    assert freed(life) == ((START + timedelta(days=300), 20),)
    assert balances(life)[Stage.COMMITTED] == 20
    assert position(life, START + timedelta(days=300)).open == 20


def test_the_final_payment_leaves_nothing_but_what_is_settled() -> None:
    life = Life(committed(100), (paid(1, 60, 5), paid(2, 20, 310, "final")), settled(80, 300))
    found = balances(life)
    assert (found[Stage.COMMITTED], found[Stage.PAID], found[Stage.SETTLED]) == (0, 0, 80)
    assert found[Stage.AWARDED] == -80


def test_what_was_paid_too_much_is_claimed_and_falls_free_when_it_is_back() -> None:
    life = Life(committed(100), (paid(1, 90, 5),), settled(70, 300))
    assert position(life, START + timedelta(days=300)).claim == 20
    assert freed(life) == ((START + timedelta(days=300), 10),)
    whole = Life(life.commitment, life.payments, life.settlement, (back(1, 20, 350),))
    assert freed(whole)[1:] == ((START + timedelta(days=350), 20),)
    found = balances(whole)
    assert (found[Stage.COMMITTED], found[Stage.PAID], found[Stage.SETTLED]) == (0, 0, 70)
    assert found[Stage.AWARDED] == -70


def test_an_unused_advance_that_comes_back_before_the_settlement_can_be_paid_again() -> None:
    life = Life(committed(100), (paid(1, 100, 5), paid(2, 30, 20)), None, (back(1, 30, 10),))
    assert told(life) == []
    assert balances(life)[Stage.PAID] == 100


@pytest.mark.parametrize(
    ("life", "expected"),
    [
        (Life(committed(0)), [("commitment", "amount")]),
        (Life(committed(100), (paid(1, 101, 5),)), [("payment", "amount")]),
        (Life(committed(100), (paid(1, 60, 5), paid(2, 41, 6))), [("payment", "amount")]),
        (Life(committed(100, 10), (paid(1, 50, 5),)), [("payment", "effective")]),
        (Life(committed(100), (), settled(101, 9)), [("settlement", "amount")]),
        (Life(committed(100, 10), (), settled(50, 9)), [("settlement", "effective")]),
        (Life(committed(100), (paid(1, 0, 5),)), [("payment", "amount")]),
        (Life(committed(100), (paid(1, 50, 5, "final"),)), [("payment", "kind")]),
        (
            Life(committed(100), (paid(1, 81, 12, "final"),), settled(80, 9)),
            [("payment", "amount")],
        ),
        (Life(committed(100), (), None, (back(1, 1, 5),)), [("recovery", "amount")]),
        (
            Life(committed(100), (paid(1, 90, 5),), settled(70, 9), (back(1, 21, 12),)),
            [("recovery", "amount")],
        ),
        (
            Life(committed(100), (paid(1, 60, 5),), settled(70, 9), (back(1, 1, 12),)),
            [("recovery", "amount")],
        ),
    ],
)
def test_what_cannot_be_is_told_at_the_step_that_comes_too_soon(
    life: Life, expected: list[tuple[str, str]]
) -> None:
    assert told(life) == expected
    with pytest.raises(OutOfOrder):
        plan(life, "werken")


def test_all_that_is_wrong_is_told_at_once() -> None:
    life = Life(committed(100), (paid(1, 101, 5), paid(2, 120, 6)), settled(110, 9))
    assert told(life) == [
        ("settlement", "amount"),
        ("payment", "amount"),
        ("payment", "amount"),
    ]


DAYS = st.integers(min_value=-5, max_value=60)
AMOUNTS = st.integers(min_value=0, max_value=120)
LIVES = st.builds(
    lambda amount, paying, settling, coming_back: Life(
        committed(amount),
        tuple(paid(n, a, d, k) for n, (a, d, k) in enumerate(paying)),
        settled(*settling) if settling else None,
        tuple(back(n, a, d) for n, (a, d) in enumerate(coming_back)),
    ),
    st.integers(min_value=1, max_value=150),
    st.lists(
        st.tuples(AMOUNTS, DAYS, st.sampled_from(["advance", "invoice", "final"])), max_size=5
    ),
    st.none() | st.tuples(AMOUNTS, DAYS),
    st.lists(st.tuples(AMOUNTS, DAYS), max_size=3),
)


def possible(life: Life) -> Life:
    """The same life without the steps that cannot be."""
    wrong = {(p.kind, p.code) for p in problems(life)}
    while wrong:
        life = Life(
            life.commitment,
            tuple(p for p in life.payments if ("payment", p.code) not in wrong),
            None if ("settlement", "B-1") in wrong else life.settlement,
            tuple(r for r in life.recoveries if ("recovery", r.code) not in wrong),
        )
        wrong = {(p.kind, p.code) for p in problems(life)}
    return life


@given(LIVES)
def test_no_account_is_ever_below_zero(life: Life) -> None:
    life = possible(life)
    entries: dict[Account, list[tuple[date, int]]] = defaultdict(list)
    for posting in plan(life, "werken"):
        entries[posting.giver].append((posting.effective_on, -posting.amount))
        entries[posting.taker].append((posting.effective_on, posting.amount))
    for account, moves in entries.items():
        if account.stage != Stage.AWARDED:
            check_never_below_zero(account, moves)


@given(LIVES, DAYS)
def test_the_position_on_any_day_is_what_the_accounts_hold(life: Life, days: int) -> None:
    life = possible(life)
    day = START + timedelta(days=max(days, 0))
    found, stands = balances(life, day), position(life, day)
    assert found[Stage.SETTLED] == stands.settled
    assert found[Stage.COMMITTED] == stands.open
    assert found[Stage.PAID] + found[Stage.SETTLED] == stands.paid
    if life.settlement and life.settlement.effective.counts_from <= day:
        assert found[Stage.PAID] == stands.claim
        assert found[Stage.AWARDED] == stands.freed - life.commitment.amount


@given(LIVES)
def test_after_settling_paying_and_recovering_only_what_is_settled_is_left(life: Life) -> None:
    life = possible(life)
    if life.settlement is None:
        return
    end = position(life, date.max)
    after = 400
    rest = (paid(90, end.open, after, "final"),) if end.open else ()
    claim = (back(90, end.claim, after),) if end.claim else ()
    whole = Life(
        life.commitment, (*life.payments, *rest), life.settlement, (*life.recoveries, *claim)
    )
    found = balances(whole)
    assert (found[Stage.COMMITTED], found[Stage.PAID]) == (0, 0)
    assert found[Stage.SETTLED] == life.settlement.amount
    assert found[Stage.AWARDED] == -life.settlement.amount
