"""England's working days, and until when words are read in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, datetimes

from engage.responses.working_days import (
    bank_holidays,
    due,
    is_working_day,
    last_working_day_before,
    next_working_day,
    overdue_before,
)
from engage.surveys.timing import HERE, first_day, start_of

# https://www.gov.uk/bank-holidays, England and Wales
HOLIDAYS = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
SOME_DAYS = dates(date(2000, 1, 1), date(2099, 12, 31))
MOMENTS = datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_bank_holidays_are_those_the_government_lists(year):
    listed = {date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year].split()}

    assert bank_holidays(year) == listed


@pytest.mark.parametrize(
    ("sent", "last_day"),
    [
        ("2026-06-10", "2026-06-11"),  # Wednesday
        ("2026-06-12", "2026-06-15"),  # Friday
        ("2026-06-13", "2026-06-15"),  # Saturday
        ("2026-06-14", "2026-06-15"),  # Sunday
        ("2026-04-02", "2026-04-07"),  # the Thursday before Easter
        ("2026-12-24", "2026-12-29"),  # Christmas Eve, a Thursday
        ("2027-12-31", "2028-01-04"),  # new year's day is a Saturday, kept on Monday
    ],
)
def test_words_are_read_by_the_end_of_the_next_working_day(sent, last_day):
    at_noon = datetime.fromisoformat(f"{sent}T12:00+00:00")

    assert due(at_noon) == start_of(date.fromisoformat(last_day) + timedelta(days=1))


def test_a_day_is_a_day_in_london():
    just_after_midnight_in_summer = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)

    assert due(just_after_midnight_in_summer) == datetime(2026, 6, 11, 23, tzinfo=UTC)


def test_nothing_becomes_late_at_a_weekend():
    friday_evening = datetime(2026, 6, 12, 18, tzinfo=UTC)

    for day in (13, 14, 15):
        assert friday_evening >= overdue_before(datetime(2026, 6, day, 12, tzinfo=UTC))
    assert friday_evening < overdue_before(datetime(2026, 6, 16, 0, tzinfo=HERE))


@given(SOME_DAYS)
def test_the_next_working_day_is_the_first_after_it(day):
    following = next_working_day(day)

    assert following > day
    assert is_working_day(following)
    between = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    assert not any(map(is_working_day, between))
    assert len(between) <= 5


@given(SOME_DAYS)
def test_forward_and_back_come_to_the_same_day(day):
    assert last_working_day_before(next_working_day(day)) <= day
    assert next_working_day(last_working_day_before(day)) >= day


@given(SOME_DAYS)
def test_no_weekend_is_a_working_day_and_every_year_has_eight_holidays_on_weekdays(day):
    assert not (day.weekday() > 4 and is_working_day(day))
    assert len(bank_holidays(day.year)) >= 8
    assert all(holiday.weekday() < 5 for holiday in bank_holidays(day.year))


@given(MOMENTS)
def test_everybody_gets_a_whole_working_day(sent):
    last = first_day(due(sent) - timedelta(microseconds=1))

    assert is_working_day(last)
    assert last > first_day(sent)


@given(MOMENTS, MOMENTS)
def test_what_is_overdue_is_exactly_what_is_past_its_time(sent, now):
    assert (sent < overdue_before(now)) == (now >= due(sent))


@given(MOMENTS, MOMENTS)
def test_who_came_first_is_never_to_be_read_later(one, other):
    first, second = sorted([one, other])

    assert due(first) <= due(second)
