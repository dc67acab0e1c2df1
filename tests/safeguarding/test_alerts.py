"""Alerts: raised once, never changed, never deleted, dealt with in order."""

from datetime import UTC, datetime, timedelta

import pytest
from flask_migrate import upgrade
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, NoResultFound

from engage import create_app
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.jobs.models import Job
from engage.jobs.queue import HANDLERS
from engage.people.models import AuditEvent, Organisation
from engage.safeguarding import operations, queries, states
from engage.safeguarding.models import Alert, AlertMail, AlertStep
from tests.conftest import test_settings
from tests.factories import OrganisationFactory, StaffFactory, ready_plan
from tests.safeguarding.made import QUESTION, WORDS, an_alert
from tests.test_migrations import MIGRATIONS

GUARDED = (Alert, AlertStep, AlertMail)


@pytest.fixture
def plan(session):
    return ready_plan(OrganisationFactory())


@pytest.fixture
def council(plan):
    return plan.organisation


@pytest.fixture
def lead(plan):
    return plan.lead


@pytest.fixture
def answers():
    """Stands for the package that gives words back; what it was asked."""
    name, before = operations.CLOSED_JOB, HANDLERS.get(operations.CLOSED_JOB)
    HANDLERS[name] = lambda **asked: lambda: None
    yield name
    HANDLERS.pop(name, None)
    if before:
        HANDLERS[name] = before


def decided(alert, lead):
    operations.acknowledge(alert, lead)
    operations.decide(alert, lead, "advice", "We asked the front door.")
    return alert


# ---- raising


def test_an_alert_keeps_what_was_said(session, council):
    alert = an_alert(council, level=3, reference="response/1", contact={"reach": "At school"})

    assert (alert.words, alert.hits) == ([[QUESTION, WORDS]], [["hurt", "hurts me"]])
    assert (alert.kind, alert.level, alert.about) == ("words", 3, "Parks")
    assert (alert.rules_version, alert.contact) == ("7", {"reach": "At school"})
    assert alert.state == "new"
    assert datetime.now(UTC) - alert.raised_at < timedelta(minutes=1)


def test_raising_the_same_again_changes_nothing(session, council):
    an_alert(council, reference="response/1")
    jobs = session.query(Job).count()

    an_alert(council, reference="response/1", words=[("Other", "words")])

    assert session.query(Alert).one().words == [[QUESTION, WORDS]]
    assert session.query(Job).count() == jobs


def test_a_reference_is_known_by_kind_and_organisation(session, council):
    an_alert(council, reference="one")
    an_alert(council, kind="help", reference="one")
    an_alert(OrganisationFactory(), reference="one")
    an_alert(council)
    an_alert(council)

    assert session.query(Alert).count() == 5


def test_two_presses_at_the_same_moment_are_one_alert(session, council, monkeypatch):
    """The second looks before the first is there, and writes after it."""
    an_alert(council, reference="one")
    monkeypatch.setattr(queries, "is_known", first_not(queries.is_known))

    an_alert(council, reference="one")

    assert session.query(Alert).count() == 1


def first_not(really):
    calls = []

    def asked(*what):
        calls.append(what)
        return len(calls) > 1 and really(*what)

    return asked


@given(words=st.text(st.characters(codec="utf-8"), max_size=200))
def test_words_are_kept_as_they_were_written(app, words):
    with app.app_context():
        council = OrganisationFactory()
        alert = an_alert(council, words=[("Question", words)])
        db.session.expire_all()

        assert alert.words == [["Question", words]]


# ---- the database refuses


@pytest.fixture
def something(session, council, lead):
    alert = an_alert(council)
    operations.acknowledge(alert, lead)
    operations.note_mail(alert.id, "lead", "raised", lead.email, datetime.now(UTC))
    session.commit()
    return alert


@pytest.mark.parametrize("model", GUARDED)
def test_nothing_is_deleted_or_changed_by_anybody(session, something, model):
    for statement in (delete(model), update(model).values(id=model.id + 1)):
        with pytest.raises(DBAPIError, match="never changed or deleted"), session.begin_nested():
            session.execute(statement)
    assert session.query(model).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda alert: setattr(alert, "about", "Something else"),
        lambda alert: setattr(alert.steps[0], "reason", "Something else"),
        lambda alert: db.session.delete(alert.steps[0]),
        lambda alert: db.session.delete(alert.mails[0]),
    ],
)
def test_nothing_is_deleted_or_changed_through_objects(session, something, change):
    change(something)

    with pytest.raises(DBAPIError, match="never changed or deleted"):
        session.flush()
    session.rollback()


@pytest.fixture
def migrated(tmp_path, other_database):
    """A database made by the migrations, as in production."""
    app = create_app(test_settings(tmp_path) | {"SQLALCHEMY_DATABASE_URI": other_database})
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        yield db
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("verb", ["UPDATE alert SET about = 'x'", "DELETE FROM alert"])
def test_the_migrations_set_the_same_guard(migrated, verb):
    with migrated.engine.begin() as connection:
        organisation = connection.scalar(
            insert(Organisation)
            .values(code="a", name="A", short_name="A", help_phone="", help_hours="")
            .values(out_of_hours_phone="", leave_url="")
            .returning(Organisation.id)
        )
        connection.execute(
            insert(Alert)
            .values(organisation_id=organisation, kind="help", level=3, about="A")
            .values(words=[], hits=[], rules_version="", contact={}, raised_at=datetime.now(UTC))
        )
    with pytest.raises(DBAPIError, match="never changed"), migrated.engine.begin() as connection:
        connection.execute(text(verb))
    with migrated.engine.connect() as connection:
        assert connection.scalar(select(Alert.about)) == "A"


