"""The front page of a survey, and what young people are told before they begin."""

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.responses import operations
from engage.responses.sitting import help_url, set_page
from engage.responses.taking_part import AGES, is_for_young_people, needs_assent
from engage.surveys.branching import path
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of, open_version
from engage.surveys.wording import pick
from engage.web.access import public
from engage.web.i18n import easier_url, follow_address, language_links, page_context
from engage.web.respondents import respondents_blueprint

bp = respondents_blueprint("welcome", __name__)


@bp.get("/have-your-say/<slug>")
@public
def welcome(slug: str) -> ResponseReturnValue:
    version, survey = survey_at(slug)
    page = page_context()
    return render_template(
        "responses/welcome.html",
        version=version,
        title=pick(survey.titles, page.language, page.easy_read),
        asks_age=is_for_young_people(survey),
        languages=language_links("welcome.welcome", slug=slug, read=page.reading),
        is_translated=any(words.language == page.language for words in survey.titles),
    )


@bp.get("/have-your-say/<slug>/taking-part")
@public
def taking_part(slug: str) -> ResponseReturnValue:
    """Asks roughly how old somebody is, then tells them what taking part means."""
    version, survey = survey_at(slug)
    age = request.args.get("age", "")
    if age in AGES:
        return render_template(
            "responses/taking_part.html", version=version, age=age, assents=needs_assent(age)
        )
    errors = [("#age", _("Choose one. You can choose “I do not want to say”."))]
    return render_template(
        "responses/how_old.html",
        version=version,
        page_errors=errors if "asked" in request.args else [],
    )


@bp.get("/have-your-say/<slug>/no-thank-you")
@public
def no_thank_you(slug: str) -> ResponseReturnValue:
    survey_at(slug)
    return render_template("responses/no_thank_you.html")


@bp.post("/have-your-say/<slug>")
@public
def start(slug: str) -> ResponseReturnValue:
    version = open_version(slug, datetime.now(UTC))
    page = follow_address()
    token = operations.start(
        version, "web", easy_read=page.easy_read, language=page.language, look=page.look
    )
    first = path(definition_of(version.id), {})[0]
    return redirect(url_for("responses.ask", token=token, key=first.key), 303)


def survey_at(slug: str) -> tuple[SurveyVersion, SurveyDefinition]:
    """The open survey at that address; the page speaks as the address asks."""
    version = open_version(slug, datetime.now(UTC))
    page = follow_address(version.starts_easy_read)
    set_page(version.survey.organisation, version.survey.is_invented)
    here = request.full_path.rstrip("?")
    page.easier_url = easier_url(here)
    page.help_url = help_url(version.survey.organisation.code, request.path)
    return version, definition_of(version.id)
