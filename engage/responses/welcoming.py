"""The front page of a survey, and what young people are told before they begin."""

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.responses import opening, operations
from engage.responses.drafts import OpenSurvey
from engage.responses.kept_pages import ANY_TOKEN, KeptPages
from engage.responses.sitting import help_url, set_page
from engage.responses.taking_part import AGES, is_for_young_people, needs_assent
from engage.surveys.branching import path
from engage.surveys.definition import SurveyDefinition
from engage.surveys.wording import pick
from engage.web.access import public
from engage.web.i18n import easier_url, follow_address, language_links, page_context
from engage.web.respondents import respondents_blueprint

bp = respondents_blueprint("welcome", __name__)
kept_pages = KeptPages()


@bp.get("/have-your-say/<slug>")
@public
def welcome(slug: str) -> ResponseReturnValue:
    survey, definition = survey_at(slug)
    page = page_context()
    # All that can differ between two people on the front page of one survey.
    key = (survey, page.language, page.easy_read, page.look)
    return kept_pages.page(key, definition, ANY_TOKEN, lambda: front_page(survey, definition))


def front_page(survey: OpenSurvey, definition: SurveyDefinition) -> str:
    page = page_context()
    return render_template(
        "responses/welcome.html",
        survey=survey,
        title=pick(definition.titles, page.language, page.easy_read),
        asks_age=is_for_young_people(definition),
        languages=language_links("welcome.welcome", slug=survey.slug, read=page.reading),
        is_translated=any(words.language == page.language for words in definition.titles),
    )


@bp.get("/have-your-say/<slug>/taking-part")
@public
def taking_part(slug: str) -> ResponseReturnValue:
    """Asks roughly how old somebody is, then tells them what taking part means."""
    survey, _definition = survey_at(slug)
    age = request.args.get("age", "")
    if age in AGES:
        page_context().easier_url = easier_url(f"{request.path}?age={age}")
        return render_template(
            "responses/taking_part.html", survey=survey, age=age, assents=needs_assent(age)
        )
    errors = [("#age", _("Choose one. You can choose “I do not want to say”."))]
    return render_template(
        "responses/how_old.html",
        survey=survey,
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
    survey, definition = opening.open_survey(slug, datetime.now(UTC))
    page = follow_address()
    token = operations.start(
        survey, "web", easy_read=page.easy_read, language=page.language, look=page.look
    )
    first = path(definition, {})[0]
    return redirect(url_for("responses.ask", token=token, key=first.key), 303)


def survey_at(slug: str) -> tuple[OpenSurvey, SurveyDefinition]:
    """The open survey at that address; the page speaks as the address asks."""
    survey, definition = opening.open_survey(slug, datetime.now(UTC))
    page = follow_address(survey.starts_easy_read)
    set_page(survey.contacts, survey.is_invented)
    page.easier_url = easier_url(request.path)
    page.help_url = help_url(survey.contacts.organisation_code, request.path)
    return survey, definition
