"""The made-up pulse of the demonstration."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from engage.demo.pulse import make_pulse
from engage.extensions import db
from engage.indicators.pulse.queries import published_pulse
from engage.responses.models import Answer, Response
from engage.surveys.models import Question
from tests.factories import OrganisationFactory, ready_plan
from tests.indicators.pulse.conftest import take_pulse_snapshots

DAYS = [datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 3, 31, 23, 30, tzinfo=UTC)]


@pytest.mark.parametrize("now", DAYS)
def test_it_has_fifteen_months_and_a_true_rise_in_the_last_seven(session, now):
    owner = OrganisationFactory()
    ready_plan(owner)
    make_pulse(owner, now)
    answers = db.session.scalar(select(func.count(Response.id)))
    make_pulse(owner, now)
    assert db.session.scalar(select(func.count(Response.id))) == answers
    take_pulse_snapshots(now)
    (issue,) = published_pulse()
    (line,) = issue.data["lines"]
    assert len(line["points"]) == 15
    assert all(len(point["months"]) == 1 and 35 <= point["base"] <= 55 for point in line["points"])
    marked = {point: each["kind"] for each in line["chart"]["signals"] for point in each["points"]}
    assert marked == dict.fromkeys(range(9, 16), "improvement")


def test_nobody_wrote_anything_and_it_is_called_made_up(session):
    owner = OrganisationFactory()
    ready_plan(owner)
    make_pulse(owner, DAYS[0])
    written = select(func.count()).select_from(Answer).join(Question).where(Question.type == "text")
    assert db.session.scalar(written) == 0
    take_pulse_snapshots(DAYS[0])
    assert [issue.is_invented for issue in published_pulse()] == [True]
