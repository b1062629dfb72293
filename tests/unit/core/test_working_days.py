"""Working days leave out the holidays of the Algemene termijnenwet, 5 May in every year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.core.working_days import (
    add_months,
    add_weeks,
    add_working_days,
    is_working_day,
    next_working_day,
    public_holidays,
    statutory_end,
)

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))

# Written out by hand from the calendar: Good Friday, Easter Monday, the King's birthday,
# Ascension Day and Whit Monday; the other days are the same in every year.
MOVING_HOLIDAYS = {
    2019: ("04-19", "04-22", "04-27", "05-30", "06-10"),
    2020: ("04-10", "04-13", "04-27", "05-21", "06-01"),
    2021: ("04-02", "04-05", "04-27", "05-13", "05-24"),
    2022: ("04-15", "04-18", "04-27", "05-26", "06-06"),
    2023: ("04-07", "04-10", "04-27", "05-18", "05-29"),
    2024: ("03-29", "04-01", "04-27", "05-09", "05-20"),
    2025: ("04-18", "04-21", "04-26", "05-29", "06-09"),
    2026: ("04-03", "04-06", "04-27", "05-14", "05-25"),
    2027: ("03-26", "03-29", "04-27", "05-06", "05-17"),
    2028: ("04-14", "04-17", "04-27", "05-25", "06-05"),
    2029: ("03-30", "04-02", "04-27", "05-10", "05-21"),
    2030: ("04-19", "04-22", "04-27", "05-30", "06-10"),
}
FIXED_HOLIDAYS = ("01-01", "05-05", "12-25", "12-26")


@pytest.mark.parametrize("year", MOVING_HOLIDAYS)
def test_the_holidays_are_those_of_the_law(year: int) -> None:
    expected = {
        date.fromisoformat(f"{year}-{day}") for day in MOVING_HOLIDAYS[year] + FIXED_HOLIDAYS
    }
    assert public_holidays(year) == expected


def test_the_queen_had_her_birthday_on_30_april_until_2013() -> None:
    assert date(2013, 4, 30) in public_holidays(2013)
    assert date(2013, 4, 27) not in public_holidays(2013)
    assert date(2014, 4, 26) in public_holidays(2014)
    assert date(2014, 4, 30) not in public_holidays(2014)


@given(st.integers(1966, 2100))
def test_liberation_day_is_a_holiday_every_year(year: int) -> None:
    assert date(year, 5, 5) in public_holidays(year)
    assert date(year, 12, 26) in public_holidays(year)


@pytest.mark.parametrize("year", [1965, 2101])
def test_a_year_without_known_holidays_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=f"holidays of {year} are not known"):
        public_holidays(year)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2021, 12, 24), True),  # Friday
        (date(2021, 12, 25), False),  # Saturday
        (date(2021, 12, 26), False),  # Sunday
        (date(2021, 12, 27), True),  # Monday
        (date(2021, 5, 5), False),  # Wednesday, Liberation Day
        (date(2021, 4, 2), False),  # Good Friday
        (date(2021, 1, 2), False),  # an ordinary Saturday
        (date(2021, 1, 3), False),  # an ordinary Sunday
    ],
)
def test_saturday_sunday_and_holidays_are_no_working_days(day: date, working: bool) -> None:
    assert is_working_day(day) is working


def test_working_days_are_counted_from_the_day_after() -> None:
    assert add_working_days(date(2021, 12, 24), 1) == date(2021, 12, 27)
    assert add_working_days(date(2021, 12, 25), 1) == date(2021, 12, 27)
    assert add_working_days(date(2021, 4, 1), 1) == date(2021, 4, 6)
    assert next_working_day(date(2021, 4, 6)) == date(2021, 4, 7)


def test_twenty_working_days_skip_the_holidays_of_spring() -> None:
    # From 26 April 2021: no King's Day, Liberation Day, Ascension Day and Whit Monday.
    assert add_working_days(date(2021, 4, 26), 20) == date(2021, 5, 28)


def test_no_working_days_is_the_day_itself() -> None:
    assert add_working_days(date(2021, 12, 25), 0) == date(2021, 12, 25)


def test_working_days_are_not_counted_back() -> None:
    with pytest.raises(ValueError, match="forward only"):
        add_working_days(date(2021, 12, 25), -1)


@given(days, st.integers(1, 60))
def test_exactly_so_many_working_days_lie_in_between(day: date, number: int) -> None:
    end = add_working_days(day, number)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert is_working_day(end)
    assert sum(is_working_day(one) for one in between) == number


def test_weeks_keep_the_day_of_the_week() -> None:
    assert add_weeks(date(2021, 3, 1), 4) == date(2021, 3, 29)
    assert add_weeks(date(2021, 3, 1), -1) == date(2021, 2, 22)


@pytest.mark.parametrize(
    ("day", "number", "later"),
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 15), 2, date(2021, 3, 15)),
        (date(2021, 10, 31), 2, date(2021, 12, 31)),
        (date(2021, 11, 30), 2, date(2022, 1, 30)),
        (date(2021, 12, 31), 12, date(2022, 12, 31)),
        (date(2021, 1, 31), 0, date(2021, 1, 31)),
        (date(2021, 1, 31), -2, date(2020, 11, 30)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: date, number: int, later: date) -> None:
    assert add_months(day, number) == later


@pytest.mark.parametrize(
    ("counted", "ends"),
    [
        (date(2021, 12, 24), date(2021, 12, 24)),
        (date(2021, 12, 25), date(2021, 12, 27)),
        (date(2021, 4, 2), date(2021, 4, 6)),
        (date(2021, 5, 5), date(2021, 5, 6)),
        (date(2021, 12, 31), date(2021, 12, 31)),
        (date(2022, 1, 1), date(2022, 1, 3)),
    ],
)
def test_a_term_of_law_ends_on_a_working_day(counted: date, ends: date) -> None:
    assert statutory_end(counted) == ends
