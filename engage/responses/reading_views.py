"""Where staff read what people wrote, one person's words at a time, the most urgent first.

The list shows counts and no words. Words are opened by a POST, which is recorded.
"""

from datetime import UTC, date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from engage.people.access import Permission, current_staff, staff_may
from engage.responses import not_understood, reading
from engage.responses import reading_queries as queries
from engage.responses.concerns import ALERT_FROM
from engage.responses.disclosure import HIDDEN_FROM_STAFF
from engage.responses.models import Response
from engage.responses.working_days import due
from engage.safeguarding.rules import Screening, reason_for, screen
from engage.surveys.models import Survey
from engage.surveys.queries import latest_version, survey_of, surveys_of
from engage.surveys.timing import last_day
from engage.surveys.wording import ENGLISH

bp = Blueprint("reading", __name__, url_prefix="/staff/reading")
reads = staff_may(Permission.READ_ANSWERS)


@bp.get("")
@reads
def queue() -> ResponseReturnValue:
    staff = current_staff()
    survey = chosen_survey()
    counts = queries.counts_by_survey(
        staff.organisation_id, datetime.now(UTC), survey.id if survey else None
    )
    surveys = [survey] if survey else surveys_of(staff.organisation_id)
    return render_template(
        "responses/reading.html",
        survey=survey,
        title=latest_version(survey).title() if survey else "",
        counts=sum(counts.values(), queries.Counts()),
        lines=[
            (latest_version(each).title(), each, counts[each.id])
            for each in surveys
            if each.id in counts
        ],
    )


@bp.post("/next")
@reads
def open_next() -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    staff, now, survey = current_staff(), datetime.now(UTC), chosen_survey()
    response = queries.next_waiting(staff, now, survey.id if survey else None)
    if response is None:
        flash(_("There is nothing more for you to read. Others may be reading what still waits."))
        return redirect(queue_address(), 303)
    reading.open_words(response, staff)
    return words_page(response)


@bp.post("/<int(max=2147483647):response_id>/read")
@reads
def mark_read(response_id: int) -> ResponseReturnValue:
    staff = current_staff()
    response = queries.sent_response(staff.organisation_id, response_id)
    reading.say_read(response, staff, datetime.now(UTC))
    return open_next()


@bp.post("/<int(max=2147483647):response_id>/tell")
@reads
def tell_the_lead(response_id: int) -> ResponseReturnValue:
    staff = current_staff()
    response = queries.sent_response(staff.organisation_id, response_id)
    reading.tell_the_lead(response, staff, datetime.now(UTC))
    flash(_("The safeguarding lead is being told. The words are kept apart until they decide."))
    return redirect(queue_address(), 303)


def words_page(response: Response) -> str:
    survey = response.version.survey
    written = queries.written_in(response)
    screenings = [screen(each.text) for each in written]
    return render_template(
        "responses/reading_one.html",
        response=response,
        survey=survey,
        chosen=request.args.get("survey"),
        title=response.version.title(),
        written=written,
        reasons=reasons(screenings),
        is_grave=max((each.level for each in screenings), default=0) >= ALERT_FROM,
        language=language_name(response.language),
        read_by=read_by(response),
    )


def reasons(screenings: list[Screening]) -> list[tuple[str, str, str]]:
    """Which rules were met, by which words, and why the rule is there."""
    hits = dict.fromkeys(hit for screening in screenings for hit in screening.hits)
    return [(hit.rule, hit.phrase, reason_for(hit.rule)) for hit in hits]


def read_by(response: Response) -> date | None:
    """The last day on which it is read in time; none where nobody was promised one."""
    if response.submitted_at is None or response.channel == queries.WITHOUT_PROMISE:
        return None
    return last_day(due(response.submitted_at))


def language_name(language: str) -> str:
    """As staff call it: "Polish"; nothing for English."""
    if language == ENGLISH:
        return ""
    try:
        return str(Locale.parse(language, sep="-").get_display_name(get_locale() or ENGLISH))
    except (ValueError, UnknownLocaleError):
        return language


def chosen_survey() -> Survey | None:
    """The survey the address names; 404 where it is another organisation's."""
    slug = request.args.get("survey")
    return survey_of(current_staff().organisation_id, slug) if slug else None


def queue_address() -> str:
    return url_for(".queue", survey=request.args.get("survey"))


# ---- on the page of a survey, which comes before this package and cannot ask it


@bp.app_template_global("reading_of_survey")
def reading_of_survey(slug: str) -> dict[str, Any]:
    """How its words are read, and which of its questions people did not understand."""
    organisation_id = current_staff().organisation_id
    survey = survey_of(organisation_id, slug)
    counts = queries.counts_by_survey(organisation_id, datetime.now(UTC), survey.id)
    return {
        "counts": counts.get(survey.id),
        "not_understood": [
            (each.question, shown_count(each.people))
            for each in not_understood.not_understood(survey.id)
        ],
    }


def shown_count(people: int) -> str:
    return str(_("fewer than 5")) if people in HIDDEN_FROM_STAFF else str(people)
