"""Which transfers can be, and what may never be below zero; without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.ledger.rules import (
    GUARDED,
    ROUTES,
    Account,
    AmountNotPositive,
    Kind,
    Overdrawn,
    Posting,
    RouteRefused,
    Stage,
    Transfer,
    changes,
    check_never_below_zero,
    reversal,
)

ON = date(2021, 12, 31)
AWARDED = Account(Stage.AWARDED, "werken-9", "werken")
COMMITTED = Account(Stage.COMMITTED, "werken-9", "werken")


def commitment(amount: int = 100, cause: str = "commitment:1") -> Posting:
    return Posting(Kind.COMMITMENT, AWARDED, COMMITTED, amount, ON, cause)


@pytest.mark.parametrize("amount", [0, -1, -100])
def test_a_transfer_moves_more_than_nothing(amount: int) -> None:
    with pytest.raises(AmountNotPositive, match="meer dan nul"):
        commitment(amount)


@pytest.mark.parametrize("kind", Kind)
def test_money_goes_by_the_routes_of_its_kind_and_no_other(kind: Kind) -> None:
    let_through = set()
    for giver in Stage:
        for taker in Stage:
            try:
                Posting(kind, Account(giver, "a"), Account(taker, "b"), 1, ON, "cause")
            except RouteRefused:
                continue
            else:
                let_through.add((giver, taker))
    assert let_through == ROUTES[kind]
    assert let_through


def test_a_refused_route_is_named() -> None:
    paid = Account(Stage.PAID, "werken-9", "werken")
    with pytest.raises(RouteRefused, match="payment gaat niet van awarded naar paid"):
        Posting(Kind.PAYMENT, AWARDED, paid, 1, ON, "cause")


def test_money_goes_forward_but_by_release_and_recovery() -> None:
    pipe = list(Stage)
    for kind, routes in ROUTES.items():
        ways = {pipe.index(taker) - pipe.index(giver) for giver, taker in routes}
        if kind in {Kind.RELEASE, Kind.RECOVERY}:
            assert max(ways) < 0
        elif kind == Kind.REALLOCATION:
            assert ways == {0}
        elif kind in {Kind.PLEDGE, Kind.ALLOCATION, Kind.COMMITMENT}:
            assert {-way for way in ways} == ways
        else:
            assert min(ways) > 0


def test_no_kind_takes_money_from_outside_the_pipe_into_a_guarded_account() -> None:
    into_projects = {
        (giver, taker)
        for routes in ROUTES.values()
        for giver, taker in routes
        if taker in GUARDED and giver not in GUARDED
    }
    assert into_projects == {
        (Stage.PILLAR, Stage.RESERVED),
        (Stage.PILLAR, Stage.AWARDED),
        (Stage.DEAL, Stage.OVERHEAD),
    }


def test_accounts_of_a_project_and_overhead_are_guarded_and_those_of_pillars_are_not() -> None:
    of_projects = {Stage.RESERVED, Stage.AWARDED, Stage.COMMITTED, Stage.PAID}
    assert of_projects | {Stage.OVERHEAD} == GUARDED


def test_an_account_may_be_emptied_to_the_cent() -> None:
    check_never_below_zero(AWARDED, [(ON, 100), (ON + timedelta(1), -100)])


def test_one_cent_too_much_is_refused_with_the_day_and_what_is_short() -> None:
    with pytest.raises(Overdrawn, match="werken-9") as refused:
        check_never_below_zero(AWARDED, [(ON, 100), (ON + timedelta(1), -101)])
    assert (refused.value.on, refused.value.short) == (ON + timedelta(1), 1)
    assert refused.value.account == AWARDED


def test_money_that_comes_later_does_not_help_earlier() -> None:
    with pytest.raises(Overdrawn) as refused:
        check_never_below_zero(AWARDED, [(ON, 100), (ON - timedelta(1), -100)])
    assert refused.value.on == ON - timedelta(1)


def test_within_a_day_the_order_does_not_count() -> None:
    check_never_below_zero(AWARDED, [(ON, -100), (ON, 100)])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(-5, 5))))
def test_the_guard_says_what_adding_up_every_day_says(entries: list[tuple[int, int]]) -> None:
    totals = [sum(amount for on, amount in entries if on <= day) for day in range(7)]
    dated = [(ON + timedelta(day), amount) for day, amount in entries]
    if min(totals) >= 0:
        check_never_below_zero(AWARDED, dated)
        return
    first = next(day for day, total in enumerate(totals) if total < 0)
    with pytest.raises(Overdrawn) as refused:
        check_never_below_zero(AWARDED, dated)
    assert (refused.value.on, refused.value.short) == (ON + timedelta(first), -totals[first])


def test_a_reversal_goes_the_other_way() -> None:
    assert reversal(commitment()) == (COMMITTED, AWARDED)


def test_only_what_differs_is_taken_back_and_posted() -> None:
    same, old, new = commitment(1), commitment(2), commitment(3)
    live = [Transfer(1, same, 1), Transfer(2, old, 1)]
    surplus, missing = changes(live, [new, same])
    assert ([t.number for t in surplus], missing) == ([2], (new,))


def test_two_equal_transfers_are_two() -> None:
    live = [Transfer(1, commitment(), 1)]
    assert changes(live, [commitment(), commitment()]) == ((), (commitment(),))
    surplus, missing = changes([*live, Transfer(2, commitment(), 1)], [commitment()])
    assert ([t.number for t in surplus], missing) == ([2], ())


def test_a_plan_that_stands_already_changes_nothing() -> None:
    assert changes([Transfer(1, commitment(), 1)], [commitment()]) == ((), ())
