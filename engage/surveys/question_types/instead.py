""" "I do not know" and "Prefer not to say" beneath a box to write in: boxes to tick.

Boxes and not radios, because a radio that was chosen cannot be cleared.
"""

from typing import Any

from flask_babel import gettext
from wtforms import Field, SelectMultipleField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from engage.surveys.definition import QuestionDefinition
from engage.surveys.parts import answers_of
from engage.surveys.question_types.base import FIELD, Choices
from engage.surveys.question_types.rules import AtMost, Known

INSTEAD = f"{FIELD}_instead"


def instead_field(question: QuestionDefinition, choices: Choices) -> dict[str, Any]:
    offered = answers_of(question)
    if not offered:
        return {}
    codes = {option.code for option in offered}
    return {
        INSTEAD: SelectMultipleField(
            choices=[choice for choice in choices if choice.value in codes],
            validators=[Known(offered), AtMost(1)],
            validate_choice=False,
        )
    }


def ticked(form: BaseForm) -> str | None:
    """The answer that was ticked instead of writing one."""
    chosen = form[INSTEAD].data if INSTEAD in form else None
    return next((code for code in chosen or () if code), None)


def instead_data(question_value: Any, written: dict[str, Any], is_written: bool) -> dict[str, Any]:
    """What the form shows: what was written, or the box that was ticked."""
    if question_value is None:
        return {}
    return written if is_written else {INSTEAD: [question_value]}


class NotBoth:
    """Something written, or a box ticked; both say two things."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def __call__(self, form: BaseForm, field: Field) -> None:
        if ticked(form) and any(form[name].data for name in self.names):
            raise ValidationError(
                gettext("You wrote an answer and ticked a box. Clear one of them.")
            )
