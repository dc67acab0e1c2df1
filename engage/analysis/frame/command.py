"""The commands `engage frame export` and `engage frame import`. See docs/curate.md."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from engage.analysis.frame.file import read_frame, to_yaml
from engage.analysis.frame.framing import bring_in, frame_of, version_now
from engage.errors import InvalidInputError
from engage.extensions import db, write_transaction
from engage.people.models import Staff
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack


def exported(slug: str, number: int | None) -> str:
    """The frame of a survey as YAML: as it stands, or as it stood in a kept version."""
    survey = survey_at(slug)
    if number is None:
        return to_yaml(frame_of(survey))
    try:
        return to_yaml(version_now(survey, number))
    except NoResultFound:
        raise InvalidInputError(f"{slug} has no version {number} of its themes.") from None


def imported(slug: str, file: Path, email: str) -> str:
    """Bring a frame in, and say what came."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{file.name} cannot be read.") from error
    frame = read_frame(text, file.name)
    ambitions = [ambition.code for ambition in the_pack().ambitions]
    with write_transaction():
        survey = survey_at(slug)
        made, known = bring_in(survey, frame, ambitions, staff_called(email, survey))
        names = [theme.name for theme in made]
    lines = [f"New themes: {len(names)}. Here already, and left as they are: {len(known)}."]
    return "\n".join([*lines, *(f"- {name}" for name in names)])


def survey_at(slug: str) -> Survey:
    survey = db.session.scalars(select(Survey).where(Survey.slug == slug)).one_or_none()
    if survey is None:
        raise InvalidInputError(f"There is no survey with the address “{slug}”.")
    return survey


def staff_called(email: str, survey: Survey) -> Staff:
    """Who answers for it: somebody of the organisation whose survey it is."""
    found = select(Staff).where(func.lower(Staff.email) == email.lower())
    staff = db.session.scalars(found).one_or_none()
    if staff is None or staff.organisation_id != survey.organisation_id:
        raise InvalidInputError(f"Nobody with the e-mail address “{email}” owns this survey.")
    return staff
