"""Where staff take an answer on its way, and where a partner records what families say of it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound

from engage.analysis.models import Theme
from engage.clock import today
from engage.loop import lifecycle, partners, queries, staff_board, steps
from engage.loop.forms import KIND_WORDS, LEVEL_WORDS, REASON_WORDS
from engage.loop.lifecycle_forms import (
    AssignForm,
    CheckForm,
    CloseForm,
    DifferenceForm,
    PartnerForm,
)
from engage.loop.lifecycle_words import STATES, VERDICTS
from engage.loop.models import Action, LoopStep
from engage.people.access import Permission, current_staff, may, staff_may
from engage.people.forms import mistakes
from engage.surveys import asked
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version, surveys_of
from engage.web.i18n import say_it_is_invented

board_bp = Blueprint("loop_board", __name__, url_prefix="/staff/loop")
bp = Blueprint("loop_lifecycle", __name__, url_prefix="/staff/surveys/<slug>/lifecycle")
partners_bp = Blueprint("loop_partners", __name__, url_prefix="/staff/surveys/<slug>/partners")
THEME = "/<int(max=2147483647):id>"
ANSWER = f"{THEME}/answers/<int(max=2147483647):action>"


# ---- the board


@board_bp.get("")
@staff_may(Permission.VIEW_RESULTS)
def board() -> ResponseReturnValue:
    ours = current_staff().organisation_id
    surveys = {survey.id: survey for survey in surveys_of(ours)}
    rows = staff_board.rows(surveys, today())
    others = partners.surveys_to_check(ours) if may(Permission.CURATE) else []
    return render_template(
        "loop/board.html",
        rows=rows,
        titles={row.theme.survey_id: title_of(surveys[row.theme.survey_id]) for row in rows},
        barriers=staff_board.barriers(rows),
        reasons=REASON_WORDS,
        kinds=KIND_WORDS,
        to_check=[(survey, title_of(survey)) for survey in others],
        has_invented=any(row.theme.survey.is_invented for row in rows),
    )


# ---- one survey, and one theme


@bp.get("")
@staff_may(Permission.CURATE)
def survey(slug: str) -> ResponseReturnValue:
    found = our_or_shared_survey(slug)
    return render_template(
        "loop/lifecycle.html",
        survey=found,
        title=title_of(found),
        rows=staff_board.rows([found.id], today(), is_ours(found)),
        kinds=KIND_WORDS,
        is_ours=is_ours(found),
    )


@bp.get(THEME)
@staff_may(Permission.CURATE)
def theme(slug: str, id: int) -> ResponseReturnValue:
    found = our_or_shared_survey(slug)
    theme = queries.accepted_theme(found.id, id)
    ours = is_ours(found)
    rows = [row for row in staff_board.rows([found.id], today(), ours) if row.theme.id == id]
    ways = [(row, lifecycle.may_follow(row.course)) for row in rows]
    return render_template(
        "loop/theme.html",
        survey=found,
        theme=theme,
        heard=rows[0].course.heard_at,
        rows=ways,
        history=history_of(theme, rows, ours),
        is_ours=ours,
        shown_count=lambda people: staff_board.count_words(people, ours),
        states=STATES,
        verdicts=VERDICTS,
        levels=LEVEL_WORDS,
        kinds=KIND_WORDS,
        L=lifecycle,
    )


# ---- what the survey's own organisation does


@bp.post(f"{THEME}/acknowledge")
@staff_may(Permission.CURATE)
def acknowledge(slug: str, id: int) -> ResponseReturnValue:
    steps.acknowledge(our_theme(slug, id), current_staff())
    flash(_("Acknowledged."))
    return back_to(slug, id)


@bp.route(f"{THEME}/assign", methods=["GET", "POST"])
@staff_may(Permission.CURATE)
def assign(slug: str, id: int) -> ResponseReturnValue:
    theme, form = our_theme(slug, id), AssignForm()
    if form.validate_on_submit():
        steps.assign(theme, form.owner.data, form.due_on.data, current_staff())
        flash(_("Assigned."))
        return back_to(slug, id)
    return step_page(theme, form, _("Say who will answer"), _("Assign it"))


@bp.route(f"{ANSWER}/difference", methods=["GET", "POST"])
@staff_may(Permission.PUBLISH)
def difference(slug: str, id: int, action: int) -> ResponseReturnValue:
    answer, form = our_answer(slug, id, action), DifferenceForm()
    same = held_as_read(form, answer)
    if form.validate_on_submit() and same:
        level = form.evidence_level.data
        steps.show_difference(answer, form.note.data, level, current_staff())
        flash(_("Everyone can read what is different now."))
        return back_to(slug, id)
    return step_page(answer.theme, form, _("Show what is different"), _("Publish this"), answer)


@bp.route(f"{ANSWER}/close", methods=["GET", "POST"])
@staff_may(Permission.PUBLISH)
def close(slug: str, id: int, action: int) -> ResponseReturnValue:
    answer, form = our_answer(slug, id, action), CloseForm()
    same = held_as_read(form, answer)
    if form.validate_on_submit() and same:
        steps.close(answer, form.note.data, current_staff())
        flash(_("Closed."))
        return back_to(slug, id)
    return step_page(answer.theme, form, _("Close this answer"), _("Close it"), answer)


# ---- what a partner does


@bp.route(f"{ANSWER}/check", methods=["GET", "POST"])
@staff_may(Permission.CURATE)
def check(slug: str, id: int, action: int) -> ResponseReturnValue:
    answer = answer_at(shared_survey(slug), id, action)
    form, now = CheckForm(), datetime.now(UTC)
    same = held_as_read(form, answer)
    if form.validate_on_submit() and form.has_all_parts(now) and same:
        steps.record_check(answer, form.wish(now), current_staff())
        flash(_("Recorded. Everyone can read it now."))
        return back_to(slug, id)
    return step_page(answer.theme, form, _("What families say"), _("Record it"), answer)


# ---- who the partners are


@partners_bp.route("", methods=["GET", "POST"])
@staff_may(Permission.EDIT_SURVEYS)
def index(slug: str) -> ResponseReturnValue:
    found, form = our_survey(slug), PartnerForm()
    could_be = partners.could_be_partners(found)
    form.offer(could_be)
    if form.validate_on_submit():
        chosen = next(each for each in could_be if each.id == form.organisation.data)
        partners.add(found, chosen, current_staff())
        flash(_("Added. They can record what families say."))
        return redirect(url_for("loop_partners.index", slug=slug))
    page = render_template(
        "loop/partners.html",
        survey=found,
        title=title_of(found),
        partners=partners.partners_of(found.id),
        form=form,
        choices=[(each.id, each.name) for each in could_be],
        page_errors=mistakes(form),
    )
    return page, 422 if form.is_submitted() else 200


@partners_bp.post("/<int(max=2147483647):organisation>/remove")
@staff_may(Permission.EDIT_SURVEYS)
def remove(slug: str, organisation: int) -> ResponseReturnValue:
    partners.remove(our_survey(slug), organisation, current_staff())
    flash(_("Removed. What they recorded stays."))
    return redirect(url_for("loop_partners.index", slug=slug))


# ---- what the address asks for, and who may ask


def our_survey(slug: str) -> Survey:
    return noted(asked.our_survey(slug))


def shared_survey(slug: str) -> Survey:
    """A survey of another organisation that ours is a partner of."""
    return noted(partners.survey_to_check(current_staff().organisation_id, slug))


def our_or_shared_survey(slug: str) -> Survey:
    try:
        return our_survey(slug)
    except NoResultFound:
        return shared_survey(slug)


def noted(survey: Survey) -> Survey:
    say_it_is_invented(survey.is_invented)
    return survey


def our_theme(slug: str, id: int) -> Theme:
    return queries.accepted_theme(our_survey(slug).id, id)


def our_answer(slug: str, id: int, action: int) -> Action:
    return answer_at(our_survey(slug), id, action)


def answer_at(survey: Survey, theme_id: int, action_id: int) -> Action:
    """An answer that everyone can read; a draft is nobody else's business."""
    return queries.public_action(survey.id, theme_id, action_id)


