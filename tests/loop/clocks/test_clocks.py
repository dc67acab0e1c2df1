"""The two clocks of a survey and the loop-closed rate, on plain values."""

from datetime import date, timedelta

import pytest

from engage.loop.clocks.clocks import (
    IN_TIME,
    LATE,
    OVERDUE,
    WAITING,
    Clock,
    Counted,
    Course,
    percent_of,
    rate,
    starts_on,
    top_themes,
)

CLOSED = date(2026, 6, 1)
HEARD_BY, ANSWERED_BY = date(2026, 6, 29), date(2026, 8, 24)
A_DAY = timedelta(days=1)


def after(days):
    return CLOSED + timedelta(days=days)


def answered(*days, **details):
    """A theme for each: answered so many days after the last day, or not at all."""
    return tuple(Counted(n, None, None if d is None else after(d), **details) for n, d in days)


def themes(*days, **details):
    return answered(*enumerate(days), **details)


@pytest.mark.parametrize(
    ("met_on", "today", "state", "days"),
    [
        (HEARD_BY, HEARD_BY + 9 * A_DAY, IN_TIME, 0),
        (HEARD_BY + A_DAY, HEARD_BY + 9 * A_DAY, LATE, 1),
        (None, HEARD_BY, WAITING, 0),
        (None, HEARD_BY + 2 * A_DAY, OVERDUE, 2),
    ],
)
def test_the_day_itself_is_in_time_and_the_day_after_is_late(met_on, today, state, days):
    clock = Clock(HEARD_BY, met_on)
    assert (clock.state(today), clock.days_late(today)) == (state, days)


def test_both_clocks_start_on_the_last_day():
    course = Course(CLOSED, themes=themes(None))
    assert (course.heard.due, course.answers_due) == (HEARD_BY, ANSWERED_BY)
    assert course.answers == (Clock(ANSWERED_BY),)


def test_nothing_is_due_while_a_survey_is_open():
    course = Course(None, themes=themes(None))
    assert (course.heard, course.answers_due, course.answers) == (None, None, ())
    assert not course.owes(date.max)
    assert course.is_shown(date.max)
    assert not course.is_in_the_rate(date.max)


def test_an_answer_before_the_last_day_is_in_time():
    assert Course(CLOSED, themes=themes(-30)).tally(CLOSED)[IN_TIME] == 1


def test_what_is_owed_does_not_leave_the_page_by_age():
    long_ago = after(800)
    assert Course(CLOSED, CLOSED, themes(None)).is_shown(long_ago)
    assert not Course(CLOSED, CLOSED, themes(200)).is_shown(long_ago)


def test_themes_with_time_left_are_not_counted_yet_even_where_they_are_answered():
    """Else early answers would count at once and missing ones only later."""
    course = Course(CLOSED, themes=themes(3, None))
    assert [course.is_in_the_rate(after(day)) for day in (84, 85, 365, 366)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("said", "answered", "closed", "ends", "starts"),
    [
        (-9, None, 0, (0, 40), 0),
        (9, None, 0, (0, 40), 40),  # it came up while the survey was open again
        (9, None, 0, (0,), None),
        (None, 1, 0, (0, 40), 0),
        (-9, 90, 100, (0, 100), 0),  # asked anew at once: late stays late
        (-9, 90, 370, (0, 370), 370),
        (-9, 380, 370, (0, 370), 0),
    ],
)
def test_the_first_last_day_after_it_was_said_starts_its_clock(
    said, answered, closed, ends, starts
):
    day = {number: after(number) for number in range(-9, 400)} | {None: None}
    every = [day[each] for each in ends]
    assert starts_on(day[said], day[answered], day[closed], every) == day[starts]


def test_the_ten_themes_that_most_people_spoke_of_ties_and_hidden_counts_by_name():
    people = {1: 40, 2: None, 3: 40, 4: 55, 99: 70} | dict.fromkeys(range(10, 18), 20)
    names = {1: "Letters", 2: "Buses", 3: "Calls", 4: "Waits", 5: "Not counted"}
    names |= {n: f"Theme {n}" for n in range(10, 18)}
    assert top_themes(people, names) == [4, 3, 1, 10, 11, 12, 13, 14, 15, 16]
    assert top_themes({2: None, 1: 10}, names) == [1, 2]


def test_the_rate_counts_themes_and_gives_no_percentage_of_few():
    of_nine = Course(CLOSED, themes=themes(10, 20, 30, 40, 84, 85, 90, None, None))
    found = rate([of_nine]).as_data()
    assert (found["base"], found["on_time"], found["percent"]) == (9, 5, None)
    assert found["median_weeks"] == 12

    found = rate([of_nine, Course(CLOSED, themes=themes(*range(11)))]).as_data()
    assert (found["base"], found["on_time"], found["percent"]) == (20, 16, 80)
    assert found["median_weeks"] == 2


def test_percentages_are_rounded_half_up():
    assert [percent_of(13, 40), percent_of(19, 19), percent_of(0, 20)] == [33, None, 0]


def test_themes_that_wait_are_not_left_out_of_the_median():
    assert rate([Course(CLOSED, themes=themes(7, None, None))]).median_weeks is None
    assert rate([Course(CLOSED, themes=themes(8, -9, None))]).median_weeks == 2
    assert rate([Course(CLOSED, themes=themes(-9))]).median_weeks == 0
    assert rate([]).as_data()["median_weeks"] is None


def test_what_families_checked_is_counted_of_what_is_said_to_be_done():
    done = themes(1, 2, is_done=True) + (Counted(8, None, after(3), True, True),)
    found = rate([Course(CLOSED, themes=(*done, *themes(None)))]).as_data()
    assert (found["done"], found["checked"], found["checked_percent"]) == (3, 1, None)
