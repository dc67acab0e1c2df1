"""What co-leads and a survey's own organisation do about what they publish together."""

from datetime import UTC, datetime

from flask_babel import gettext as _

from engage.errors import NotReadyError
from engage.extensions import db
from engage.loop import operations as loop
from engage.loop.co_lead import queries
from engage.loop.co_lead.models import CoLeadNote
from engage.loop.co_lead.things import parts_in
from engage.loop.demands import Parts
from engage.loop.models import Action
from engage.people.audit import record
from engage.people.models import Staff
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.models import SignOff, SignOffAsk
from engage.surveys.co_lead.operations import Said
from engage.surveys.co_lead.signing import PUBLICATION, Thing
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version


def ask_to_launch(survey: Survey, by: Staff, now: datetime | None = None) -> SignOffAsk:
    """Show the co-leads the draft as it is, and ask whether they agree to it."""
    version = latest_version(survey)
    if version.published_at is not None:
        raise NotReadyError(_("This survey is open already."))
    return signing_together.ask(survey, signed.to_launch(version), by, now)


def ask_about_answer(
    action: Action, parts: Parts, by: Staff, now: datetime | None = None
) -> SignOffAsk:
    """Show the co-leads these words. A draft is saved with them; what is public stays as it is."""
    if not action.is_public:
        loop.change(action, parts, by, now)
    thing = queries.thing_of(action, parts)
    return signing_together.ask(action.theme.survey, thing, by, now)


def publish_as_asked(action: Action, by: Staff, now: datetime | None = None) -> None:
    """Publish the words that the co-leads were asked about. Refused where one has not agreed."""
    ask = signed.asks_of(action.theme.survey_id, PUBLICATION).get(action.id)
    if ask is None:
        raise NotReadyError(_("Nobody was asked about this answer yet."))
    loop.publish(action, by, now, parts_in(ask.thing))


def agree_to_all(
    survey: Survey, things: list[Thing], by: Staff, now: datetime | None = None
) -> list[SignOff]:
    """The co-lead agrees to each of these very themes."""
    return [
        signing_together.sign(survey, thing, Said("agreed"), by, now or datetime.now(UTC))
        for thing in things
    ]


def say_in_public(
    action: Action, note: tuple[str, str], by: Staff, now: datetime | None = None
) -> CoLeadNote:
    """A co-lead's own words beside an answer, usual and easy read. Empty ones take them back."""
    survey = action.theme.survey
    leads = {each.id for each in signed.co_leads_of(survey.id)}
    has_said = {each.organisation_id for each in queries.notes_of(action.id)}
    # Who leads no more may still take back what it said.
    if by.organisation_id not in leads and (note[0] or by.organisation_id not in has_said):
        raise NotReadyError(_("Only a co-lead of this survey can put a note here."))
    if not action.is_public or action.theme.state != "accepted":
        raise NotReadyError(_("Nobody outside can read this answer."))
    row = CoLeadNote(
        action_id=action.id,
        organisation=by.organisation,
        by=by,
        at=now or datetime.now(UTC),
        note=note[0],
        note_easy=note[1] if note[0] else "",
    )
    db.session.add(row)
    db.session.flush()
    record(by, "said something about an answer", f"action {action.id}", note=row.id)
    return row
