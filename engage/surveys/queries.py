"""What can be asked of the surveys: one by its address, all that are open, all questions of one."""

from collections import OrderedDict
from datetime import datetime
from itertools import chain, count
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from flask_babel import gettext
from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from engage.errors import ClosedError
from engage.extensions import db
from engage.surveys.definition import SurveyDefinition
from engage.surveys.definition_rows import read_definition
from engage.surveys.models import (
    Option,
    Question,
    QuestionMedia,
    Section,
    Survey,
    SurveyVersion,
    Translation,
)
from engage.surveys.timing import first_day
from engage.web.i18n import long_day

MOST_KEPT = 64  # published versions kept in memory; about 200 KB each


# The version, when it was published, and when a translation and a sound or video last changed.
Key = tuple[int, datetime, datetime | None, datetime | None]


class _Kept:
    """Published versions already read: they are frozen, so what was read stays true.

    Only a translation, a sound or a video may still come or change; then the key is another.

    Kept apart for each database, so that a test's database takes its versions with it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_database: WeakKeyDictionary[Any, OrderedDict[Key, SurveyDefinition]] = (
            WeakKeyDictionary()
        )

    def get(self, key: Key) -> SurveyDefinition | None:
        with self._lock:
            kept = self._of_database()
            if key in kept:
                kept.move_to_end(key)
            return kept.get(key)

    def put(self, key: Key, definition: SurveyDefinition) -> None:
        with self._lock:
            kept = self._of_database()
            kept[key] = definition
            if len(kept) > MOST_KEPT:
                kept.popitem(last=False)

    def _of_database(self) -> OrderedDict[Key, SurveyDefinition]:
        return self._by_database.setdefault(db.engine, OrderedDict())


_kept = _Kept()


def definition_of(version_id: int) -> SurveyDefinition:
    """Everything a version asks."""
    found = select(
        SurveyVersion.published_at, _translated_at(version_id), _media_at(version_id)
    ).where(SurveyVersion.id == version_id)
    return definition_as_of(version_id, *db.session.execute(found).one())


def definition_as_of(
    version_id: int,
    published_at: datetime | None,
    translated_at: datetime | None,
    media_at: datetime | None,
) -> SurveyDefinition:
    """The same for someone who knows already when the version was published and last changed."""
    has_media = media_at is not None
    if published_at is None:
        return read_definition(version_id, has_media)
    key = version_id, published_at, translated_at, media_at
    definition = _kept.get(key)
    if definition is None:
        definition = read_definition(version_id, has_media)
        _kept.put(key, definition)
    return definition


def _translated_at(version_id: int) -> ScalarSelect[datetime]:
    """When a translation of the version last changed: part of one short query on an index."""
    newest = select(func.max(Translation.changed_at)).where(Translation.version_id == version_id)
    return newest.scalar_subquery()


def _media_at(version_id: int) -> ScalarSelect[datetime]:
    """When a sound or a video of the version last came, changed or went."""
    newest = select(func.max(QuestionMedia.changed_at))
    return newest.where(QuestionMedia.version_id == version_id).scalar_subquery()


def translations_of(version_id: int) -> dict[str, Translation]:
    """What is known of each translation of the version, by language."""
    found = select(Translation).where(Translation.version_id == version_id)
    return {translation.language: translation for translation in db.session.scalars(found)}


def open_versions(now: datetime) -> list[SurveyVersion]:
    """What people can answer today, those that close first at the top."""
    found = (
        select(SurveyVersion)
        .join(SurveyVersion.survey)
        .options(contains_eager(SurveyVersion.survey), selectinload(SurveyVersion.wordings))
        .where(SurveyVersion.published_at.is_not(None), SurveyVersion.closed_at.is_(None))
        .order_by(SurveyVersion.closes_at.is_(None), SurveyVersion.closes_at, Survey.slug)
    )
    return [version for version in db.session.scalars(found) if version.is_open(now)]


def open_version(slug: str, now: datetime) -> SurveyVersion:
    """The version people answer at that address. Raises ClosedError outside its dates."""
    found = (
        select(SurveyVersion)
        .join(SurveyVersion.survey)
        .options(contains_eager(SurveyVersion.survey), selectinload(SurveyVersion.wordings))
        .where(Survey.slug == slug, SurveyVersion.published_at.is_not(None))
        .order_by(SurveyVersion.number.desc())
    )
    versions = db.session.scalars(found).all()
    if not versions:
        raise NoResultFound(f"no published survey {slug!r}")
    for version in versions:
        if version.is_open(now):
            return version
    raise ClosedError(_why_not_open(versions[0], now))


def _why_not_open(version: SurveyVersion, now: datetime) -> str:
    if version.closed_at is None and version.opens_at is not None and now < version.opens_at:
        opening = long_day(first_day(version.opens_at))
        return str(gettext("This survey opens on %(day)s. Please come back then.", day=opening))
    return str(
        gettext("This survey has closed. Thank you to everyone who told us what they think.")
    )


def survey_of(organisation_id: int, slug: str) -> Survey:
    """The organisation's own survey at that address."""
    return db.session.scalars(_surveys(organisation_id).where(Survey.slug == slug)).one()


def surveys_of(organisation_id: int) -> list[Survey]:
    """The organisation's surveys, the newest first."""
    return list(db.session.scalars(_surveys(organisation_id).order_by(Survey.id.desc())))


def latest_version(survey: Survey) -> SurveyVersion:
    return survey.versions[-1]


def is_address_taken(slug: str) -> bool:
    return db.session.scalar(select(Survey.id).where(Survey.slug == slug)) is not None


def free_address(wanted: str) -> str:
    """That address, or the first of its kind that nobody has: parks, parks-2, parks-3."""
    like_it = select(Survey.slug).where(Survey.slug.startswith(wanted, autoescape=True))
    taken = set(db.session.scalars(like_it))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(slug for slug in chain([wanted], numbered) if slug not in taken)


def _surveys(organisation_id: int) -> Select[Survey]:
    return (
        select(Survey)
        .options(selectinload(Survey.versions).selectinload(SurveyVersion.wordings))
        .where(Survey.organisation_id == organisation_id)
    )


def with_words(version_id: int) -> SurveyVersion:
    """A version with everything in it and all its words, in a few queries."""
    questions = selectinload(SurveyVersion.sections).selectinload(Section.questions)
    found = (
        select(SurveyVersion)
        .options(
            joinedload(SurveyVersion.survey),
            selectinload(SurveyVersion.wordings),
            selectinload(SurveyVersion.sections).selectinload(Section.wordings),
            questions.selectinload(Question.wordings),
            questions.selectinload(Question.options).selectinload(Option.wordings),
        )
        .where(SurveyVersion.id == version_id)
    )
    return db.session.scalars(found).one()
