"""Where the accepted themes suggest more sentences, and a person says which belong."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from engage.analysis import queries
from engage.analysis.frame import operations
from engage.analysis.frame import queries as frame
from engage.analysis.frame.blueprint import bp
from engage.analysis.frame.showing import our_survey
from engage.analysis.frame.suggesting import MOST_SHOWN, suggestions
from engage.analysis.frame.words import place_in, sentences_named
from engage.analysis.models import AnalysisRun, Theme
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.surveys.models import Survey


@bp.get("/suggestions")
@staff_may(Permission.CURATE)
def suggested(slug: str) -> ResponseReturnValue:
    """How many sentences each theme suggests; not one word of them."""
    survey = our_survey(slug)
    run = _run(survey)
    found = suggestions(run)
    themes = {theme.id: theme for theme in queries.decided_themes(survey.id)}
    return render_template(
        "frame/suggestions.html",
        survey=survey,
        title=survey.versions[-1].title(),
        rows=[(themes[id], len(places)) for id, places in sorted(found.items()) if places],
    )


@bp.post("/suggestions/<int(max=2147483647):theme_id>")
@staff_may(Permission.READ_ANSWERS)
def suggested_words(slug: str, theme_id: int) -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    survey = our_survey(slug)
    theme = _theme(survey, theme_id)
    run = _run(survey)
    places = suggestions(run).get(theme.id, ())
    record(current_staff(), "read suggested sentences", survey.slug, theme=theme.name)
    return render_template(
        "frame/suggested.html",
        survey=survey,
        theme=theme,
        sentences=sentences_named(places[:MOST_SHOWN], run),
        more=max(0, len(places) - MOST_SHOWN),
    )


@bp.post("/suggestions/<int(max=2147483647):theme_id>/<any(belong, others):answer>")
@staff_may(Permission.CURATE)
def confirm(slug: str, theme_id: int, answer: str) -> ResponseReturnValue:
    """The ticked sentences belong to the theme, or do not and are not suggested again."""
    survey = our_survey(slug)
    theme = _theme(survey, theme_id)
    ticked = [place for code in request.form.getlist("pick") if (place := place_in(code))]
    operations.confirm(theme, ticked, answer == "belong", current_staff())
    flash(
        ngettext(
            "%(num)d sentence noted. You can undo this in the history.",
            "%(num)d sentences noted. You can undo this in the history.",
            len(ticked),
        )
    )
    return redirect(url_for(".suggested", slug=slug), 303)


def _theme(survey: Survey, theme_id: int) -> Theme:
    theme = frame.theme(survey.id, theme_id)
    if theme.state != "accepted":
        raise NotFound(_("Only accepted themes suggest sentences."))
    return theme


def _run(survey: Survey) -> AnalysisRun:
    run = queries.latest_run(survey.id)
    if run is None:
        raise NotFound
    return run
