"""Reading what people wrote: say that one has read it, or tell the safeguarding lead.

Two people may read the same words: the first who says so is the one who read them, and nothing
breaks.
"""

from datetime import datetime

from flask_babel import gettext

from engage.errors import NotReadyError
from engage.extensions import db
from engage.jobs import queue
from engage.people.audit import record
from engage.people.models import Staff
from engage.responses import reading_queries
from engage.responses.concerns import ALERT_FROM
from engage.responses.models import Response
from engage.responses.operations import reference_of
from engage.safeguarding.operations import raise_alert
from engage.safeguarding.rules import rules_version, screen
from engage.safeguarding.states import WORDS

# Themes are found anew, with the words or without them.
REFRESH = "analysis.refresh"


def open_words(response: Response, staff: Staff) -> None:
    """They are shown the words: the record says so, and others are given the next ones."""
    record(
        staff,
        reading_queries.OPENED,
        reference_of(response.id),
        survey=response.version.survey.slug,
    )


def say_read(response: Response, staff: Staff, now: datetime) -> None:
    """They have read all of it. Raises NotReadyError for words they were never shown."""
    if response.is_held or not reading_queries.was_opened_by(response.id, staff):
        raise NotReadyError(gettext("Open the words first, then say that you have read them."))
    mark_read(response, staff, now)


def mark_read(response: Response, staff: Staff, now: datetime) -> None:
    """A person has read all of it. Saying so again changes nothing."""
    if response.words_read_at is None:
        response.words_read_at, response.words_read_by_id = now, staff.id
        db.session.flush()


def tell_the_lead(response: Response, staff: Staff, now: datetime) -> None:
    """Raise an alert and keep the words apart, both or neither. Words that are held stay so."""
    if response.is_held:
        return
    mark_read(response, staff, now)
    response.is_held = True
    _raise_alert(response, now)
    record(
        staff,
        "told the safeguarding lead about words",
        reference_of(response.id),
        survey=response.version.survey.slug,
    )
    queue.enqueue(REFRESH, survey_id=response.version.survey_id)
    db.session.flush()


def _raise_alert(response: Response, now: datetime) -> None:
    survey = response.version.survey
    written = reading_queries.written_in(response)
    raise_alert(
        survey.organisation_id,
        WORDS,
        response.version.title(),
        level=max(ALERT_FROM, response.urgency),
        reference=_next_reference(survey.organisation_id, response.id),
        words=[(each.question, each.text) for each in written],
        hits=[(hit.rule, hit.phrase) for each in written for hit in screen(each.text).hits],
        rules_version=rules_version(),
        now=now,
    )


def _next_reference(organisation_id: int, response_id: int) -> str:
    """An alert is raised once for a reference. Words that were released can need another."""
    reference = reference_of(response_id)
    before = reading_queries.alerts_about(organisation_id, reference)
    return f"{reference}/{before + 1}" if before else reference


def lead_has_decided(reference: str, released: bool) -> None:
    """The alert is closed: they have read the words, and say whether others may.

    The person who wrote them may have taken their answers back meanwhile.
    """
    number = reading_queries.number_in(reference)
    response = db.session.get(Response, number) if number else None
    if response is None:
        return
    decided = reading_queries.decision_about(reference)
    if decided is not None:
        mark_read(response, decided.staff, decided.at)
    if released:
        response.is_held = False
        queue.enqueue(REFRESH, survey_id=response.version.survey_id)
