"""What can happen to a response. Each function is one thing a person does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import bindparam, delete, func, insert, update

from engage.errors import ClosedError
from engage.extensions import db
from engage.jobs import queue
from engage.responses import queries
from engage.responses.concerns import Concern, concern_in
from engage.responses.drafts import KEPT_FOR, Draft, OpenSurvey
from engage.responses.models import Answer, NotUnderstood, Response
from engage.responses.receipt import fingerprint, new_token, receipt_of, seal
from engage.safeguarding.operations import raise_alert
from engage.surveys.branching import Step, loop_items, path
from engage.surveys.definition import QuestionDefinition, SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.timing import first_day, last_day
from engage.surveys.wording import pick

# What happens after answers arrive. Put off a little, so that a busy evening is read once.
AFTER_SENDING_TO_A_SURVEY = ("analysis.refresh", "loop.snapshot")
AFTER_SENDING = ("indicators.snapshot",)
READ_AFTER = timedelta(seconds=30)
# Answers can be withdrawn while the survey is open, or this long where it has no last day.
WITHDRAWN_WITHIN = timedelta(days=28)

# How long the page of thanks shows the code: long enough for a lost reply, too short for whoever
# looks through the history of a shared phone.
CODE_IS_SHOWN = timedelta(minutes=15)

# The table and not the class: no row is in memory that would have to be told.
_drafts = Response.__table__
_keep = update(_drafts).where(_drafts.c.id == bindparam("response_id"))  # type: ignore[arg-type]
_KEEP_ANSWERS = _keep.values(draft=bindparam("kept"), last_used_on=bindparam("today"))


def start(
    version: SurveyVersion | OpenSurvey, channel: str, now: datetime | None = None, **reading: Any
) -> str:
    """Begin a draft. Returns its token, which is stored nowhere.

    `reading`: easy_read, language, look, where they differ from the usual.
    """
    token = new_token()
    today = (now or datetime.now(UTC)).date()
    new = {
        "version_id": version.id,
        "token_hash": fingerprint(token),
        "token_sealed": seal(token),
        "receipt_hash": fingerprint(" ".join(receipt_of(token))),
        "channel": channel,
        "started_on": today,
        "last_used_on": today,
    }
    db.session.connection().execute(insert(_drafts), new | reading)  # type: ignore[arg-type]
    return token


def change_reading(draft: Draft, **reading: Any) -> None:
    """Read on in another wording, language or look. What was answered stays.

    `reading`: easy_read, language, look; what is not named stays too.
    """
    refuse_if_sent(draft)
    db.session.execute(
        update(_drafts).where(_drafts.c.id == draft.id).values(**reading)  # type: ignore[arg-type]
    )


def save_answer(
    draft: Draft,
    step: Step,
    value: Any,
    other_words: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Draft:
    """Keep the answer to one page; an empty one takes away what was there."""
    refuse_if_sent(draft)
    changed = draft.with_answer(step, value, other_words or {})
    db.session.connection().execute(
        _KEEP_ANSWERS,
        {
            "response_id": draft.id,
            "kept": {code: [value, dict(words)] for code, (value, words) in changed.kept.items()},
            "today": today or datetime.now(UTC).date(),
        },
    )
    return changed


def mark_not_understood(draft: Draft, question: QuestionDefinition) -> None:
    """The person says so and goes on. Saying it again changes nothing."""
    refuse_if_sent(draft)
    if question.id not in queries.not_understood_by(draft.id):
        db.session.add(NotUnderstood(response_id=draft.id, question_id=question.id))
        db.session.flush()


def refuse_if_sent(draft: Draft) -> None:
    if draft.is_sent:
        raise ClosedError(gettext("These answers have been sent. They cannot be changed here."))


def is_over(draft: Draft, now: datetime) -> bool:
    """The day of grace of a closed survey has passed."""
    return draft.ends_at is not None and now >= draft.ends_at


def refuse_if_over(draft: Draft, now: datetime) -> None:
    """Raises ClosedError once a closed survey's day of grace is over."""
    if is_over(draft, now):
        raise ClosedError(gettext("This survey has closed. It no longer takes answers."))


