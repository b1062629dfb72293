"""Exact division of a whole number of cents by keys."""

from collections.abc import Sequence


def divide(total: int, keys: Sequence[int]) -> tuple[int, ...]:
    """Divide a total over keys in proportion, by the method of the largest remainder (Hamilton).

    The shares are whole numbers that add up to exactly ``total``; each is less than one away
    from its exact share. What is left over goes to the largest remainders, with equal remainders
    in the order given. A total below zero is divided as its mirror image.

    :raises ValueError: when there are no keys, a key is below zero or all keys are zero.
    """
    if not keys:
        raise ValueError("there is nothing to divide over: no keys")
    if min(keys) < 0:
        raise ValueError("a key cannot be below zero")
    whole = sum(keys)
    if whole == 0:
        raise ValueError("at least one key must be above zero")
    if total < 0:
        return tuple(-share for share in divide(-total, keys))
    shares = [total * key // whole for key in keys]
    # Python's sort keeps the order of equals, which is the rule for equal remainders.
    by_remainder = sorted(range(len(keys)), key=lambda place: -(total * keys[place] % whole))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return tuple(shares)
