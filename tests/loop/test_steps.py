"""What people do to take an answer on its way, and what nobody may do to its history."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from engage.analysis import operations as analysis
from engage.analysis.models import Theme
from engage.analysis.queries import has_answers
from engage.errors import FrozenError, InvalidInputError, NotReadyError
from engage.loop import lifecycle, operations, partners, steps
from engage.loop.models import LoopStep
from engage.people.models import AuditEvent
from engage.surveys.models import SurveyPartner
from tests.factories import StaffFactory
from tests.indicators.rivals import changing_it_first
from tests.loop.made import (
    LATER,
    NOW,
    PARENT,
    WHOLE,
    a_check,
    a_theme,
    an_action,
    people_say,
    taken_down_meanwhile,
    whole,
)

DUE = date(2027, 1, 29)


@pytest.fixture
def officer(theme):
    return theme.decided_by


def published(theme, kind="did", **parts):
    action = an_action(theme, kind, **parts)
    operations.publish(action, action.written_by, NOW)
    return action


def states(action):
    return [step.state for step in action.steps]


def closed(theme, officer, forum):
    action = published(theme)
    steps.record_check(action, a_check(), forum)
    steps.show_difference(action, "The wait is half", 3, officer, LATER)
    steps.close(action, "It works", officer, LATER)
    return action


# ---- publishing is deciding


@pytest.mark.parametrize("kind", WHOLE)
def test_publishing_is_the_step_that_decides(theme, kind):
    action = published(theme, kind)
    assert states(action) == ["decided", "done_claimed"] if kind == "did" else ["decided"]


def test_a_decision_keeps_the_answer_as_it_stood(theme):
    action = published(theme, "will", due_on=DUE)
    operations.publish(action, action.written_by, LATER, whole("will", due_on=date(2027, 9, 1)))
    assert [step.parts["due_on"] for step in action.steps] == ["2027-01-29", "2027-09-01"]


def test_a_promise_with_a_new_day_is_another_decision(theme):
    action = published(theme, "will", due_on=DUE)
    operations.publish(action, action.written_by, LATER, whole("will", due_on=date(2027, 9, 1)))
    assert [step.due_on for step in action.steps] == [DUE, date(2027, 9, 1)]


def test_mending_how_it_is_said_is_no_new_decision(theme):
    action = published(theme)
    operations.publish(action, action.written_by, LATER, whole("did", we_did_easy="We hire."))
    assert states(action) == ["decided", "done_claimed"]


def test_saying_something_else_is_checked_anew(theme, forum):
    action = published(theme)
    steps.record_check(action, a_check(), forum)
    operations.publish(action, action.written_by, LATER, whole("did", we_did="We hire three"))
    assert lifecycle.state_of(action.course) == "done_claimed"


def test_a_draft_takes_no_step(theme):
    assert an_action(theme).steps == []


# ---- two people at once

TO_AN_ANSWER = {
    "change": lambda action, forum: operations.change(action, whole(), action.written_by, LATER),
    "publish": lambda action, forum: operations.publish(action, action.written_by, LATER),
    "take down": lambda action, forum: operations.take_down(action, action.written_by, LATER),
    "check": lambda action, forum: steps.record_check(action, a_check(), forum),
    "difference": lambda action, forum: steps.show_difference(
        action, "Less", 3, action.written_by, LATER
    ),
    "close": lambda action, forum: steps.close(action, "It works", action.written_by, LATER),
}


@pytest.mark.parametrize("deed", TO_AN_ANSWER)
def test_whoever_holds_an_answer_held_its_theme_first(theme, forum, monkeypatch, deed):
    action, held = an_action(theme, "did"), []
    monkeypatch.setattr(steps, "hold", held.append)
    # A step out of its turn is refused, once both are held.
    with suppress(NotReadyError):
        TO_AN_ANSWER[deed](action, forum)
    assert held == [theme, action]


def test_an_answer_to_a_theme_that_was_set_aside_meanwhile_is_not_published(theme, officer):
    action = an_action(theme)
    rows = update(Theme).where(Theme.id == theme.id).values(state="set_aside")
    rival = changing_it_first(lambda connection: connection.execute(rows))
    with rival, pytest.raises(NotReadyError, match="Accept the theme first"):
        operations.publish(action, officer, NOW)
    assert not action.is_public


# ---- the steps of the survey's own organisation


def test_a_theme_is_acknowledged_and_then_assigned(theme, officer):
    steps.acknowledge(theme, officer, NOW)
    taken = steps.assign(theme, "Head of therapies", DUE, officer, NOW)
    assert (taken.owner, taken.due_on, taken.organisation) == (
        "Head of therapies",
        DUE,
        officer.organisation,
    )


def test_a_theme_is_not_assigned_before_it_is_acknowledged(theme, officer):
    with pytest.raises(NotReadyError, match="cannot come now"):
        steps.assign(theme, "Head of therapies", DUE, officer, NOW)


@pytest.mark.parametrize(("owner", "due", "part"), [("", DUE, "owner"), ("Head", None, "due_on")])
def test_nobody_is_assigned_without_a_role_and_a_date(theme, officer, owner, due, part):
    steps.acknowledge(theme, officer, NOW)
    with pytest.raises(NotReadyError, match=part):
        steps.assign(theme, owner, due, officer, NOW)


def test_a_theme_that_has_an_answer_is_not_acknowledged_any_more(theme, officer):
    published(theme)
    with pytest.raises(NotReadyError, match="everyone can read"):
        steps.acknowledge(theme, officer, LATER)


def test_a_theme_whose_answer_was_taken_down_is_acknowledged_and_assigned(theme, officer):
    action = published(theme)
    operations.take_down(action, officer, NOW)
    steps.acknowledge(theme, officer, LATER)
    assert steps.assign(theme, "Head of therapies", DUE, officer, LATER).action_id is None


def test_a_theme_that_was_set_aside_meanwhile_is_not_acknowledged(theme, officer):
    rows = update(Theme).where(Theme.id == theme.id).values(state="set_aside")
    rival = changing_it_first(lambda connection: connection.execute(rows))
    with rival, pytest.raises(NotReadyError, match="Accept the theme first"):
        steps.acknowledge(theme, officer, NOW)


@pytest.mark.parametrize(
    "step",
    [
        lambda action, officer, forum: steps.record_check(action, a_check(), forum),
        lambda action, officer, forum: steps.show_difference(action, "Less", 3, officer, LATER),
        lambda action, officer, forum: steps.close(action, "No", officer, LATER),
    ],
)
def test_an_answer_that_was_taken_down_meanwhile_takes_no_step(theme, officer, forum, step):
    action = published(theme)
    with taken_down_meanwhile(action), pytest.raises(NotReadyError, match="Publish it first"):
        step(action, officer, forum)


@pytest.mark.parametrize("state", ["named", "set_aside"])
def test_only_an_accepted_theme_is_acknowledged(version, officer, state):
    with pytest.raises(NotReadyError, match="Accept the theme first"):
        steps.acknowledge(a_theme(version, state=state), officer, NOW)


def test_what_families_checked_is_shown_to_be_different_and_closed(theme, officer, forum):
    action = closed(theme, officer, forum)
    assert states(action) == [
        "decided",
        "done_claimed",
        "checked",
        "difference_shown",
        "closed",
    ]


def test_a_difference_needs_more_than_what_was_made(theme, officer, forum):
    action = published(theme)
    steps.record_check(action, a_check(), forum)
    with pytest.raises(NotReadyError, match="evidence_level"):
        steps.show_difference(action, "We made a page", 1, officer, LATER)


def test_a_draft_or_what_was_taken_down_is_not_closed(theme, officer):
    action = published(theme, "cannot")
    operations.take_down(action, officer, LATER)
    with pytest.raises(NotReadyError, match="Publish it first"):
        steps.close(action, "No money", officer, LATER)


@pytest.mark.parametrize(
    "step",
    [
        lambda theme, action, by: steps.acknowledge(theme, by, NOW),
        lambda theme, action, by: steps.show_difference(action, "Better", 3, by, LATER),
        lambda theme, action, by: steps.close(action, "It works", by, LATER),
    ],
)
def test_a_partner_takes_no_other_step(theme, forum, step):
    with pytest.raises(NotReadyError, match="Only the organisation of this survey"):
        step(theme, published(theme), forum)


# ---- the check of families


def test_a_partner_records_what_families_say(theme, forum):
    action = published(theme)
    taken = steps.record_check(action, a_check("partly", 24), forum)
    assert (taken.said, taken.asked, taken.by, taken.organisation) == (
        "partly",
        24,
        forum,
        forum.organisation,
    )


def test_the_own_organisation_cannot_record_the_check(theme, officer, forum):
    with pytest.raises(NotReadyError, match="Only a partner"):
        steps.record_check(published(theme), a_check(), officer)


def test_not_even_where_the_table_of_partners_names_it(session, theme, officer):
    session.add(
        SurveyPartner(
            survey=theme.survey,
            organisation=officer.organisation,
            added_by_id=officer.id,
            added_at=NOW,
        )
    )
    session.flush()
    with pytest.raises(NotReadyError, match="Only a partner"):
        steps.record_check(published(theme), a_check(), officer)


def test_another_organisation_cannot_record_the_check(theme):
    with pytest.raises(NotReadyError, match="Only a partner"):
        steps.record_check(published(theme), a_check(), StaffFactory(roles=["analyst"]))


def test_who_was_removed_records_nothing_more_and_what_they_said_stays(theme, officer, forum):
    action = published(theme)
    steps.record_check(action, a_check("partly"), forum)
    partners.remove(theme.survey, forum.organisation_id, officer)
    with pytest.raises(NotReadyError):
        steps.record_check(action, a_check(), forum)
    assert lifecycle.verdict_of(action.course) == "partly"


def test_a_survey_is_no_partner_of_its_own(version, officer):
    with pytest.raises(InvalidInputError):
        partners.add(version.survey, officer.organisation, officer, NOW)


def test_nobody_is_a_partner_twice(version, officer, forum):
    with pytest.raises(InvalidInputError):
        partners.add(version.survey, forum.organisation, officer, NOW)


# ---- looked at again


@pytest.mark.parametrize(("comments", "why"), [(2, ""), (3, "comments")])
def test_new_comments_on_the_theme_open_it_again(session, version, forum, comments, why):
    said = people_say(version, PARENT, 9)
    for answer in said[:comments]:
        answer.response.submitted_at = LATER + timedelta(days=2)
    theme = a_theme(version, said, name="Late letters")
    action = closed(theme, theme.decided_by, forum)
    session.commit()
    assert lifecycle.why_again(action.course) == why


def test_nothing_is_stored_to_say_that_it_is_looked_at_again(session, version, officer, forum):
    action = closed(a_theme(version, name="Late letters"), officer, forum)
    before = [(column.name, getattr(action, column.name)) for column in action.__table__.columns]
    steps.record_check(action, a_check("not_yet"), forum)
    session.commit()
    after = [(column.name, getattr(action, column.name)) for column in action.__table__.columns]
    assert lifecycle.why_again(action.course) == "not_yet"
    assert before == after


# ---- no history is rewritten


def test_a_step_is_not_changed(session, theme, officer):
    step = steps.acknowledge(theme, officer, NOW)
    step.note = "We never said so"
    with pytest.raises(FrozenError):
        session.flush()
    session.rollback()


def test_a_step_is_not_deleted(session, theme, officer):
    session.delete(steps.acknowledge(theme, officer, NOW))
    with pytest.raises(FrozenError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    "statement", [update(LoopStep).values(note="x"), text("DELETE FROM loop_step")]
)
def test_the_database_itself_refuses_whoever_asks(session, theme, officer, statement):
    steps.acknowledge(theme, officer, NOW)
    with pytest.raises(DatabaseError, match="never changed or deleted"), session.begin_nested():
        session.execute(statement)


def test_a_theme_with_a_history_is_kept(theme, officer):
    steps.acknowledge(theme, officer, NOW)
    assert has_answers(theme)
    with pytest.raises(NotReadyError):
        analysis.take_back(theme, officer, NOW)


def test_every_step_is_written_down(session, theme, officer, forum):
    steps.acknowledge(theme, officer, NOW)
    steps.assign(theme, "Head of therapies", DUE, officer, NOW)
    closed(theme, officer, forum)
    done = session.scalars(select(AuditEvent.what).order_by(AuditEvent.id)).all()
    assert done == [
        "added a partner",
        "acknowledged a theme",
        "assigned a theme",
        "wrote an answer",
        "published an answer",
        "recorded what families say",
        "showed a difference",
        "closed an answer",
    ]
