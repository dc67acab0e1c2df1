"""Mails about alerts: what they say, to whom, when, and what happens when they cannot go."""

import smtplib
import ssl
from datetime import UTC, datetime, timedelta

import pytest

from engage import mail
from engage.jobs import queue
from engage.jobs.models import Job
from engage.safeguarding import operations, states
from engage.safeguarding.models import Alert, AlertMail
from tests.factories import OrganisationFactory, StaffFactory, ready_plan
from tests.signin import sign_in

CANARY = "the purple heron flies at noon"
SURVEY = "Children who use the Blue House"


@pytest.fixture
def plan(session):
    return ready_plan(OrganisationFactory())


@pytest.fixture
def inbox(app, plan):
    client = sign_in(app.test_client(), plan.lead)
    return lambda: client.get("/staff/safeguarding").page


def raise_one(session, plan, **parts):
    usual = {"words": [("What would you change?", CANARY)], "contact": {"reach": CANARY}}
    operations.raise_alert(plan.organisation_id, "words", SURVEY, **(usual | parts))
    session.commit()
    return session.query(Alert).order_by(Alert.id.desc()).first()


def after(session, delay):
    """The worker, once so much time has passed: what was due by then is due now."""
    for job in session.query(Job).filter(Job.finished_at.is_(None), Job.failed_at.is_(None)):
        if job.run_after - job.queued_at <= delay:
            job.run_after = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()
    return queue.work_off()


def to(sink):
    return [message["To"] for message in sink.mails]


def test_the_lead_is_told_at_once_and_once(sink, plan, session):
    alert = raise_one(session, plan)

    queue.work_off()
    queue.work_off()

    assert to(sink) == [plan.lead.email]
    (sent,) = session.query(AlertMail).all()
    assert (sent.alert_id, sent.recipient, sent.why) == (alert.id, "lead", "raised")


def test_a_mail_holds_the_link_and_nothing_of_the_person(sink, plan, session):
    raise_one(session, plan)

    after(session, timedelta(hours=5))

    assert len(sink.mails) == 6
    for message in sink.mails:
        raw = message.as_string()
        text = message.get_payload(decode=True).decode()
        assert "https://engage.example/staff/safeguarding" in text
        assert message.get_content_type() == "text/plain"
        for secret in (CANARY, "heron", SURVEY, "Blue House", plan.lead.name):
            assert secret not in raw + text


def test_the_message_id_says_the_purpose_and_stays_the_same(sink, plan, session):
    alert = raise_one(session, plan)
    sink.fault = "drop"
    queue.work_off()
    sink.fault = ""
    after(session, timedelta(minutes=5))

    ids = [message["Message-ID"] for message in sink.mails]
    assert ids == [f"<alert-{alert.id}-raised-lead@council.example>"] * 2


@pytest.mark.parametrize(
    ("hours", "who"),
    [
        (0.9, ["lead"]),
        (1, ["lead", "lead", "deputy"]),
        (4, ["lead", "lead", "deputy", "lead", "deputy", "service_head"]),
    ],
)
def test_more_people_are_told_while_nobody_acknowledges(sink, plan, session, hours, who):
    raise_one(session, plan)

    for each in (0, 0.9, 1, 4):
        if each <= hours:
            after(session, timedelta(hours=each))

    sent = session.query(AlertMail).order_by(AlertMail.id)
    assert [mail.recipient for mail in sent] == who
    known = {"lead": plan.lead.email, "deputy": plan.deputy.email}
    assert to(sink) == [known.get(each, "head@council.example") for each in who]


def test_nobody_is_reminded_once_it_is_acknowledged(sink, plan, session):
    alert = raise_one(session, plan)
    queue.work_off()
    operations.acknowledge(alert, plan.lead)
    session.commit()

    after(session, timedelta(hours=5))

    assert to(sink) == [plan.lead.email]


def test_an_organisation_without_a_head_of_service_tells_the_other_two(sink, plan, session):
    plan.service_head_email = ""
    raise_one(session, plan)

    after(session, timedelta(hours=5))

    assert set(to(sink)) == {plan.lead.email, plan.deputy.email}
    assert not queue.any_waiting()


def test_the_deputy_stands_in_for_a_lead_who_has_left(sink, plan, session):
    plan.lead.active = False
    raise_one(session, plan)

    queue.work_off()

    assert to(sink) == [plan.deputy.email]


def test_anybody_who_may_read_alerts_stands_in_for_both(sink, plan, session):
    plan.lead.active = plan.deputy.active = False
    StaffFactory(organisation=plan.organisation, roles=["reader"])
    other = StaffFactory(organisation=plan.organisation, roles=["safeguarding_lead"])
    raise_one(session, plan)

    queue.work_off()

    assert to(sink) == [other.email]


def test_a_test_goes_to_the_lead_and_the_deputy_and_reminds_nobody(sink, plan, session):
    operations.send_test_alert(plan.organisation)
    session.commit()

    after(session, timedelta(hours=5))

    assert to(sink) == [plan.lead.email, plan.deputy.email]
    assert all("this is a test" in message["Subject"] for message in sink.mails)


# ---- when the mail server misbehaves


