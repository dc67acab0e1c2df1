"""What two organisations that lead a survey together do: ask, agree or not, begin and end it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _

from engage.errors import NotReadyError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Organisation, Staff
from engage.surveys.co_lead import queries, signing
from engage.surveys.co_lead.models import SignOff, SignOffAsk
from engage.surveys.co_lead.signing import AGREED, LAUNCH, PUBLICATION, THEMES, Thing
from engage.surveys.models import Survey, SurveyPartner, SurveyVersion
from engage.web.two_at_once import hold_number

# As the record of what staff did has it.
IN_WORDS = {LAUNCH: "the launch of a survey", THEMES: "a theme", PUBLICATION: "an answer"}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a thing, and their note, which nobody else can change."""

    said: str
    note: str = ""


def hold(survey_id: int) -> None:
    """Nobody becomes a co-lead, or stops being one, while this request launches or decides."""
    hold_number(Survey, Survey.id == survey_id)


# ---- who leads together


def make_co_lead(survey: Survey, organisation_id: int, by: Staff) -> None:
    """From now on the survey is launched, and answers are published, only together."""
    hold(survey.id)
    if queries.is_launched(survey.id):
        raise NotReadyError(
            _("People have been asked this survey already. A co-lead is made before it opens.")
        )
    _set(_partner(survey, organisation_id), True)
    _note(by, "made a partner a co-lead", survey, organisation_id)


def end_co_lead(survey: Survey, organisation_id: int, by: Staff) -> None:
    """The survey's own organisation may take it back before anybody was asked, and not after."""
    partner = _partner(survey, organisation_id)
    refuse_to_lose(partner)
    _set(partner, False)
    _note(by, "took a co-lead back", survey, organisation_id)


def refuse_to_lose(partner: SurveyPartner) -> None:
    """Who leads together cannot be put out by the other, once something is launched."""
    hold(partner.survey_id)
    if partner.is_co_lead and queries.is_launched(partner.survey_id):
        raise NotReadyError(
            _(
                "The survey was launched with %(who)s as co-lead. Only they can end that: "
                "“Stop being co-lead” is on their own page.",
                who=partner.organisation.short_name,
            )
        )


def step_down(survey: Survey, by: Staff) -> None:
    """The co-lead's own staff end it. What they said stays, and they stay a partner."""
    hold(survey.id)
    _set(_partner(survey, by.organisation_id), False)
    _note(by, "stopped being co-lead", survey, by.organisation_id)


def _partner(survey: Survey, organisation_id: int) -> SurveyPartner:
    return db.session.get_one(SurveyPartner, (survey.id, organisation_id))


def _set(partner: SurveyPartner, is_co_lead: bool) -> None:
    db.session.refresh(partner)
    partner.is_co_lead = is_co_lead
    db.session.flush()


def _note(by: Staff, what: str, survey: Survey, organisation_id: int) -> None:
    organisation = db.session.get_one(Organisation, organisation_id)
    record(by, what, survey.slug, organisation=organisation.code)


# ---- asking and agreeing


def ask(survey: Survey, thing: Thing, by: Staff, now: datetime | None = None) -> SignOffAsk:
    """Put it on the co-leads' list, as it is now."""
    asked = SignOffAsk(
        survey_id=survey.id,
        what=thing.what,
        about_id=thing.about_id,
        checksum=thing.checksum,
        thing=thing.shown,
        by=by,
        at=now or datetime.now(UTC),
    )
    db.session.add(asked)
    db.session.flush()
    record(by, f"asked to agree to {IN_WORDS[thing.what]}", survey.slug, id=thing.about_id)
    return asked


def sign(
    survey: Survey, thing: Thing, said: Said, by: Staff, now: datetime | None = None
) -> SignOff:
    """A co-lead agrees to this very thing, or does not. Raises NotReadyError to anybody else."""
    if by.organisation_id not in {each.id for each in queries.co_leads_of(survey.id)}:
        raise NotReadyError(_("Only a co-lead of this survey can agree to this."))
    row = SignOff(
        survey_id=survey.id,
        what=thing.what,
        about_id=thing.about_id,
        checksum=thing.checksum,
        thing=thing.shown,
        organisation=by.organisation,
        by=by,
        at=now or datetime.now(UTC),
        said=said.said,
        note=said.note,
    )
    db.session.add(row)
    db.session.flush()
    what = "agreed to" if said.said == AGREED else "did not agree to"
    record(by, f"{what} {IN_WORDS[thing.what]}", survey.slug, id=thing.about_id, sign_off=row.id)
    return row


# ---- what cannot be done alone


def not_agreed_by(survey_id: int, *things: Thing) -> list[Organisation]:
    """The co-leads that have not agreed to every one of these very things, by name."""
    co_leads = queries.co_leads_of(survey_id)
    if not co_leads:
        return []
    words = queries.sign_offs_of(survey_id)
    return [
        each
        for each in co_leads
        if any(signing.standing(words, each.id, thing) != AGREED for thing in things)
    ]


def refuse_to_launch_alone(version: SurveyVersion) -> None:
    """Raises NotReadyError, and says who has to agree to what the version asks today."""
    hold(version.survey_id)
    if not queries.co_leads_of(version.survey_id):
        return
    if missing := not_agreed_by(version.survey_id, queries.to_launch(version)):
        raise NotReadyError(
            _(
                "%(who)s leads this survey together with you, and has not agreed to it as it is "
                "now. Ask for it on the page “Agreeing with the co-lead”.",
                who=names(missing),
            )
        )


def names(organisations: list[Organisation]) -> str:
    return str(_(" and ")).join(each.short_name for each in organisations)
