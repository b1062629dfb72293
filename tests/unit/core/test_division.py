"""A total is divided over keys to the cent, and the difference goes to the largest remainder."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.division import divide

INHABITANTS_2019 = (25386, 25372, 35483, 107113, 60574, 55662)
SHARES = st.tuples(
    st.integers(-(10**13), 10**13),
    st.lists(st.integers(0, 200_000), min_size=1, max_size=12).filter(any),
)


def test_the_municipal_ten_million_divides_exactly_by_inhabitants() -> None:
    shares = divide(10_000_000_00, INHABITANTS_2019)
    assert shares == (81998773, 81953551, 114612875, 345983397, 195658775, 179792629)
    assert sum(shares) == 10_000_000_00


def test_the_largest_remainder_gets_the_cent() -> None:
    assert divide(10, (1, 5, 3)) == (1, 6, 3)
    assert divide(10, (5, 1, 5)) == (5, 1, 4)


def test_equal_remainders_get_it_in_the_order_given() -> None:
    assert divide(2, (1, 1, 1)) == (1, 1, 0)
    assert divide(100, (1, 1, 1)) == (34, 33, 33)


def test_a_total_below_zero_is_the_mirror_image() -> None:
    assert divide(-100, (1, 1, 1)) == (-34, -33, -33)


def test_a_key_of_zero_gets_nothing() -> None:
    assert divide(7, (0, 1, 0)) == (0, 7, 0)
    assert divide(0, (1, 2)) == (0, 0)


@pytest.mark.parametrize(
    ("keys", "says"),
    [((), "no keys"), ((1, -1, 5), "below zero"), ((0, 0), "at least one key")],
)
def test_keys_that_divide_nothing_are_refused(keys: tuple[int, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        divide(100, keys)


@given(SHARES)
def test_shares_add_up_and_are_less_than_one_away_from_the_exact_share(
    case: tuple[int, list[int]],
) -> None:
    total, keys = case
    shares = divide(total, keys)
    assert sum(shares) == total
    for share, key in zip(shares, keys, strict=True):
        assert abs(share - Fraction(total * key, sum(keys))) < 1


@given(SHARES)
def test_nobody_who_got_less_was_nearer_to_one_more(case: tuple[int, list[int]]) -> None:
    total, keys = case
    size = abs(total)
    whole = sum(keys)
    shares = divide(size, keys)
    up = [
        size * key % whole
        for share, key in zip(shares, keys, strict=True)
        if share > size * key // whole
    ]
    down = [
        size * key % whole
        for share, key in zip(shares, keys, strict=True)
        if share == size * key // whole
    ]
    assert not up or not down or min(up) >= max(down)
