"""What can happen to a response. Each function is one thing a person does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import delete

from engage.errors import ClosedError
from engage.extensions import db
from engage.jobs import queue
from engage.responses.models import Answer, Response
from engage.responses.receipt import fingerprint, new_token, receipt_of
from engage.surveys.branching import Step, loop_items, path
from engage.surveys.definition import QuestionDefinition, SurveyDefinition
from engage.surveys.models import SurveyVersion

# Who began before the survey closed may still finish: nobody is cut off at midnight.
GRACE = timedelta(days=1)
DRAFTS_ARE_KEPT = timedelta(days=30)
# What happens after answers arrive. Put off a little, so that a busy evening is read once.
AFTER_SENDING_TO_A_SURVEY = ("analysis.refresh", "loop.snapshot")
AFTER_SENDING = ("indicators.snapshot",)
READ_AFTER = timedelta(seconds=30)


def start(
    version: SurveyVersion, channel: str, easy_read: bool, now: datetime | None = None
) -> str:
    """Begin a draft. Returns its token, which is stored nowhere."""
    token = new_token()
    db.session.add(
        Response(
            version_id=version.id,
            token_hash=fingerprint(token),
            receipt_hash=fingerprint(" ".join(receipt_of(token))),
            channel=channel,
            easy_read=easy_read,
            started_on=(now or datetime.now(UTC)).date(),
        )
    )
    db.session.flush()
    return token


def change_wording(response: Response, easy_read: bool) -> None:
    """Read on in standard or easy-read words. What was answered stays."""
    refuse_if_sent(response)
    response.easy_read = easy_read
    db.session.flush()


def save_answer(
    response: Response, step: Step, value: Any, other_words: Mapping[str, str] | None = None
) -> None:
    """Keep the answer to one page; an empty one takes away what was there."""
    refuse_if_sent(response)
    answer = answer_to(response, step.question)
    value = with_round(answer, step, value)
    if value is None:
        if answer is not None:
            response.answers.remove(answer)
    elif answer is None:
        response.answers.append(
            Answer(
                question_id=step.question.id,
                value=value,
                other_words=dict(other_words) if other_words else None,
            )
        )
    else:
        answer.value = value
        answer.other_words = dict(other_words) if other_words else None
    db.session.flush()


def with_round(answer: Answer | None, step: Step, value: Any) -> Any:
    """A looped question keeps one dict for all its rounds: the codes by item."""
    if step.item is None:
        return value
    rounds = dict(answer.value) if answer is not None else {}
    if value is None:
        rounds.pop(step.item, None)
    else:
        rounds[step.item] = value
    return rounds or None


def answer_to(response: Response, question: QuestionDefinition) -> Answer | None:
    return next((a for a in response.answers if a.question_id == question.id), None)


def refuse_if_sent(response: Response) -> None:
    if response.submitted_at is not None:
        raise ClosedError(gettext("These answers have been sent. They cannot be changed here."))


def refuse_if_over(version: SurveyVersion, now: datetime) -> None:
    """Raises ClosedError once a closed survey's day of grace is over."""
    ended = [moment for moment in (version.closes_at, version.closed_at) if moment]
    if ended and now >= min(ended) + GRACE:
        raise ClosedError(gettext("This survey has closed. It no longer takes answers."))


def submit(
    response: Response, survey: SurveyDefinition, now: datetime | None = None, seed: str = ""
) -> None:
    """Close the response, dropping answers to questions the person was not asked in the end.

    Sending again changes nothing: on a bad line people press the button twice.
    """
    if response.submitted_at is not None:
        return
    said = said_in(response, survey)
    asked = {step.question.id for step in path(survey, said, seed)}
    response.answers = [answer for answer in response.answers if answer.question_id in asked]
    keep_offered_rounds(response, survey, said, seed)
    response.submitted_at = now or datetime.now(UTC)
    ask_for_what_follows(response.version.survey_id, READ_AFTER)
    db.session.flush()


def ask_for_what_follows(survey_id: int, delay: timedelta = timedelta()) -> None:
    """New answers are read, counted and, where enough have come, published."""
    for name in AFTER_SENDING_TO_A_SURVEY:
        queue.enqueue(name, delay=delay, survey_id=survey_id)
    for name in AFTER_SENDING:
        queue.enqueue(name, delay=delay)


def keep_offered_rounds(
    response: Response, survey: SurveyDefinition, said: Mapping[str, Any], seed: str
) -> None:
    """Looped answers keep what was offered beside what was given, so that a blank is a blank."""
    known = {question.code: question for question in survey.questions()}
    for question in known.values():
        answer = answer_to(response, question) if question.type == "loop" else None
        if answer is None:
            continue
        offered = loop_items(question, known, said, seed)
        given = {item: answer.value[item] for item in offered if item in answer.value}
        answer.value = {"offered": offered, "given": given}


def said_in(response: Response, survey: SurveyDefinition) -> dict[str, Any]:
    """What the person has said so far, by question code."""
    codes = {question.id: question.code for question in survey.questions()}
    return {
        codes[answer.question_id]: answer.value
        for answer in response.answers
        if answer.question_id in codes
    }


def forget_drafts(now: datetime) -> None:
    """Drafts nobody came back to are gone after 30 days, answers and all."""
    db.session.execute(
        delete(Response).where(
            Response.submitted_at.is_(None),
            Response.started_on < (now - DRAFTS_ARE_KEPT).date(),
        )
    )
