"""What people do with surveys: make one, set its details, open and close it, copy it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict, Unpack

from flask_babel import gettext

from engage.errors import ClosedError, FrozenError, InvalidInputError, NotReadyError
from engage.extensions import db
from engage.people.models import Organisation
from engage.surveys import media, queries, translating
from engage.surveys.co_lead.operations import refuse_to_launch_alone
from engage.surveys.definition import SurveyDefinition, Words
from engage.surveys.definition_rows import write_sections
from engage.surveys.gate import missing_to_read_words
from engage.surveys.models import Survey, SurveyVersion, VersionText
from engage.surveys.timing import last_day
from engage.surveys.wording import ENGLISH

FROZEN = "People have been asked this version, so it stays as it is. Make a new version instead."


class Details(TypedDict, total=False):
    """What may be said of a version beside its questions. What is not given stays."""

    title: str | None
    title_easy: str | None
    audiences: Iterable[str]
    opens_at: datetime | None
    closes_at: datetime | None


def create_survey(
    organisation: Organisation,
    definition: SurveyDefinition,
    slug: str,
    *,
    is_invented: bool = False,
    **details: Unpack[Details],
) -> SurveyVersion:
    """A survey that asks what the definition asks, as a draft."""
    if queries.is_address_taken(slug):
        raise InvalidInputError(f"Another survey already has the address “{slug}”.")
    survey = Survey(organisation=organisation, slug=slug, is_invented=is_invented)
    db.session.add(survey)
    version = _write(survey, definition)
    return set_details(version, **details)


def set_details(
    version: SurveyVersion, now: datetime | None = None, **details: Unpack[Details]
) -> SurveyVersion:
    """Change title, audiences or dates. Once published, only a later closing date."""
    if version.published_at is not None:
        _refuse_frozen_changes(version, details)
        now = now or datetime.now(UTC)
        _refuse_unwatched_reopening(version, details, now)
        _keep_first_last_day(version, now)
    if title := details.get("title"):
        _set_title(version, title, easy_read=False)
    if title_easy := details.get("title_easy"):
        _set_title(version, title_easy, easy_read=True)
    if "audiences" in details:
        version.audiences = list(details["audiences"])
    version.opens_at = details.get("opens_at", version.opens_at)
    version.closes_at = details.get("closes_at", version.closes_at)
    if version.opens_at and version.closes_at and version.closes_at <= version.opens_at:
        raise InvalidInputError("The closing date must be after the opening date.")
    db.session.flush()
    return version


def switch_questions(version: SurveyVersion, codes: Iterable[str]) -> None:
    """Ask the optional questions of these codes and no other optional ones."""
    if version.published_at is not None:
        raise FrozenError(FROZEN)
    wanted = set(codes)
    optional = {
        question.code: question
        for section in version.sections
        for question in section.questions
        if question.settings.get("optional_module")
    }
    if unknown := wanted - optional.keys():
        raise InvalidInputError(f"There is no optional question “{min(unknown)}”.")
    for code, question in optional.items():
        question.is_switched_on = code in wanted
    db.session.flush()


def publish(version: SurveyVersion, now: datetime) -> None:
    """Freeze the version and let people answer it, from its opening date on."""
    definition = queries.definition_of(version.id)
    _refuse_unready(version, definition, now)
    _refuse_unwatched(version, definition, now)
    _freeze(version, now)


def publish_as_collected(version: SurveyVersion, now: datetime) -> None:
    """For answers that were collected elsewhere: frozen and closed at once, nobody is asked."""
    _refuse_unready(version, queries.definition_of(version.id), now)
    _freeze(version, now)
    version.closed_at = now
    db.session.flush()


def _refuse_unwatched(version: SurveyVersion, definition: SurveyDefinition, now: datetime) -> None:
    if missing := missing_to_read_words(version, definition, now):
        raise NotReadyError(
            gettext(
                "People can write in this survey, so somebody must be there to read it first. "
                "Still missing: %(what)s. Set it on the page “Who is told, and when”.",
                what="; ".join(missing),
            )
        )


def _refuse_unready(version: SurveyVersion, definition: SurveyDefinition, now: datetime) -> None:
    if version.published_at is not None:
        raise FrozenError("This version is published already.")
    if not version.audiences:
        raise NotReadyError("Choose who the survey is for before you open it.")
    if not any(question.type != "info" for question in definition.questions()):
        raise NotReadyError("The survey has no questions yet.")
    if version.closes_at is not None and version.closes_at <= now:
        raise NotReadyError("The closing date has passed. Choose a later one.")
    refuse_to_launch_alone(version)


def _freeze(version: SurveyVersion, now: datetime) -> None:
    for earlier in version.survey.versions:
        _make_way(earlier, version, now)
    version.published_at = now
    db.session.flush()


def close(version: SurveyVersion, now: datetime) -> None:
    """Take no more answers."""
    if version.published_at is None:
        raise NotReadyError("This version has not been opened, so it cannot be closed.")
    if version.closed_at is not None:
        raise ClosedError("This survey is closed already.")
    version.closed_at = now
    db.session.flush()


def new_version(survey: Survey) -> SurveyVersion:
    """The next draft, with the questions of the latest version. Its dates are still to be set."""
    latest = queries.latest_version(survey)
    if latest.published_at is None:
        raise NotReadyError(f"Version {latest.number} is still a draft. Open or change that one.")
    version = _write(survey, queries.definition_of(latest.id))
    db.session.flush()
    translating.carry_over(latest, version)
    media.carry_over(latest, version)
    return version


def _refuse_unwatched_reopening(version: SurveyVersion, details: Details, now: datetime) -> None:
    """What has ended opens again only as it would open for the first time: somebody reads it."""
    wanted = details.get("closes_at", version.closes_at)
    has_ended = version.closes_at is not None and version.closes_at <= now
    if has_ended and (wanted is None or wanted > now):
        _refuse_unwatched(version, queries.definition_of(version.id), now)


def _keep_first_last_day(version: SurveyVersion, now: datetime) -> None:
    """A last day that has passed stays known: moving it takes back no promise to answer."""
    if version.first_closed_on is not None or version.closed_at is not None:
        return
    if version.closes_at is not None and version.closes_at <= now:
        version.first_closed_on = last_day(version.closes_at)


def _refuse_frozen_changes(version: SurveyVersion, details: Details) -> None:
    kept = {
        "title": version.title(),
        "title_easy": version.title(easy_read=True),
        "audiences": list(version.audiences),
        "opens_at": version.opens_at,
    }
    given: Mapping[str, Any] = {**details}
    if "audiences" in given:
        given = {**given, "audiences": list(given["audiences"])}
    if any(key in given and given[key] not in (None, was) for key, was in kept.items()):
        raise FrozenError(FROZEN)
    if "closes_at" in given and _is_sooner(given["closes_at"], version.closes_at):
        raise FrozenError("A closing date that people were told can only move to a later day.")


def _is_sooner(new: datetime | None, old: datetime | None) -> bool:
    """No date means no end, which is later than any date."""
    return new is not None and (old is None or new < old)


def _make_way(earlier: SurveyVersion, version: SurveyVersion, now: datetime) -> None:
    """Two versions are never open at one address: the earlier one ends when this one begins."""
    if earlier is version or earlier.published_at is None or earlier.closed_at is not None:
        return
    if version.opens_at is None or version.opens_at <= now:
        earlier.closed_at = now
    elif _is_sooner(version.opens_at, earlier.closes_at):
        earlier.closes_at = version.opens_at


def _set_title(version: SurveyVersion, title: str, *, easy_read: bool) -> None:
    for words in version.wordings:
        if (words.language, words.easy_read) == (ENGLISH, easy_read):
            words.text = title
            return
    version.wordings.append(VersionText(language=ENGLISH, easy_read=easy_read, text=title))


# ---- from a definition to rows


def _write(survey: Survey, definition: SurveyDefinition) -> SurveyVersion:
    version = SurveyVersion(
        survey=survey,
        number=len(survey.versions) + 1,
        template=definition.template,
        template_version=definition.template_version,
        audiences=list(definition.audiences),
        estimated_minutes=definition.estimated_minutes,
        starts_easy_read=definition.starts_easy_read,
        wordings=_texts(definition.titles),
    )
    db.session.add(version)
    db.session.flush()
    write_sections(version.id, definition.sections)
    db.session.expire(version, ["sections"])
    return version


def _texts(wordings: Iterable[Words]) -> list[VersionText]:
    return [VersionText(language=w.language, easy_read=w.easy_read, text=w.text) for w in wordings]
