"""Somebody is there in the demonstration too: who reads alerts, and a few invented ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from engage.demo.people import HEAD_OF_SERVICE, READERS
from engage.extensions import db
from engage.people.models import Organisation, Staff
from engage.people.queries import staff_by_email
from engage.safeguarding import states
from engage.safeguarding.models import Alert, AlertMail
from engage.safeguarding.operations import (
    PlanParts,
    acknowledge,
    ask_for_mails,
    decide,
    set_plan,
)
from engage.safeguarding.queries import plan_of

HOURS = "9am to 5pm, Monday to Friday, not on bank holidays"


def make_plans(organisations: Mapping[str, Organisation], now: datetime) -> None:
    """Each organisation has a lead, a deputy, hours, and a test alert that was acknowledged."""
    for code, (lead, deputy) in READERS.items():
        organisation = db.session.merge(organisations[code])
        if plan_of(organisation.id) is not None:
            continue
        readers = [known(lead), known(deputy)]
        parts = PlanParts(readers[0].id, readers[1].id, HEAD_OF_SERVICE, HOURS)
        set_plan(organisation, parts)
        pass_the_test(organisation, readers[0], readers[1], now)


def known(email: str) -> Staff:
    staff = staff_by_email(email)
    if staff is None:
        raise LookupError(f"nobody signs in as {email}")
    return staff


def pass_the_test(organisation: Organisation, lead: Staff, deputy: Staff, now: datetime) -> None:
    when = now - timedelta(days=30)
    test = add_alert(organisation, when, kind=states.TEST, level=0, about="")
    note_mail(test, states.DRILL, lead)
    note_mail(test, states.DRILL, deputy, states.DEPUTY)
    acknowledge(test, lead, when + timedelta(minutes=6))


def make_alerts(organisation: Organisation, about: str, now: datetime) -> None:
    """Three open alerts of different states, made of invented words. Once."""
    others = exists().where(Alert.organisation_id == organisation.id, Alert.kind != states.TEST)
    if db.session.scalar(select(others)):
        return
    lead = known(READERS[organisation.code][0])
    words = [["What would you change?", "A big boy on the bus hurts me. He says I must not tell."]]
    new = add_alert(organisation, now - timedelta(minutes=20), about=about, words=words)
    # A mail that really goes out, or into the folder of the instance.
    ask_for_mails(new.id, states.RAISED)
    make_seen(organisation, about, lead, now - timedelta(hours=3))
    make_decided(organisation, lead, now - timedelta(days=1))


def make_seen(organisation: Organisation, about: str, lead: Staff, when: datetime) -> None:
    words = [["Is there anything else?", "I do not sleep. I do not want to be here any more."]]
    seen = add_alert(organisation, when, about=about, level=3, words=words)
    note_mail(seen, states.RAISED, lead)
    acknowledge(seen, lead, when + timedelta(minutes=11))


def make_decided(organisation: Organisation, lead: Staff, when: datetime) -> None:
    asked = add_alert(
        organisation,
        when,
        kind=states.HELP,
        level=3,
        about="Made-up example",
        words=[["What do you want to tell us?", "I am scared to go home."]],
        contact={"reach": "Ring my school, 01632 960120", "when": "Before lunch"},
    )
    note_mail(asked, states.RAISED, lead)
    acknowledge(asked, lead, when + timedelta(minutes=4))
    reason = "The front door took the referral at 10:20. They ring the school before lunch."
    decide(asked, lead, "referral", reason, when + timedelta(minutes=40))


def add_alert(organisation: Organisation, when: datetime, **parts: Any) -> Alert:
    """The row alone: nobody waits for these, so there are no reminders to ask for."""
    usual: dict[str, Any] = {
        "kind": states.WORDS,
        "level": 2,
        "words": [],
        "hits": [],
        "rules_version": "",
        "contact": {},
    }
    alert = Alert(organisation_id=organisation.id, raised_at=when, **(usual | parts))
    db.session.add(alert)
    db.session.flush()
    return alert


def note_mail(alert: Alert, why: str, staff: Staff, recipient: str = states.LEAD) -> None:
    alert.mails.append(
        AlertMail(why=why, recipient=recipient, address=staff.email, sent_at=alert.raised_at)
    )
    db.session.flush()
