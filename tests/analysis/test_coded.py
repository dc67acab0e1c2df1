"""How the comments under accepted themes sound, as shares everybody may see."""

from datetime import timedelta
from typing import Any

import pytest

from engage.analysis.coded import KIND, take_coded
from engage.analysis.frame.members import remake
from engage.analysis.models import AnalysisRun, CommentFinding
from engage.extensions import db
from engage.indicators.q.display_county import coded_rows
from engage.responses import snapshots
from engage.responses.models import Answer
from tests.loop.made import (
    CHILD,
    LATER,
    NOW,
    PARENT,
    a_found,
    a_run,
    assigned,
    decided,
    send,
    unsent,
)
from tests.survey_factories import ask, make_small_survey


def a_survey(audience=PARENT, **details):
    return make_small_survey([ask("SAY", "text")], (audience,), **details)


def comments(version, sounds, people):
    """So many people write something, which the machine says sounds like this."""
    said = unsent(version, people)
    for comment in said:
        send(version, comment)
    return [(comment, sounds) for comment in said]


def a_theme(version, said, state="accepted"):
    """A reading of the survey that puts these comments under one theme."""
    return found_in(a_run(version), version, said, state)


def found_in(run, version, said, state):
    """What the reading found in these comments, how each of them sounds, and what was decided."""
    found = a_found(run, [comment for comment, _sounds in said])
    db.session.add_all(_finding(run, comment, sounds) for comment, sounds in said)
    theme = decided(version, found, name="Waiting", state=state)
    db.session.commit()
    return theme


def _finding(run: AnalysisRun, answer: Answer, sounds: str) -> CommentFinding:
    about: dict[str, Any] = {"language": "en", "sentiment": 0.0, "ambitions": []}
    about["sentiment_label"] = sounds
    return CommentFinding(run_id=run.id, answer_id=answer.id, **about)


def publish(now=NOW):
    taken = take_coded(now)
    db.session.commit()
    return taken


def shown():
    return snapshots.latest(None, KIND).data


def test_before_any_comment_there_is_nothing(session):
    publish()
    assert shown() == {}
    assert coded_rows(shown()) == coded_rows(None) == []


def test_shares_of_comments_are_whole_and_kept_apart_by_audience(app, session):
    parents, children = a_survey(), a_survey(CHILD)
    a_theme(
        parents,
        comments(parents, "positive", 10)
        + comments(parents, "mixed", 10)
        + comments(parents, "negative", 21),
    )
    a_theme(children, comments(children, "positive", 20) + comments(children, "negative", 20))
    publish()
    assert shown()[PARENT] == {
        "as_of": NOW.isoformat(),
        "base": 40,
        "positive": 24,
        "mixed": 24,
        "negative": 51,
    }
    assert (shown()[CHILD]["positive"], shown()[CHILD]["negative"]) == (50, 50)
    with app.test_request_context():
        assert coded_rows(shown()) == [
            ["Parents and carers", "24%", "24%", "51%", "about 40 comments"],
            ["Young people", "50%", "under 15%", "50%", "about 40 comments"],
        ]


def test_neutral_comments_are_in_the_base_and_not_among_the_shares(session):
    version = a_survey()
    a_theme(version, comments(version, "neutral", 30) + comments(version, "positive", 30))
    publish()
    assert (shown()[PARENT]["base"], shown()[PARENT]["positive"]) == (60, 50)
    assert "neutral" not in shown()[PARENT]


@pytest.mark.parametrize("people", [1, 29])
def test_fewer_than_thirty_comments_have_no_shares(session, people):
    version = a_survey()
    a_theme(version, comments(version, "negative", people))
    publish()
    assert {shown()[PARENT][name] for name in ("base", "positive", "mixed", "negative")} == {None}
    assert coded_rows(shown()) == []


def test_only_themes_that_people_accepted_count(session):
    version = a_survey()
    a_theme(version, comments(version, "negative", 60), state="set_aside")
    publish()
    assert shown()[PARENT]["base"] is None


def test_a_comment_under_two_themes_is_one_comment(session):
    version = a_survey()
    said = comments(version, "negative", 40)
    theme = a_theme(version, said)
    decided(version, theme.found, name="Also waiting", state="accepted")
    session.commit()
    publish()
    assert shown()[PARENT]["base"] == 40


def test_a_survey_for_several_audiences_is_nobodys(session):
    version = make_small_survey([ask("SAY", "text")], (PARENT, CHILD))
    a_theme(version, comments(version, "negative", 40))
    publish()
    assert shown() == {}


def test_made_up_comments_count_only_where_there_is_no_real_survey(session):
    """However alike the numbers are, and for the other audience too."""
    for audience in (PARENT, CHILD):
        invented = a_survey(audience)
        invented.survey.is_invented = True
        a_theme(invented, comments(invented, "negative", 40))
    publish()
    assert (shown()[PARENT]["base"], shown()[PARENT]["negative"]) == (40, "over 85")
    real = a_survey()
    a_theme(real, comments(real, "positive", 40))
    publish(LATER)
    assert (shown()[PARENT]["base"], shown()[PARENT]["positive"]) == (40, "over 85")
    assert CHILD not in shown()


