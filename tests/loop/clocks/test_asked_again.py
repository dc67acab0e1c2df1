"""What has come due stays due: by a new version, or a last day that is moved, no time is won."""

from datetime import timedelta

import pytest

from engage.clock import day_of
from engage.extensions import db
from engage.loop import operations
from engage.loop.clocks.operations import figures
from engage.loop.clocks.queries import lines
from engage.surveys import operations as surveys
from tests.loop.clocks.conftest import NOW, ago, sent_at
from tests.loop.made import PARENT, a_theme, people_say

PAGE = "/you-said-we-did/on-time"


def standing(weeks=0):
    """How the themes of the one survey stand, so many weeks from now."""
    when = NOW + timedelta(weeks=weeks)
    (line,) = lines(when)
    tally = line.course.tally(day_of(when))
    return {state: number for state, number in tally.items() if number}


def begin(version, opens_at, now=NOW):
    """A new version of its survey is published."""
    new = surveys.new_version(version.survey)
    surveys.set_details(new, audiences=version.audiences, opens_at=opens_at)
    surveys.publish(new, now)
    db.session.commit()
    return new


@pytest.mark.parametrize("opens_in", [timedelta(weeks=500), -timedelta(hours=1)])
def test_a_new_version_hides_nothing_that_is_owed(client, closed, opens_in):
    """Neither one that is only planned, nor one that can be answered now or has closed since."""
    version = closed(14, [10, None, 1])
    before = {"in_time": 1, "late": 1, "overdue": 1}
    new = begin(version, NOW + opens_in)
    assert standing() == before
    page = client.get(PAGE).page
    assert "Late now" in page.html
    assert ("People could answer it again later." in page.html) == (opens_in < timedelta())
    if opens_in < timedelta():
        surveys.close(new, NOW)
        assert standing() == before


def test_a_new_version_a_year_later_starts_anew_where_everything_is_answered(closed):
    version = closed(60, [40])
    new = begin(version, ago(8))
    assert lines(NOW)[0].course.closed_on is None, "a survey that is open, and nothing else"
    surveys.close(new, NOW)
    assert standing() == {"in_time": 1}


def test_to_move_the_last_day_makes_nothing_that_was_late_in_time(client, closed):
    version = closed(14, [1, None])
    surveys.set_details(version, now=NOW, closes_at=NOW + timedelta(weeks=2))
    surveys.set_details(version, now=NOW, closes_at=NOW + timedelta(weeks=3))
    db.session.commit()
    said = client.get(PAGE).page.html
    assert "Late now" in said
    assert "This day still counts for what came before it." in said
    for weeks in (0, 2, 4, 16):
        assert standing(weeks) == {"late": 1, "overdue": 1}
    assert version.first_closed_on == day_of(ago(14))
    found = figures(lines(NOW), day_of(NOW))
    assert (found["base"], found["on_time"]) == (2, 0)


def test_what_came_up_only_after_that_has_its_own_twelve_weeks(closed):
    version = closed(14, [13])
    surveys.set_details(version, now=NOW, closes_at=NOW + timedelta(weeks=2))
    said = people_say(version, PARENT, 10)
    sent_at(said, NOW + timedelta(weeks=1))
    a_theme(version, said, name="New")
    # As the daily job does, which counts themes of answers that came later.
    operations.take_loop_snapshot(version.survey_id, NOW + timedelta(weeks=1))
    db.session.commit()
    assert standing(1) == {"in_time": 1}
    assert standing(3) == {"in_time": 1, "waiting": 1}
    then = NOW + timedelta(weeks=3)
    assert figures(lines(then), day_of(then))["base"] == 1
    assert standing(15) == {"in_time": 1, "overdue": 1}
