"""Questions asked of the responses."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from engage.extensions import db
from engage.responses.models import Response
from engage.responses.receipt import fingerprint
from engage.surveys.models import SurveyVersion


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
