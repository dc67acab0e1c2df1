"""Where a co-lead reads what it is asked to agree to, and agrees or does not."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.clock import today
from engage.loop.co_lead import operations, queries, waiting, words
from engage.loop.co_lead.forms import AboutForm, NoteForm, WordForm
from engage.loop.co_lead.things import ACCEPTED, parts_in
from engage.loop.co_lead.waiting import Standing
from engage.loop.models import Action
from engage.loop.queries import action_of
from engage.people.access import Permission, current_staff, staff_may
from engage.people.forms import ConfirmForm, mistakes
from engage.surveys.co_lead import operations as together
from engage.surveys.co_lead import queries as signed
from engage.surveys.co_lead.signing import LAUNCH, PUBLICATION, THEMES, checksum
from engage.surveys.models import Survey
from engage.surveys.preview import preview as preview_of
from engage.surveys.queries import definition_of, latest_version
from engage.surveys.the_pack import the_pack
from engage.web.i18n import page_context

bp = Blueprint("co_lead", __name__, url_prefix="/staff/co-lead")
THEME = "/<slug>/themes/<int(max=2147483647):id>"
ANSWER = "/<slug>/answers/<int(max=2147483647):id>"
# Who agrees has to read it first, and an administrator may publish without curating.
reads = staff_may(Permission.CURATE, Permission.PUBLISH)
signs = staff_may(Permission.PUBLISH)


@bp.get("")
@reads
def index() -> ResponseReturnValue:
    ours = current_staff().organisation
    return render_template(
        "loop/co_lead/index.html",
        waits=waiting.for_co_lead(ours, today()),
        surveys=signed.surveys_led_by(ours.id),
        words=words,
    )


@bp.get("/<slug>")
@reads
def survey(slug: str) -> ResponseReturnValue:
    found = led_survey(slug)
    standings = waiting.of_survey(found, [current_staff().organisation], today())
    return render_template(
        "loop/co_lead/survey.html",
        survey=found,
        title=latest_version(found).title(),
        standings=standings,
        about=_about_all(standings),
        history=signed.sign_offs_of(found.id)[::-1],
        public=queries.public_answers(found.id),
        words=words,
    )


# ---- the survey, before it opens


@bp.get("/<slug>/launch")
@reads
def launch(slug: str) -> ResponseReturnValue:
    return launch_page(standing_of(led_survey(slug), LAUNCH), WordForm())


@bp.post("/<slug>/launch")
@signs
def sign_launch(slug: str) -> ResponseReturnValue:
    return sign(standing_of(led_survey(slug), LAUNCH), launch_page)


def launch_page(standing: Standing, form: WordForm) -> ResponseReturnValue:
    version, easy_read = latest_version(standing.survey), request.args.get("read") == "easy"
    return page(
        form,
        "loop/co_lead/launch.html",
        standing,
        version=version,
        title=version.title(easy_read=easy_read),
        sections=preview_of(definition_of(version.id), easy_read=easy_read),
        easy_read=easy_read,
        pack=the_pack(),
    )


# ---- themes


@bp.get(THEME)
@reads
def theme(slug: str, id: int) -> ResponseReturnValue:
    return theme_page(standing_of(led_survey(slug), THEMES, id), WordForm())


@bp.post(THEME)
@signs
def sign_theme(slug: str, id: int) -> ResponseReturnValue:
    found = led_survey(slug)
    queries.hold_theme(found.id, id)
    return sign(standing_of(found, THEMES, id), theme_page)


def theme_page(standing: Standing, form: WordForm) -> ResponseReturnValue:
    return page(form, "loop/co_lead/theme.html", standing, pack=the_pack())


@bp.post("/<slug>/themes")
@signs
def sign_all_themes(slug: str) -> ResponseReturnValue:
    """One button for all that wait, as the page listed them."""
    found, form = led_survey(slug), AboutForm()
    standings = waiting.of_survey(found, [current_staff().organisation], today())
    if not form.validate_on_submit() or not form.is_about(_about_all(standings)):
        flash(_("It was changed while you read. Read it again first."), "error")
        return redirect(url_for("co_lead.survey", slug=slug))
    wanted = [each.thing for each in themes_that_wait(standings)]
    operations.agree_to_all(found, wanted, current_staff())
    flash(_("Kept. The other organisation can read it now."))
    return redirect(url_for("co_lead.survey", slug=slug))


def themes_that_wait(standings: list[Standing]) -> list[Standing]:
    """Only what was heard: that a theme was dropped is never agreed to among others."""
    return [
        each
        for each in standings
        if each.waits and each.thing.what == THEMES and each.thing.shown["state"] == ACCEPTED
    ]


def _about_all(standings: list[Standing]) -> str:
    return checksum([each.thing.checksum for each in themes_that_wait(standings)])


# ---- answers


@bp.get(ANSWER)
@reads
def answer(slug: str, id: int) -> ResponseReturnValue:
    return answer_page(standing_of(led_survey(slug), PUBLICATION, id), WordForm())


@bp.post(ANSWER)
@signs
def sign_answer(slug: str, id: int) -> ResponseReturnValue:
    return sign(standing_of(led_survey(slug), PUBLICATION, id), answer_page)


def answer_page(standing: Standing, form: WordForm) -> ResponseReturnValue:
    rows = words.part_rows(parts_in(standing.thing.shown))
    return page(form, "loop/co_lead/answer.html", standing, rows=rows)


@bp.route(f"{ANSWER}/note", methods=["GET", "POST"])
@signs
def note(slug: str, id: int) -> ResponseReturnValue:
    action = noted_answer(slug, id)
    ours = current_staff().organisation_id
    last = next((n for n in reversed(action.notes) if n.organisation_id == ours), None)
    form = NoteForm(obj=last)
    if form.validate_on_submit():
        written = form.note.data or "", form.note_easy.data or ""
        operations.say_in_public(action, written, current_staff())
        flash(_("Everyone can read it now.") if form.note.data else _("Your note is taken back."))
        return redirect(url_for("co_lead.note", slug=slug, id=id))
    shown = render_template(
        "loop/co_lead/note.html", action=action, form=form, page_errors=mistakes(form)
    )
    return shown, 422 if form.is_submitted() else 200


def noted_answer(slug: str, id: int) -> Action:
    """A public answer of a survey we lead, or led when we put a note there."""
    survey = signed.survey_signed_by(current_staff().organisation_id, slug)
    action = action_of(say_it_is_invented(survey).id, id)
    ours = current_staff().organisation_id
    leads = ours in {each.id for each in signed.co_leads_of(survey.id)}
    has_said = ours in {each.organisation_id for each in action.notes}
    if not action.is_public or action.theme.state != ACCEPTED or not (leads or has_said):
        abort(404)
    return action


# ---- ending it


@bp.route("/<slug>/stop", methods=["GET", "POST"])
@staff_may(Permission.EDIT_SURVEYS)
def stop(slug: str) -> ResponseReturnValue:
    found, form = led_survey(slug), ConfirmForm()
    if form.validate_on_submit():
        together.step_down(found, current_staff())
        flash(_("You are no co-lead any more. What you said stays."))
        return redirect(url_for("co_lead.index"))
    title = latest_version(found).title()
    return render_template("loop/co_lead/stop.html", survey=found, title=title, form=form)


# ---- what the address asks for, and who may ask


def led_survey(slug: str) -> Survey:
    return say_it_is_invented(signed.survey_led_by(current_staff().organisation_id, slug))


def say_it_is_invented(survey: Survey) -> Survey:
    if survey.is_invented:
        page_context().demo_note = _("Example with made-up answers.")
    return survey


def standing_of(found: Survey, what: str, about_id: int | None = None) -> Standing:
    """Where that thing stands with us. 404 where nobody asked us, or it is public already."""
    standings = waiting.of_survey(found, [current_staff().organisation], today())
    wanted = (
        each
        for each in standings
        if each.thing.what == what and about_id in (None, each.thing.about_id)
    )
    return next(wanted, None) or abort(404)


def sign(
    standing: Standing, page_of: Callable[[Standing, WordForm], ResponseReturnValue]
) -> ResponseReturnValue:
    """Keep the word; or the page again, where it is not whole or is about something else."""
    form, found = WordForm(), standing.survey
    if not form.is_complete_about(standing.thing):
        return page_of(standing, form)
    together.sign(found, standing.thing, form.wish(), current_staff())
    flash(_("Kept. The other organisation can read it now."))
    return redirect(url_for("co_lead.survey", slug=found.slug))


def page(form: WordForm, template: str, standing: Standing, **more: Any) -> ResponseReturnValue:
    form.about.data = standing.thing.checksum
    shown = render_template(
        template,
        form=form,
        standing=standing,
        survey=standing.survey,
        words=words,
        page_errors=mistakes(form),
        **more,
    )
    return shown, 422 if form.is_submitted() else 200
