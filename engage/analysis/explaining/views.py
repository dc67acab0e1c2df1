"""How the machine read a survey: for families in plain words, and for the public record."""

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from engage.analysis.explaining import queries
from engage.analysis.explaining.facts import known_facts
from engage.analysis.explaining.record import Record, as_data
from engage.analysis.explaining.writing import About, write_record
from engage.people.access import Permission, staff_may
from engage.surveys.asked import our_survey
from engage.surveys.models import Survey
from engage.web.access import public
from engage.web.i18n import follow_address, say_it_is_invented

bp = Blueprint("explaining", __name__)


@bp.get("/how-we-read/<slug>")
@public
def how_we_read(slug: str) -> ResponseReturnValue:
    survey = queries.explained_survey(slug, datetime.now(UTC))
    if survey is None:
        raise NotFound
    page = follow_address()
    version = queries.published_version(survey)
    how = queries.how_read(survey.id)
    say_it_is_invented(survey.is_invented)
    return render_template(
        "explaining/how_we_read.html",
        survey=survey,
        title=version.title(page.easy_read),
        easy_read=page.easy_read,
        how=how.for_public() if how else None,
        right=known_facts().feelings_right_of_ten.right,
    )


@bp.get("/staff/surveys/<slug>/transparency")
@staff_may(Permission.VIEW_RESULTS)
def transparency(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return render_template(
        "explaining/transparency.html",
        survey=survey,
        title=survey.versions[-1].title(),
        record=record_of(survey),
        is_public=queries.explained_survey(slug, datetime.now(UTC)) is not None,
    )


@bp.get("/staff/surveys/<slug>/transparency.json")
@staff_may(Permission.VIEW_RESULTS)
def transparency_json(slug: str) -> Response:
    return jsonify(as_data(record_of(our_survey(slug))))


def record_of(survey: Survey) -> Record:
    about = About(
        organisation=survey.organisation.name,
        title=survey.versions[-1].title(),
        note_url=public_address(url_for(".how_we_read", slug=survey.slug)),
        privacy_url=public_address(url_for("pages.privacy")),
    )
    return write_record(about, queries.how_read(survey.id), known_facts())


def public_address(path: str) -> str:
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path
