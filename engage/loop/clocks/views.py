"""Whether families hear back in time: one page, the same as data, and one line beside q."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.clock import day_of
from engage.loop.clocks import words
from engage.loop.clocks.clocks import ANSWERED_WITHIN, HEARD_WITHIN, MOST_THEMES, Clock
from engage.loop.clocks.queries import Line, latest_rate, lines
from engage.responses.models import Snapshot
from engage.web.access import public
from engage.web.i18n import follow_address, page_context, say_it_is_invented

bp = Blueprint("loop_clocks", __name__, url_prefix="/you-said-we-did")


@bp.get("/on-time")
@public
def on_time() -> ResponseReturnValue:
    page, now = follow_address(), datetime.now(UTC)
    found, counted = shown(now), latest_rate()
    say_it_is_invented(any(line.survey.is_invented for line in found))
    return render_template(
        "loop/clocks/on_time.html",
        rows=[row(line, day_of(now), page.easy_read) for line in found],
        rate=rate_shown(counted, page.easy_read),
        has_easy_titles=all(has_easy_title(line) for line in found),
    )


@bp.get("/on-time.json")
@public
def on_time_json() -> ResponseReturnValue:
    now = datetime.now(UTC)
    counted = latest_rate()
    return jsonify(
        {
            "rate": {**counted.data, "counted_on": day_of(counted.made_at).isoformat()}
            if counted
            else None,
            "promised": {
                "what_we_heard_weeks": HEARD_WITHIN.days // 7,
                "answer_weeks": ANSWERED_WITHIN.days // 7,
                "themes_at_most": MOST_THEMES,
            },
            "surveys": [as_data(line, day_of(now)) for line in shown(now)],
        }
    )


@bp.app_template_global()
def loop_closed() -> dict[str, Any] | None:
    """The rate for a page of another package, which may not import the loop: see q."""
    return rate_shown(latest_rate(), page_context().easy_read)


def rate_shown(counted: Snapshot | None, easy_read: bool) -> dict[str, Any] | None:
    if counted is None:
        return None
    return {
        "words": words.rate_words(counted.data, easy_read),
        "facts": words.rate_facts(counted.data),
        "unheard": words.unheard_words(counted.data),
        "base": counted.data["base"],
        "counted_on": counted.made_at,
        "is_invented": counted.data["is_invented"],
    }


def shown(now: datetime) -> list[Line]:
    today = day_of(now)
    return [line for line in lines(now) if line.course.is_shown(today)]


def row(line: Line, today: date, easy_read: bool) -> dict[str, Any]:
    read = "easy" if easy_read else None
    return {
        "title": line.version.title(easy_read),
        "url": url_for("loop_public.survey", slug=line.survey.slug, read=read),
        "sign": words.sign_of(line.course, today),
        "sentences": words.course_words(line.version, line.course, today, easy_read),
        "is_invented": line.survey.is_invented,
    }


def has_easy_title(line: Line) -> bool:
    return any(text.easy_read for text in line.version.wordings)


def as_data(line: Line, today: date) -> dict[str, Any]:
    course = line.course
    due, last = course.answers_due, course.closed_on
    return {
        "survey": line.survey.slug,
        "title": line.version.title(),
        "is_invented": line.survey.is_invented,
        "closed_on": last.isoformat() if last else None,
        "is_open_again": course.is_open_again,
        "what_we_heard": clock_as_data(course.heard, today) if course.heard else None,
        "answers_due_on": due.isoformat() if due else None,
        "themes": len(course.themes),
        "is_late_without_themes": course.is_unheard(today),
        "answers": course.tally(today),
    }


def clock_as_data(clock: Clock, today: date) -> dict[str, Any]:
    return {
        "due_on": clock.due.isoformat(),
        "public_on": clock.met_on.isoformat() if clock.met_on else None,
        "state": clock.state(today),
        "days_late": clock.days_late(today),
    }
