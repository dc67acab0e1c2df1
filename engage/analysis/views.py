"""Where an officer reads what the machine found, and decides what stands."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from engage.analysis import operations, queries
from engage.analysis.forms import SetAsideForm, ThemeForm, ambition_choices
from engage.analysis.models import AnalysisRun, FoundTheme
from engage.jobs import queue
from engage.people.access import Permission, current_staff, may, staff_may
from engage.people.audit import record
from engage.responses.disclosure import HIDDEN_FROM_STAFF
from engage.surveys.models import Survey
from engage.surveys.queries import survey_of

bp = Blueprint("analysis", __name__, url_prefix="/staff/surveys/<slug>/themes")

REFRESH = "analysis.refresh"
# Past this the worker has most likely stopped: it looks every second.
TOO_LONG = timedelta(minutes=5)
STEADINESS = ((0.8, "very steady"), (0.6, "steady"), (0.4, "not very steady"), (0.0, "shaky"))


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
def how_many_said_it(found: FoundTheme) -> str:
    """People and their share; for staff who may not read the answers, no count from 1 to 4."""
    if found.people in HIDDEN_FROM_STAFF and not may(Permission.READ_ANSWERS):
        return str(_("Fewer than 5 people"))
    people = ngettext("%(num)d person", "%(num)d people", found.people)
    return f"{people}, {percent(found.share)}"


@bp.app_template_test("safe_to_split")
def safe_to_split(found: FoundTheme) -> bool:
    """Whether this reader may see how many of a theme's people felt what."""
    small = any(count in HIDDEN_FROM_STAFF for count in (found.people, *found.sentiment.values()))
    return not small or may(Permission.READ_ANSWERS)


@bp.get("")
@staff_may(Permission.VIEW_RESULTS)
def themes(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return render_template(
        "analysis/themes.html",
        survey=survey,
        title=survey.versions[-1].title(),
        overview=queries.overview(survey),
        waiting=waiting(survey),
        reasons=set_aside_words(),
        ambitions=ambitions(),
    )


@bp.post("")
@staff_may(Permission.CURATE)
def read_again(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    queue.enqueue(REFRESH, survey_id=survey.id)
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
    found = queries.found_theme(survey, number)
    form = theme_form()
    if not form.validate_on_submit():
        return theme_page(survey, found, form), 422
    if deed == "accept":
        operations.accept(
            found, form.name.data, current_staff(), ambition=form.ambition.data or None
        )
        flash(_("Accepted. You can now write what was done about it."))
    else:
        operations.rename(found, form.name.data, current_staff())
        flash(_("The theme has your name now."))
    return redirect(url_for(".theme", slug=slug, number=number), 303)


@bp.post("/<int(max=2147483647):number>/set-aside")
@staff_may(Permission.CURATE)
def set_aside(slug: str, number: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    found = queries.found_theme(survey, number)
    form = SetAsideForm()
    if not form.validate_on_submit():
        return theme_page(survey, found, aside=form), 422
    operations.set_aside(found, current_staff(), form.reason.data or "")
    flash(_("Set aside. The comments behind it can still be read."))
    return redirect(url_for(".theme", slug=slug, number=number), 303)


@bp.post("/<int(max=2147483647):number>/take-back")
@staff_may(Permission.CURATE)
def take_back(slug: str, number: int) -> ResponseReturnValue:
    found = queries.found_theme(our_survey(slug), number)
    decided = queries.theme_of(found)
    if decided is None:
        raise NotFound
    operations.take_back(decided, current_staff())
    flash(_("The decision is taken back. The theme is to be read again."))
    return redirect(url_for(".theme", slug=slug, number=number), 303)


@bp.post("/<int(max=2147483647):number>/words")
@staff_may(Permission.READ_ANSWERS)
def words(slug: str, number: int) -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    survey = our_survey(slug)
    found = queries.found_theme(survey, number)
    name = queries.Reading(found, queries.theme_of(found)).name
    record(current_staff(), "read the words behind a theme", survey.slug, theme=name)
    return words_page(survey, name, queries.words_behind(found, page_number()), found.people)


@bp.post("/in-none/words")
@staff_may(Permission.READ_ANSWERS)
def words_in_none(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    run = latest_run(survey)
    record(current_staff(), "read the comments in no theme", survey.slug)
    return words_page(
        survey, _("Comments in no theme"), queries.words_in_no_theme(run, page_number())
    )


@bp.post("/set-aside/<any(empty, no_answer, other_language):reason>/words")
@staff_may(Permission.READ_ANSWERS)
def words_set_aside(slug: str, reason: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    run = latest_run(survey)
    record(current_staff(), "read comments the machine set aside", survey.slug, reason=reason)
    found = queries.words_set_aside(run, reason, page_number())
    return words_page(survey, set_aside_words()[reason], found)


def our_survey(slug: str) -> Survey:
    return survey_of(current_staff().organisation_id, slug)


def latest_run(survey: Survey) -> AnalysisRun:
    run = queries.latest_run(survey.id)
    if run is None:
        raise NotFound
    return run


def theme_form(reading: queries.Reading | None = None) -> ThemeForm:
    given = {}
    if reading is not None:
        suggested = next(iter(reading.found.ambitions), {}).get("code", "")
        decided = reading.theme.ambition if reading.theme else suggested
        given = {"name": reading.name, "ambition": decided or ""}
    form = ThemeForm(data=given)
    form.ambition.choices = ambition_choices(current_app.extensions["pack"])
    return form


def theme_page(
    survey: Survey,
    found: FoundTheme,
    form: ThemeForm | None = None,
    aside: SetAsideForm | None = None,
) -> str:
    reading = queries.Reading(found, queries.theme_of(found))
    form, aside = form or theme_form(reading), aside or SetAsideForm()
    errors = {**form.errors, **aside.errors}
    return render_template(
        "analysis/theme.html",
        survey=survey,
        title=survey.versions[-1].title(),
        reading=reading,
        quotes=queries.quotes_of(found),
        form=form,
        aside=aside,
        ambition_pairs=[(choice.value, choice.label) for choice in form.ambition.choices],
        ambitions=ambitions(),
        page_errors=[(f"#{name}", texts[0]) for name, texts in errors.items() if name],
    )


def words_page(
    survey: Survey, heading: str, found: list[queries.Words], total: int | None = None
) -> str:
    return render_template(
        "analysis/words.html",
        survey=survey,
        heading=heading,
        words=found[: queries.ON_A_PAGE],
        total=total,
        number=page_number(),
        is_last=len(found) <= queries.ON_A_PAGE,
    )


def page_number() -> int:
    return min(max(1, request.args.get("page", 1, type=int)), 100_000)


def waiting(survey: Survey) -> tuple[str, str] | None:
    """What to say, and how, when answers came that the machine has not read yet."""
    since = queue.waiting_since(REFRESH, survey_id=survey.id)
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
    if not queue.was_given_up(REFRESH, survey_id=survey.id):
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
        "other_language": _("Comments in another language, for a person to read"),
    }


def ambitions() -> dict[str, object]:
    return {ambition.code: ambition for ambition in current_app.extensions["pack"].ambitions}
