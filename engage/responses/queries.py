"""Questions asked of the responses."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.responses.export import Kept, Sent
from engage.responses.models import Answer, Response
from engage.responses.receipt import fingerprint
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.timing import first_day

READ_AT_A_TIME = 5_000  # answers: 100,000 responses are never in memory together


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
    rows = db.session.execute(
        select(
            Response.id,
            Response.submitted_at,
            SurveyVersion.number,
            Response.channel,
            Response.language,
            Response.easy_read,
            Answer.question_id,
            Answer.value,
            Answer.other_words,
        )
        .join(Response.version)
        .outerjoin(Response.answers)
        .where(Response.version_id.in_(definitions), Response.submitted_at.is_not(None))
        .order_by(Response.id)
        .execution_options(yield_per=READ_AT_A_TIME)
    )
    for _response, of_one in groupby(rows, key=lambda row: row.id):
        answers = list(of_one)
        about = answers[0]
        yield Sent(
            version=about.number,
            day=first_day(about.submitted_at),
            channel=about.channel,
            language=about.language,
            easy_read=about.easy_read,
            answers={
                codes[row.question_id]: Kept(row.value, row.other_words)
                for row in answers
                if row.question_id in codes
            },
        )
