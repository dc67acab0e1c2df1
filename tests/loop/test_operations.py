import pytest
from sqlalchemy import select, update

from engage.errors import FrozenError, NotReadyError
from engage.jobs.models import Job
from engage.jobs.queue import HANDLERS
from engage.loop import operations, queries
from engage.loop.models import Action
from engage.people.models import AuditEvent
from engage.responses.models import Snapshot
from engage.responses.snapshots import latest
from tests.indicators.rivals import changing_it_first
from tests.loop.made import (
    CHILD,
    LATER,
    NOW,
    PARENT,
    WHOLE,
    a_survey,
    a_theme,
    an_action,
    emptied,
    people_say,
    taken_down_meanwhile,
    whole,
)


def counted(version):
    return latest(version.survey_id, "loop").data


@pytest.mark.parametrize("state", ["set_aside", "named"])
def test_only_an_accepted_theme_is_answered(version, state):
    theme = a_theme(version, state=state)
    with pytest.raises(NotReadyError):
        an_action(theme)


def test_a_new_answer_is_a_draft(version):
    assert not an_action(a_theme(version)).is_public


@pytest.mark.parametrize("kind", WHOLE)
def test_an_answer_with_all_its_parts_is_published(version, kind):
    action = an_action(a_theme(version), kind)
    operations.publish(action, action.written_by, NOW)
    assert action.is_public


@pytest.mark.parametrize(
    ("kind", "part"), [(kind, part) for kind, parts in WHOLE.items() for part in parts]
)
def test_an_answer_that_misses_a_part_is_not_published(version, kind, part):
    action = an_action(a_theme(version), kind, **emptied(kind, part))
    with pytest.raises(NotReadyError, match=part):
        operations.publish(action, action.written_by, NOW)


def test_an_answer_to_a_theme_that_was_set_aside_is_not_published(version):
    action = an_action(a_theme(version))
    action.theme.state = "set_aside"
    with pytest.raises(NotReadyError):
        operations.publish(action, action.written_by, NOW)


