"""What can happen to a response."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engage.errors import ClosedError
from engage.jobs import queue
from engage.jobs.models import Job
from engage.responses import opening, operations
from engage.responses.models import Answer, NotUnderstood, Response
from engage.safeguarding.models import Alert
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
def version(session):
    return make_small_survey(QUESTIONS, slug="small")


@pytest.fixture
def survey(version):
    return definition_of(version.id)


@pytest.fixture
def token(version):
    return operations.start(version, "web", easy_read=False, now=NOW)


@pytest.fixture
def say(token, survey):
    """say(RATED_a="good"): one page after another; RATED_a is the round about a."""

    def say(**said):
        for key, value in said.items():
            code, _, item = key.partition("_")
            step = Step(survey.question(code), item or None)
            operations.save_answer(draft_of(token), step, value, today=NOW.date())

    return say


def draft_of(token):
    draft, _survey = opening.opened(token)
    return draft


def sent(session):
    return {answer.question.code: answer.value for answer in session.query(Answer)}


def send(token, survey, now=NOW):
    operations.submit(draft_of(token), survey, now)


def test_a_draft_knows_a_day_a_channel_and_no_more(token, session):
    response = session.query(Response).one()
    assert response.started_on == response.last_used_on == NOW.date()
    assert (response.channel, response.easy_read, response.submitted_at) == ("web", False, None)
    assert response.draft == {}
    assert response.answers == []


def test_an_answer_is_kept_changed_and_taken_away(token, say):
    say(Q1="yes")
    say(Q1="no")
    assert draft_of(token).said == {"Q1": "no"}
    say(Q1=None)
    assert draft_of(token).said == {}


def test_staff_find_no_answer_before_it_is_sent(token, say, session):
    say(Q1="yes", USED=["a"])
    assert session.query(Answer).count() == 0


def test_each_round_is_kept_beside_the_others(token, say):
    say(RATED_a="good", RATED_b="bad")
    say(RATED_a=None)
    assert draft_of(token).said == {"RATED": {"b": "bad"}}
    say(RATED_b=None)
    assert draft_of(token).said == {}


def test_sending_drops_what_was_not_asked_in_the_end(token, survey, say, session):
    say(Q1="no", WHY="because")
    say(Q1="yes")
    send(token, survey)
    assert sent(session) == {"Q1": "yes"}
    assert draft_of(token).submitted_at == NOW


def test_sending_keeps_which_rounds_were_offered(token, survey, say, session):
    say(USED=["a", "b", "c"])
    draft = draft_of(token)
    offered = [step.item for step in path(survey, draft.said, draft.seed) if step.item]
    say(RATED_a="good", RATED_b="good", RATED_c="bad")

    send(token, survey)

    rated = sent(session)["RATED"]
    assert rated["offered"] == offered
    assert list(rated["given"]) == offered
    assert len(offered) == 2


def test_sending_twice_changes_nothing(token, survey, say, session):
    say(Q1="yes")
    send(token, survey)
    jobs = session.query(Job).count()
    send(token, survey, NOW + timedelta(hours=1))
    assert draft_of(token).submitted_at == NOW
    assert session.query(Job).count() == jobs


def test_nothing_changes_after_sending(token, survey, say, session):
    say(Q1="yes")
    send(token, survey)
    with pytest.raises(ClosedError):
        say(Q1="no")
    with pytest.raises(ClosedError):
        operations.change_reading(draft_of(token), easy_read=True)
    assert sent(session) == {"Q1": "yes"}
    assert draft_of(token).easy_read is False


def test_many_who_send_at_once_are_read_once(version, survey, session):
    for _ in range(3):
        send(operations.start(version, "web", easy_read=False), survey)
    assert sorted(job.name for job in session.query(Job)) == [
        "analysis.refresh",
        "indicators.snapshot",
        "loop.snapshot",
    ]


def test_words_about_being_hurt_raise_an_alert_and_are_held(token, survey, say, session):
    say(Q1="no", WHY="My uncle hits me with a belt")
    send(token, survey)
    alert = session.query(Alert).one()
    assert alert.words == [["Question WHY?", "My uncle hits me with a belt"]]
    assert alert.reference == operations.reference_of(draft_of(token).id)
    assert session.query(Response).one().is_held


def test_ordinary_words_raise_no_alert(token, survey, say, session):
    say(Q1="no", WHY="The bus is late every day")
    send(token, survey)
    assert session.query(Alert).count() == 0
    assert not session.query(Response).one().is_held


def test_saying_that_a_question_is_not_understood_is_kept_once(token, survey, session):
    for _ in range(2):
        operations.mark_not_understood(draft_of(token), survey.question("Q1"))
    assert session.query(NotUnderstood).count() == 1


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
def test_who_began_in_time_has_a_day_more(token, closes, closed, after, is_open):
    draft = replace(draft_of(token), closes_at=closes, closed_at=closed)
    if is_open:
        operations.refuse_if_over(draft, NOW + after)
        return
    with pytest.raises(ClosedError):
        operations.refuse_if_over(draft, NOW + after)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 1), (31, 0)])
def test_drafts_are_forgotten_30_days_after_they_were_last_used(token, say, session, days, left):
    say(Q1="yes")
    session.query(Response).update({"started_on": NOW.date() - timedelta(days=20)})
    session.commit()
    operations.forget_drafts(NOW + timedelta(days=days))
    assert session.query(Response).count() == left


def test_what_was_sent_is_not_forgotten(token, survey, session):
    send(token, survey)
    operations.forget_drafts(NOW + timedelta(days=900))
    assert session.query(Response).count() == 1


def test_forgetting_is_a_job_of_every_day(token, session):
    session.query(Response).update({"last_used_on": NOW.date() - timedelta(days=3650)})
    queue.enqueue("responses.forget_drafts")
    session.commit()
    assert queue.work_off() == 1
    assert session.query(Response).count() == 0


def test_withdrawn_answers_are_gone_and_the_results_are_made_again(token, survey, say, session):
    say(Q1="yes")
    send(token, survey)
    session.query(Job).delete()
    operations.withdraw(draft_of(token), NOW + timedelta(days=27))
    assert session.query(Response).count() == session.query(Answer).count() == 0
    assert "analysis.refresh" in {job.name for job in session.query(Job)}


@pytest.mark.parametrize(
    ("closes", "last"),
    [
        (None, NOW.date() + timedelta(days=28)),
        (datetime(2026, 9, 1, 0, tzinfo=UTC), date(2026, 9, 1)),
    ],
)
def test_answers_can_be_withdrawn_until_the_survey_closes(token, survey, closes, last):
    send(token, survey)
    draft = replace(draft_of(token), closes_at=closes)
    assert operations.withdrawn_until(draft) == last
    after = datetime.combine(last, time(12), UTC) + timedelta(days=1)
    with pytest.raises(ClosedError):
        operations.withdraw(draft, after)
