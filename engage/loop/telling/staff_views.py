"""How many want to be told what became of a survey. Nobody here sees who: no page could say."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.loop.telling import queries
from engage.people.access import Permission, staff_may
from engage.responses.disclosure import public_count
from engage.surveys.asked import our_survey
from engage.surveys.queries import latest_version

bp = Blueprint("telling_staff", __name__)


@bp.get("/staff/surveys/<slug>/followers")
@staff_may(Permission.CURATE, Permission.PUBLISH)
def followers(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    return render_template(
        "loop/telling/followers.html",
        survey=survey,
        title=latest_version(survey).title(),
        how_many=how_many_words(queries.how_many_follow(survey.id)),
    )


def how_many_words(followers: int) -> str:
    safe = public_count(followers)
    if safe is None:
        return str(_("Fewer than 10 people want to be told."))
    return str(_("About %(count)s people want to be told.", count=format_decimal(safe)))
