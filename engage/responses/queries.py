"""Questions asked of the responses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from engage.extensions import db
from engage.responses.drafts import Draft
from engage.responses.export import Kept, Sent
from engage.responses.models import Answer, NotUnderstood, Response
from engage.responses.receipt import fingerprint, unseal
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import Question, SurveyVersion
from engage.surveys.timing import first_day

AboutSent = Row[int, datetime | None, int, str, str, bool, bool]
READ_AT_A_TIME = 500  # responses: 100,000 are never in memory together


def token_of(words: Sequence[str]) -> str | None:
    """The token that the words of a code belong to; None where nobody has that code."""
    digest = fingerprint(" ".join(words))
    sealed = db.session.scalar(select(Response.token_sealed).where(Response.receipt_hash == digest))
    return unseal(sealed, words) if sealed else None


def with_sent_answers(draft: Draft, survey: SurveyDefinition) -> Draft:
    """The same response with what was sent in the place of a draft."""
    codes = {question.id: question.code for question in survey.questions()}
    sent = _answers_of([draft.id], codes)[draft.id]
    kept = {code: (_given(answer.value), answer.other_words or {}) for code, answer in sent.items()}
    return replace(draft, kept=kept)


def _given(value: Any) -> Any:
    """Of a looped answer, what was given; what was offered is beside it."""
    is_looped = isinstance(value, dict) and set(value) == {"offered", "given"}
    return value["given"] if is_looped else value


def were_words_read(response_id: int) -> bool:
    """A person has read what was written."""
    read_at = select(Response.words_read_at).where(Response.id == response_id)
    return db.session.scalar(read_at) is not None


def not_understood_by(response_id: int) -> set[int]:
    """The ids of the questions the person said they do not understand."""
    marked = select(NotUnderstood.question_id).where(NotUnderstood.response_id == response_id)
    return set(db.session.scalars(marked))


def audience_by_response(survey_id: int, among: ColumnElement[bool]) -> dict[int, str]:
    """Who each response is from, of those that `among` holds for: an audience's code, or "".

    By the version that was answered: a survey for one audience needs not ask.
    """
    said = (
        select(Answer.response_id, Answer.value)
        .join(Answer.question)
        .where(Question.role == "audience")
        .subquery()
    )
    rows = db.session.execute(
        select(Response.id, SurveyVersion.audiences, said.c.value)
        .join(Response.version)
        .outerjoin(said, said.c.response_id == Response.id)
        .where(SurveyVersion.survey_id == survey_id, among)
    )
    return {person: audience_said(audiences, value) for person, audiences, value in rows}


def audience_said(audiences: Sequence[str], said: object) -> str:
    """Of one who answered so, where a version is for these: its code, or ""."""
    if len(audiences) == 1:
        return audiences[0]
    return said if isinstance(said, str) and said in audiences else ""


def sent_count(survey_id: int) -> int:
    """How many have sent their answers, to any version."""
    counted = select(func.count(Response.id)).join(Response.version)
    sent = counted.where(SurveyVersion.survey_id == survey_id, Response.submitted_at.is_not(None))
    return db.session.scalar(sent) or 0


def sent_responses(definitions: Mapping[int, SurveyDefinition]) -> Iterator[Sent]:
    """All that was sent to these versions, a few at a time. `definitions` by version id.

    Held words are among them: whoever shows them looks at `is_held`.
    """
    codes = {q.id: q.code for survey in definitions.values() for q in survey.questions()}
    last = 0
    while rows := _some_sent(definitions, last):
        answers = _answers_of([row.id for row in rows], codes)
        for row in rows:
            yield Sent(
                version=row.number,
                day=first_day(row.submitted_at),
                channel=row.channel,
                language=row.language,
                easy_read=row.easy_read,
                answers=answers[row.id],
                is_held=row.is_held,
            )
        last = rows[-1].id


def _some_sent(versions: Iterable[int], after: int) -> Sequence[AboutSent]:
    return db.session.execute(
        select(
            Response.id,
            Response.submitted_at,
            SurveyVersion.number,
            Response.channel,
            Response.language,
            Response.easy_read,
            Response.is_held,
        )
        .join(Response.version)
        .where(
            Response.version_id.in_(versions),
            Response.submitted_at.is_not(None),
            Response.id > after,
        )
        .order_by(Response.id)
        .limit(READ_AT_A_TIME)
    ).all()


def _answers_of(
    responses: Sequence[int], codes: Mapping[int | None, str]
) -> Mapping[int, dict[str, Kept]]:
    rows = db.session.execute(
        select(Answer.response_id, Answer.question_id, Answer.value, Answer.other_words).where(
            Answer.response_id.in_(responses), Answer.question_id.in_(codes)
        )
    )
    found: dict[int, dict[str, Kept]] = defaultdict(dict)
    for response_id, question_id, value, other_words in rows:
        found[response_id][codes[question_id]] = Kept(value, other_words)
    return found
