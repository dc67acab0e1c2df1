"""What every page of answering reads: the survey at an address, the response a token opens.

Columns and no objects, with queries that are built once: nothing else is asked for as often.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from engage.extensions import db
from engage.people.models import Organisation
from engage.responses.drafts import Contacts, Draft, OpenSurvey
from engage.responses.models import Response
from engage.responses.receipt import fingerprint
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import QuestionMedia, Survey, SurveyVersion, Translation
from engage.surveys.queries import definition_as_of, open_version
from engage.surveys.timing import State, state

_newest_translation = select(func.max(Translation.changed_at)).where(
    Translation.version_id == SurveyVersion.id
)
_newest_media = select(func.max(QuestionMedia.changed_at)).where(
    QuestionMedia.version_id == SurveyVersion.id
)
_ABOUT_THE_SURVEY = (
    SurveyVersion.id.label("version_id"),
    SurveyVersion.published_at,
    SurveyVersion.opens_at,
    SurveyVersion.closes_at,
    SurveyVersion.closed_at,
    _newest_translation.scalar_subquery().label("translated_at"),
    _newest_media.scalar_subquery().label("media_at"),
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
_OPENED = (
    select(
        Response.id,
        Response.token_hash,
        Response.language,
        Response.easy_read,
        Response.look,
        Response.draft,
        Response.started_on,
        Response.last_used_on,
        Response.submitted_at,
        *_ABOUT_THE_SURVEY,
    )
    .join(SurveyVersion, SurveyVersion.id == Response.version_id)
    .join(Survey, Survey.id == SurveyVersion.survey_id)
    .join(Organisation, Organisation.id == Survey.organisation_id)
    .where(Response.token_hash == bindparam("token_hash"))
)
_OPENED_ALONE = _OPENED.with_for_update(of=Response)
_PUBLISHED = (
    select(SurveyVersion.starts_easy_read, SurveyVersion.estimated_minutes, *_ABOUT_THE_SURVEY)
    .join(Survey, Survey.id == SurveyVersion.survey_id)
    .join(Organisation, Organisation.id == Survey.organisation_id)
    .where(Survey.slug == bindparam("slug"), SurveyVersion.published_at.is_not(None))
    .order_by(SurveyVersion.number.desc())
)


def opened(token: str, for_update: bool = False) -> tuple[Draft, SurveyDefinition]:
    """The response a token opens, with its survey. Raises NoResultFound.

    `for_update` makes two sendings of one response take turns.
    """
    query = _OPENED_ALONE if for_update else _OPENED
    row = db.session.connection().execute(query, {"token_hash": fingerprint(token)}).one()
    return _draft(token, row), _definition(row)


def open_survey(slug: str, now: datetime) -> tuple[OpenSurvey, SurveyDefinition]:
    """What people can answer at that address now. Raises ClosedError or NoResultFound."""
    rows: Any = db.session.connection().execute(_PUBLISHED, {"slug": slug})
    for row in rows:
        if state(row, now) is State.OPEN:
            return _open(row), _definition(row)
    open_version(slug, now)  # says why not
    raise AssertionError("a survey cannot be open and not open at once")


def _definition(row: Row[Any]) -> SurveyDefinition:
    return definition_as_of(row.version_id, row.published_at, row.translated_at, row.media_at)


def _open(row: Row[Any]) -> OpenSurvey:
    return OpenSurvey(
        id=row.version_id,
        slug=row.slug,
        is_invented=row.is_invented,
        starts_easy_read=row.starts_easy_read,
        estimated_minutes=row.estimated_minutes,
        contacts=_contacts(row),
    )


def _draft(token: str, row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        token=token,
        seed=row.token_hash,
        version_id=row.version_id,
        survey_id=row.survey_id,
        slug=row.slug,
        is_invented=row.is_invented,
        contacts=_contacts(row),
        language=row.language,
        easy_read=row.easy_read,
        look=row.look,
        kept={code: (value, words) for code, (value, words) in row.draft.items()},
        last_used_on=row.last_used_on or row.started_on,
        submitted_at=row.submitted_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
    )


def _contacts(row: Row[Any]) -> Contacts:
    return Contacts(
        organisation_id=row.organisation_id,
        organisation=row.organisation,
        organisation_code=row.organisation_code,
        help_phone=row.help_phone,
        help_hours=row.help_hours,
        out_of_hours_phone=row.out_of_hours_phone,
        leave_url=row.leave_url,
    )
