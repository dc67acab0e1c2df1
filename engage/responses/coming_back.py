"""Coming back: to a survey that was begun, or to what became of answers that were sent."""

from datetime import UTC, datetime

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import NoResultFound

from engage.responses import operations, queries
from engage.responses.checking import check_rows
from engage.responses.receipt import (
    WORDS_IN_A_RECEIPT,
    receipt_of,
    unknown_words,
    words_typed,
)
from engage.responses.sitting import Sitting, sitting_of
from engage.surveys.question_types import tidy
from engage.surveys.timing import first_day
from engage.web.access import public
from engage.web.display import draft_in, look_in, page_to_go_back_to
from engage.web.i18n import LANGUAGES, easier_url, follow_address, page_context
from engage.web.qr import qr_picture
from engage.web.respondents import respondents_blueprint
from engage.web.tries import count_a_try

bp = respondents_blueprint("coming_back", __name__)


@bp.get("/answer/<token>/saved")
@public
def saved(token: str) -> ResponseReturnValue:
    """For somebody who stops here and wants to find the way back."""
    sitting = sitting_of(token)
    if sitting.draft.is_sent:
        return redirect(url_for("responses.thanks", token=token))
    page_context().easier_url = easier_url(request.path)
    address = current_app.config["PUBLIC_URL"] + url_for(".go_on", token=token)
    return render_template(
        "responses/saved.html",
        sitting=sitting,
        words=receipt_of(token),
        qr=qr_picture(address),
    )


@bp.get("/answer/<token>/go-on")
@public
def go_on(token: str) -> ResponseReturnValue:
    """Where the picture leads: on from the last answer."""
    sitting = sitting_of(token)
    if sitting.draft.is_sent:
        return redirect(url_for("responses.thanks", token=token))
    return redirect(sitting.url(sitting.first_blank()))


@bp.post("/answer/<token>/easier")
@public
def change_look(token: str) -> ResponseReturnValue:
    """What "Make it easier" sends for somebody who is answering."""
    sitting = sitting_of(token)
    draft, asked = sitting.draft, request.form
    if not draft.is_sent:
        operations.change_reading(
            draft,
            look=look_in(asked),
            easy_read=asked["read"] == "easy" if "read" in asked else draft.easy_read,
            language=asked["lang"] if asked.get("lang") in LANGUAGES else draft.language,
        )
    return redirect(page_to_return_to(sitting, asked.get("back", "")), 303)


def page_to_return_to(sitting: Sitting, back: str) -> str:
    """A page of this same response; whatever else is asked for, the first blank one."""
    wanted = page_to_go_back_to(back)
    is_ours = draft_in(wanted) == sitting.token
    return wanted if is_ours else url_for(".go_on", token=sitting.token)


@bp.get("/your-code")
@public
def your_code() -> ResponseReturnValue:
    follow_address().easier_url = easier_url(request.path)
    return code_page()


@bp.post("/your-code")
@public
def use_code() -> ResponseReturnValue:
    """With the six words: on with a survey that was begun, or what became of one that was sent."""
    follow_address()
    count_a_try("code", request.remote_addr or "")
    typed = words_typed(request.form.get("words", ""))
    if mistake := mistake_in(typed):
        return code_page(mistake), 422
    sitting = sitting_with(typed)
    if sitting is None:
        return code_page(_("We do not know this code. Look at each word, and at their order.")), 422
    if not sitting.draft.is_sent:
        return redirect(sitting.url(sitting.first_blank()), 303)
    return receipt_page(sitting, typed)


@bp.post("/your-code/copy")
@public
def copy() -> ResponseReturnValue:
    """What was sent, to read, keep or print."""
    typed, sitting = sent_with_code()
    if sitting is None:
        return redirect(url_for(".your_code"), 303)
    sent = Sitting(queries.with_sent_answers(sitting.draft, sitting.survey), sitting.survey)
    return render_template("responses/copy.html", sitting=sent, rows=check_rows(sent), words=typed)


@bp.post("/your-code/withdraw")
@public
def withdraw() -> ResponseReturnValue:
    typed, sitting = sent_with_code()
    if sitting is None:
        return redirect(url_for(".your_code"), 303)
    if request.form.get("sure") != "yes":
        return render_template("responses/withdraw.html", sitting=sitting, words=typed)
    operations.withdraw(sitting.draft)
    return redirect(url_for(".withdrawn", **page_context().choices_in_address()), 303)


@bp.get("/your-code/withdrawn")
@public
def withdrawn() -> ResponseReturnValue:
    follow_address()
    return render_template("responses/withdrawn.html")


def code_page(mistake: str = "") -> str:
    return render_template(
        "responses/your_code.html",
        typed=tidy(request.form.get("words"))[:200],
        mistake=mistake,
        page_errors=[("#words", mistake)] if mistake else [],
    )


def mistake_in(typed: list[str]) -> str:
    """What is wrong with a code before it is looked for; nothing where it may be one."""
    # No more words than a code has are looked up: finding the nearest one is work.
    is_too_long = len(typed) > WORDS_IN_A_RECEIPT
    strange = {} if is_too_long else unknown_words(typed)
    for word, nearest in strange.items():
        return strange_word(word[:30], nearest)
    if len(typed) != WORDS_IN_A_RECEIPT:
        return str(_("Write all six words of your code."))
    return ""


def strange_word(word: str, nearest: str) -> str:
    if not nearest:
        return str(_("“%(word)s” is not a word of a code. Look at it again.", word=word))
    said = _(
        "“%(word)s” is not a word of a code. Did you mean “%(nearest)s”?",
        word=word,
        nearest=nearest,
    )
    return str(said)


def sent_with_code() -> tuple[list[str], Sitting | None]:
    """The words in the form, and what was sent with them; None where nothing was."""
    count_a_try("code", request.remote_addr or "")
    typed = words_typed(request.form.get("words", ""))
    sitting = sitting_with(typed)
    return typed, sitting if sitting and sitting.draft.is_sent else None


def sitting_with(words: list[str]) -> Sitting | None:
    """The sitting that a code opens."""
    token = queries.token_of(words)
    if token is None:
        return None
    try:
        return sitting_of(token)
    except NoResultFound:
        return None


def receipt_page(sitting: Sitting, typed: list[str]) -> str:
    until = operations.withdrawn_until(sitting.draft)
    return render_template(
        "responses/receipt.html",
        sitting=sitting,
        words=typed,
        was_read=queries.were_words_read(sitting.draft.id),
        until=until,
        can_withdraw=first_day(datetime.now(UTC)) <= until,
    )