def test_publishing_asks_for_the_counts(session, version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    job = session.scalars(select(Job).where(Job.name == "loop.snapshot")).one()
    assert job.arguments == {"survey_id": version.survey_id}


def test_what_is_public_changes_only_by_being_published(version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    with pytest.raises(FrozenError):
        operations.change(action, whole(we_did="We wait"), action.written_by, LATER)


def test_a_public_answer_is_published_again_with_new_words(version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    operations.publish(action, action.written_by, LATER, whole("did"))
    assert (action.kind, action.published_at, action.changed_at) == ("did", NOW, LATER)


def test_taking_down_keeps_the_words(version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    operations.take_down(action, action.written_by, LATER)
    assert (action.is_public, action.we_did) == (False, "We hire")


def test_what_was_taken_down_can_be_published_again(version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    operations.take_down(action, action.written_by, NOW)
    operations.publish(action, action.written_by, LATER)
    assert action.is_public


def published_meanwhile(action):
    rows = update(Action).where(Action.id == action.id).values(published_at=NOW)
    return changing_it_first(lambda connection: connection.execute(rows))


def test_a_draft_that_was_published_meanwhile_keeps_its_words(version):
    action = an_action(a_theme(version))
    with published_meanwhile(action), pytest.raises(FrozenError):
        operations.change(action, whole(we_did="We wait"), action.written_by, LATER)
    assert action.we_did == "We hire"


def test_an_answer_that_was_taken_down_meanwhile_is_published_again(version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    with taken_down_meanwhile(action):
        operations.publish(action, action.written_by, LATER, whole("did"))
    assert (action.is_public, action.published_at, action.kind) == (True, LATER, "did")


def test_who_takes_it_down_second_changes_nothing(session, version):
    action = an_action(a_theme(version))
    operations.publish(action, action.written_by, NOW)
    with taken_down_meanwhile(action):
        operations.take_down(action, action.written_by, LATER)
    assert action.withdrawn_at == NOW
    assert "took an answer down" not in session.scalars(select(AuditEvent.what)).all()


def test_everything_staff_do_is_written_down(session, version):
    action = an_action(a_theme(version))
    operations.change(action, whole(), action.written_by, NOW)
    operations.publish(action, action.written_by, NOW)
    operations.take_down(action, action.written_by, LATER)
    done = session.scalars(select(AuditEvent.what).order_by(AuditEvent.id)).all()
    assert done == [
        "wrote an answer",
        "changed an answer",
        "published an answer",
        "took an answer down",
    ]


def test_the_counts_are_of_people_who_sent_their_answers(session, version):
    said = people_say(version, PARENT, 31)
    said[0].response.submitted_at = None
    a_theme(version, said)
    operations.take_loop_snapshot(version.survey_id, NOW)
    assert counted(version)["people"] == 30


def test_a_theme_counts_each_person_once(version):
    said = people_say(version, PARENT, 20) + people_say(version, CHILD, 15)
    theme = a_theme(version, [*said, *said])
    operations.take_loop_snapshot(version.survey_id, NOW)
    assert counted(version)["themes"][str(theme.id)] == {
        "people": 35,
        "audiences": {PARENT: 20, CHILD: 15},
    }


def test_a_theme_that_nobody_spoke_of_any_more_has_no_number(version):
    people_say(version, PARENT, 20)
    theme = a_theme(version)
    operations.take_loop_snapshot(version.survey_id, NOW)
    assert counted(version)["themes"][str(theme.id)]["people"] is None


def test_a_theme_that_is_not_accepted_is_not_counted(version):
    a_theme(version, people_say(version, PARENT, 20), state="named")
    operations.take_loop_snapshot(version.survey_id, NOW)
    assert counted(version)["themes"] == {}


@pytest.mark.parametrize(("more", "people"), [(9, 20), (10, 30)])
def test_the_next_counts_need_10_new_answers(version, more, people):
    people_say(version, PARENT, 20)
    operations.take_loop_snapshot(version.survey_id, NOW)
    people_say(version, PARENT, more)
    operations.take_loop_snapshot(version.survey_id, LATER)
    assert counted(version)["people"] == people


def test_a_theme_accepted_later_is_counted_over_the_same_answers(version):
    first = people_say(version, PARENT, 20)
    operations.take_loop_snapshot(version.survey_id, NOW)
    late = people_say(version, PARENT, 9)
    for answer in late:
        answer.response.submitted_at = LATER
    theme = a_theme(version, [*first[:12], *late])
    operations.take_loop_snapshot(version.survey_id, LATER)
    snapshot = latest(version.survey_id, "loop")
    assert snapshot.data["themes"][str(theme.id)]["people"] == 10
    assert (snapshot.data["people"], snapshot.answers_counted, snapshot.made_at) == (20, 20, NOW)


def test_counting_again_with_nothing_new_keeps_one_snapshot(session, version):
    a_theme(version, people_say(version, PARENT, 20))
    operations.take_loop_snapshot(version.survey_id, NOW)
    operations.take_loop_snapshot(version.survey_id, LATER)
    assert len(session.scalars(select(Snapshot)).all()) == 1


def test_the_job_counts_first_and_writes_when_told(session, version):
    a_theme(version, people_say(version, PARENT, 20))
    finish = HANDLERS["loop.snapshot"](survey_id=version.survey_id)
    assert latest(version.survey_id, "loop") is None
    finish()
    assert counted(version)["people"] == 20


def test_counting_takes_as_many_queries_however_many_themes(session, version, queries):
    said = people_say(version, PARENT, 12)
    a_theme(version, said)
    session.commit()
    queries.clear()
    operations.prepare_snapshot(version.survey_id, NOW)
    one = len(queries)
    for number in range(5):
        a_theme(version, said, name=f"Theme {number}")
    session.commit()
    queries.clear()
    operations.prepare_snapshot(version.survey_id, NOW)
    assert len(queries) == one


def test_other_surveys_do_not_count(version):
    a_theme(version, people_say(version, PARENT, 20))
    other = a_survey()
    assert queries.voices(other.survey_id).audience_of == {}
