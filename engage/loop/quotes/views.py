"""Where staff choose what families read in people's own words, and where a partner says no.

Lists show what is or may become public. Sentences as people wrote them are opened by a POST,
which is recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.analysis.frame.words import place_in
from engage.analysis.models import Theme
from engage.loop import queries as loop_queries
from engage.loop.lifecycle_views import is_ours, our_or_shared_survey, our_survey, shared_survey
from engage.loop.lifecycle_views import our_theme as own_theme
from engage.loop.quotes import course, operations, queries
from engage.loop.quotes.forms import DeedForm, PrepareForm, ReasonForm
from engage.loop.quotes.models import Quote
from engage.loop.quotes.operations import Taken
from engage.loop.quotes.pages import (
    county,
    deed_page,
    is_fit,
    page_of_quotes,
    prepare_page,
    sentences_page,
    words_to_begin_with,
)
from engage.loop.quotes.queries import Sentence
from engage.people.access import Permission, current_staff, may, staff_may
from engage.surveys.models import Survey

bp = Blueprint("loop_quotes", __name__, url_prefix="/staff/surveys/<slug>")
THEME = "/lifecycle/<int(max=2147483647):id>/quotes"
QUOTE = "/quotes/<int(max=2147483647):id>"
WAITS = "/quotes"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done with a quote on a page of its own, and what they are told then."""

    do: Callable[[Quote, Taken], None]
    form: type[DeedForm]
    told: str


DEEDS: Mapping[str, Deed] = {
    course.APPROVED: Deed(operations.approve, DeedForm, _l("Approved. Everyone can read it now.")),
    course.SENT_BACK: Deed(
        operations.send_back, ReasonForm, _l("Sent back. Nobody outside can read it.")
    ),
    course.VETOED: Deed(operations.veto, ReasonForm, _l("Vetoed. It is off every page.")),
    course.VETO_LIFTED: Deed(
        operations.lift_veto,
        DeedForm,
        _l("The veto is lifted. Somebody has to approve the quote again."),
    ),
}


# ---- lists


@bp.get(WAITS)
@staff_may(Permission.CURATE, Permission.PUBLISH)
def index(slug: str) -> ResponseReturnValue:
    survey = survey_to_look_at(slug)
    return page_of_quotes(survey, None)


@bp.get(THEME)
@staff_may(Permission.CURATE, Permission.PUBLISH)
def theme(slug: str, id: int) -> ResponseReturnValue:
    survey = survey_to_look_at(slug)
    return page_of_quotes(survey, loop_queries.accepted_theme(survey.id, id))


@bp.post(f"{THEME}/sentences")
@staff_may(Permission.READ_ANSWERS)
def sentences(slug: str, id: int) -> ResponseReturnValue:
    theme = theme_to_quote(slug, id)
    found = operations.list_sentences(theme, current_staff())
    return sentences_page(theme, found)


# ---- preparing


@bp.post(f"{THEME}/open")
@staff_may(Permission.READ_ANSWERS)
def open_one(slug: str, id: int) -> ResponseReturnValue:
    theme = theme_to_quote(slug, id)
    sentence = sentence_asked_for(theme)
    operations.open_sentence(theme, sentence, current_staff())
    quote = queries.quote_at(sentence.answer_id, sentence.key)
    form = PrepareForm(
        formdata=None,
        place=sentence.code,
        about=str(quote.last_step_id if quote else 0),
        words=words_to_begin_with(sentence, quote),
    )
    return prepare_page(theme, sentence, form)


@bp.post(f"{THEME}/prepare")
@staff_may(Permission.READ_ANSWERS)
def prepare(slug: str, id: int) -> ResponseReturnValue:
    theme = theme_to_quote(slug, id)
    sentence, form = sentence_asked_for(theme), PrepareForm()
    same = held_as_read(form, queries.quote_at(sentence.answer_id, sentence.key))
    if form.validate_on_submit() and is_fit(form, sentence) and same:
        operations.prepare(theme, sentence, form.wish(), county(), Taken(current_staff()))
        flash(_("Kept. Somebody else has to approve it before anybody outside can read it."))
        return redirect(url_for(".theme", slug=slug, id=id), 303)
    return prepare_page(theme, sentence, form), 422


