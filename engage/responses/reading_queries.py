"""What is asked about reading: whose words wait, how many were read in time, what was written."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select

from engage.extensions import db
from engage.people.models import AuditEvent, Staff
from engage.responses.models import Answer, Response
from engage.responses.working_days import due, overdue_before
from engage.safeguarding.models import Alert, AlertStep
from engage.safeguarding.states import DECIDED, WORDS
from engage.surveys.definition import QuestionDefinition
from engage.surveys.models import Option, Question, Survey, SurveyVersion
from engage.surveys.queries import definition_of
from engage.surveys.question_types import TYPES
from engage.surveys.wording import ENGLISH, pick

OPEN_TYPES = [name for name, kind in TYPES.items() if kind.is_open_text]
# Brought from an older file: nobody promised those people a day.
WITHOUT_PROMISE = "import"
# How the record names that somebody opened a response's words.
OPENED = "read what somebody wrote"
# So long nobody else is given what one person has opened.
KEPT_FOR_THEM = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Counts:
    """How the reading of what people wrote stands. Counted in people, not in boxes."""

    waiting: int = 0
    late: int = 0  # of those that wait, longer than a working day
    oldest: datetime | None = None
    with_lead: int = 0
    read: int = 0
    in_time: int = 0
    measured: int = 0  # read, or late: those of whom it is known whether they were read in time

    @property
    def written(self) -> int:
        return self.waiting + self.with_lead + self.read

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            waiting=self.waiting + other.waiting,
            late=self.late + other.late,
            oldest=min((day for day in (self.oldest, other.oldest) if day), default=None),
            with_lead=self.with_lead + other.with_lead,
            read=self.read + other.read,
            in_time=self.in_time + other.in_time,
            measured=self.measured + other.measured,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """One thing a person wrote, and the question it answers."""

    question: str
    text: str


# ---- counting


def waiting_and_late(organisation_id: int, now: datetime) -> tuple[int, int]:
    """How many people's words wait to be read, and how many longer than a working day."""
    query = select(func.count(), _how_many(_is_late(now))).where(
        _is_waiting(), _wrote(organisation_id)
    )
    waiting, late = db.session.execute(query).one()
    return waiting, late


def counts_by_survey(
    organisation_id: int, now: datetime, survey_id: int | None = None
) -> dict[int, Counts]:
    """By survey, those in which somebody wrote something."""
    held = Response.is_held.is_(True)
    promised = case((_is_waiting() & _is_promised(), Response.submitted_at))
    rows = db.session.execute(
        select(
            SurveyVersion.survey_id,
            _how_many(_is_waiting()).label("waiting"),
            _how_many(_is_waiting() & _is_late(now)).label("late"),
            func.min(promised).label("oldest"),
            _how_many(held).label("with_lead"),
            _how_many(~held & Response.words_read_at.is_not(None)).label("read"),
        )
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .where(Response.submitted_at.is_not(None), _wrote(organisation_id, survey_id))
        .group_by(SurveyVersion.survey_id)
    )
    counts = {
        row.survey_id: Counts(row.waiting, row.late, row.oldest, row.with_lead, row.read)
        for row in rows
    }
    return _with_times(counts)


def _with_times(counts: dict[int, Counts]) -> dict[int, Counts]:
    times: dict[int, list[bool]] = defaultdict(list)
    rows = db.session.execute(
        select(SurveyVersion.survey_id, Response.submitted_at, Response.words_read_at)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .where(
            SurveyVersion.survey_id.in_(counts), Response.words_read_at.is_not(None), _is_promised()
        )
    )
    for survey_id, sent, read in rows:
        times[survey_id].append(sent is not None and read is not None and read < due(sent))
    return {
        survey_id: replace(
            each,
            in_time=sum(times[survey_id]),
            measured=len(times[survey_id]) + each.late,
        )
        for survey_id, each in counts.items()
    }


def _how_many(fact: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((fact, 1), else_=0)), 0)


def _is_waiting() -> ColumnElement[bool]:
    return (
        Response.submitted_at.is_not(None)
        & Response.words_read_at.is_(None)
        & Response.is_held.is_(False)
    )


def _is_promised() -> ColumnElement[bool]:
    return Response.channel != WITHOUT_PROMISE


def _is_late(now: datetime) -> ColumnElement[bool]:
    return _is_promised() & (Response.submitted_at < overdue_before(now))


