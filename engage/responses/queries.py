"""Questions asked of the responses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from engage.extensions import db
from engage.people.models import Organisation
from engage.responses.drafts import Contacts, Draft
from engage.responses.export import Kept, Sent
from engage.responses.models import Answer, NotUnderstood, Response
from engage.responses.receipt import fingerprint, unseal
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import QuestionMedia, Survey, SurveyVersion, Translation
from engage.surveys.queries import definition_as_of
from engage.surveys.timing import first_day

AboutSent = Row[int, datetime | None, int, str, str, bool, bool]
READ_AT_A_TIME = 500  # responses: 100,000 are never in memory together


newest_translation = (
    select(func.max(Translation.changed_at))
    .where(Translation.version_id == Response.version_id)
    .scalar_subquery()
)
newest_media = (
    select(func.max(QuestionMedia.changed_at))
    .where(QuestionMedia.version_id == Response.version_id)
    .scalar_subquery()
)
# Built once: this is asked for every page of every survey.
_OPENED = (
    select(
        Response.id,
        Response.version_id,
        Response.token_hash,
        Response.language,
        Response.easy_read,
        Response.look,
        Response.draft,
        Response.started_on,
        Response.last_used_on,
        Response.submitted_at,
        SurveyVersion.published_at,
        SurveyVersion.closes_at,
        SurveyVersion.closed_at,
        newest_translation.label("translated_at"),
        newest_media.label("media_at"),
        Survey.id.label("survey_id"),
        Survey.slug,
        Survey.is_invented,
        Organisation.id.label("organisation_id"),
        Organisation.name.label("organisation"),
        Organisation.code.label("organisation_code"),
        Organisation.help_phone,
        Organisation.help_hours,
        Organisation.out_of_hours_phone,
        Organisation.leave_url,
    )
    .join(SurveyVersion, SurveyVersion.id == Response.version_id)
    .join(Survey, Survey.id == SurveyVersion.survey_id)
    .join(Organisation, Organisation.id == Survey.organisation_id)
    .where(Response.token_hash == bindparam("token_hash"))
)
_OPENED_ALONE = _OPENED.with_for_update(of=Response)


def opened(token: str, for_update: bool = False) -> tuple[Draft, SurveyDefinition]:
    """The response a token opens, with its survey. Raises NoResultFound.

    `for_update` makes two sendings of one response take turns.
    """
    query = _OPENED_ALONE if for_update else _OPENED
    # On the connection: these are columns, and no object of a row is wanted.
    row = db.session.connection().execute(query, {"token_hash": fingerprint(token)}).one()
    survey = definition_as_of(row.version_id, row.published_at, row.translated_at, row.media_at)
    return _draft(token, row), survey


def _draft(token: str, row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        token=token,
        seed=row.token_hash,
        version_id=row.version_id,
        survey_id=row.survey_id,
        slug=row.slug,
        is_invented=row.is_invented,
        contacts=Contacts(
            organisation_id=row.organisation_id,
            organisation=row.organisation,
            organisation_code=row.organisation_code,
            help_phone=row.help_phone,
            help_hours=row.help_hours,
            out_of_hours_phone=row.out_of_hours_phone,
            leave_url=row.leave_url,
        ),
        language=row.language,
        easy_read=row.easy_read,
        look=row.look,
        kept={code: (value, words) for code, (value, words) in row.draft.items()},
        last_used_on=row.last_used_on or row.started_on,
        submitted_at=row.submitted_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
    )


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