# ---- what a second person of the survey's own organisation does


@bp.route(f"{QUOTE}/approve", methods=["GET", "POST"])
@staff_may(Permission.PUBLISH)
def approve(slug: str, id: int) -> ResponseReturnValue:
    return deed(our_quote(slug, id), course.APPROVED)


@bp.route(f"{QUOTE}/send-back", methods=["GET", "POST"])
@staff_may(Permission.PUBLISH)
def send_back(slug: str, id: int) -> ResponseReturnValue:
    return deed(our_quote(slug, id), course.SENT_BACK)


@bp.post(f"{QUOTE}/take-down")
@staff_may(Permission.PUBLISH)
def take_down(slug: str, id: int) -> ResponseReturnValue:
    quote = queries.quote_of(our_survey(slug).id, id, is_of_any_theme=True)
    operations.take_down(quote, Taken(current_staff()))
    flash(_("Taken down. The words are on no page any more."))
    if quote.theme.state != "accepted":
        return redirect(url_for(".index", slug=slug), 303)
    return redirect(url_for(".theme", slug=slug, id=quote.theme_id), 303)


# ---- what a partner does


@bp.route(f"{QUOTE}/veto", methods=["GET", "POST"])
@staff_may(Permission.CURATE)
def veto(slug: str, id: int) -> ResponseReturnValue:
    return deed(shared_quote(slug, id), course.VETOED)


@bp.route(f"{QUOTE}/lift-veto", methods=["GET", "POST"])
@staff_may(Permission.CURATE)
def lift_veto(slug: str, id: int) -> ResponseReturnValue:
    return deed(shared_quote(slug, id), course.VETO_LIFTED)


# ---- what the address asks for, and who may ask


def survey_to_look_at(slug: str) -> Survey:
    """Ours, or one that we are a partner of, where our quotes are looked through by curators."""
    survey = our_or_shared_survey(slug)
    if not is_ours(survey) and not may(Permission.CURATE):
        abort(403)
    return survey


def theme_to_quote(slug: str, id: int) -> Theme:
    """For those who may both read the words and choose among them."""
    if not may(Permission.CURATE):
        abort(403)
    return own_theme(slug, id)


def sentence_asked_for(theme: Theme) -> Sentence:
    place = place_in(request.form.get("place", ""))
    found = queries.sentence_at(theme, *place) if place else None
    return found or abort(404)


def our_quote(slug: str, id: int) -> Quote:
    return queries.quote_of(our_survey(slug).id, id)


def shared_quote(slug: str, id: int) -> Quote:
    return queries.quote_of(shared_survey(slug).id, id)


def held_as_read(form: Any, quote: Quote | None) -> bool:
    """Holds the quote, and tells whether anything was done with it since they opened the page."""
    if quote is not None and form.is_submitted():
        operations.hold_quote(quote)
    now = str(quote.last_step_id if quote else 0)
    read, form.about.data = form.about.data, now
    if form.is_submitted() and read != now:
        form.form_errors.append(_("Somebody did something with it meanwhile. Read it again first."))
        return False
    return True


def deed(quote: Quote, name: str) -> ResponseReturnValue:
    """A page with the words as everyone would read them, and one thing to do with them."""
    wanted = DEEDS[name]
    form: Any = wanted.form()
    same = held_as_read(form, quote)
    if form.validate_on_submit() and same:
        note = form.note.data if "note" in form else ""
        wanted.do(quote, Taken(current_staff(), note))
        flash(str(wanted.told))
        return redirect(url_for(".theme", slug=quote.theme.survey.slug, id=quote.theme_id), 303)
    return deed_page(quote, form, name), 422 if form.is_submitted() else 200
