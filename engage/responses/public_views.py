"""Answering a survey, one question a page, without an account and without a cookie."""

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.responses import operations
from engage.responses.asking import Asked, wanted_screen
from engage.responses.checking import check_rows, doors_wanted
from engage.responses.forms import other_words_in, other_words_sent
from engage.responses.receipt import receipt_of
from engage.responses.sitting import Sitting, sitting_of
from engage.responses.too_late import not_kept
from engage.surveys.question_types import TYPES
from engage.web.access import public
from engage.web.i18n import easier_url, page_context
from engage.web.respondents import respondents_blueprint

bp = respondents_blueprint("responses", __name__)
WORDINGS = ("easy", "standard")
# What else the buttons of a question ask for, in the field "go".
LATER, NOT_UNDERSTOOD = "later", "not-understood"


@bp.get("/answer/<token>/<key>")
@public
def ask(token: str, key: str) -> ResponseReturnValue:
    sitting = sitting_of(token)
    if sitting.draft.is_sent:
        return redirect(url_for(".thanks", token=token))
    return Asked(sitting, sitting.step(key)).page()


@bp.post("/answer/<token>/<key>")
@public
def answer(token: str, key: str) -> ResponseReturnValue:
    sitting = sitting_of(token)
    if (answered := not_kept(sitting, key)) is not None:
        return answered
    asked = Asked(sitting, sitting.step(key))
    form = asked.form(request.form)
    value = TYPES[asked.step.question.type].value(form)
    # Nothing is owed yet by someone who turns to other words, stops for now or asks for help.
    is_blank_and_allowed = value is None and not is_going_on()
    if not is_blank_and_allowed and not form.validate():
        return asked.draw(form, mistaken=other_words_sent(request.form)), 422
    other_words = other_words_in(form, asked.step.question, value)
    draft = operations.save_answer(sitting.draft, asked.step, value, other_words)
    if request.form.get("go") == NOT_UNDERSTOOD:
        operations.mark_not_understood(draft, asked.step.question)
    return redirect(where_to(Sitting(draft, sitting.survey), asked), 303)


@bp.route("/answer/<token>", methods=["GET", "POST"])
@public
def check(token: str) -> ResponseReturnValue:
    sitting = sitting_of(token)
    if request.method == "POST" and not sitting.draft.is_sent:
        operations.refuse_if_over(sitting.draft, datetime.now(UTC))
        if owed := sitting.owed():
            return redirect(sitting.url(owed), 303)
        doors = doors_wanted(sitting)
        operations.submit(sitting.draft, sitting.survey)
        return redirect(url_for(".thanks", token=token, door=doors or None), 303)
    # Sent twice or opened again later: once sent, there is only the receipt.
    if sitting.draft.is_sent:
        return redirect(url_for(".thanks", token=token), 303)
    page_context().easier_url = easier_url(request.path)
    return render_template(
        "responses/check.html",
        sitting=sitting,
        rows=check_rows(sitting),
        doors=doors_wanted(sitting),
    )


@bp.get("/answer/<token>/thank-you")
@public
def thanks(token: str) -> ResponseReturnValue:
    sitting = sitting_of(token)
    if not sitting.draft.is_sent:
        return redirect(sitting.url(None))
    return render_template(
        "responses/thanks.html",
        sitting=sitting,
        words=receipt_of(token) if operations.shows_code(sitting.draft, datetime.now(UTC)) else (),
        until=operations.withdrawn_until(sitting.draft),
        doors=request.args.getlist("door"),
    )


def is_going_on() -> bool:
    """The person asks for the next question, and for nothing else."""
    stays = request.form.get("switch") in WORDINGS or wanted_screen() is not None
    return not stays and request.form.get("go") not in (LATER, NOT_UNDERSTOOD)


def where_to(sitting: Sitting, asked: Asked) -> str:
    """The next page, or the same one in other words or at another screen."""
    switch = request.form.get("switch", "")
    if switch in WORDINGS:
        operations.change_reading(sitting.draft, easy_read=switch == "easy")
        return sitting.url(asked.step)
    if (screen := wanted_screen()) is not None:
        return sitting.url(asked.step, screen)
    if request.form.get("go") == LATER:
        return url_for("coming_back.saved", token=sitting.token)
    return sitting.url(sitting.after(asked.step))
