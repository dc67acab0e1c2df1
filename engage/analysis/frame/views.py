"""Where people make the frame of themes theirs: merge, split, nest, move, mark, and undo."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from engage.analysis import queries
from engage.analysis.frame import deciding, operations
from engage.analysis.frame import queries as frame
from engage.analysis.frame import suggesting_views as suggesting_views
from engage.analysis.frame import versions_views as versions_views
from engage.analysis.frame.blueprint import bp as bp
from engage.analysis.frame.membership import Place
from engage.analysis.frame.recording import step_of
from engage.analysis.frame.showing import Target, address_of, target_at
from engage.analysis.frame.showing import theme_page as shown
from engage.analysis.frame.steps import Step, stands_in_the_way
from engage.analysis.frame.telling import deed_in_words, in_words
from engage.analysis.frame.undoing import undo
from engage.analysis.frame.words import place_in
from engage.analysis.models import FoundTheme, Theme
from engage.analysis.showing_counts import safe_number
from engage.errors import EngageError, InvalidInputError
from engage.people.access import Permission, current_staff, may, staff_may
from engage.surveys.asked import our_survey, page_number
from engage.surveys.models import Survey

NONE = "none"


@bp.get("/<int(max=2147483647):theme_id>")
@staff_may(Permission.VIEW_RESULTS)
def theme(slug: str, theme_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    return shown(survey, frame.theme(survey.id, theme_id))


@bp.post("/<key>/<any(name, accept):deed>")
@staff_may(Permission.CURATE)
def decide(slug: str, key: str, deed: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.decide(survey, target_at(survey, key), deed)


@bp.post("/<key>/set-aside")
@staff_may(Permission.CURATE)
def set_aside(slug: str, key: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.set_aside(survey, target_at(survey, key))


@bp.post("/<key>/take-back")
@staff_may(Permission.CURATE)
def take_back(slug: str, key: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.take_back(survey, target_at(survey, key))


@bp.post("/<key>/define")
@staff_may(Permission.CURATE)
def define(slug: str, key: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.define(survey, target_at(survey, key))


@bp.post("/<key>/<any(critical, ordinary):mark>")
@staff_may(Permission.CURATE)
def mark(slug: str, key: str, mark: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.critical(survey, target_at(survey, key), mark == "critical")


@bp.post("/<key>/merge")
@staff_may(Permission.CURATE)
def merge(slug: str, key: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.merge(survey, target_at(survey, key))


@bp.post("/<key>/nest")
@staff_may(Permission.CURATE)
def nest(slug: str, key: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.nest(survey, target_at(survey, key))


@bp.post("/<key>/words")
@staff_may(Permission.READ_ANSWERS)
def words(slug: str, key: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.words(survey, target_at(survey, key))


@bp.post("/<key>/move")
@staff_may(Permission.CURATE)
def move(slug: str, key: str) -> ResponseReturnValue:
    """Each sentence of the page goes where its choice says; what says nothing stays."""
    survey = our_survey(slug)
    source = target_at(survey, key)
    wanted = _wanted(survey)
    return _moved(survey, source, wanted, address_of(survey, source))


@bp.post("/put")
@staff_may(Permission.CURATE)
def put(slug: str) -> ResponseReturnValue:
    """Sentences that stood in no theme."""
    survey = our_survey(slug)
    wanted = {place: to for place, to in _wanted(survey).items() if to is not None}
    return _moved(survey, None, wanted, url_for("analysis.themes", slug=slug))


def _wanted(survey: Survey) -> dict[Place, Target | None]:
    """What the choices beside the sentences say: a theme, or none."""
    chosen = {name: value for name, value in request.form.items() if name.startswith("to-")}
    targets = {
        value: None if value == NONE else target_at(survey, value)
        for value in set(chosen.values())
        if value
    }
    wanted: dict[Place, Target | None] = {}
    for name, value in chosen.items():
        place = place_in(name.removeprefix("to-"))
        if value and place is not None:
            wanted[place] = targets[value]
    return wanted


def _moved(
    survey: Survey, source: Target | None, wanted: Mapping[Place, Target | None], back: str
) -> ResponseReturnValue:
    try:
        operations.move(source, wanted, current_staff())
    except EngageError as error:
        return _refused(survey, error, back)
    flash(
        ngettext(
            "%(num)d sentence moved. You can undo this in the history.",
            "%(num)d sentences moved. You can undo this in the history.",
            len(wanted),
        )
    )
    return redirect(_after(survey, source, back), 303)


@bp.post("/<key>/split")
@staff_may(Permission.CURATE)
def split(slug: str, key: str) -> ResponseReturnValue:
    """A new theme of the sentences that were ticked."""
    survey = our_survey(slug)
    source = target_at(survey, key)
    ticked = [place for code in request.form.getlist("pick") if (place := place_in(code))]
    try:
        new = operations.split(source, request.form.get("name", ""), ticked, current_staff())
    except EngageError as error:
        return _refused(survey, error, address_of(survey, source))
    flash(_("A new theme is made of these sentences. They have left the old one."))
    return redirect(address_of(survey, new), 303)


def _refused(survey: Survey, error: EngageError, back: str) -> ResponseReturnValue:
    """Nothing was changed; the browser's way back still holds what was chosen."""
    page = render_template(
        "frame/refused.html", survey=survey, words=str(error), back=back, nav="/staff/surveys"
    )
    return page, 422 if isinstance(error, InvalidInputError) else 409


