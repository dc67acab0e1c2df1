"""Working days in England: Monday to Friday, without bank holidays. Pure.

What is sent on one day is to be read by the end of the next working day: what comes on a Friday
or at a weekend by the end of Monday. Days are days in London.

Source of the bank holidays: the Banking and Financial Dealings Act 1971, schedule 1, and the royal
proclamations; see https://www.gov.uk/bank-holidays. A day that is given once has to be
added to the table below; without it words are only asked to be read a day too soon.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

from engage.surveys.timing import end_of, first_day, start_of

A_DAY = timedelta(days=1)
MONDAY, SATURDAY = 0, 5
# Days that were given once, and days that were moved in one year.
GIVEN = frozenset(
    {
        date(2020, 5, 8),  # 75 years after the war, instead of 4 May
        date(2022, 6, 2),  # the Platinum Jubilee, and the spring holiday moved to it
        date(2022, 6, 3),
        date(2022, 9, 19),  # the funeral of Queen Elizabeth II
        date(2023, 5, 8),  # the coronation of King Charles III
    }
)
MOVED_AWAY = frozenset({date(2020, 5, 4), date(2022, 5, 30)})


def due(sent: datetime) -> datetime:
    """Until when what was sent then is read within one working day."""
    return _end_of_next_working_day(first_day(sent))


@cache
def _end_of_next_working_day(day: date) -> datetime:
    """Kept: it is asked for everybody who ever wrote something."""
    return end_of(next_working_day(day))


def overdue_before(now: datetime) -> datetime:
    """What was sent before this moment, and not read by now, has waited too long."""
    return start_of(last_working_day_before(first_day(now)))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after this day."""
    day += A_DAY
    while not is_working_day(day):
        day += A_DAY
    return day


def last_working_day_before(day: date) -> date:
    day -= A_DAY
    while not is_working_day(day):
        day -= A_DAY
    return day


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in that year."""
    easter = easter_sunday(year)
    movable = {
        easter - 2 * A_DAY,
        easter + A_DAY,
        _first_monday_from(date(year, 5, 1)),
        _first_monday_from(date(year, 5, 25)),
        _first_monday_from(date(year, 8, 25)),
    }
    fixed = _off_the_weekend([date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)])
    given = {day for day in GIVEN if day.year == year}
    return frozenset((movable | fixed | given) - MOVED_AWAY)


def easter_sunday(year: int) -> date:
    """By the rule of Meeus, Jones and Butcher for the Gregorian calendar."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moon_slip = (century + 8) // 25
    epact = (19 * golden + century - century // 4 - (century - moon_slip + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first_monday_from(day: date) -> date:
    return day + (MONDAY - day.weekday()) % 7 * A_DAY


def _off_the_weekend(days: Iterable[date]) -> set[date]:
    """A holiday on a Saturday or Sunday is kept on the next weekday that is free."""
    kept: set[date] = set()
    for day in sorted(days, key=lambda day: day.weekday() >= SATURDAY):
        while day.weekday() >= SATURDAY or day in kept:
            day += A_DAY
        kept.add(day)
    return kept
