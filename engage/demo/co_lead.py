"""What the invented forum agrees to, as co-lead of a survey of the council, and what waits for it.

Where nobody leads a survey together, each of these does nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from engage.analysis.models import Theme
from engage.clock import day_of
from engage.extensions import db
from engage.loop import operations as loop
from engage.loop import partners
from engage.loop.co_lead import operations as together
from engage.loop.co_lead import queries
from engage.loop.demands import Parts
from engage.loop.models import Action
from engage.loop.queries import published_actions
from engage.people.models import Organisation, Staff
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.operations import Said
from engage.surveys.co_lead.signing import AGREED, THEMES, Thing
from engage.surveys.models import Survey, SurveyVersion

CO_LEADS = {"parent-carers-2026": "org-hpci"}
# Days before the thing itself: when it was asked about, and when it was agreed to.
ASKED, AGREED_TO = timedelta(days=4), timedelta(days=1)
WAITS = Parts(
    kind="will",
    you_said="You want one place where you can see who to ring about what.",
    you_said_easy="You want to know who to ring.",
    we_did="We will print a card with four numbers on it. It comes with the next letter.",
    we_did_easy="We will send you a card. It has four numbers on it.",
    owner="Head of SEND casework",
)
WAITS_UNDER = "Getting hold of someone"
WAITS_FOR = timedelta(days=3)
NOTE = (
    "We agree that this answer is honest. We do not agree that it is the last word. We will ask "
    "for it again when the money for next year is shared out."
)
NOTE_EASY = "This answer is honest. We will ask again next year."
First = Callable[[Organisation], Staff]


def lead_together(version: SurveyVersion, opens_at: datetime, first_of: First) -> None:
    """Before it opens: the forum is made co-lead, is asked about the draft, and agrees to it."""
    survey, code = version.survey, CO_LEADS.get(version.survey.slug)
    if code is None:
        return
    forum = db.session.scalars(select(Organisation).where(Organisation.code == code)).one()
    officer, theirs = first_of(survey.organisation), first_of(forum)
    partners.add(survey, forum, officer, opens_at - 2 * ASKED)
    signing_together.make_co_lead(survey, forum.id, officer)
    together.ask_to_launch(survey, officer, opens_at - ASKED)
    note = "The two questions that we asked for are in it. Thank you."
    wish = Said(AGREED, note)
    signing_together.sign(survey, signed.to_launch(version), wish, theirs, opens_at - AGREED_TO)


def agree_to_theme(theme: Theme, when: datetime, first_of: First) -> None:
    rows = signed.sign_offs_of(theme.survey_id)
    for asked in queries.themes_of(theme.survey_id, rows):
        if asked.thing.key == (THEMES, theme.id):
            _agree(theme.survey, asked.thing, when, first_of)


def agree_to_answer(action: Action, officer: Staff, when: datetime, first_of: First) -> None:
    """Asked about and agreed to a few days before it is published."""
    survey, thing = action.theme.survey, queries.thing_of(action)
    if signed.co_leads_of(survey.id):
        # Nobody can be asked about an answer before there is its theme.
        asked_at = max(when - ASKED, action.theme.decided_at)
        signing_together.ask(survey, thing, officer, asked_at)
        _agree(survey, thing, max(when - AGREED_TO, asked_at), first_of)


def _agree(survey: Survey, thing: Thing, when: datetime, first_of: First) -> None:
    for co_lead in signed.co_leads_of(survey.id):
        signing_together.sign(survey, thing, Said(AGREED), first_of(co_lead), when)


def leave_something_waiting(survey: Survey, officer: Staff, now: datetime, first_of: First) -> None:
    """One more answer that waits for the forum, and its own note beside one that says no."""
    co_leads, public = signed.co_leads_of(survey.id), published_actions(survey.id)
    if not co_leads or not public:
        return
    asked_at = now - WAITS_FOR
    wanted = replace(WAITS, due_on=day_of(now + timedelta(days=60)))
    about = next((each for each in public if each.theme.name == WAITS_UNDER), public[-1])
    draft = loop.add_action(about.theme, wanted, officer, asked_at)
    together.ask_about_answer(draft, wanted, officer, asked_at)
    for action in [each for each in public if each.kind == "cannot"][:1]:
        together.say_in_public(action, (NOTE, NOTE_EASY), first_of(co_leads[0]), now)
