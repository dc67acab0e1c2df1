"""What is sent where nothing can be kept any more: shown back, so that nobody's words are lost."""

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from engage.responses import operations, queries
from engage.responses.asking import Asked
from engage.responses.forms import OTHER, other_words_in
from engage.responses.sitting import Sitting, help_url
from engage.surveys.definition import QuestionDefinition
from engage.surveys.question_types import FIELD, TYPES
from engage.surveys.wording import pick
from engage.web.i18n import page_context


def not_kept(sitting: Sitting, key: str) -> ResponseReturnValue | None:
    """The page that answers what came too late, or None where it can be kept.

    Raises NotFound for a question the survey never had.
    """
    if sitting.draft.is_sent:
        return _after_sending(sitting, key)
    if operations.is_over(sitting.draft, datetime.now(UTC)):
        return _page(sitting, key, _("This survey has closed. It no longer takes answers."))
    if sitting.find(key) is None:
        return _page(sitting, key, _("Your other answers have changed what we ask you."))
    return None


def _after_sending(sitting: Sitting, key: str) -> ResponseReturnValue:
    if _was_sent(sitting, key):
        return redirect(url_for("responses.thanks", token=sitting.token), 303)
    return _page(sitting, key, _("You sent your answers before. They stay as you sent them."))


def _was_sent(sitting: Sitting, key: str) -> bool:
    """Nothing new: the page came twice on a bad line, or with no answer on it."""
    sent = Sitting(queries.with_sent_answers(sitting.draft, sitting.survey), sitting.survey)
    step = sent.find(key)
    if step is None:
        return False
    asked = Asked(sent, step)
    form = asked.form(request.form)
    value = TYPES[step.question.type].value(form)
    words = other_words_in(form, step.question, value)
    return value is None or (value, words) == (asked.value, dict(asked.other_words))


def _page(sitting: Sitting, key: str, reason: str) -> ResponseReturnValue:
    question = _question(sitting, key)
    here = url_for("responses.check", token=sitting.token)
    page_context().help_url = help_url(sitting.draft.contacts.organisation_code, here)
    page = render_template(
        "responses/not_kept.html", go_on=here, reason=reason, typed=_typed(sitting, question)
    )
    return page, 409


def _question(sitting: Sitting, key: str) -> QuestionDefinition:
    try:
        return sitting.survey.question(key.partition("~")[0])
    except LookupError:
        raise NotFound from None


def _typed(sitting: Sitting, question: QuestionDefinition) -> list[str]:
    """What was sent, line by line: the wording of each choice, and words as they were typed."""
    language, easy_read = sitting.draft.language, sitting.draft.easy_read
    wordings = {
        option.code: pick(option.wordings, language, easy_read).text for option in question.options
    }
    sent = [
        value
        for name, values in request.form.lists()
        if name.startswith((FIELD, OTHER))
        for value in values
    ]
    return [wordings.get(value, value) for value in sent if value.strip()]
