"""A day is the day of the people here, winter and summer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.clock import day_of, today

moments = st.integers(0, 4 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_a_summer_evening_is_the_next_day_an_hour_before_midnight_in_utc(moment, day):
    assert day_of(moment) == day


@given(moments)
def test_it_is_the_day_in_utc_or_the_next(moment):
    assert day_of(moment) - moment.date() in (timedelta(), timedelta(days=1))


@given(st.dates())
def test_a_day_stays_itself(day):
    assert day_of(day) == day


def test_today_is_the_day_of_now():
    before, found, after = day_of(datetime.now(UTC)), today(), day_of(datetime.now(UTC))
    assert before <= found <= after