# ---- dealing with it


def test_an_alert_goes_from_new_to_closed_and_says_by_whom(session, council, lead):
    alert = decided(an_alert(council), lead)
    operations.close(alert, lead, "They are safe now.", released=False)
    session.commit()

    assert [step.state for step in alert.steps] == ["acknowledged", "decision", "closed"]
    assert {step.staff for step in alert.steps} == {lead}
    assert (alert.steps[1].decision, alert.steps[1].reason) == (
        "advice",
        "We asked the front door.",
    )
    assert not queries.open_alerts(council.id)
    assert [a.id for a in queries.closed_alerts(council.id, page=1)] == [alert.id]
    events = [event.what for event in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert events == ["alert: acknowledged", "alert: decision", "alert: closed"]


def test_the_record_of_what_staff_did_holds_no_words(session, council, lead):
    alert = decided(an_alert(council), lead)
    operations.opened(alert, lead)

    said = [f"{e.what} {e.subject} {e.detail}" for e in session.query(AuditEvent)]
    assert not [line for line in said if "bus" in line or "front door" in line]


def test_a_decision_may_be_followed_by_another(session, council, lead):
    alert = decided(an_alert(council), lead)
    operations.decide(alert, lead, "referral", "They said to refer.")

    assert [step.decision for step in alert.steps] == [None, "advice", "referral"]


@pytest.mark.parametrize(
    ("done", "step", "sentence"),
    [
        (0, "decide", "Acknowledge the alert first"),
        (0, "close", "Write down what you decided first"),
        (1, "acknowledge", "has acknowledged this alert already"),
        (1, "close", "Write down what you decided first"),
        (2, "acknowledge", "has acknowledged this alert already"),
        (3, "acknowledge", "This alert is closed"),
        (3, "decide", "This alert is closed"),
        (3, "close", "This alert is closed"),
    ],
)
def test_steps_come_in_order(plan, done, step, sentence):
    alert, lead = an_alert(plan.organisation), plan.lead
    do = {
        "acknowledge": lambda: operations.acknowledge(alert, lead),
        "decide": lambda: operations.decide(alert, lead, "999", "Now."),
        "close": lambda: operations.close(alert, lead, "Done.", released=True),
    }
    for each in list(do)[:done]:
        do[each]()

    with pytest.raises(NotReadyError, match=sentence):
        do[step]()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_and_a_closing_need_a_reason(session, council, lead, reason):
    alert = an_alert(council)
    operations.acknowledge(alert, lead)

    with pytest.raises(InvalidInputError, match="Write down why"):
        operations.decide(alert, lead, "advice", reason)
    with pytest.raises(InvalidInputError, match="Choose what you decided"):
        operations.decide(alert, lead, "wait", "Because.")
    operations.decide(alert, lead, "advice", "Because.")
    with pytest.raises(InvalidInputError, match="Write down why"):
        operations.close(alert, lead, reason, released=False)


@pytest.mark.parametrize("released", [True, False])
def test_closing_says_whether_others_may_see_the_words_again(
    session, council, lead, answers, released
):
    alert = decided(an_alert(council, reference="response/5"), lead)
    operations.close(alert, lead, "Done.", released=released)

    (job,) = session.query(Job).filter_by(name=answers)
    assert job.arguments == {"reference": "response/5", "released": released}


def test_nobody_is_asked_about_what_has_no_answer(session, council, lead, answers):
    for parts in ({"kind": "help", "reference": "a form key"}, {"reference": None}):
        alert = decided(an_alert(council, **parts), lead)
        operations.close(alert, lead, "Done.", released=False)

    assert session.query(Job).filter_by(name=answers).count() == 0


def test_closing_works_where_nothing_waits_for_it(session, council, lead, answers):
    HANDLERS.pop(answers)
    alert = decided(an_alert(council, reference="response/5"), lead)
    operations.close(alert, lead, "Done.", released=True)

    assert alert.state == "closed"


# ---- finding


def test_the_gravest_new_alert_comes_first(session, council, lead):
    now = datetime.now(UTC)
    seen = an_alert(council, level=3, now=now - timedelta(hours=9))
    operations.acknowledge(seen, lead)
    young = an_alert(council, level=2, now=now)
    old = an_alert(council, level=2, now=now - timedelta(hours=1))
    grave = an_alert(council, level=3, now=now)

    found = queries.open_alerts(council.id)

    assert [alert.id for alert in found] == [grave.id, old.id, young.id, seen.id]


def test_another_organisation_never_sees_an_alert(session, council):
    alert = an_alert(council)
    stranger = StaffFactory(roles=["safeguarding_lead"])

    assert not queries.open_alerts(stranger.organisation_id)
    with pytest.raises(NoResultFound):
        queries.alert_of(stranger.organisation_id, alert.id)


def test_the_list_asks_no_more_for_more_alerts(session, council, request):
    seen = request.getfixturevalue("queries")
    an_alert(council)
    few = len(asked_for_the_list(session, council.id, seen))
    for _ in range(5):
        an_alert(council)

    assert len(asked_for_the_list(session, council.id, seen)) <= few


def asked_for_the_list(session, organisation_id, seen):
    session.commit()
    seen.clear()
    queries.unsent_mails(queries.open_alerts(organisation_id))
    return list(seen)


# ---- the order of steps, by itself


@given(st.lists(st.sampled_from(states.STATES[1:]), max_size=6), st.sampled_from(states.KINDS))
def test_whatever_is_tried_a_closed_alert_stays_closed(tries, kind):
    state, was_over = states.NEW, False
    for wanted in tries:
        if states.may_follow(state, wanted, kind):
            assert not was_over
            state = wanted
        was_over = states.is_over(state, kind)
