"""Answering a survey, one question a page, without an account and without a cookie."""

import re
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask import Response as Reply
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from wtforms import Form

from engage.responses import operations, queries
from engage.responses.forms import answer_form, other_words_in, with_other_screens
from engage.responses.models import Response
from engage.responses.pictures import picture_for
from engage.responses.question_page import (
    Reader,
    choices_for,
    option_screens,
    place_of,
    question_words,
    read_back,
    shown_choices,
)
from engage.responses.receipt import receipt_of
from engage.responses.screens import Screen, merged
from engage.surveys.branching import Step, codes, path
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import SurveyVersion
from engage.surveys.queries import definition_of, open_version
from engage.surveys.question_types import FIELD, TYPES
from engage.surveys.wording import pick
from engage.web.access import public
from engage.web.i18n import page_context
from engage.web.origin import check_instead_of_token

bp = Blueprint("responses", __name__)
check_instead_of_token(bp)

WORDINGS = ("easy", "standard")


class Sitting:
    """One person at one response: what they are asked and what they have said so far."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.response = queries.by_token(token, for_update=request.method == "POST")
        self.survey: SurveyDefinition = definition_of(self.response.version_id)
        self.reader = Reader(
            self.response.language, self.response.easy_read, self.response.token_hash
        )
        set_page(self.response.version, self.response.language, self.response.easy_read)

    @property
    def said(self) -> dict[str, Any]:
        return operations.said_in(self.response, self.survey)

    @property
    def steps(self) -> list[Step]:
        return path(self.survey, self.said, self.reader.seed)

    @property
    def is_sent(self) -> bool:
        return self.response.submitted_at is not None

    def step(self, key: str) -> Step:
        for step in self.steps:
            if step.key == key:
                return step
        raise NotFound

    def kept(self, step: Step) -> tuple[Any, dict[str, str]]:
        """The value and the other words kept for a page."""
        answer = operations.answer_to(self.response, step.question)
        if answer is None:
            return None, {}
        value = answer.value if step.item is None else answer.value.get(step.item)
        return value, answer.other_words or {}

    def url(self, step: Step | None, screen: int = 1) -> str:
        """The address of a page, or of the check page after the last."""
        if step is None:
            return url_for("responses.check", token=self.token)
        later = screen if screen > 1 else None
        return url_for("responses.ask", token=self.token, key=step.key, screen=later)

    def after(self, step: Step) -> Step | None:
        steps = self.steps
        following = steps[steps.index(step) + 1 :]
        return following[0] if following else None

    def owed(self) -> Step | None:
        """The first page that must be answered and is not."""
        unanswered = (s for s in self.steps if s.question.is_required and not self.kept(s)[0])
        return next(unanswered, None)


def set_page(version: SurveyVersion, language: str, easy_read: bool) -> None:
    page = page_context()
    organisation = version.survey.organisation
    page.language, page.easy_read = language, easy_read
    page.help_phone, page.help_hours = organisation.help_phone, organisation.help_hours
    page.leave_url = organisation.leave_url
    if version.survey.is_invented:
        page.demo_note = _("This is an example. The survey and its answers are made up.")


@bp.after_request
def keep_private(reply: Reply) -> Reply:
    """The address holds the token and the page the answers: neither is left behind."""
    reply.headers["Cache-Control"] = "no-store"
    reply.headers["Referrer-Policy"] = "same-origin"
    return reply


@bp.get("/have-your-say/<slug>")
@public
def welcome(slug: str) -> ResponseReturnValue:
    version = open_version(slug, datetime.now(UTC))
    survey = definition_of(version.id)
    easy_read = request.args.get("read", "easy" if version.starts_easy_read else "") == "easy"
    set_page(version, "en", easy_read)
    return render_template(
        "responses/welcome.html",
        version=version,
        survey=survey,
        title=pick(survey.titles, "en", easy_read).text,
    )


@bp.post("/have-your-say/<slug>")
@public
def start(slug: str) -> ResponseReturnValue:
    version = open_version(slug, datetime.now(UTC))
    easy_read = request.form.get("read") == "easy"
    token = operations.start(version, channel="web", easy_read=easy_read)
    first = path(definition_of(version.id), {})[0]
    return redirect(url_for(".ask", token=token, key=first.key), 303)


@bp.get("/answer/<token>/<key>")
@public
def ask(token: str, key: str) -> ResponseReturnValue:
    sitting = Sitting(token)
    if sitting.is_sent:
        return redirect(url_for(".thanks", token=token))
    step = sitting.step(key)
    value, other_words = sitting.kept(step)
    screen = screen_asked(sitting, step)
    form = answer_form(
        step.question, choices_for(screen, sitting.reader), value=value, other_words=other_words
    )
    return question_page(sitting, step, form, value, other_words)


@bp.post("/answer/<token>/<key>")
@public
def answer(token: str, key: str) -> ResponseReturnValue:
    sitting = Sitting(token)
    if sitting.is_sent:
        return redirect(url_for(".thanks", token=token), 303)
    operations.refuse_if_over(sitting.response.version, datetime.now(UTC))
    step = sitting.step(key)
    form = sent_form(sitting, step)
    value = TYPES[step.question.type].value(form)
    # Nothing is owed yet by someone who only turns to other words or to more choices.
    is_blank_and_stays = value is None and stays_here()
    if not is_blank_and_stays and not form.validate():
        words = {code[6:]: text for code, text in request.form.items() if code[:6] == "other_"}
        return question_page(sitting, step, form, value, words), 422
    operations.save_answer(
        sitting.response, step, value, other_words_in(form, step.question, value)
    )
    return redirect(where_to(sitting, step), 303)


@bp.route("/answer/<token>", methods=["GET", "POST"])
@public
def check(token: str) -> ResponseReturnValue:
    sitting = Sitting(token)
    if request.method == "POST" and not sitting.is_sent:
        operations.refuse_if_over(sitting.response.version, datetime.now(UTC))
        if owed := sitting.owed():
            return redirect(sitting.url(owed), 303)
        operations.submit(sitting.response, sitting.survey, seed=sitting.reader.seed)
    # Sent just now, sent twice or opened again later: once sent, there is only the receipt.
    if sitting.is_sent:
        return redirect(url_for(".thanks", token=token), 303)
    return render_template("responses/check.html", sitting=sitting, rows=check_rows(sitting))


@bp.get("/answer/<token>/thank-you")
@public
def thanks(token: str) -> ResponseReturnValue:
    sitting = Sitting(token)
    if not sitting.is_sent:
        return redirect(sitting.url(None))
    return render_template(
        "responses/thanks.html", response=sitting.response, words=receipt_of(token)
    )


def screen_number() -> int:
    return max(1, request.args.get("screen", 1, type=int))


def screen_asked(sitting: Sitting, step: Step) -> Screen:
    parts = option_screens(step.question, sitting.reader)
    return parts[min(screen_number(), len(parts)) - 1]


def sent_form(sitting: Sitting, step: Step) -> Form:
    """What was sent, with what is kept from the other screens of a long list."""
    screen = screen_asked(sitting, step)
    data: MultiDict[str, str] = request.form
    if len(option_screens(step.question, sitting.reader)) > 1 and step.question.type != "rank":
        saved, _words = sitting.kept(step)
        chosen, kept = data.getlist(FIELD), codes(saved)
        if chosen:
            # What stands alone and cannot be seen here gives way: it could not be unticked.
            kept -= {option.code for option in step.question.options if option.is_exclusive}
        many = step.question.type == "multi"
        data = with_other_screens(data, merged(sorted(kept), chosen, screen, many))
    return answer_form(step.question, choices_for(screen, sitting.reader), formdata=data)


def where_to(sitting: Sitting, step: Step) -> str:
    """The next page, or the same one in other words or at another screen."""
    switch = request.form.get("switch", "")
    if switch in WORDINGS:
        operations.change_wording(sitting.response, switch == "easy")
        return sitting.url(step)
    if (screen := other_screen()) is not None:
        return sitting.url(step, screen)
    return sitting.url(sitting.after(step))


def stays_here() -> bool:
    return request.form.get("switch") in WORDINGS or other_screen() is not None


def other_screen() -> int | None:
    """The screen a "More choices" button asks for."""
    asked = re.fullmatch(r"screen-([0-9]{1,3})", request.form.get("go", ""))
    return int(asked[1]) if asked else None


def question_page(
    sitting: Sitting, step: Step, form: Form, value: Any, other_words: dict[str, str]
) -> str:
    parts = option_screens(step.question, sitting.reader)
    number = min(screen_number(), len(parts))
    return render_template(
        f"responses/kinds/{TYPES[step.question.type].template}.html",
        sitting=sitting,
        question=step.question,
        words=question_words(step, sitting.survey, sitting.reader),
        title=pick(sitting.survey.titles, *mode(sitting.response)).text,
        form=form,
        choices=shown_choices(parts[number - 1], sitting.reader, value, other_words),
        screen=number,
        screens=len(parts),
        place=place_of(step, sitting.steps, sitting.survey.estimated_minutes),
        picture=picture_for(step.question),
        page_errors=[(f"#{name}", errors[0]) for name, errors in form.errors.items()],
    )


def mode(response: Response) -> tuple[str, bool]:
    return response.language, response.easy_read


def check_rows(sitting: Sitting) -> list[dict[str, Any]]:
    said = sitting.said
    return [
        {
            "words": question_words(step, sitting.survey, sitting.reader),
            "lines": read_back(step, sitting.survey, sitting.reader, said),
            "other": sitting.kept(step)[1],
            "url": sitting.url(step),
        }
        for step in sitting.steps
        if TYPES[step.question.type].is_answered
    ]
