"""Who leads a survey together with its own organisation, and what they said of what."""

from sqlalchemy import Select, select

from engage.extensions import db
from engage.people.models import Organisation
from engage.surveys import queries as surveys
from engage.surveys.co_lead import signing
from engage.surveys.co_lead.models import SignOff, SignOffAsk
from engage.surveys.co_lead.signing import LAUNCH, Thing
from engage.surveys.models import Survey, SurveyPartner, SurveyVersion


def co_leads_of(survey_id: int) -> list[Organisation]:
    """The organisations without whose word nothing is launched or published, by name."""
    found = select(Organisation).join(
        SurveyPartner, SurveyPartner.organisation_id == Organisation.id
    )
    of_survey = found.where(SurveyPartner.survey_id == survey_id, SurveyPartner.is_co_lead)
    return list(db.session.scalars(of_survey.order_by(Organisation.name)))


def survey_led_by(organisation_id: int, slug: str) -> Survey:
    """The survey at that address, of another, where the organisation is a co-lead."""
    return db.session.scalars(_led_by(organisation_id).where(Survey.slug == slug)).one()


def surveys_led_by(organisation_id: int) -> list[Survey]:
    return list(db.session.scalars(_led_by(organisation_id).order_by(Survey.id.desc())))


def survey_signed_by(organisation_id: int, slug: str) -> Survey:
    """The survey at that address, where the organisation ever agreed to something, or did not."""
    signed = select(SignOff.survey_id).where(SignOff.organisation_id == organisation_id)
    found = select(Survey).where(Survey.slug == slug, Survey.id.in_(signed))
    return db.session.scalars(found).one()


def _led_by(organisation_id: int) -> Select[Survey]:
    return (
        select(Survey)
        .join(SurveyPartner, SurveyPartner.survey_id == Survey.id)
        .where(
            SurveyPartner.organisation_id == organisation_id,
            SurveyPartner.is_co_lead,
            Survey.organisation_id != organisation_id,
        )
    )


def is_launched(survey_id: int) -> bool:
    """Whether people were ever asked."""
    published = select(SurveyVersion.id).where(
        SurveyVersion.survey_id == survey_id, SurveyVersion.published_at.is_not(None)
    )
    return db.session.scalar(published.limit(1)) is not None


def sign_offs_of(survey_id: int) -> list[SignOff]:
    """Everything that co-leads said, in the order they said it."""
    found = select(SignOff).where(SignOff.survey_id == survey_id)
    return list(db.session.scalars(found.order_by(SignOff.id)))


def asks_of(survey_id: int, what: str) -> dict[int, SignOffAsk]:
    """What was asked last about each version or answer, by its id."""
    found = select(SignOffAsk).where(SignOffAsk.survey_id == survey_id, SignOffAsk.what == what)
    return {ask.about_id: ask for ask in db.session.scalars(found.order_by(SignOffAsk.id))}


def of_asked(ask: SignOffAsk) -> Thing:
    """The thing as it was when it was asked about."""
    return Thing(ask.what, ask.about_id, ask.checksum, ask.thing)


def to_launch(version: SurveyVersion) -> Thing:
    """Everything that the version asks, in all its words."""
    definition = surveys.definition_of(version.id)
    shown = {"title": version.title(), "number": version.number}
    return signing.thing(LAUNCH, version.id, definition, shown)
