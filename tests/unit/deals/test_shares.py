"""A contribution of several parties is divided to the cent."""

import csv
from pathlib import Path

import pytest

from noaber.core.dates import PartialDate
from noaber.core.money import parse_amount
from noaber.deals.rules import Contribution, ContributionKey, Share, shares

EXAMPLE = Path(__file__).parents[3] / "examples" / "zuid-en-oost-drenthe"
ON = PartialDate(2019, 7, 15)


def promised(amount: int, party: str = "") -> Contribution:
    return Contribution("regio", "Regio", amount, "cash", "decided", ON, party)


def key(party: str, weight: int, position: int) -> ContributionKey:
    return ContributionKey("regio", party, position, weight, "inwoners", ON)


def test_ten_million_divides_over_the_six_municipalities_to_the_cent() -> None:
    with (EXAMPLE / "verdeelsleutels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (code,) = {row["bijdrage"] for row in rows}
    with (EXAMPLE / "bijdragen.csv").open(encoding="utf-8", newline="") as file:
        (amount,) = (parse_amount(r["bedrag"]) for r in csv.DictReader(file) if r["code"] == code)
    keys = [key(row["partij"], int(row["sleutel"]), place) for place, row in enumerate(rows)]
    found = shares(promised(amount), keys)
    assert (len(found), amount) == (6, 10_000_000_00)
    assert sum(share.amount for share in found) == 10_000_000_00
    inhabitants = sum(k.key for k in keys)
    for share, by in zip(found, keys, strict=True):
        assert share.party == by.party
        assert abs(share.amount * inhabitants - amount * by.key) < inhabitants


def test_a_contribution_of_one_party_is_its_own() -> None:
    assert shares(promised(5_00, "provincie"), []) == (Share("provincie", 5_00),)


def test_equal_remainders_go_by_the_position_of_the_parties_not_the_order_of_reading() -> None:
    keys = [key("c", 1, 3), key("a", 1, 1), key("b", 1, 2)]
    found = [(share.party, share.amount) for share in shares(promised(100), keys)]
    assert found == [("a", 34), ("b", 33), ("c", 33)]


def test_a_share_knows_the_key_it_follows_from() -> None:
    only = key("a", 7, 1)
    assert shares(promised(100), [only]) == (Share("a", 100, only),)


@pytest.mark.parametrize("party", ["", "provincie"])
def test_a_party_or_keys_but_not_both_and_not_neither(party: str) -> None:
    keys = [key("a", 1, 1)] if party else []
    with pytest.raises(ValueError, match="niet beide of geen"):
        shares(promised(100, party), keys)
