"""Where the accepted themes suggest more sentences, and a person says which belong.

The worker learns, and the pages show what it learnt last. A GET asks for nothing: whoever comes by
the button on the page of themes, or answers suggestions, asks with it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from engage.analysis import queries
from engage.analysis.frame import learnt, operations
from engage.analysis.frame import queries as frame
from engage.analysis.frame.blueprint import bp
from engage.analysis.frame.suggesting import taught
from engage.analysis.frame.tasks import LEARN
from engage.analysis.frame.words import place_in, sentences_named
from engage.analysis.models import AnalysisRun, Theme
from engage.jobs import queue
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.surveys.asked import our_survey
from engage.surveys.models import Survey

MOST_SHOWN = 100  # of one theme at a time, the surest first
# Past this the worker has most likely stopped: it looks every second.
TOO_LONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Standing:
    """How what was learnt last stands to the themes as they are now."""

    can_learn: bool
    is_fresh: bool
    has_older: bool
    is_waiting: bool
    waits_long: bool
    was_given_up: bool

    @property
    def may_ask(self) -> bool:
        return self.can_learn and not self.is_fresh and not self.is_waiting


def standing_of(survey: Survey, run: AnalysisRun) -> Standing:
    now = taught(run)
    is_fresh = learnt.is_up_to_date(survey.id, now.fingerprint)
    since = None if is_fresh else queue.waiting_since(LEARN, survey_id=survey.id)
    return Standing(
        can_learn=now.is_enough,
        is_fresh=is_fresh,
        has_older=not is_fresh and learnt.learnt_of(survey.id) is not None,
        is_waiting=since is not None,
        waits_long=since is not None and datetime.now(UTC) - since > TOO_LONG,
        was_given_up=not is_fresh and queue.was_given_up(LEARN, survey_id=survey.id),
    )


@bp.get("/suggestions")
@staff_may(Permission.CURATE)
def suggested(slug: str) -> ResponseReturnValue:
    """How many sentences each theme suggests; not one word of them."""
    survey = our_survey(slug)
    standing = standing_of(survey, _run(survey))
    numbers = learnt.how_many(survey.id) if standing.can_learn else {}
    themes = {theme.id: theme for theme in queries.decided_themes(survey.id)}
    return render_template(
        "frame/suggestions.html",
        survey=survey,
        title=survey.versions[-1].title(),
        standing=standing,
        rows=[(themes[id], number) for id, number in sorted(numbers.items())],
    )


@bp.post("/suggestions")
@staff_may(Permission.CURATE)
def ask_for_suggestions(slug: str) -> ResponseReturnValue:
    """Ask the worker to learn, where there is something new to learn from."""
    survey = our_survey(slug)
    if standing_of(survey, _run(survey)).may_ask:
        queue.enqueue(LEARN, survey_id=survey.id)
        record(current_staff(), "asked what the themes suggest", survey.slug)
    return redirect(url_for(".suggested", slug=slug), 303)


@bp.post("/suggestions/<int(max=2147483647):theme_id>")
@staff_may(Permission.READ_ANSWERS)
def suggested_words(slug: str, theme_id: int) -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    survey = our_survey(slug)
    theme = _theme(survey, theme_id)
    run = _run(survey)
    number = learnt.how_many(survey.id).get(theme.id, 0)
    record(current_staff(), "read suggested sentences", survey.slug, theme=theme.name)
    return render_template(
        "frame/suggested.html",
        survey=survey,
        theme=theme,
        sentences=sentences_named(learnt.surest(theme, MOST_SHOWN), run),
        more=max(0, number - MOST_SHOWN),
        has_older=standing_of(survey, run).has_older,
    )


@bp.post("/suggestions/<int(max=2147483647):theme_id>/<any(belong, others):answer>")
@staff_may(Permission.CURATE)
def confirm(slug: str, theme_id: int, answer: str) -> ResponseReturnValue:
    """The ticked sentences belong to the theme, or do not and are not suggested again."""
    survey = our_survey(slug)
    theme = _theme(survey, theme_id)
    ticked = [place for code in request.form.getlist("pick") if (place := place_in(code))]
    operations.confirm(theme, ticked, answer == "belong", current_staff())
    queue.enqueue(LEARN, survey_id=survey.id)
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
