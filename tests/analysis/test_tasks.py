"""The job that reads a survey's comments."""

import pytest

from engage.analysis import queries
from engage.analysis.models import AnalysisRun, CommentFinding
from engage.jobs import queue
from tests.analysis.comments import some_comments
from tests.analysis.found import comments
from tests.loop.made import CHILD, PARENT
from tests.survey_factories import ask, make_small_survey

QUESTIONS = (
    ask("WHO", options=(PARENT, CHILD), role="audience"),
    ask("SAY", "text", role="free_text", ambitions=["ambition-2"]),
)


def a_survey():
    return make_small_survey(QUESTIONS, (PARENT, CHILD))


def read(version):
    queue.enqueue("analysis.refresh", survey_id=version.survey_id)
    queue.db.session.commit()
    return queue.work_off()


def test_the_comments_of_a_survey_are_read_into_themes(session):
    version = a_survey()
    comments(version, [comment.text for comment in some_comments(42)])

    assert read(version) == 1

    run = queries.latest_run(version.survey_id)
    assert (run.method, run.comments_read, run.people) == ("topic_model", 42, 42)
    assert sum(theme.people for theme in run.themes) >= 42
    assert run.made_by["versions"] == {"tools": "simple"}


@pytest.mark.parametrize(("people", "method"), [(29, "grouped_reading"), (30, "topic_model")])
def test_fewer_than_30_comments_are_only_grouped(session, people, method):
    version = a_survey()
    comments(version, [comment.text for comment in some_comments(people)])
    read(version)
    assert queries.latest_run(version.survey_id).method == method


def test_a_survey_nobody_has_answered_can_be_read(session):
    version = a_survey()
    assert read(version) == 1
    assert queries.latest_run(version.survey_id).themes == []


def test_reading_twice_is_two_readings_that_say_the_same(session):
    version = a_survey()
    comments(version, [comment.text for comment in some_comments(30)])
    read(version)
    read(version)
    first, second = session.query(AnalysisRun).order_by(AnalysisRun.id)
    assert [theme.label for theme in first.themes] == [theme.label for theme in second.themes]


def test_only_what_was_sent_is_read(session):
    version = a_survey()
    sent, draft = comments(version, ["The bus is late", "Half a thought"])
    draft.response.submitted_at = None
    session.commit()
    assert [comment.text for comment in queries.comments_of(version.survey_id)] == [sent.value]


def test_only_this_surveys_comments_are_read(session):
    version = a_survey()
    comments(a_survey(), ["Of another survey"])
    assert queries.comments_of(version.survey_id) == []


def test_what_cannot_be_themed_is_set_aside_with_the_reason(session):
    version = a_survey()
    comments(version, ["The bus is late", "n/a", "?!", "وقت طويل جدا"])
    read(version)
    found = session.query(CommentFinding).order_by(CommentFinding.answer_id)
    assert [comment.set_aside for comment in found] == [
        "",
        "no_answer",
        "only_marks",
        "other_language",
    ]


@pytest.mark.parametrize(
    ("wording", "tone"),
    [
        ("What could be better?", "improve"),
        ("What is working well?", "praise"),
        ("What works well, and what should change?", "neutral"),
        ("Tell us more", "neutral"),
        ("", "neutral"),
    ],
)
def test_a_question_may_invite_praise_or_complaint(wording, tone):
    assert queries.tone_of(wording) == tone


def test_a_question_of_one_ambition_says_so_of_its_comments(session):
    version = a_survey()
    comments(version, ["The bus is late"])
    [comment] = queries.comments_of(version.survey_id)
    assert comment.ambition_prior == "ambition-2"
