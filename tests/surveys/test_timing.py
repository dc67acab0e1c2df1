"""Days as people in England say them, and the state of a version at a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from engage.surveys.timing import (
    State,
    closing_day,
    end_of,
    first_day,
    in_words,
    last_day,
    start_of,
    state,
)

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Times:
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    published_at: datetime | None = NOW - 9 * HOUR
    closed_at: datetime | None = None


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (Times(published_at=None), State.DRAFT),
        (Times(), State.OPEN),
        (Times(opens_at=NOW), State.OPEN),
        (Times(opens_at=NOW + HOUR), State.WAITING),
        (Times(closes_at=NOW), State.CLOSED),
        (Times(closes_at=NOW + HOUR), State.OPEN),
        (Times(closed_at=NOW - HOUR), State.CLOSED),
        (Times(opens_at=NOW + HOUR, closed_at=NOW), State.CLOSED),
    ],
)
def test_the_state_follows_from_the_times(times, expected):
    assert state(times, NOW) is expected


@pytest.mark.parametrize("day", [date(2026, 1, 29), date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_survives_being_kept_as_moments(day):
    assert first_day(start_of(day)) == day
    assert last_day(end_of(day)) == day
    # Kept in UTC, which in summer is the evening before.
    assert first_day(start_of(day).astimezone(UTC)) == day
    assert last_day(end_of(day).astimezone(UTC)) == day


def test_a_survey_is_open_to_the_end_of_its_last_day():
    assert end_of(date(2026, 6, 10)) == datetime(2026, 6, 10, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (Times(), None),
        (Times(closes_at=end_of(date(2026, 7, 31))), date(2026, 7, 31)),
        (Times(closes_at=end_of(date(2026, 7, 31)), closed_at=NOW), date(2026, 6, 10)),
        (Times(closes_at=end_of(date(2026, 5, 31)), closed_at=NOW), date(2026, 5, 31)),
        (Times(closed_at=start_of(date(2026, 6, 10))), date(2026, 6, 9)),
    ],
)
def test_the_last_day_of_a_version_is_the_first_that_ended_it(times, expected):
    assert closing_day(times) == expected


def test_a_day_is_said_in_full():
    assert in_words(date(2026, 6, 1)) == "1 June 2026"
