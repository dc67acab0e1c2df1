"""Where an officer reads what the machine found, and decides what stands."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from engage.analysis import progress, queries
from engage.analysis.frame import deciding
from engage.analysis.frame.overview import overview
from engage.analysis.frame.readings import Reading
from engage.analysis.frame.showing import ambitions, standing, theme_page, words_page
from engage.analysis.frame.words import Words, words_in_no_theme
from engage.analysis.models import AnalysisRun, FoundTheme
from engage.analysis.showing_counts import safe_number
from engage.jobs import queue
from engage.people.access import Permission, current_staff, may, staff_may
from engage.people.audit import record
from engage.responses.disclosure import HIDDEN_FROM_STAFF
from engage.surveys.asked import our_survey, page_number
from engage.surveys.models import Survey

bp = Blueprint("analysis", __name__, url_prefix="/staff/surveys/<slug>/themes")

REFRESH, REREAD = "analysis.refresh", "analysis.reread"
# Past this the worker has most likely stopped: it looks every second.
TOO_LONG = timedelta(minutes=5)
STEADINESS = ((0.8, "very steady"), (0.6, "steady"), (0.4, "not very steady"), (0.0, "shaky"))


bp.add_app_template_filter(safe_number)


@bp.app_template_filter("steadiness")
def steadiness(stability: float) -> str:
    """How surely a theme is found again when a fifth of the comments is left out, in words."""
    words = {
        "very steady": _("very steady"),
        "steady": _("steady"),
        "not very steady": _("not very steady"),
        "shaky": _("shaky"),
    }
    return str(words[next(name for least, name in STEADINESS if stability >= least)])


@bp.app_template_filter("percent")
def percent(share: float) -> str:
    return f"{int(100 * share + 0.5)}%"


@bp.app_template_filter("how_many_said_it")
def how_many_said_it(said: FoundTheme | Reading) -> str:
    """How many and their share; for staff who may not read the answers, no count from 1 to 4.

    The machine counts comments, since it knows no people; under what people decided, people count.
    """
    is_of_machine = isinstance(said, FoundTheme) or said.theme is None
    if said.people in HIDDEN_FROM_STAFF and not may(Permission.READ_ANSWERS):
        return str(_("Fewer than 5 comments") if is_of_machine else _("Fewer than 5 people"))
    if is_of_machine:
        number = ngettext("%(num)d comment", "%(num)d comments", said.people)
    else:
        number = ngettext("%(num)d person", "%(num)d people", said.people)
    return f"{number}, {percent(said.share)}"


@bp.app_template_test("safe_to_split")
def safe_to_split(said: FoundTheme | Reading) -> bool:
    """Whether this reader may see how many of a theme's people felt what."""
    small = any(count in HIDDEN_FROM_STAFF for count in (said.people, *said.sentiment.values()))
    return not small or may(Permission.READ_ANSWERS)


@bp.get("")
@staff_may(Permission.VIEW_RESULTS)
def themes(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return render_template(
        "analysis/themes.html",
        survey=survey,
        title=survey.versions[-1].title(),
        overview=overview(survey),
        progress=how_far(survey),
        waiting=waiting(survey),
        reasons=set_aside_words(),
        ambitions=ambitions(),
    )


@bp.post("")
@staff_may(Permission.CURATE)
def read_again(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    queue.enqueue(REREAD, survey_id=survey.id)
    record(current_staff(), "asked for the comments to be read again", survey.slug)
    flash(_("The machine will read the comments again. Come back in a minute."))
    return redirect(url_for(".themes", slug=slug), 303)


@bp.get("/<int(max=2147483647):number>")
@staff_may(Permission.VIEW_RESULTS)
def theme(slug: str, number: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    return theme_page(survey, queries.found_theme(survey, number))


@bp.post("/<int(max=2147483647):number>/<any(name, accept):deed>")
@staff_may(Permission.CURATE)
def decide(slug: str, number: int, deed: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.decide(survey, queries.found_theme(survey, number), deed)


@bp.post("/<int(max=2147483647):number>/set-aside")
@staff_may(Permission.CURATE)
def set_aside(slug: str, number: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.set_aside(survey, queries.found_theme(survey, number))


@bp.post("/<int(max=2147483647):number>/take-back")
@staff_may(Permission.CURATE)
def take_back(slug: str, number: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    return deciding.take_back(survey, queries.found_theme(survey, number))


@bp.post("/<int(max=2147483647):number>/words")
@staff_may(Permission.READ_ANSWERS)
def words(slug: str, number: int) -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    survey = our_survey(slug)
    found = queries.found_theme(survey, number)
    return deciding.words(survey, queries.theme_of(found) or found)


@bp.post("/in-none/words")
@staff_may(Permission.READ_ANSWERS)
def words_in_none(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    record(current_staff(), "read the comments in no theme", survey.slug)
    found = words_in_no_theme(latest_run(survey), page_number())
    return words_page(
        survey,
        _("Comments in no theme"),
        found,
        choices=[(one.key, one.name) for one in standing(survey)],
        move_to=url_for("frame.put", slug=slug),
    )


@bp.post("/set-aside/<any(empty, no_answer, only_marks, other_language):reason>/words")
@staff_may(Permission.READ_ANSWERS)
def words_set_aside(slug: str, reason: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    run = latest_run(survey)
    record(current_staff(), "read comments the machine set aside", survey.slug, reason=reason)
    found = [Words(*pair) for pair in queries.words_set_aside(run, reason, page_number())]
    return words_page(survey, set_aside_words()[reason], found)


def latest_run(survey: Survey) -> AnalysisRun:
    run = queries.latest_run(survey.id)
    if run is None:
        raise NotFound
    return run


def how_far(survey: Survey) -> str:
    """How far the machine has come, while it reads."""
    now = progress.progress_of(survey.id)
    return progress.in_words(now) if now else ""


def waiting(survey: Survey) -> tuple[str, str] | None:
    """What to say, and how, when answers came that the machine has not read yet."""
    asked = (queue.waiting_since(name, survey_id=survey.id) for name in (REFRESH, REREAD))
    since = min(filter(None, asked), default=None)
    if since is None:
        return failed(survey)
    if datetime.now(UTC) - since > TOO_LONG:
        words = _(
            "New answers have been waiting for more than 5 minutes to be read by the machine. "
            "The worker may have stopped. Answers are still being taken."
        )
        return words, "error"
    return _("New answers are waiting to be read by the machine. It takes about a minute."), "good"


def failed(survey: Survey) -> tuple[str, str] | None:
    if not any(queue.was_given_up(name, survey_id=survey.id) for name in (REFRESH, REREAD)):
        return None
    words = _(
        "The machine tried to read the new answers and failed. What it found before is below. "
        "Ask for them to be read again; if that fails too, tell the people who run Engage."
    )
    return words, "error"


def set_aside_words() -> dict[str, str]:
    return {
        "empty": _("Empty comments"),
        "no_answer": _("Comments that say there is no answer"),
        "only_marks": _("Comments with only a picture, marks or numbers"),
        "other_language": _("Comments in another language, for a person to read"),
    }
