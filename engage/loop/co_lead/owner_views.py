"""Where a survey's own organisation makes a co-lead, asks it to agree, and sees how it stands."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.clock import today
from engage.loop import views as answers
from engage.loop.co_lead import operations, queries, waiting, words
from engage.loop.co_lead.things import parts_in
from engage.loop.co_lead.waiting import Standing
from engage.loop.demands import Parts
from engage.loop.forms import filled
from engage.loop.models import Action
from engage.loop.queries import action_of
from engage.people.access import Permission, current_staff, may, staff_may
from engage.surveys.co_lead import operations as together
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.signing import AGREED, PUBLICATION
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version, survey_of

bp = Blueprint("co_leads", __name__, url_prefix="/staff/surveys/<slug>/co-lead")
ANSWER = "/answers/<int(max=2147483647):id>"
PARTNER = "/partners/<int(max=2147483647):organisation>"


@bp.get("")
@staff_may(Permission.CURATE, Permission.EDIT_SURVEYS)
def index(slug: str) -> ResponseReturnValue:
    found = answers.our_survey(slug)
    co_leads = signed.co_leads_of(found.id)
    version = latest_version(found)
    return render_template(
        "loop/co_lead/owner.html",
        survey=found,
        title=version.title(),
        is_draft=version.published_at is None,
        co_leads=co_leads,
        names=together.names(co_leads),
        standings=waiting.of_survey(found, co_leads, today()),
        history=signed.sign_offs_of(found.id)[::-1],
        words=words,
    )


@bp.post("/launch")
@staff_may(Permission.EDIT_SURVEYS)
def ask_to_launch(slug: str) -> ResponseReturnValue:
    operations.ask_to_launch(led_survey(slug), current_staff())
    flash(_("Asked. They can read the draft now, and say whether they agree."))
    return redirect(url_for("co_leads.index", slug=slug))


@bp.post(f"{ANSWER}/ask")
@staff_may(Permission.CURATE)
def ask_about_answer(slug: str, id: int) -> ResponseReturnValue:
    """With what is typed on the page of the answer, which is its form."""
    survey = led_survey(slug)
    action = action_of(survey.id, id)
    form = filled(action)
    if form.validate() & form.has_all_parts():
        operations.ask_about_answer(action, form.parts(), current_staff())
        flash(_("Asked. They can read these words now, and say whether they agree."))
        return redirect(url_for("loop.edit", slug=slug, id=id))
    return answers.form_page(survey, action.theme, form, action)


@bp.post(f"{ANSWER}/publish")
@staff_may(Permission.PUBLISH)
def publish_as_asked(slug: str, id: int) -> ResponseReturnValue:
    action = action_of(led_survey(slug).id, id)
    operations.publish_as_asked(action, current_staff())
    flash(_("Published. Everyone can read it now."))
    return redirect(url_for("loop.actions", slug=slug))


@bp.post(f"{PARTNER}/make")
@staff_may(Permission.EDIT_SURVEYS)
def make(slug: str, organisation: int) -> ResponseReturnValue:
    together.make_co_lead(answers.our_survey(slug), organisation, current_staff())
    flash(_("They lead this survey together with you from now on."))
    return redirect(url_for("loop_partners.index", slug=slug))


@bp.post(f"{PARTNER}/end")
@staff_may(Permission.EDIT_SURVEYS)
def end(slug: str, organisation: int) -> ResponseReturnValue:
    together.end_co_lead(answers.our_survey(slug), organisation, current_staff())
    flash(_("They are a partner now, and no co-lead."))
    return redirect(url_for("loop_partners.index", slug=slug))


def led_survey(slug: str) -> Survey:
    """Our survey, where somebody leads it together with us."""
    found = answers.our_survey(slug)
    if not signed.co_leads_of(found.id):
        abort(404)
    return found


# ---- what the pages of a survey and of an answer show beside their own


@bp.app_template_global("co_leads_of_our_survey")
def co_leads_of_our_survey(slug: str) -> str:
    """Who leads the survey together with us, by name; nothing where nobody does."""
    found = survey_of(current_staff().organisation_id, slug)
    return together.names(signed.co_leads_of(found.id))


@bp.app_template_global("we_lead_together")
def we_lead_together() -> bool:
    """Whether we are a co-lead of any survey of another organisation, and may read of it."""
    may_read = may(Permission.CURATE) or may(Permission.PUBLISH)
    return may_read and bool(signed.surveys_led_by(current_staff().organisation_id))


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of an answer shows of agreeing. No standings: nobody was asked yet."""

    names: str
    standings: list[Standing]
    words: list[tuple[str, str]]  # of each co-lead: where it stands, how long it waits
    asked: Parts | None
    is_agreed: bool
    is_as_kept: bool  # the words that were asked about are the words of the form


@bp.app_template_global("co_lead_of_answer")
def co_lead_of_answer(survey: Survey, action: Action | None) -> Panel | None:
    """Nothing where nobody leads the survey together with us."""
    co_leads = signed.co_leads_of(survey.id)
    if not co_leads:
        return None
    ask = signed.asks_of(survey.id, PUBLICATION).get(action.id) if action else None
    standings = [
        each
        for each in waiting.of_survey(survey, co_leads, today())
        if ask and each.thing.key == (PUBLICATION, ask.about_id)
    ]
    return Panel(
        names=together.names(co_leads),
        standings=standings,
        words=[(words.state_words(each), words.waiting_words(each)) for each in standings],
        asked=parts_in(ask.thing) if ask else None,
        is_agreed=bool(standings) and all(each.state == AGREED for each in standings),
        is_as_kept=bool(ask and action and queries.thing_of(action).checksum == ask.checksum),
    )