def _wrote(organisation_id: int, survey_id: int | None = None) -> ColumnElement[bool]:
    """They wrote something, in a survey of this organisation.

    From the few questions that take words to their answers: most answers are none.
    """
    takes_words = select(Option.question_id).where(Option.takes_words)
    asked = (
        select(Question.id)
        .join(SurveyVersion, SurveyVersion.id == Question.version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Survey.organisation_id == organisation_id,
            or_(Question.type.in_(OPEN_TYPES), Question.id.in_(takes_words)),
        )
    )
    if survey_id is not None:
        asked = asked.where(Survey.id == survey_id)
    words = (
        select(Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Answer.question_id.in_(asked),
            or_(Question.type.in_(OPEN_TYPES), Answer.other_words.is_not(None)),
        )
    )
    return Response.id.in_(words)


# ---- the queue


def next_waiting(staff: Staff, now: datetime, survey_id: int | None = None) -> Response | None:
    """What this person reads next: the most urgent, then what was sent first.

    What somebody else has opened in the last 15 minutes is left to them. Old answers that were
    brought from a file come last: nobody waits for those.
    """
    found = (
        select(Response)
        .where(
            _is_waiting(),
            _wrote(staff.organisation_id, survey_id),
            Response.id.not_in(_with_others(staff, now)),
        )
        .order_by(
            Response.urgency.desc(),
            Response.channel == WITHOUT_PROMISE,
            Response.submitted_at,
            Response.id,
        )
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(found).one_or_none()


def _with_others(staff: Staff, now: datetime) -> list[int]:
    """Responses that others have opened a moment ago. The record of reading is what says so."""
    subjects = db.session.scalars(
        select(AuditEvent.subject).where(
            AuditEvent.organisation_id == staff.organisation_id,
            AuditEvent.what == OPENED,
            AuditEvent.staff_id != staff.id,
            AuditEvent.at > now - KEPT_FOR_THEM,
        )
    )
    return [number for subject in subjects if (number := number_in(subject)) is not None]


def number_in(reference: str) -> int | None:
    """The response that "response/12" means; "response/12/2" is the second alert about it."""
    kind, _slash, rest = reference.partition("/")
    number = rest.partition("/")[0]
    return int(number) if kind == "response" and number.isdecimal() else None


def was_opened_by(response_id: int, staff: Staff) -> bool:
    """The record says that they were shown these words."""
    subject = f"response/{response_id}"
    shown = select(AuditEvent.id).where(
        AuditEvent.what == OPENED, AuditEvent.staff_id == staff.id, AuditEvent.subject == subject
    )
    return db.session.scalar(shown.limit(1)) is not None


def sent_response(organisation_id: int, response_id: int) -> Response:
    """One of this organisation's. Others wait until we are done. Raises NoResultFound."""
    return db.session.scalars(
        select(Response)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Survey.organisation_id == organisation_id,
            Response.id == response_id,
            Response.submitted_at.is_not(None),
        )
        .with_for_update(of=Response)
    ).one()


# ---- what was written


def written_in(response: Response) -> tuple[Written, ...]:
    """All that a person wrote in their own words, in the order they were asked."""
    rows = db.session.execute(
        select(Answer.question_id, Answer.value, Answer.other_words).where(
            Answer.response_id == response.id
        )
    )
    answers = {row.question_id: row for row in rows}
    found = []
    for question in definition_of(response.version_id).questions():
        if question.id in answers:
            answer = answers[question.id]
            found += _written(question, answer.value, answer.other_words or {})
    return tuple(found)


def _written(
    question: QuestionDefinition, value: object, other_words: Mapping[str, str]
) -> list[Written]:
    asked = pick(question.wordings, ENGLISH, easy_read=False).text
    own = [str(value)] if TYPES[question.type].is_open_text and value else []
    return [Written(asked, words) for words in (*own, *other_words.values()) if words]


# ---- alerts about words


def alerts_about(organisation_id: int, reference: str) -> int:
    """How many alerts were raised about these words so far."""
    known = select(func.count(Alert.id)).where(
        Alert.organisation_id == organisation_id,
        Alert.kind == WORDS,
        or_(Alert.reference == reference, Alert.reference.startswith(f"{reference}/")),
    )
    return db.session.scalar(known) or 0


def decision_about(reference: str) -> AlertStep | None:
    """Who decided first what is done about these words, and when: they have read them."""
    return db.session.scalars(
        select(AlertStep)
        .join(Alert, Alert.id == AlertStep.alert_id)
        .where(Alert.kind == WORDS, Alert.reference == reference, AlertStep.state == DECIDED)
        .order_by(AlertStep.id)
        .limit(1)
    ).one_or_none()
