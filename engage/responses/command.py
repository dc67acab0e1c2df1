"""The command `engage import`: answers from a CSV file, into a survey there is or a new one."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from engage.errors import InvalidInputError
from engage.extensions import db, write_transaction
from engage.framework.yaml_files import read_yaml
from engage.people.models import Organisation
from engage.responses.importing import ImportReport, import_file, read_plan, store
from engage.responses.mapping import read_mapping
from engage.surveys import operations
from engage.surveys.catalogue import survey_from
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack


def import_answers(file: Path, mapping: Path, slug: str) -> ImportReport:
    """Import into the survey at that address. Raises InvalidInputError, having written nothing."""
    survey = survey_at(slug)
    if survey is None:
        raise InvalidInputError(
            f"There is no survey with the address “{slug}”. "
            "To make one, give --template and --organisation."
        )
    return import_file(survey, file, mapping)


def import_into_new(
    file: Path, mapping: Path, slug: str, template: Path, organisation: str
) -> ImportReport:
    """Make the survey a file describes, for that organisation, and import into it; or neither."""
    if survey_at(slug) is not None:
        return import_answers(file, mapping, slug)
    now = datetime.now(UTC)
    definition = survey_from(read_yaml(template), the_pack(), template.name)
    with write_transaction():
        version = operations.create_survey(organisation_of(organisation), definition, slug)
        # What was collected elsewhere is not asked again here.
        operations.publish_as_collected(version, now)
        return store(read_plan(version.survey, file, read_mapping(mapping), now))


def survey_at(slug: str) -> Survey | None:
    return db.session.scalars(select(Survey).where(Survey.slug == slug)).one_or_none()


def organisation_of(code: str) -> Organisation:
    found = db.session.scalars(select(Organisation).where(Organisation.code == code))
    organisation = found.one_or_none()
    if organisation is None:
        known = db.session.scalars(select(Organisation.code).order_by(Organisation.code))
        raise InvalidInputError(f"There is no organisation “{code}”. Known: {', '.join(known)}.")
    return organisation
