"""The form that asks one question, made by its kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import Length, Optional, ValidationError

from engage.surveys.branching import codes
from engage.surveys.definition import QuestionDefinition
from engage.surveys.question_types import FIELD, TYPES, Choices, tidy

OTHER = "other_"
LONGEST_OTHER = 300


def answer_form(
    question: QuestionDefinition,
    choices: Choices,
    formdata: MultiDict[str, str] | None = None,
    value: Any = None,
    other_words: Mapping[str, str] | None = None,
) -> Form:
    """A form for one page, filled from what was sent or, before that, from what was kept.

    There is no token in it: that would need a session cookie. web.origin checks it instead.
    """
    kind = TYPES[question.type]
    fields = kind.fields(question, choices)
    labels = {choice.value: str(choice.label) for choice in choices}
    fields |= {
        OTHER + code: _other_field(question.type, code, labels.get(code, code))
        for code in taking_words(question)
    }
    kept = {OTHER + code: words for code, words in (other_words or {}).items()}
    return type("AnswerForm", (Form,), fields)(formdata, data=kind.form_data(value) | kept)


def _other_field(kind: str, code: str, label: str) -> StringField:
    rules = [
        Optional(),
        Length(max=LONGEST_OTHER, message=gettext("Make it shorter")),
        WithItsOption(kind, code, label),
    ]
    return StringField(gettext("Please say"), filters=[tidy], validators=rules)


class WithItsOption:
    """Words beside an option that is not chosen: kept on the page, and asked about."""

    def __init__(self, kind: str, code: str, label: str) -> None:
        self.kind = kind
        self.code = code
        self.label = label

    def __call__(self, form: Form, field: StringField) -> None:
        if self.code not in codes(TYPES[self.kind].value(form)):
            raise ValidationError(
                gettext(
                    "You wrote something beside “%(answer)s”. Choose that answer too, or take "
                    "your words out.",
                    answer=self.label,
                )
            )


def taking_words(question: QuestionDefinition) -> list[str]:
    return [option.code for option in question.options if option.takes_words]


def other_words_in(form: Form, question: QuestionDefinition, value: Any) -> dict[str, str]:
    """The words beside the "other" options that were chosen; the rest are not kept."""
    chosen = codes(value)
    return {
        code: form[OTHER + code].data
        for code in taking_words(question)
        if code in chosen and form[OTHER + code].data
    }


def other_words_sent(formdata: Mapping[str, str]) -> dict[str, str]:
    """The words beside options by code, as they were typed."""
    boxes = {name: words for name, words in formdata.items() if name.startswith(OTHER)}
    return {name.removeprefix(OTHER): words for name, words in boxes.items()}


def with_other_screens(
    formdata: MultiDict[str, str], chosen: Iterable[str], other_words: Mapping[str, str]
) -> MultiDict[str, str]:
    """What was sent, with what is chosen and written on the screens that are not shown."""
    whole = formdata.copy()
    whole.setlist(FIELD, list(chosen))
    for code, words in other_words.items():
        whole.setdefault(OTHER + code, words)
    return whole