def held_as_read(form: CheckForm | DifferenceForm | CloseForm, answer: Action) -> bool:
    """Holds the answer, and tells whether it still says what it said when they opened the page.

    From here on it cannot change before their own step is taken. Where it has changed the form
    says so, and holds which answer its page shows now: once that is read, what they typed can be
    sent.
    """
    if form.is_submitted():
        steps.hold_answer(answer)
    decided = steps.last_decided(answer)
    read, form.about.data = form.about.data, str(decided.id if decided else 0)
    if form.is_submitted() and read != form.about.data:
        form.form_errors.append(_("The answer was changed while you wrote. Read it again first."))
        return False
    return True


def history_of(theme: Theme, rows: Iterable[staff_board.Row], ours: bool) -> list[LoopStep]:
    """What was done; for a partner nothing of an answer that not everyone can read."""
    public = {row.action.id for row in rows if row.action}
    return [
        step
        for step in queries.steps_of([theme.id])
        if ours or step.action_id is None or step.action_id in public
    ]


def is_ours(survey: Survey) -> bool:
    return survey.organisation_id == current_staff().organisation_id


def title_of(survey: Survey) -> str:
    """As its own organisation knows it; others know it as it was last published."""
    if is_ours(survey):
        return latest_version(survey).title()
    return next(each for each in reversed(survey.versions) if each.published_at).title()


def back_to(slug: str, id: int) -> ResponseReturnValue:
    return redirect(url_for("loop_lifecycle.theme", slug=slug, id=id))


def step_page(
    theme: Theme, form: Any, heading: str, button: str, answer: Action | None = None
) -> ResponseReturnValue:
    page = render_template(
        "loop/step.html",
        theme=theme,
        form=form,
        heading=heading,
        button_text=button,
        answer=answer,
        choices_of=lambda field: [(each.value, each.label) for each in field.choices],
        page_errors=mistakes(form),
    )
    return page, 422 if form.is_submitted() else 200
