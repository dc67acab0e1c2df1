"""Where staff answer the themes of a survey."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engage.analysis.models import Theme
from engage.loop import operations, queries, tasks
from engage.loop.forms import KIND_HINTS, KIND_WORDS, ActionForm, filled
from engage.loop.models import Action
from engage.loop.writing import Help, read
from engage.people.access import Permission, current_staff, may, staff_may
from engage.people.forms import mistakes
from engage.surveys import asked
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version
from engage.surveys.the_pack import the_pack
from engage.web.i18n import say_it_is_invented

bp = Blueprint("loop", __name__, url_prefix="/staff/surveys/<slug>/actions")
JOBS = (tasks.snapshot,)  # importing them is what tells the worker of them
LARGEST_ID = 2**31


@bp.get("")
@staff_may(Permission.CURATE)
def actions(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    written = queries.actions_of(survey.id)
    answered = {action.theme_id for action in written}
    themes = queries.accepted_themes(survey.id)
    return render_template(
        "loop/actions.html",
        survey=survey,
        title=latest_version(survey).title(),
        actions=written,
        unanswered=[theme for theme in themes if theme.id not in answered],
        answered=[theme for theme in themes if theme.id in answered],
    )


@bp.route("/new", methods=["GET", "POST"])
@staff_may(Permission.CURATE)
def new(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    theme = queries.accepted_theme(survey.id, theme_asked_for())
    form = filled()
    if not asks_for_help() and form.validate_on_submit():
        action = operations.add_action(theme, form.parts(), current_staff())
        flash(_("Saved as a draft. Nobody outside can see it."))
        return redirect(url_for("loop.edit", slug=slug, id=action.id))
    return form_page(survey, theme, form)


@bp.route("/<int(max=2147483647):id>", methods=["GET", "POST"])
@staff_may(Permission.CURATE)
def edit(slug: str, id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    action = queries.action_of(survey.id, id)
    form = filled(action)
    if not asks_for_help() and form.validate_on_submit() and is_not_public(form, action):
        operations.change(action, form.parts(), current_staff())
        flash(_("Saved as a draft. Nobody outside can see it."))
        return redirect(url_for("loop.edit", slug=slug, id=id))
    return form_page(survey, action.theme, form, action)


@bp.post("/<int(max=2147483647):id>/publish")
@staff_may(Permission.PUBLISH)
def publish(slug: str, id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    action = queries.action_of(survey.id, id)
    form = filled(action)
    if not asks_for_help() and form.validate() & form.has_all_parts():
        # Reading takes a while; nobody is kept waiting for rows that are held meanwhile.
        advice = help_with(form)
        operations.publish(action, current_staff(), parts=form.parts())
        flash(_("Published. Everyone can read it now."))
        say_what_could_be_kinder(advice)
        return redirect(url_for("loop.actions", slug=slug))
    return form_page(survey, action.theme, form, action)


@bp.post("/<int(max=2147483647):id>/take-down")
@staff_may(Permission.PUBLISH)
def take_down(slug: str, id: int) -> ResponseReturnValue:
    action = queries.action_of(our_survey(slug).id, id)
    operations.take_down(action, current_staff())
    flash(_("Taken down. Your words are kept here."))
    return redirect(url_for("loop.edit", slug=slug, id=id))


def our_survey(slug: str) -> Survey:
    """The survey, if it is of the organisation of whoever is signed in."""
    survey = asked.our_survey(slug)
    say_it_is_invented(survey.is_invented)
    return survey


def theme_asked_for() -> int:
    """The theme in the address; 0, which is none, where it is missing or no number."""
    asked = request.args.get("theme", 0, type=int)
    return asked if 0 < asked < LARGEST_ID else 0


def asks_for_help() -> bool:
    """The button beside the words was pressed: nothing is kept, and nothing counts as a mistake."""
    return "check_words" in request.form


def help_with(form: ActionForm) -> Help:
    return read(form.parts(), the_pack())


def say_what_could_be_kinder(advice: Help) -> None:
    if number := len(advice.findings):
        flash(
            ngettext(
                "%(num)d thing in its words could be kinder. “Check my words” shows it.",
                "%(num)d things in its words could be kinder. “Check my words” shows them.",
                number,
            )
        )


def is_not_public(form: ActionForm, action: Action) -> bool:
    """Puts words on the form where someone has published the answer in the meantime."""
    if action.is_public:
        form.kind.errors = [
            _("Everyone can read this answer now. Publish your change, or take it down first.")
        ]
    return not action.is_public


def form_page(
    survey: Survey, theme: Theme, form: ActionForm, action: Action | None = None
) -> ResponseReturnValue:
    page = render_template(
        "loop/action.html",
        survey=survey,
        theme=theme,
        form=form,
        action=action,
        page_errors=mistakes(form),
        areas=[{"code": each.value, "text": each.label} for each in form.areas.choices],
        reasons=[(each.value, each.label) for each in form.reason.choices],
        levels=[(each.value, each.label) for each in form.evidence_level.choices],
        kinds=[
            {
                "code": code,
                "text": words,
                "hint": KIND_HINTS[code],
                "is_checked": form.kind.data == code,
            }
            for code, words in KIND_WORDS.items()
        ],
        may_publish=may(Permission.PUBLISH),
        advice=help_with(form) if asks_for_help() else None,
    )
    return page, 422 if form.is_submitted() and not asks_for_help() else 200
