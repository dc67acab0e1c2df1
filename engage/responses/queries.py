"""Questions asked of the responses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.responses.export import Kept, Sent
from engage.responses.models import Answer, Response
from engage.responses.receipt import fingerprint
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.timing import first_day

AboutSent = Row[int, datetime | None, int, str, str, bool]
READ_AT_A_TIME = 500  # responses: 100,000 are never in memory together


def by_token(token: str, for_update: bool = False) -> Response:
    """The response a token opens, its answers and its survey. Raises NoResultFound.

    `for_update` makes two sendings of one response take turns.
    """
    query = (
        select(Response)
        .where(Response.token_hash == fingerprint(token))
        .options(
            selectinload(Response.answers),
            joinedload(Response.version).joinedload(SurveyVersion.survey),
        )
    )
    if for_update:
        query = query.with_for_update(of=Response)
    return db.session.scalars(query).one()


def sent_count(survey_id: int) -> int:
    """How many have sent their answers, to any version."""
    counted = select(func.count(Response.id)).join(Response.version)
    sent = counted.where(SurveyVersion.survey_id == survey_id, Response.submitted_at.is_not(None))
    return db.session.scalar(sent) or 0


def sent_responses(definitions: Mapping[int, SurveyDefinition]) -> Iterator[Sent]:
    """All that was sent to these versions, a few at a time. `definitions` by version id."""
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
