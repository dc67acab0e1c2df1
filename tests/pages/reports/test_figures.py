"""Figures that a report takes from elsewhere: of its year, and made-up ones never among real."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.extensions import db
from engage.indicators.q.county import take_county_snapshot
from engage.loop.clocks.operations import prepare_rate
from engage.pages.reports.collecting import collect
from engage.responses.models import Answer
from engage.surveys.queries import definition_of
from tests.indicators.conftest import PARENTS, same_organisation, take_q_snapshots
from tests.loop.made import (
    NOW,
    PARENT,
    a_public_action,
    a_survey,
    a_theme,
    count,
    people_say,
    question_of,
    send,
)
from tests.loop.quotes.made import colleague
from tests.pages.reports.taking import wanted
from tests.signin import sign_in
from tests.survey_factories import make_survey

THIS, LONG_PAST = "2025-26", "2024-25"
NOTE = "Example with made-up answers."


@pytest.fixture
def an_answer(app, session):
    """To what people said in a survey of this year; with the rate, and two waves of q."""

    def an_answer(is_invented=False):
        version = a_survey(closes_at=NOW - timedelta(weeks=20), is_invented=is_invented)
        theme = a_theme(version, people_say(version, PARENT, 12))
        a_public_action(theme)
        count(version)
        prepare_rate(NOW)()
        a_wave("Older", datetime(2025, 1, 10, tzinfo=UTC), is_invented)
        a_wave("Newer", datetime(2026, 1, 10, tzinfo=UTC), is_invented)
        take_q_snapshots(NOW, app.extensions["pack"].areas)
        take_county_snapshot(NOW, "Hertfordshire")
        db.session.commit()
        return theme

    return an_answer


def a_wave(title, opens_at, is_invented):
    """40 parents answered in the half year after it opened."""
    version = make_survey(
        PARENTS,
        title=title,
        organisation=same_organisation(),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=180),
        is_invented=is_invented,
    )
    asked = question_of(version, definition_of(version.id).feeding_q("headline").code)
    for _ in range(40):
        send(version, Answer(question=asked, value="fairly_satisfied"))


def with_evidence(data):
    return {each["code"] for each in data["promises"] if any(each["counts"].values())}


def waves_in(data):
    return [each["survey"] for each in data["q"]]


def notes_on(officer):
    return officer.get(f"/staff/reports/annual/{THIS}").page.texts("footer p.quiet")


def test_made_up_figures_are_told_among_made_up_answers_alone(app, an_answer):
    theme = an_answer(is_invented=True)
    officer = sign_in(app.test_client(), colleague(theme))
    made_up = collect(wanted(year=THIS))
    assert made_up["in_time"]
    assert with_evidence(made_up)
    assert waves_in(made_up) == ["Newer"]
    assert notes_on(officer) == [NOTE]

    a_survey(title="A real one")
    real = collect(wanted(year=THIS))
    assert real["in_time"] == []
    assert with_evidence(real) == set()
    assert waves_in(real) == []
    assert notes_on(officer) == []


def test_a_year_long_past_is_told_of_by_nothing_that_came_later(an_answer):
    an_answer()
    this, long_past = (collect(wanted(year=year)) for year in (THIS, LONG_PAST))
    assert this["in_time"]
    assert with_evidence(this)
    assert waves_in(this) == ["Newer"]
    assert this["q"][0]["change"]

    assert long_past["in_time"] == []
    assert long_past["promises"] == []
    assert waves_in(long_past) == ["Older"]
    assert long_past["q"][0]["change"] == [], "a change is told of the last two waves"
