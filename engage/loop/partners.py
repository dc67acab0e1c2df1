"""The organisations that check what came of a survey of another: who they are, added, removed."""

from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from engage.errors import InvalidInputError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Organisation, Staff
from engage.surveys.co_lead.operations import refuse_to_lose
from engage.surveys.models import Survey, SurveyPartner, SurveyVersion
from engage.web.two_at_once import or_else


def partners_of(survey_id: int) -> list[SurveyPartner]:
    found = select(SurveyPartner).join(SurveyPartner.organisation).order_by(Organisation.name)
    return list(db.session.scalars(found.where(SurveyPartner.survey_id == survey_id)))


def may_check(organisation_id: int, survey: Survey) -> bool:
    """A partner may; the survey's own organisation never, whatever the table says."""
    is_partner = db.session.get(SurveyPartner, (survey.id, organisation_id)) is not None
    return is_partner and survey.organisation_id != organisation_id


def survey_to_check(organisation_id: int, slug: str) -> Survey:
    """The published survey at that address, where the organisation is a partner of it."""
    return db.session.scalars(_to_check(organisation_id).where(Survey.slug == slug)).one()


def surveys_to_check(organisation_id: int) -> list[Survey]:
    """The published surveys of others that it is a partner of, the newest first."""
    wanted = _to_check(organisation_id).options(
        selectinload(Survey.versions).selectinload(SurveyVersion.wordings)
    )
    return list(db.session.scalars(wanted.order_by(Survey.id.desc())))


def could_be_partners(survey: Survey) -> list[Organisation]:
    """Every other organisation that is no partner yet, by name."""
    partners = select(SurveyPartner.organisation_id).where(SurveyPartner.survey_id == survey.id)
    return list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.id != survey.organisation_id, Organisation.id.not_in(partners))
            .order_by(Organisation.name)
        )
    )


def add(survey: Survey, organisation: Organisation, by: Staff, now: datetime | None = None) -> None:
    """From now on this organisation may record what families say."""
    refused = InvalidInputError(_("This organisation cannot be added. Choose another one."))
    if organisation not in could_be_partners(survey):
        raise refused
    partner = SurveyPartner(
        survey=survey,
        organisation=organisation,
        added_by_id=by.id,
        added_at=now or datetime.now(UTC),
    )
    with or_else(refused):
        db.session.add(partner)
    record(by, "added a partner", survey.slug, organisation=organisation.code)


def remove(survey: Survey, organisation_id: int, by: Staff) -> None:
    """What they recorded stays. They can record no more. Not a co-lead of what was launched."""
    partner = db.session.scalars(
        select(SurveyPartner).where(
            SurveyPartner.survey_id == survey.id, SurveyPartner.organisation_id == organisation_id
        )
    ).one()
    refuse_to_lose(partner)
    db.session.delete(partner)
    db.session.flush()
    record(by, "removed a partner", survey.slug, organisation=partner.organisation.code)


def _to_check(organisation_id: int) -> Select[Survey]:
    return (
        select(Survey)
        .join(SurveyPartner, SurveyPartner.survey_id == Survey.id)
        .where(
            SurveyPartner.organisation_id == organisation_id,
            Survey.organisation_id != organisation_id,
            # What was never published is nobody else's business, not even by its name.
            Survey.versions.any(SurveyVersion.published_at.is_not(None)),
        )
    )