def test_the_shares_stand_until_ten_comments_came_or_went(session):
    version = a_survey()
    said = comments(version, "negative", 20) + comments(version, "positive", 20)
    a_theme(version, said)
    publish()
    before = shown()
    said += comments(version, "negative", 9)
    a_theme(version, said)
    assert publish(LATER) is None
    assert shown() == before
    said += comments(version, "negative", 1)
    a_theme(version, said)
    publish(LATER)
    assert (shown()[PARENT]["base"], shown()[PARENT]["negative"]) == (50, 60)
    assert shown()[PARENT]["as_of"] == LATER.isoformat()


def test_nothing_exact_is_published_and_nothing_is_kept_twice(session):
    version = a_survey()
    a_theme(version, comments(version, "negative", 43))
    taken = publish()
    assert taken.exact == {"is_invented": False, PARENT: 43}
    assert "43" not in str({**taken.data[PARENT], "as_of": ""})
    assert publish(LATER) is None


def under(theme, is_accepted):
    theme.state = "accepted" if is_accepted else "set_aside"
    db.session.commit()


def second_theme(version, first, said):
    """Another theme of the same reading, of other comments."""
    run = db.session.get(AnalysisRun, first.found.run_id)
    return found_in(run, version, said, "set_aside")


def added(theme, version, said):
    """More comments under a theme of the newest reading."""
    run = db.session.get(AnalysisRun, theme.found.run_id)
    for answer, sounds in said:
        theme.found.assignments.append(assigned(run, answer))
        db.session.add(_finding(run, answer, sounds))
    db.session.flush()
    remake(version.survey_id, [theme.id])
    db.session.commit()


@pytest.mark.parametrize(("came", "stands"), [(0, True), (3, True), (9, True), (10, False)])
def test_there_and_back_the_first_shares_are_still_known(session, came, stands):
    """Comments of one theme, of another, and of the first again: a reader has kept the first."""
    version = a_survey()
    first = a_theme(version, comments(version, "negative", 24) + comments(version, "positive", 16))
    second = second_theme(version, first, comments(version, "positive", 80))
    publish()
    under(first, False)
    under(second, True)
    publish(LATER)
    assert (shown()[PARENT]["base"], shown()[PARENT]["positive"]) == (80, "over 90")
    added(first, version, comments(version, "negative", came))
    under(first, True)
    under(second, False)
    publish(LATER + timedelta(days=1))
    assert (shown()[PARENT]["base"] == 80) is stands
    if not stands:
        assert (shown()[PARENT]["base"], shown()[PARENT]["negative"]) == (50, 68)


def test_there_and_back_from_made_up_to_real_the_made_up_shares_are_still_known(session):
    """Few came to the made-up ones meanwhile: they are not shown again, nor are the real ones."""
    invented = a_survey()
    invented.survey.is_invented = True
    theme = a_theme(invented, comments(invented, "negative", 40))
    publish()
    real = a_survey()
    a_theme(real, comments(real, "positive", 40))
    publish(LATER)
    assert shown()[PARENT]["positive"] == "over 85"
    real.survey.is_invented = True
    real.audiences = ["professional"]
    added(theme, invented, comments(invented, "negative", 3))
    publish(LATER + timedelta(days=1))
    assert PARENT not in shown()
    added(theme, invented, comments(invented, "negative", 7))
    publish(LATER + timedelta(days=2))
    assert shown()[PARENT]["base"] == 50


def next_version(version, audience):
    """The survey is published anew, for others."""
    made = a_survey(audience)
    made.number = len(version.survey.versions) + 1
    theirs, made.survey = made.survey, version.survey
    db.session.flush()
    db.session.delete(theirs)
    db.session.commit()
    return made


def test_a_survey_that_turns_to_others_and_back_keeps_the_comments_of_each_apart(session):
    parents = a_survey()
    theme = a_theme(parents, comments(parents, "negative", 40))
    publish()
    children = next_version(parents, CHILD)
    added(theme, parents, comments(children, "positive", 32))
    publish(LATER)
    assert (shown()[PARENT]["base"], shown()[PARENT]["negative"]) == (40, "over 85")
    assert (shown()[CHILD]["base"], shown()[CHILD]["positive"]) == (30, "over 85")
    again = next_version(parents, PARENT)
    added(theme, parents, comments(again, "positive", 9))
    publish(LATER + timedelta(days=1))
    assert shown()[PARENT]["base"] == 40
    added(theme, parents, comments(again, "positive", 3))
    publish(LATER + timedelta(days=2))
    assert (shown()[PARENT]["base"], shown()[PARENT]["positive"]) == (50, 23)
    assert shown()[CHILD]["base"] == 30