def _after(survey: Survey, source: Target | None, back: str) -> str:
    if isinstance(source, FoundTheme) and (theme := queries.theme_of(source)):
        return address_of(survey, theme)
    return back


@bp.post("/<int(max=2147483647):theme_id>/same/<key>")
@staff_may(Permission.CURATE)
def same(slug: str, theme_id: int, key: str) -> ResponseReturnValue:
    """The finding is this theme."""
    survey = our_survey(slug)
    found = target_at(survey, key)
    ours = frame.theme(survey.id, theme_id)
    if isinstance(found, Theme):
        raise NotFound
    operations.rest_on(ours, found, current_staff())
    flash(_("“%(name)s” rests on what the machine found now.", name=ours.name))
    return redirect(address_of(survey, ours), 303)


@bp.post("/<int(max=2147483647):theme_id>/keep")
@staff_may(Permission.CURATE)
def keep(slug: str, theme_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    ours = frame.theme(survey.id, theme_id)
    operations.keep(ours, current_staff())
    flash(_("“%(name)s” stays as it is.", name=ours.name))
    return redirect(url_for("analysis.themes", slug=slug), 303)


@bp.get("/history")
@staff_may(Permission.VIEW_RESULTS)
def history(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    found = frame.steps(survey.id, page_number())
    rows = found[: frame.STEPS_ON_A_PAGE]
    later = frame.steps_after(rows[-1]) if rows else []
    steps = {row.id: step_of(row) for row in later} | {row.id: step_of(row) for row in rows}
    everything = list(steps.values())
    return render_template(
        "frame/history.html",
        survey=survey,
        title=survey.versions[-1].title(),
        rows=[
            (row, deed_in_words(steps[row.id], safe_number), _in_the_way(steps[row.id], everything))
            for row in rows
        ],
        number=page_number(),
        is_last=len(found) <= frame.STEPS_ON_A_PAGE,
    )


def _in_the_way(step: Step, others: list[Step]) -> str:
    later = stands_in_the_way(step, others)
    return in_words(later) if later and may(Permission.CURATE) else ""


@bp.post("/history/<int(max=2147483647):step_id>/undo")
@staff_may(Permission.CURATE)
def undo_step(slug: str, step_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    row = frame.step(survey.id, step_id)
    try:
        undo(row, current_staff())
    except EngageError as error:
        return _refused(survey, error, url_for(".history", slug=slug))
    flash(_("Undone. It stands as it did before."))
    return redirect(url_for(".history", slug=slug), 303)
