"""What can happen to a response."""

from datetime import timedelta

import pytest

from engage.errors import ClosedError
from engage.jobs import queue
from engage.jobs.models import Job
from engage.responses import operations, queries
from engage.responses.models import Answer, Response
from engage.surveys.branching import Step, path
from engage.surveys.queries import definition_of
from tests.loop.made import NOW
from tests.survey_factories import ask, make_small_survey

GOOD_OR_BAD = [{"code": code, "standard": code, "easy_read": code} for code in ("good", "bad")]
QUESTIONS = [
    ask("Q1"),
    ask("WHY", "text", show_if={"question": "Q1", "in": ["no"]}),
    ask("USED", "multi", options=("a", "b", "c")),
    ask("RATED", "loop", loop_over="USED", max_loops=2) | {"options": GOOD_OR_BAD},
]


@pytest.fixture
def survey(session):
    return definition_of(make_small_survey(QUESTIONS, slug="small").id)


@pytest.fixture
def response(survey, session):
    version = session.query(queries.SurveyVersion).one()
    return queries.by_token(operations.start(version, "web", easy_read=False, now=NOW))


def say(response, survey, **said):
    """RATED_a means the round about a."""
    for key, value in said.items():
        code, _, item = key.partition("_")
        step = Step(survey.question(code), item or None)
        operations.save_answer(response, step, value)


def kept(response, survey):
    return operations.said_in(response, survey)


def test_a_draft_knows_a_day_a_channel_and_no_more(response):
    assert response.started_on == NOW.date()
    assert (response.channel, response.easy_read, response.submitted_at) == ("web", False, None)
    assert response.answers == []


def test_an_answer_is_kept_changed_and_taken_away(response, survey, session):
    say(response, survey, Q1="yes")
    say(response, survey, Q1="no")
    assert kept(response, survey) == {"Q1": "no"}
    say(response, survey, Q1=None)
    assert session.query(Answer).count() == 0


def test_each_round_is_kept_beside_the_others(response, survey):
    say(response, survey, RATED_a="good", RATED_b="bad")
    say(response, survey, RATED_a=None)
    assert kept(response, survey) == {"RATED": {"b": "bad"}}
    say(response, survey, RATED_b=None)
    assert kept(response, survey) == {}


def test_sending_drops_what_was_not_asked_in_the_end(response, survey):
    say(response, survey, Q1="no", WHY="because")
    say(response, survey, Q1="yes")
    operations.submit(response, survey, NOW)
    assert kept(response, survey) == {"Q1": "yes"}
    assert response.submitted_at == NOW


def test_sending_keeps_which_rounds_were_offered(response, survey):
    say(response, survey, USED=["a", "b", "c"])
    offered = [step.item for step in path(survey, kept(response, survey), "me") if step.item]
    say(response, survey, RATED_a="good", RATED_b="good", RATED_c="bad")

    operations.submit(response, survey, NOW, seed="me")

    rated = kept(response, survey)["RATED"]
    assert rated["offered"] == offered
    assert list(rated["given"]) == offered
    assert len(offered) == 2


def test_sending_twice_changes_nothing(response, survey, session):
    say(response, survey, Q1="yes")
    operations.submit(response, survey, NOW)
    jobs = session.query(Job).count()
    operations.submit(response, survey, NOW + timedelta(hours=1))
    assert response.submitted_at == NOW
    assert session.query(Job).count() == jobs


def test_nothing_changes_after_sending(response, survey):
    say(response, survey, Q1="yes")
    operations.submit(response, survey, NOW)
    with pytest.raises(ClosedError):
        say(response, survey, Q1="no")
    with pytest.raises(ClosedError):
        operations.change_wording(response, easy_read=True)
    assert kept(response, survey) == {"Q1": "yes"}
    assert response.easy_read is False


def test_many_who_send_at_once_are_read_once(survey, session):
    version = session.query(queries.SurveyVersion).one()
    for _ in range(3):
        token = operations.start(version, "web", easy_read=False)
        operations.submit(queries.by_token(token), survey)
    assert sorted(job.name for job in session.query(Job)) == [
        "analysis.refresh",
        "indicators.snapshot",
        "loop.snapshot",
    ]


@pytest.mark.parametrize(
    ("closes", "closed", "after", "is_open"),
    [
        (None, None, timedelta(days=900), True),
        (NOW, None, timedelta(hours=23, minutes=59), True),
        (NOW, None, timedelta(hours=24), False),
        (None, NOW, timedelta(hours=23), True),
        (None, NOW, timedelta(hours=25), False),
        (NOW + timedelta(days=9), NOW, timedelta(hours=25), False),
    ],
)
def test_who_began_in_time_has_a_day_more(response, closes, closed, after, is_open):
    version = response.version
    version.closes_at, version.closed_at = closes, closed
    if is_open:
        operations.refuse_if_over(version, NOW + after)
        return
    with pytest.raises(ClosedError):
        operations.refuse_if_over(version, NOW + after)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 1), (31, 0)])
def test_drafts_are_forgotten_after_30_days(response, survey, session, days, left):
    say(response, survey, Q1="yes")
    session.commit()
    operations.forget_drafts(NOW + timedelta(days=days))
    assert session.query(Response).count() == left
    assert session.query(Answer).count() == left


def test_what_was_sent_is_not_forgotten(response, survey, session):
    operations.submit(response, survey, NOW)
    operations.forget_drafts(NOW + timedelta(days=900))
    assert session.query(Response).count() == 1


def test_forgetting_is_a_job_of_every_day(response, session):
    response.started_on = NOW.date() - timedelta(days=3650)
    queue.enqueue("responses.forget_drafts")
    session.commit()
    assert queue.work_off() == 1
    assert session.query(Response).count() == 0
