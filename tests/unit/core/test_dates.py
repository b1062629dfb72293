"""Dates are as precise as their source, count from their last day, and exist."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.dates import MONTHS, DateError, PartialDate, Period, parse_date
from noaber.core.notation import partial, short_month

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    moment = draw(days)
    parts = (moment.year, moment.month, moment.day)
    return PartialDate(*parts[: draw(st.integers(1, 3))])


@pytest.mark.parametrize(
    ("moment", "first", "last", "precision", "iso"),
    [
        (PartialDate(2021), date(2021, 1, 1), date(2021, 12, 31), "year", "2021"),
        (PartialDate(2021, 12), date(2021, 12, 1), date(2021, 12, 31), "month", "2021-12"),
        (PartialDate(2020, 2), date(2020, 2, 1), date(2020, 2, 29), "month", "2020-02"),
        (PartialDate(2021, 3, 9), date(2021, 3, 9), date(2021, 3, 9), "day", "2021-03-09"),
    ],
)
def test_a_date_spans_the_days_it_can_be(
    moment: PartialDate, first: date, last: date, precision: str, iso: str
) -> None:
    assert moment.first_day == first
    assert moment.last_day == last
    assert moment.counts_from == last
    assert moment.precision == precision
    assert str(moment) == iso


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((1899, None, None), "Het jaar 1899 kan niet kloppen"),
        ((2201, 1, 1), "Het jaar 2201 kan niet kloppen"),
        ((2021, None, 5), "ontbreekt de maand"),
        ((2021, 0, None), "Maand 0 bestaat niet"),
        ((2021, 13, 1), "Maand 13 bestaat niet"),
        ((2021, 2, 29), "29 februari 2021 bestaat niet: februari 2021 loopt van 1 tot en met 28"),
        ((2021, 4, 31), "31 april 2021 bestaat niet"),
        ((2021, 4, 0), "0 april 2021 bestaat niet"),
    ],
)
def test_a_date_that_does_not_exist_is_refused(
    parts: tuple[int, int | None, int | None], says: str
) -> None:
    with pytest.raises(DateError, match=says):
        PartialDate(*parts)


def test_the_first_and_the_last_year_are_accepted() -> None:
    assert PartialDate(1900, 1, 1).first_day == date(1900, 1, 1)
    assert PartialDate(2200, 12, 31).last_day == date(2200, 12, 31)
    assert PartialDate(2020, 2, 29).day == 29


def test_dates_sort_by_the_day_they_count_from_and_the_least_precise_first() -> None:
    in_order = [
        PartialDate(2021, 11, 30),
        PartialDate(2021, 12, 1),
        PartialDate(2021, 12, 30),
        PartialDate(2021),
        PartialDate(2021, 12),
        PartialDate(2021, 12, 31),
        PartialDate(2022, 1),
    ]
    backwards = in_order[::-1]
    assert sorted(backwards) == in_order


@given(partial_dates(), partial_dates())
def test_of_two_dates_exactly_one_comes_first_or_they_are_equal(
    one: PartialDate, other: PartialDate
) -> None:
    assert (one < other) + (one == other) + (one > other) == 1
    if one < other:
        assert one.counts_from <= other.counts_from


@given(partial_dates())
def test_every_date_that_is_written_is_read_back(moment: PartialDate) -> None:
    assert parse_date(str(moment)) == moment
    assert parse_date(partial(moment)) == moment
    assert parse_date(short_month(moment)) == PartialDate(moment.year, moment.month)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2021-12-31", PartialDate(2021, 12, 31)),
        ("2021-12", PartialDate(2021, 12)),
        ("2021", PartialDate(2021)),
        ("31-12-2021", PartialDate(2021, 12, 31)),
        ("31/12/2021", PartialDate(2021, 12, 31)),
        ("1-2-2021", PartialDate(2021, 2, 1)),
        ("31 december 2021", PartialDate(2021, 12, 31)),
        ("1 Mei 2021", PartialDate(2021, 5, 1)),
        ("december 2021", PartialDate(2021, 12)),
        ("dec 2021", PartialDate(2021, 12)),
        ("dec. 2021", PartialDate(2021, 12)),
        ("mrt 2021", PartialDate(2021, 3)),
        ("Sept. 2021", PartialDate(2021, 9)),
        ("sept 2021", PartialDate(2021, 9)),
        ("  31\u00a0december  2021 ", PartialDate(2021, 12, 31)),
    ],
)
def test_a_date_as_people_type_it_is_read(typed: str, read: PartialDate) -> None:
    assert parse_date(typed) == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "De datum ontbreekt"),
        ("  ", "De datum ontbreekt"),
        ("31-12-21", "Bij “31-12-21” is het jaar niet zeker.* met vier cijfers"),
        ("31/12/21", "met vier cijfers"),
        ("31 december 21", "met vier cijfers"),
        ("dec. '21", "met vier cijfers"),
        ("31-02-2021", "31 februari 2021 bestaat niet"),
        ("2021-02-30", "30 februari 2021 bestaat niet"),
        ("0 mei 2021", "0 mei 2021 bestaat niet"),
        ("31-13-2021", "Maand 13 bestaat niet"),
        ("2021-00", "Maand 0 bestaat niet"),
        ("0021", "Het jaar 21 kan niet kloppen"),
        ("31 decembre 2021", "“decembre” is geen maand"),
        ("december. 2021", "“december.” is geen maand"),
        ("31-12/2021", "is geen datum"),
        ("2021-1-5", "is geen datum"),
        ("20211231", "is geen datum"),
        ("12-2021", "is geen datum"),
        ("31.12.2021", "is geen datum"),
        ("2021-12-31 00:00", "is geen datum"),
        ("najaar", "“najaar” is geen datum"),
        ("\u0662\u0660\u0662\u0661", "is geen datum"),
    ],
)
def test_a_text_that_is_no_certain_date_is_refused(typed: str, says: str) -> None:
    with pytest.raises(DateError, match=says):
        parse_date(typed)


def test_a_long_text_is_cut_off_in_the_message() -> None:
    with pytest.raises(DateError, match=f"“{'a' * 40}” is geen datum"):
        parse_date("a" * 40)
    with pytest.raises(DateError, match=f"“{'a' * 39}…” is geen datum"):
        parse_date("a" * 41)


@given(st.text())
def test_any_text_is_a_date_or_is_refused(typed: str) -> None:
    try:
        moment = parse_date(typed)
    except DateError:
        return
    assert str(moment.year) in typed


def test_every_month_has_its_name() -> None:
    assert [parse_date(f"{name} 2021").month for name in MONTHS] == list(range(1, 13))


def test_a_period_holds_from_its_first_day_up_to_its_end() -> None:
    period = Period(date(2019, 7, 12), date(2023, 1, 1))
    assert not period.holds_on(date(2019, 7, 11))
    assert period.holds_on(date(2019, 7, 12))
    assert period.holds_on(date(2022, 12, 31))
    assert not period.holds_on(date(2023, 1, 1))


def test_a_period_without_end_goes_on() -> None:
    period = Period(date(2019, 7, 12))
    assert period.holds_on(date(9999, 12, 31))
    assert not period.holds_on(date(2019, 7, 11))


@pytest.mark.parametrize("end", [date(2019, 7, 12), date(2019, 7, 11)])
def test_a_period_without_a_day_in_it_is_refused(end: date) -> None:
    with pytest.raises(DateError, match=f"eindigt op {end}, maar begint pas op 2019-07-12"):
        Period(date(2019, 7, 12), end)


@given(days, days, days)
def test_two_periods_that_meet_share_no_day_and_leave_none_out(
    one: date, two: date, day: date
) -> None:
    start, middle = min(one, two), max(one, two) + timedelta(days=1)
    before, after = Period(start, middle), Period(middle)
    assert before.holds_on(day) + after.holds_on(day) == (day >= start)


def test_dates_and_periods_are_values_that_can_be_kept_in_a_set() -> None:
    assert len({PartialDate(2021, 12), parse_date("2021-12"), PartialDate(2021)}) == 2
    assert len({Period(date(2019, 7, 12)), Period(date(2019, 7, 12))}) == 1
