"""Marks of awards and the transfers that awards and reservations come to; without a database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.awards.rules import (
    Award,
    Decided,
    Release,
    ReleaseExceeded,
    Reservation,
    ReservationExceeded,
    ReservationTooLow,
    Tranche,
    marks,
    plan,
)
from noaber.core.dates import PartialDate
from noaber.ledger.rules import Kind, Posting, Stage

TRANCHES = tuple(Tranche(str(n), n, PartialDate(2019 + n, 12), "printed") for n in range(1, 5))
WERKEN_9 = "werken-9"


def awarded(tranche: int, euros: int, project: str = WERKEN_9) -> Award:
    return Award(project, str(tranche), euros * 100, "printed")


def planned(awards: list[Award], reservation: Reservation | None = None) -> list[Posting]:
    decided = Decided(awards, [reservation] if reservation else [])
    return list(plan(WERKEN_9, "werken", decided, TRANCHES))


def total(postings: list[Posting], giver: Stage, taker: Stage) -> int:
    found = [p.amount for p in postings if (p.giver.stage, p.taker.stage) == (giver, taker)]
    return sum(found) // 100


def set_aside(tranche: int, euros: int) -> Reservation:
    return Reservation(WERKEN_9, euros * 100, str(tranche))


def open_reservation(postings: list[Posting]) -> int:
    put_in = total(postings, Stage.PILLAR, Stage.RESERVED)
    return put_in - total(postings, Stage.RESERVED, Stage.AWARDED)


def test_the_first_award_of_a_project_is_new_and_later_ones_follow_up() -> None:
    found = marks([awarded(3, 1), awarded(2, 1), awarded(3, 1, "wonen-1")], TRANCHES)
    assert found == {"werken-9/2": "new", "werken-9/3": "follow_up", "wonen-1/3": "new"}


def test_the_order_of_tranches_is_their_position_not_their_number() -> None:
    tranches = (
        Tranche("10", 2, PartialDate(2021), "printed"),
        Tranche("9", 1, PartialDate(2020), "printed"),
    )
    awards = [Award("a", "10", 1, "printed"), Award("a", "9", 1, "printed")]
    assert marks(awards, tranches) == {"a/9": "new", "a/10": "follow_up"}


def test_an_award_without_reservation_is_paid_from_the_pillar() -> None:
    (posting,) = planned([awarded(2, 50)])
    assert (posting.kind, posting.giver.stage, posting.taker.stage) == (
        Kind.AWARD,
        Stage.PILLAR,
        Stage.AWARDED,
    )
    assert (posting.amount, posting.occasion, posting.cause) == (50_00, "2", "award:werken-9/2")


def test_a_tranche_known_to_the_month_counts_from_its_last_day() -> None:
    assert planned([awarded(2, 50)])[0].effective_on == date(2021, 12, 31)


def test_what_was_awarded_before_the_reservation_counts_towards_it() -> None:
    """Werken 9: 180,000 for the whole project, 25,000 of it before and 90,000 after."""
    postings = planned([awarded(1, 25_000), awarded(3, 90_000)], set_aside(2, 180_000))
    assert total(postings, Stage.PILLAR, Stage.AWARDED) == 25_000
    assert total(postings, Stage.PILLAR, Stage.RESERVED) == 155_000
    assert total(postings, Stage.RESERVED, Stage.AWARDED) == 90_000
    assert open_reservation(postings) == 65_000


def test_what_is_left_of_a_reservation_can_be_awarded_to_the_euro() -> None:
    awards = [awarded(1, 25_000), awarded(3, 90_000), awarded(4, 65_000)]
    assert open_reservation(planned(awards, set_aside(2, 180_000))) == 0


def test_one_euro_more_than_is_left_is_refused_and_says_what_is_left() -> None:
    awards = [awarded(1, 25_000), awarded(3, 90_000), awarded(4, 65_001)]
    with pytest.raises(ReservationExceeded, match=r"65\.000") as refused:
        planned(awards, set_aside(2, 180_000))
    assert (refused.value.asked, refused.value.left) == (65_001_00, 65_000_00)


def test_one_cent_more_than_is_left_is_refused() -> None:
    award = Award(WERKEN_9, "3", 100_01, "printed")
    with pytest.raises(ReservationExceeded) as refused:
        planned([award], set_aside(2, 100))
    assert (refused.value.asked, refused.value.left) == (100_01, 100_00)


def test_an_award_in_the_tranche_of_the_reservation_is_paid_from_it() -> None:
    postings = planned([awarded(2, 100)], set_aside(2, 100))
    assert total(postings, Stage.RESERVED, Stage.AWARDED) == 100
    assert total(postings, Stage.PILLAR, Stage.AWARDED) == 0


def test_a_reservation_below_what_was_awarded_before_it_is_refused() -> None:
    with pytest.raises(ReservationTooLow, match=r"al €\s110 toegekend") as refused:
        planned([awarded(1, 60), awarded(2, 50)], set_aside(3, 100))
    assert (refused.value.total, refused.value.least) == (100_00, 110_00)


def test_a_reservation_all_awarded_before_it_sets_nothing_aside() -> None:
    postings = planned([awarded(1, 100)], set_aside(2, 100))
    assert [p.kind for p in postings] == [Kind.AWARD]


def test_a_reservation_counts_from_the_date_of_its_tranche() -> None:
    (posting,) = planned([], set_aside(3, 100))
    assert (posting.kind, posting.effective_on) == (Kind.RESERVATION, date(2022, 12, 31))
    assert (posting.cause, posting.occasion) == ("reservation:werken-9", "3")


def freed(euros: int, *, year: int, of: str = "", decision: str = "") -> Release:
    on = PartialDate(year, 12, 31)
    return Release(f"r{year}", WERKEN_9, euros * 100, on, of, decision=decision)


def decided(*facts: Award | Reservation | Release) -> list[Posting]:
    kinds = [[f for f in facts if isinstance(f, of)] for of in (Award, Reservation, Release)]
    return list(plan(WERKEN_9, "werken", Decided(*kinds), TRANCHES))  # type: ignore[arg-type]


def test_a_release_of_an_award_flows_back_to_the_pillar_in_the_tranche_of_the_award() -> None:
    _, back = decided(awarded(2, 50), freed(20, year=2022, of="2"))
    assert (back.kind, back.giver.stage, back.taker.stage) == (
        Kind.RELEASE,
        Stage.AWARDED,
        Stage.PILLAR,
    )
    assert (back.amount, back.occasion, back.cause) == (20_00, "2", "release:r2022")
    assert back.effective_on == date(2022, 12, 31)


def test_no_more_is_released_than_was_awarded_and_not_before_it() -> None:
    decided(awarded(2, 50), freed(50, year=2022, of="2"))
    with pytest.raises(ReleaseExceeded, match="50"):
        decided(awarded(2, 50), freed(51, year=2022, of="2"))
    with pytest.raises(ReleaseExceeded):
        decided(awarded(2, 50), freed(50, year=2020, of="2"))
    with pytest.raises(ReleaseExceeded):
        decided(awarded(2, 50), freed(1, year=2022))


def test_what_is_released_of_a_reservation_can_no_longer_be_awarded() -> None:
    facts = (set_aside(1, 100), freed(30, year=2021), awarded(3, 70))
    assert open_reservation(decided(*facts)) == 100 - 70
    assert total(decided(*facts), Stage.RESERVED, Stage.PILLAR) == 30
    with pytest.raises(ReservationExceeded):
        decided(set_aside(1, 100), freed(30, year=2021), awarded(3, 71))
    with pytest.raises(ReleaseExceeded):
        decided(set_aside(1, 100), freed(101, year=2021))


def test_a_later_reservation_gives_another_total_from_its_tranche_on() -> None:
    more = decided(set_aside(1, 100), awarded(2, 40), set_aside(3, 150), awarded(4, 110))
    assert [p.amount // 100 for p in more if p.kind == Kind.RESERVATION] == [100, 50]
    less = decided(set_aside(1, 100), awarded(2, 40), set_aside(3, 60), awarded(4, 20))
    assert total(less, Stage.RESERVED, Stage.PILLAR) == 40
    with pytest.raises(ReservationTooLow):
        decided(set_aside(1, 100), awarded(2, 40), set_aside(3, 39))


def test_what_a_decision_took_back_no_longer_counts_towards_a_later_reservation() -> None:
    def kept(*facts: Award | Reservation | Release) -> int:
        return total(decided(awarded(1, 10), *facts), Stage.PILLAR, Stage.RESERVED)

    rejected = freed(10, year=2021, of="1", decision="sg-1")
    assert kept(rejected, set_aside(3, 15), awarded(4, 15)) == 15
    assert kept(freed(10, year=2023, of="1", decision="sg-1"), set_aside(3, 15)) == 5


def test_on_one_day_decisions_of_a_meeting_count_in_their_order() -> None:
    def kept(taken_back: str, reserved: str) -> int:
        rejected = freed(10, year=2022, of="1", decision=taken_back)
        later = replace(set_aside(3, 15), decision=reserved)
        return total(decided(awarded(1, 10), rejected, later), Stage.PILLAR, Stage.RESERVED)

    assert kept("sg-9", "sg-10") == 15
    assert kept("sg-10", "sg-9") == 5
    assert kept("other-1", "sg-2") == 5
    assert kept("sg-1", "sg-b") == kept("1", "") == 5


def test_what_was_taken_back_of_an_award_from_a_reservation_can_be_set_aside_again() -> None:
    back = freed(40, year=2021, of="2", decision="sg-1")
    facts = (set_aside(1, 100), awarded(2, 40), back, set_aside(3, 100))
    assert [p.amount // 100 for p in decided(*facts) if p.kind == Kind.RESERVATION] == [100, 40]


def test_what_fell_free_at_a_settlement_was_given_and_counts() -> None:
    settled = freed(10, year=2021, of="1")
    postings = decided(awarded(1, 10), settled, set_aside(3, 15))
    assert total(postings, Stage.PILLAR, Stage.RESERVED) == 5


amounts = st.lists(st.integers(1, 40), min_size=1, max_size=4)


@given(amounts, st.integers(1, 4), st.integers(1, 120))
def test_whatever_is_planned_awards_are_paid_in_full_and_never_more_than_is_set_aside(
    euros: list[int], tranche: int, whole: int
) -> None:
    awards = [awarded(n, amount) for n, amount in enumerate(euros, start=1)]
    if sum(euros) > whole:
        with pytest.raises((ReservationExceeded, ReservationTooLow)):
            planned(awards, set_aside(tranche, whole))
        return
    postings = planned(awards, set_aside(tranche, whole))
    into_project = [p for p in postings if p.taker.stage == Stage.AWARDED]
    assert {p.occasion: p.amount for p in into_project} == {
        award.tranche: award.amount for award in awards
    }
    assert open_reservation(postings) == whole - sum(euros)
