"""Surveys that closed some weeks ago."""

from datetime import datetime, timedelta

import pytest

from engage.clock import HERE
from engage.loop import operations
from tests.loop.made import PARENT, a_survey, a_theme, an_action, people_say

# The clock on the wall here: weeks ago it was the same time of day, in summer too.
NOW = datetime.now(HERE)


def ago(weeks, days=0):
    return NOW - timedelta(weeks=weeks, days=days)


def sent_at(said, when):
    """These comments were sent then."""
    for answer in said:
        answer.response.submitted_at = when


@pytest.fixture
def closed(session):
    """A survey that closed so many weeks ago, with these answers to its themes.

    `answers`: for each theme how many weeks ago everyone could read its answer, or None.
    So many `people` wrote, the day before it closed.
    """

    def closed(weeks, answers=(), title="Parents", people=10, **details):
        version = a_survey(title=title, opens_at=ago(weeks + 8), **details)
        version.closes_at = ago(weeks)
        said = people_say(version, PARENT, people)
        sent_at(said, ago(weeks, 1))
        for number, when in enumerate(answers):
            theme = a_theme(version, said, name=f"Secret theme {number}")
            if when is not None:
                action = an_action(theme, "did")
                operations.publish(action, theme.decided_by, ago(when))
        operations.take_loop_snapshot(version.survey_id, ago(weeks))
        session.commit()
        return version

    return closed