def submit(draft: Draft, survey: SurveyDefinition, now: datetime | None = None) -> None:
    """Close the response, dropping answers to questions the person was not asked in the end.

    Sending again changes nothing: on a bad line people press the button twice. An alert, where
    the words ask for one, is raised in the same transaction.
    """
    if draft.is_sent:
        return
    draft = replace(draft, kept=asked_in_the_end(draft, survey))
    rows = answer_rows(draft, survey)
    if rows:
        db.session.execute(insert(Answer), rows)
    concern = concern_in(draft, survey)
    db.session.execute(
        update(_drafts)  # type: ignore[arg-type]
        .where(_drafts.c.id == draft.id)
        .values(
            draft={},
            submitted_at=now or datetime.now(UTC),
            urgency=concern.level,
            is_held=concern.needs_alert,
        )
    )
    if concern.needs_alert:
        alert_about(draft, survey, concern)
    ask_for_what_follows(draft.survey_id, READ_AFTER)


def alert_about(draft: Draft, survey: SurveyDefinition, concern: Concern) -> None:
    raise_alert(
        draft.contacts.organisation_id,
        "words",
        pick(survey.titles, "en", easy_read=False).text,
        level=concern.level,
        reference=reference_of(draft.id),
        words=concern.words,
        hits=concern.hits,
        rules_version=concern.rules_version,
    )


def reference_of(response_id: int) -> str:
    """By what an alert knows a response."""
    return f"response/{response_id}"


def asked_in_the_end(
    draft: Draft, survey: SurveyDefinition
) -> dict[str, tuple[Any, Mapping[str, str]]]:
    asked = {step.question.code for step in path(survey, draft.said, draft.seed)}
    return {code: answer for code, answer in draft.kept.items() if code in asked}


def answer_rows(draft: Draft, survey: SurveyDefinition) -> list[dict[str, Any]]:
    known = {question.code: question for question in survey.questions()}
    return [
        {
            "response_id": draft.id,
            "question_id": known[code].id,
            "value": _with_what_was_offered(known[code], value, known, draft),
            "other_words": dict(words) or None,
        }
        for code, (value, words) in draft.kept.items()
    ]


def _with_what_was_offered(
    question: QuestionDefinition,
    value: Any,
    known: Mapping[str, QuestionDefinition],
    draft: Draft,
) -> Any:
    """Looped answers keep what was offered beside what was given, so that a blank is a blank."""
    if question.type != "loop":
        return value
    offered = loop_items(question, known, draft.said, draft.seed)
    return {"offered": offered, "given": {item: value[item] for item in offered if item in value}}


def ask_for_what_follows(survey_id: int, delay: timedelta = timedelta()) -> None:
    """New answers are read, counted and, where enough have come, published."""
    for name in AFTER_SENDING_TO_A_SURVEY:
        queue.enqueue(name, delay=delay, survey_id=survey_id)
    for name in AFTER_SENDING:
        queue.enqueue(name, delay=delay)


def shows_code(draft: Draft, now: datetime) -> bool:
    """Whether the address of sent answers still shows the words that open them."""
    return draft.submitted_at is not None and now < draft.submitted_at + CODE_IS_SHOWN


def withdrawn_until(draft: Draft) -> date:
    """The last day sent answers can be withdrawn."""
    if draft.closes_at is not None:
        return last_day(draft.closes_at)
    return first_day((draft.submitted_at or datetime.now(UTC)) + WITHDRAWN_WITHIN)


def withdraw(draft: Draft, now: datetime | None = None) -> None:
    """Delete what was sent, for good. Public figures are made anew without it.

    Raises ClosedError after the last day: by then it is part of what was published.
    """
    if first_day(now or datetime.now(UTC)) > withdrawn_until(draft):
        raise ClosedError(
            gettext("The last day to withdraw has passed. Your answers are part of the results.")
        )
    db.session.execute(delete(_drafts).where(_drafts.c.id == draft.id))  # type: ignore[arg-type]
    queue.enqueue("analysis.forget_quotes", survey_id=draft.survey_id)
    ask_for_what_follows(draft.survey_id, READ_AFTER)


def forget_drafts(now: datetime) -> None:
    """Drafts nobody came back to for 30 days are gone, answers and all."""
    last_used = func.coalesce(Response.last_used_on, Response.started_on)
    db.session.execute(
        delete(Response).where(Response.submitted_at.is_(None), last_used < (now - KEPT_FOR).date())
    )
