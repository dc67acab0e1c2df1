"""A survey after a contact, and months in which people answered it."""

from datetime import UTC, datetime
from itertools import count, islice

import pytest
from sqlalchemy import insert

from engage.extensions import db
from engage.indicators.pulse.operations import pulse_ready
from engage.responses.models import Answer, Response
from engage.responses.snapshots import keep_all
from tests.indicators.conftest import _codes
from tests.survey_factories import ask, make_small_survey, make_survey

NOW = datetime(2026, 8, 5, 12, tzinfo=UTC)
AUDIENCES = ("parent_carer", "young_person")
# A quiet year, and then seven months that are truly better.
QUIET, BETTER = (18, 20, 17, 19, 21, 18, 20, 19, 17, 18, 20, 19), (30, 31, 29, 32, 30, 31, 32)

_numbers = count(1)


@pytest.fixture
def contacts(session):
    return make_survey("pulse-after-contact", slug="contacts", title="Contacts <2026>")


@pytest.fixture
def groups(session):
    """A survey that asks who is answering."""
    questions = [
        ask("WHO", options=AUDIENCES, role="audience"),
        ask("P1", "scale", scale="quality5", feeds_q="pulse"),
    ]
    return make_small_survey(questions, AUDIENCES, slug="groups", title="For two groups")


def take_pulse_snapshots(now):
    return keep_all(pulse_ready(now), now)


@pytest.fixture
def publish(session):
    def at(now=NOW):
        taken = take_pulse_snapshots(now)
        db.session.commit()  # a page that is read undoes what is not
        return taken

    return at


def month(version, year, number, good, poor=0, **who):
    """So many people of one month said that it was good, and so many that it was poor."""
    middle = datetime(year, number, 15, 12, tzinfo=UTC)
    for said, people in (("good", good), ("very_poor", poor)):
        _answer(version, {"pulse": said, **who}, people, middle)


def _answer(version, said, people, sent_at):
    """As `answer`, in a few statements: there are many of them."""
    if not people:
        return
    sent = [
        {
            "token_hash": f"pulse-token-{number}",
            "receipt_hash": f"pulse-receipt-{number}",
            "version_id": version.id,
            "channel": "demo",
            "started_on": sent_at.date(),
            "submitted_at": sent_at,
        }
        for number in islice(_numbers, people)
    ]
    ids = db.session.scalars(insert(Response).returning(Response.id), sent).all()
    codes = dict(_codes(version, said))
    rows = [
        {"response_id": response, "question_id": question, "value": code, "other_words": None}
        for response in ids
        for question, code in codes.items()
    ]
    db.session.execute(insert(Answer), rows)
    db.session.commit()


@pytest.fixture
def long_line(contacts, publish):
    """Nineteen months of forty people, to July 2026."""
    for at, good in enumerate(QUIET + BETTER):
        month(contacts, 2025 + at // 12, at % 12 + 1, good, 40 - good)
    publish()
    return contacts