def test_a_busy_server_is_asked_again(sink, plan, session, inbox):
    raise_one(session, plan)
    sink.fault = "busy"
    queue.work_off()

    assert "could not be sent yet" in inbox().texts(".callout--error")[0]
    assert session.query(AlertMail).count() == 0

    sink.fault = ""
    after(session, timedelta(minutes=5))

    assert to(sink) == [plan.lead.email]
    assert not inbox().soup.select(".callout--error")


@pytest.mark.parametrize("fault", ["drop", "hang"])
def test_a_server_that_takes_it_and_does_not_say_so_gets_it_twice_at_most(
    sink, plan, session, fault, monkeypatch
):
    monkeypatch.setattr(mail, "TIMEOUT", 0.3)
    raise_one(session, plan)
    sink.fault = fault
    queue.work_off()
    sink.fault = ""
    for _ in range(3):
        after(session, timedelta(minutes=5))

    assert to(sink) == [plan.lead.email] * 2
    assert session.query(AlertMail).count() == 1


def test_a_server_that_is_rude_at_the_end_gets_it_once(sink, plan, session):
    raise_one(session, plan)
    sink.fault = "rude"
    for _ in range(3):
        after(session, timedelta(minutes=5))

    assert len(sink.mails) == 1


def test_a_server_that_is_not_there_is_asked_again(sink, plan, session, app):
    port, app.config["SMTP_PORT"] = app.config["SMTP_PORT"], 1
    raise_one(session, plan)
    queue.work_off()
    assert not sink.mails

    app.config["SMTP_PORT"] = port
    after(session, timedelta(minutes=5))

    assert len(sink.mails) == 1


def give_up(session):
    for _ in range(queue.MOST_ATTEMPTS):
        session.query(Job).filter(Job.name == "safeguarding.mail").update(
            {"run_after": datetime.now(UTC) - timedelta(seconds=1)}
        )
        session.commit()
        queue.work_off()


def test_a_mail_that_was_given_up_is_shown_in_red_and_tried_again(sink, plan, session, inbox):
    raise_one(session, plan)
    sink.fault = "busy"
    give_up(session)

    (red,) = inbox().texts(".callout--error")
    assert "Mail could not be sent" in red
    assert "Ring the lead or the deputy" in red

    sink.fault = ""
    after(session, timedelta(hours=1))

    assert plan.lead.email in to(sink)
    assert session.query(AlertMail).filter_by(why="raised").count() == 1
    assert not inbox().soup.select(".callout--error")


def test_a_mail_that_was_given_up_is_tried_every_day_and_then_every_hour(sink, plan, session):
    raise_one(session, plan)
    sink.fault = "busy"
    give_up(session)

    queue.enqueue("safeguarding.every_day")
    session.commit()
    queue.work_off()
    hourly = session.query(Job).filter_by(name="safeguarding.try_mail_again").one()
    assert hourly.run_after - hourly.queued_at == timedelta(hours=1)

    sink.fault = ""
    after(session, timedelta(minutes=5))

    assert to(sink) == [plan.lead.email]


def test_a_killed_worker_does_not_make_the_mail_wait_for_its_lease(sink, plan, session):
    """It held the job for a quarter of an hour; the look after 30 seconds asks another."""
    raise_one(session, plan)
    queue.claim(datetime.now(UTC))

    after(session, states.FIRST_LOOK)

    assert to(sink) == [plan.lead.email]
    session.query(Job).update({"leased_until": None})
    session.commit()
    queue.work_off()
    assert len(sink.mails) == 1


def test_an_alert_that_is_rolled_back_tells_nobody(sink, plan, session):
    operations.raise_alert(plan.organisation_id, "words", SURVEY)
    session.rollback()

    queue.work_off()

    assert not sink.mails
    assert session.query(Alert).count() == 0


# ---- sending itself


def a_letter(text="Hello"):
    return mail.letter("sam@council.example", "A subject", text, "purpose-1")


def test_without_a_server_a_mail_is_a_file_written_once(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "INSTANCE_FOLDER", str(tmp_path))

    mail.send(a_letter())
    mail.send(a_letter())

    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "purpose-1@engage.example.eml"
    assert b"Hello" in file.read_bytes()
    assert file.parent.stat().st_mode & 0o077 == 0


def test_words_of_any_language_arrive(sink, app):
    mail.send(a_letter("Dzień dobry\n.\nاردو"))

    (message,) = sink.mails
    text = message.get_payload(decode=True).decode(message.get_content_charset())
    assert text.split() == ["Dzień", "dobry", ".", "اردو"]


def test_a_server_that_offers_no_encryption_gets_nothing_unless_that_is_allowed(sink, app):
    app.config["SMTP_TLS"] = "starttls"

    with pytest.raises(smtplib.SMTPException):
        mail.send(a_letter())
    app.config["SMTP_TLS"] = "ssl"
    with pytest.raises(ssl.SSLError):
        mail.send(a_letter())

    assert not sink.mails


def test_a_server_that_takes_no_password_is_not_sent_one(sink, app):
    app.config.update(SMTP_USER="engage", SMTP_PASSWORD="secret")

    with pytest.raises(smtplib.SMTPException):
        mail.send(a_letter())

    assert not sink.mails
