"""What a given answer must keep to. Each rule is a WTForms validator that speaks plainly."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional, ValidationError

from engage.surveys.definition import OptionDefinition, QuestionDefinition
from engage.surveys.question_types.base import FIELD, Choices


def needed(question: QuestionDefinition, choices: Choices) -> list[Any]:
    if not question.is_required:
        return [Optional()]
    return [InputRequired(wanted(question, choices))]


def wanted(question: QuestionDefinition, choices: Choices, ask: str = "") -> str:
    """What a required question says while it has no answer, with the way out it always has."""
    ask = ask or str(gettext("Choose an answer"))
    words = way_out(question, choices)
    if words is None:
        return f"{ask}."
    return str(gettext("%(ask)s. You can choose “%(words)s”.", ask=ask, words=words))


def way_out(question: QuestionDefinition, choices: Choices) -> str | None:
    """In the words on the page, the answer that says nothing."""
    missing = {option.code for option in question.options if option.is_missing}
    return next((str(choice.label) for choice in choices if choice.value in missing), None)


class Known:
    """Only answers that the question has, on whichever screen they stand."""

    def __init__(self, options: Sequence[OptionDefinition]) -> None:
        self.known = {option.code for option in options}

    def __call__(self, form: BaseForm, field: Field) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if not {code for code in chosen if code} <= self.known:
            raise ValidationError(gettext("Choose one of the answers on this page"))


class AtMost:
    """No more than so many choices."""

    def __init__(self, most: int | None) -> None:
        self.most = most

    def __call__(self, form: BaseForm, field: Field) -> None:
        if self.most and len(field.data or ()) > self.most:
            raise ValidationError(
                ngettext("Choose %(num)d answer", "Choose up to %(num)d answers", self.most)
            )


class Alone:
    """ "Prefer not to say" and its like cannot stand beside another answer."""

    def __init__(self, options: Sequence[OptionDefinition]) -> None:
        self.alone = {o.code for o in options if o.is_missing or o.is_exclusive}

    def __call__(self, form: BaseForm, field: Field) -> None:
        chosen = set(field.data or ())
        if len(chosen) > 1 and chosen & self.alone:
            raise ValidationError(
                gettext("You chose an answer that stands alone. Untick it, or untick the others.")
            )


class Distinct(Alone):
    """Each place holds a different answer, and where one is needed, one does."""

    def __init__(self, options: Sequence[OptionDefinition], wanted: str) -> None:
        super().__init__(options)
        self.wanted = wanted  # what to say where no place is filled; empty where none need be

    def __call__(self, form: BaseForm, field: Field) -> None:
        places = [place for place in form if place.name.startswith(f"{FIELD}_")]
        chosen = [place.data for place in places if place.data]
        if self.wanted and not chosen:
            raise ValidationError(self.wanted)
        if len(chosen) > len(set(chosen)):
            raise ValidationError(gettext("Choose a different answer for each place"))
        if len(chosen) > 1 and set(chosen) & self.alone:
            raise ValidationError(
                gettext("You chose an answer that stands alone. Clear it, or clear the others.")
            )
