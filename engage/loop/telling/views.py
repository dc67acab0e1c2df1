""" "Tell me what happened": an e-mail address without an account, apart from every answer."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound

from engage.clock import today
from engage.extensions import csrf
from engage.loop import queries as loop
from engage.loop.telling import operations, queries
from engage.loop.telling.forms import AskForm
from engage.responses.sitting import set_page
from engage.surveys.models import Survey
from engage.web.access import public
from engage.web.disk import taken_when_full
from engage.web.display import page_to_go_back_to
from engage.web.errors import error_page
from engage.web.i18n import easier_url, follow_address, page_context
from engage.web.respondents import keep_private, respondents_blueprint
from engage.web.tries import count_a_try

bp = respondents_blueprint("telling", __name__)
# Mail programs press this button by themselves, from elsewhere. The secret in the address is the
# key, and all it opens is the way out.
leaving_bp = Blueprint("telling_leaving", __name__)
csrf.exempt(leaving_bp)
leaving_bp.after_request(keep_private)


# ---- asking


@bp.get("/tell-me/<slug>")
@public
def ask(slug: str) -> ResponseReturnValue:
    return ask_page(loop.public_survey(slug), AskForm())


@bp.post("/tell-me/<slug>")
@public
def asked(slug: str) -> ResponseReturnValue:
    count_a_try("tell-me", request.remote_addr or "")
    survey, form = loop.public_survey(slug), AskForm(request.form)
    if not form.validate():
        return ask_page(survey, form), 422
    page = follow_address()
    operations.ask(survey, form.address, page.language, page.easy_read)
    return redirect(url_for(".look", slug=slug, **page.choices_in_address()), 303)


@bp.get("/tell-me/<slug>/look-at-your-mail")
@public
def look(slug: str) -> ResponseReturnValue:
    """The same for every address, so that nobody learns which ones we know."""
    survey = loop.public_survey(slug)
    set_the_page(survey, request.path)
    return render_template("loop/telling/look.html", survey=survey)


# ---- saying yes


@bp.get("/tell-me-yes/<secret>")
@public
def yes(secret: str) -> ResponseReturnValue:
    follow_address()
    try:
        follower = queries.follower_by_yes(secret, today())
    except NoResultFound:
        return too_late()
    set_page(follower.survey.organisation, follower.survey.is_invented)
    return render_template("loop/telling/yes.html", secret=secret, title=title_of(follower.survey))


@bp.post("/tell-me-yes/<secret>")
@public
def say_yes(secret: str) -> ResponseReturnValue:
    page = follow_address()
    try:
        follower = operations.say_yes(secret)
    except NoResultFound:
        return too_late()
    slug = follower.survey.slug
    return redirect(url_for(".said_yes", slug=slug, **page.choices_in_address()), 303)


@bp.get("/tell-me/<slug>/yes")
@public
def said_yes(slug: str) -> ResponseReturnValue:
    survey = loop.public_survey(slug)
    set_the_page(survey, request.path)
    return render_template("loop/telling/said_yes.html", survey=survey)


def too_late() -> ResponseReturnValue:
    return error_page(
        _("This link does not work any more"),
        _("It works until the day in the mail. You can ask us again on the page of the survey."),
        404,
    )


# ---- leaving


@leaving_bp.get("/tell-me-no-more/<secret>")
@public
def leave(secret: str) -> ResponseReturnValue:
    """The same page for every address, also one that has left. Opening it changes nothing."""
    follow_address()
    return render_template("loop/telling/leave.html", secret=secret)


@leaving_bp.post("/tell-me-no-more/<secret>")
@public
@taken_when_full
def left(secret: str) -> ResponseReturnValue:
    """By a person or by their mail program (RFC 8058), which follows no redirect."""
    follow_address()
    operations.leave(secret)
    return render_template("loop/telling/left.html")


# ---- the pages


def ask_page(survey: Survey, form: AskForm) -> str:
    set_the_page(survey, url_for(".ask", slug=survey.slug))
    mistakes = [str(words) for words in form.email.errors]
    return render_template(
        "loop/telling/ask.html",
        survey=survey,
        title=title_of(survey),
        typed=form.email.data or "",
        mistake=mistakes[0] if mistakes else "",
        page_errors=[("#email", words) for words in mistakes[:1]],
    )


def set_the_page(survey: Survey, address: str) -> None:
    page = follow_address()
    set_page(survey.organisation, survey.is_invented)
    # "Make it easier" leads back only to pages that it knows.
    page.easier_url = easier_url(address) if page_to_go_back_to(address) != "/" else ""


def title_of(survey: Survey) -> str:
    version = loop.published_versions([survey.id])[survey.id]
    return version.title(page_context().easy_read)
